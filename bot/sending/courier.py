"""The courier: sends outbox rows through their channels and records the outcomes.

`sending` is committed before the call. A reply or push of a dead process is sent again when its lease
expires; an announcement's outcome becomes unknown instead.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from time import monotonic

import structlog

from bot.channel import Channel, Parcel
from bot.sending.answers import RECORDED_SECONDS, REDELIVERED_SECONDS, Answers
from bot.sending.attempts import Deliveries
from bot.sending.packing import Parcels
from bot.setup.logs import begin_turn
from bot.setup.loops import Loops, resting
from bot.setup.processes import may_live, own_name
from domain.office.office import Office
from storage.agenda import of_channel
from storage.people import chats
from storage.people.addresses import address_name
from storage.people.sittings import LEFT
from storage.post import outbox, sending
from storage.post.sending import Outcome, Row
from storage.session import StoreDown, Writing
from storage.store import Store

LOOK_SECONDS = 1.0
LEASES_SECONDS, ABSENT_SECONDS = 5.0, 600.0
HURRY_SECONDS, HURRIED_LOOK_SECONDS = 3.0, 0.1
GATHER_SECONDS = 0.02  # outcomes share a commit; a faster answer delays the next reply by at most this
AT_ONCE = 50
# After this time, rows that wait for a browser or a resident's message fail with the channel's reason.
_KEPT = timedelta(days=30)

Judge = Callable[[Outcome], Sequence[Outcome]]
"""Maps one outcome to the outcomes to record now: of this row, of withheld ones, or none."""

log = structlog.get_logger(__name__)


class Courier:
    """Sends for the channels of this process.

    Args:
        owner: name in leases, new for each process.

    The courier looks for replies and pushes; bot/announcing/carrier.py looks for announcements. `pushes_for`
    tells whether this process sends a channel's pushes; `ending`: only replies are still sent.
    """

    def __init__(
        self,
        *,
        store: Store,
        channels: Mapping[str, Channel],
        office: Office,
        loops: Loops | None = None,
    ) -> None:
        self.owner = own_name()
        self._store = store
        self._channels = channels
        self._office = office
        self._loops = loops or Loops()
        self.deliveries = Deliveries(store.clock, office)
        self.ending = False
        self.pushes_for: Callable[[str], bool] = lambda _channel: True
        self.parcels = Parcels(store.clock, channels, office)
        self.answers = Answers(store=store, owner=self.owner, parcels=self.parcels)
        self._tasks: asyncio.TaskGroup | None = None
        self._outcomes: list[Outcome] = []
        self._recording = asyncio.Lock()
        self._news = asyncio.Event()
        self._news_at: asyncio.TimerHandle | None = None
        bell = self._loops.bell
        self._wakes = {name: bell(f"courier-{name}", *of_channel(name)[:2]) for name in channels}
        self._leases = bell("courier-leases", "leases", least=LEASES_SECONDS)
        self._expected: set[int] = set()
        self._hurries_until = 0.0
        self._under_way = 0
        self._in_hand: set[int] = set()  # carried, and not recorded yet
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def run(self) -> None:
        """Run until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            keep = self._loops.keep
            tasks.create_task(keep("courier-outcomes", self._record_outcomes, rest=self._until_news))
            tasks.create_task(
                keep("courier-leases", self._look_after_leases, rest=self._leases.every(LEASES_SECONDS))
            )
            tasks.create_task(keep("courier-absent", self._give_up_on_absent, rest=resting(ABSENT_SECONDS)))
            for name, channel in self._channels.items():
                tasks.create_task(
                    keep(f"courier-{name}", partial(self._carry_due, channel), rest=partial(self._idle, name))
                )

    async def rest(self, seconds: float) -> None:
        """Wait until everything pending is sent and recorded, at most `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                pending = True
                while pending:
                    await self._quiet.wait()
                    await self._loops.guard("courier-outcomes", self._record_now())
                    pending = bool(self._under_way or self._outcomes or self.answers.to_record())
                    if pending:
                        await asyncio.sleep(GATHER_SECONDS)
        except TimeoutError:
            log.warning("courier.ended_with_unsent", count=self._under_way)

    def carry(self, parcel: Parcel, *, after_seconds: float = 0.0, judge: Judge | None = None) -> None:
        """Send a parcel leased to this process; `judge` maps its outcome."""
        if self._tasks is None:  # not running (yet): the row is sent when its lease expires
            return
        self._under_way += 1
        self._in_hand.add(parcel.id)
        self._quiet.clear()
        self._tasks.create_task(
            self._loops.guard("courier-deliveries", self._deliver(parcel, after_seconds, judge))
        )

    def written(self, parcel: Parcel) -> None:
        """Remember that a parcel left in a webhook's own answer; a commit of its chat or of others records it soon."""
        self.answers.wrote(parcel)
        if parcel.chat in self._expected:
            self._news.set()
        elif self._news_at is None:
            self._news_at = asyncio.get_running_loop().call_later(RECORDED_SECONDS, self._news.set)

    def cut(self, parcel: Parcel) -> None:
        """Note that the connection broke after a written answer: unless its message comes again, send the parcel."""
        if self._tasks is not None and self.answers.cut(parcel):
            self._tasks.create_task(self._loops.guard("courier-deliveries", self._carry_cut(parcel)))

    async def _carry_cut(self, parcel: Parcel) -> None:
        await asyncio.sleep(REDELIVERED_SECONDS)
        if self.answers.take_cut(parcel.id):
            self.carry(parcel)

    def expect(self, chat: int) -> None:
        """Record, within its turn, that a reply of this chat waits for an earlier one.

        Another process may be sending that one without telling us, so look more often for a while.
        """
        self._expected.add(chat)
        now = monotonic()
        if now >= self._hurries_until:
            for channel in self._wakes:
                self.wake(channel)
        self._hurries_until = now + HURRY_SECONDS

    def wake(self, channel: str) -> None:
        """Look for work of a channel now."""
        if channel in self._wakes:
            self._wakes[channel].set()

    async def _deliver(self, parcel: Parcel, after_seconds: float, judge: Judge | None) -> None:
        begin_turn(parcel.id)
        try:
            if after_seconds > 0:
                await asyncio.sleep(after_seconds)
            outcome = await self._gone(parcel)
            if outcome is None:
                outcome = await self.deliveries.attempt(self._channels[parcel.channel], parcel)
            self.note(judge(outcome) if judge else [outcome])
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._quiet.set()

    async def _gone(self, parcel: Parcel) -> Outcome | None:
        """A reply's failure if its reader left a shared device in the meantime; None: send it."""
        if parcel.priority != outbox.REPLY or not self._channels[parcel.channel].caps.shared_device:
            return None
        try:
            if await self._store.read(lambda db: outbox.is_kept(db, row=parcel.id)):
                return None
        except StoreDown:
            later = self._store.clock() + timedelta(seconds=LOOK_SECONDS)
            return Outcome(id=parcel.id, chat=parcel.chat, state="waiting", due_at=later)
        return Outcome(id=parcel.id, chat=parcel.chat, state="failed", reason=LEFT)

    def note(self, outcomes: Sequence[Outcome]) -> None:
        """Queue outcomes to be recorded."""
        self._outcomes += outcomes
        self._news.set()

    async def _until_news(self) -> None:
        await self._news.wait()

    async def _record_outcomes(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        self._news.clear()
        self._news_at = None
        try:
            await self._record_now()
        except Exception:
            self._news.set()
            raise

    async def _record_now(self) -> None:
        async with self._recording:
            await self._record_all()

    async def _record_all(self) -> None:
        outcomes, self._outcomes = self._outcomes, []
        written = self.answers.to_record()
        if not outcomes and not written:
            return
        behind: set[int] = set()

        async def record(db: Writing) -> list[Row]:
            told = [*outcomes, *written.values()]
            await sending.record(db, told)
            for one in told:
                if one.state == "failed" and one.reason == "blocked":
                    await chats.stop(db, chat=one.chat, why="blocked")
            # Only now: a turn in the same commit may have planned one. Later turns call `expect` again. What has to be
            # tried again is left to whoever can reach the chat: a browser may be connected to another process by now.
            gone = [one for one in told if one.state != "waiting"]
            behind.update(one.chat for one in gone if one.chat in self._expected)
            self._expected -= behind
            found = [await sending.claim_next_reply(db, chat=chat, owner=self.owner) for chat in behind]
            return [row for row in found if row is not None]

        try:
            rows = await self._store.write(record)
        except BaseException:
            self._outcomes = outcomes + self._outcomes
            self._expected |= behind
            raise
        self.answers.recorded(written)
        self._in_hand.difference_update(one.id for one in outcomes)
        self._expected.update(row.chat for row in rows)  # more may follow
        self.carry_rows(rows)

    async def _idle(self, channel: str) -> None:
        hurries = monotonic() < self._hurries_until
        await self._wakes[channel].rest(HURRIED_LOOK_SECONDS if hurries else LOOK_SECONDS, hurries=hurries)

    async def _carry_due(self, channel: Channel) -> bool:
        """Claim and send due rows; True: there may be more."""
        priorities = self.deliveries.open_for(channel.name)
        if self.ending or not self.pushes_for(channel.name):
            priorities = (outbox.REPLY,)
        only = await self.present_chats(channel)
        if only == [] or not await self._store.read(
            lambda db: sending.has_due(db, channel=channel.name, priorities=priorities)
        ):
            return False
        rows = await self._store.write(
            lambda db: sending.claim_due(
                db, channel=channel.name, owner=self.owner, limit=AT_ONCE, priorities=priorities, only=only
            )
        )
        self.carry_rows(rows)
        return len(rows) == AT_ONCE

    async def present_chats(self, channel: Channel) -> list[int] | None:
        """Chats that can be reached now; None: all."""
        present = channel.present()
        if present is None:
            return None
        names = [address_name(channel.name, address, address) for address in present]
        return await self._store.read(lambda db: chats.ids_of(db, names=names)) if names else []

    def carry_rows(self, rows: Sequence[Row], judge: Judge | None = None) -> None:
        """Send rows leased to this process."""
        for row in rows:
            parcel = self.parcels.of(row)
            if isinstance(parcel, Parcel):
                self.carry(parcel, judge=judge)
            else:
                self.note(judge(parcel) if judge else [parcel])

    async def _look_after_leases(self) -> None:
        async def look(db: Writing) -> int:
            known = self._in_hand | self.answers.known
            forgotten = await sending.take_back_forgotten(db, owner=self.owner, known=known)
            return forgotten + await sending.take_over_expired(db, alive=self._may_live)

        freed = await self._store.write(look)
        if freed:
            log.warning("courier.leases_ended", count=freed)
            for name in self._channels:
                self.wake(name)

    def _may_live(self, owner: str) -> bool:
        return owner == self.owner or may_live(owner)

    async def _give_up_on_absent(self) -> None:
        for name, channel in self._channels.items():
            if reason := channel.caps.given_up:
                give_up = partial(outbox.give_up_before, channel=name, reason=reason)
                await self._store.write(lambda db, do=give_up: do(db, moment=db.now - _KEPT))  # type: ignore[misc]
