"""Identities: one person may have a phone number and several provider ids at once.

`bsuid` is an id per business and person, `parent` the same per group of businesses; both change with the phone
number. A phone number may pass to another person, who inherits nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update

from domain.codec import light_dataclass
from storage.ids import new_id
from storage.people.addresses import address_name, address_of, lead_nowhere, readdress
from storage.schema import identities
from storage.session import Again, ByDialect, Reading, Writing, insert_for

Identity = tuple[str, str]  # kind and value
STRONGEST_FIRST = ("bsuid", "parent", "phone")

# Built once: building a statement costs more than running it (docs/performance.md).
_insert = ByDialect(lambda dialect: insert_for(dialect, identities).on_conflict_do_nothing())

Merge = Callable[[Writing, int, int], Awaitable[None]]
"""Merges two chats: (transaction, chat that stays, chat that goes)."""


@cache
def _known_under(count: int) -> Select[Any]:
    """Locking query for the rows of so many indexes."""
    columns = (identities.c.id, identities.c.chat_id, identities.c.kind, identities.c.stale)
    wanted = [bindparam(f"index_{place}", type_=identities.c.value_index.type) for place in range(count)]
    return (
        select(*columns)
        .where(identities.c.value_index.in_(wanted))
        .order_by(identities.c.id)
        .with_for_update(of=identities)
    )


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Scope of identities: a channel and the office's account on it."""

    channel: str
    account: str

    def index(self, db: Reading, one: Identity) -> bytes:
        """Keyed index of a new row."""
        return db.vault.index(self._name(one), of="identities.value")

    def indexes(self, db: Reading, one: Identity) -> tuple[bytes, ...]:
        """All indexes under which a row may be stored."""
        return db.vault.indexes(self._name(one), of="identities.value")

    def _name(self, one: Identity) -> str:
        return address_name(self.channel, self.account, ":".join(one))


def send_address(one: Identity) -> str:
    """Address of an identity: `+62812…`, or `bsuid:…` for either kind of id."""
    kind, value = one
    return value if kind == "phone" else f"bsuid:{value}"


async def settle(db: Writing, *, at: Account, given: Sequence[Identity]) -> int | None:
    """Find the person's chat and give it all these identities; None on first contact.

    A phone number whose earlier owner had another id now belongs to the speaker alone.
    """
    known = await _known(db, at, given)
    if len(known) == len(given) and _one_person(known):
        return int(known[given[0][0]].chat_id)
    chat = await _person(db, known, given)
    if chat is None:
        await _take(db, [row for row in known.values() if row.kind == "phone"])
    else:
        await _let_have(db, at, chat, given, known)
    return chat


async def note_names(db: Writing, *, at: Account, chat: int, given: Sequence[Identity]) -> None:
    """Store the identities of a new chat, after `settle` found no owner.

    Raises:
        Again: somebody else got one of them at the same moment.
    """
    for one in given:
        await _add(db, at, chat, one)


async def move(
    db: Writing, *, at: Account, before: Sequence[Identity], after: Sequence[Identity], merge: Merge
) -> bool:
    """Move a person's chat to new identities; False: no chat has the old ones.

    `merge` merges two chats that turn out to be the same person's (storage/keeping/chat_merge.py).

    Identities that the notice does not mention are not trusted: an unmentioned number may belong to somebody
    else.
    """
    known = await _known(db, at, before)
    chat = await _person(db, known, before)
    if chat is None or not after:
        return False
    known = await _known(db, at, after)
    for twin in {row.chat_id for row in known.values() if row.kind != "phone"} - {chat}:
        await merge(db, chat, twin)
        known = await _known(db, at, after)
    await _let_have(db, at, chat, after, known)
    named = {kind for kind, _value in after}
    open_ids = [kind for kind in ("bsuid", "parent") if kind not in named]
    here = identities.c.chat_id == chat
    await db.run(update(identities).where(here, identities.c.kind.in_(open_ids)).values(stale=True))
    if "phone" not in named:
        await db.run(delete(identities).where(here, identities.c.kind == "phone"))
    newest = dict(after)
    best = "phone" if "phone" in newest else next(kind for kind in STRONGEST_FIRST if kind in newest)
    address = send_address((best, newest[best]))
    await readdress(db, chat=chat, name=address_name(at.channel, at.account, address))
    return True


async def names_of(db: Reading, *, chat: int) -> dict[str, str]:
    """Identities of a chat's person, by kind."""
    found = await db.rows(
        select(identities.c.id, identities.c.kind, identities.c.value).where(identities.c.chat_id == chat)
    )
    return {row.kind: db.vault.open(row.value, at=f"identities.value:{row.id}") for row in found}


async def _known(db: Reading, at: Account, given: Sequence[Identity]) -> dict[str, Any]:
    """Known rows of these identities, by kind, locked."""
    indexes = [index for one in given for index in at.indexes(db, one)]
    wanted = {f"index_{place}": index for place, index in enumerate(indexes)}
    found = await db.rows(_known_under(len(indexes)), wanted)
    return {row.kind: row for row in found}


def _one_person(known: dict[str, Any]) -> bool:
    rows = list(known.values())
    return all(row.chat_id == rows[0].chat_id and not row.stale for row in rows)


async def _person(db: Reading, known: dict[str, Any], given: Sequence[Identity]) -> int | None:
    """Chat of these identities: an id decides; a number only if no id contradicts."""
    for kind in STRONGEST_FIRST[:2]:
        if kind in known:
            return int(known[kind].chat_id)
    if "phone" not in known:
        return None
    chat = int(known["phone"].chat_id)
    theirs = await db.rows(
        select(identities.c.kind).where(
            identities.c.chat_id == chat, identities.c.kind != "phone", ~identities.c.stale
        )
    )
    contradicted = {row.kind for row in theirs} & {kind for kind, _value in given}
    return None if contradicted else chat


async def _let_have(
    db: Writing, at: Account, chat: int, given: Sequence[Identity], known: dict[str, Any]
) -> None:
    """Give a chat these identities, taking them from other chats."""
    await _take(db, [row for row in known.values() if row.chat_id != chat])
    for one in given:
        row = known.get(one[0])
        if row is not None and row.chat_id == chat and not row.stale:
            continue
        await db.run(delete(identities).where(identities.c.chat_id == chat, identities.c.kind == one[0]))
        await _add(db, at, chat, one)


async def _take(db: Writing, rows: Sequence[Any]) -> None:
    """Remove identities from chats, which keep only their remaining addresses."""
    for row in rows:
        await db.run(delete(identities).where(identities.c.id == row.id))
        left = await names_of(db, chat=row.chat_id)
        channel, account, address = await address_of(db, chat=row.chat_id)
        ways = [send_address((kind, left[kind])) for kind in STRONGEST_FIRST if kind in left]
        if not ways:
            await lead_nowhere(db, chat=row.chat_id)
        elif address not in ways:
            await readdress(db, chat=row.chat_id, name=address_name(channel, account, ways[0]))


async def _add(db: Writing, at: Account, chat: int, one: Identity) -> None:
    row = new_id()
    kind, value = one
    made = await db.run(
        _insert[db.dialect],
        {
            "id": row,
            "chat_id": chat,
            "channel": at.channel,
            "account": db.vault.index(at.account, of="account").hex()[:16],
            "kind": kind,
            "value": db.vault.seal(value, at=f"identities.value:{row}"),
            "value_index": at.index(db, one),
            "stale": False,
            "since": db.now,
        },
    )
    if not made:
        raise Again("somebody else was given this name at the same moment")
