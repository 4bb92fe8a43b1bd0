"""Replies that left in a webhook's own HTTP answer, kept in memory until a commit records them.

Such a reply is committed once, as `sending` with its owner. A provider that got no answer delivers its message
again; only then, and if the reply is not known to have left, it is written again (docs/decisions/0056).
"""

from collections.abc import Mapping

from bot.channel import Heard, Parcel
from bot.sending.packing import Parcels
from bot.setup.processes import may_live
from storage.people import chats
from storage.people.addresses import address_name
from storage.post import sending
from storage.post.sending import Outcome, Row
from storage.session import Writing
from storage.store import Store

RECORDED_SECONDS = 0.25  # what a killed process wrote so shortly before is sent once more
REDELIVERED_SECONDS = 5.0  # so long the message of a cut answer is expected again

Place = tuple[str, str, str]
"""Channel, account and address of a chat."""


class Answers:
    """What this process wrote into answers, at most one for each chat, and what was cut off there."""

    def __init__(self, *, store: Store, owner: str, parcels: Parcels) -> None:
        self._store = store
        self._owner = owner
        self._parcels = parcels
        self._written: dict[Place, Outcome] = {}
        self._cut: set[int] = set()

    @property
    def known(self) -> set[int]:
        """Rows that were written or cut off, and are not recorded yet."""
        return self._cut | {one.id for one in self._written.values()}

    def wrote(self, parcel: Parcel) -> None:
        """Remember that the parcel was written."""
        self._written[place_of(parcel)] = Outcome(id=parcel.id, chat=parcel.chat, state="sent")

    def to_record(self, place: Place | None = None) -> dict[Place, Outcome]:
        """What is to be recorded, of one chat or of all."""
        if place is None:
            return dict(self._written)
        outcome = self._written.get(place)
        return {} if outcome is None else {place: outcome}

    def recorded(self, some: Mapping[Place, Outcome]) -> None:
        """Forget what was committed."""
        for place, outcome in some.items():
            if self._written.get(place) is outcome:
                del self._written[place]

    def cut(self, parcel: Parcel) -> bool:
        """Note that the connection broke after the answer; False: that is long ago, and it counts as read."""
        written = self._written.get(place_of(parcel))
        if written is None or written.id != parcel.id:
            return False
        del self._written[place_of(parcel)]
        self._cut.add(parcel.id)
        return True

    def take_cut(self, row: int) -> bool:
        """Whether this row was cut off; only the first who asks may send it again."""
        if row not in self._cut:
            return False
        self._cut.remove(row)
        return True

    async def unread(self, heard: Heard) -> Parcel | None:
        """The reply to a message that came again, leased to this process; None: somebody wrote it, or still will."""
        ours = set()

        def is_left(row: int, owner: str) -> bool:
            if owner != self._owner:
                return not may_live(owner)
            ours.add(row)
            return row in self._cut

        async def claim(db: Writing) -> Row | None:
            for chat in await chats.ids_of(db, names=[address_name(*place_of(heard))]):
                return await sending.claim_unread(db, chat=chat, owner=self._owner, is_left=is_left)
            return None

        row = await self._store.write(claim)
        if row is None or (row.id in ours and not self.take_cut(row.id)):
            return None
        parcel = self._parcels.of(row)
        return parcel if isinstance(parcel, Parcel) else None


def place_of(one: Heard | Parcel) -> Place:
    """The chat of a message or a parcel."""
    return one.channel, one.account, one.address
