"""Chats: channel, language, dialogue and staff link."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.codec import light_dataclass
from domain.staff.roles import Role, StaffMember
from storage.ids import new_id
from storage.people.addresses import address_name, readdress
from storage.people.identities import Account, Identity, note_names, settle
from storage.post.receipts import WINDOW
from storage.schema import chats, outbox, staff, waits
from storage.session import Again, ByDialect, Reading, Writing, insert_for


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat as a turn finds it. `human_until`: an officer has it.

    `sat_at`: since when somebody sits at a shared device (storage/people/sittings.py). `staff_since`: start of the link
    to `staff`. `staff_ended`: the staff link ended and nobody was told yet.
    """

    id: int
    channel: str
    language: str
    dialogue: dict[str, Any] | None = field(repr=False)
    heard_at: datetime
    welcomed: int
    stopped: bool
    staff: StaffMember | None
    human_until: datetime | None = None
    new: bool = False
    sat_at: datetime | None = None
    staff_since: datetime | None = None
    staff_ended: bool = False


_peek_columns = select(
    chats.c.id,
    chats.c.language,
    chats.c.dialogue,
    chats.c.dialogue_until,
    chats.c.heard_at,
    chats.c.welcomed,
    chats.c.stopped_at,
    chats.c.staff_id,
    chats.c.staff_since,
    chats.c.staff_ended_at,
    chats.c.human_until,
    chats.c.sat_at,
)
_peek = _peek_columns.where(chats.c.address_index == bindparam("address"))
_meet = _peek.with_for_update(of=chats)
_peek_by_id = _peek_columns.add_columns(chats.c.channel).where(chats.c.id == bindparam("chat"))
_meet_again = _peek_by_id.with_for_update(of=chats, skip_locked=True)
_new = ByDialect(
    lambda dialect: insert_for(dialect, chats).on_conflict_do_nothing(index_elements=["address_index"])
)
_release = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("chat"), waits(outbox), outbox.c.reason.is_not(None))
    .values(due_at=bindparam("now"))
)
_staff = select(staff.c.id, staff.c.name, staff.c.role, staff.c.point).where(
    staff.c.id == bindparam("staff"), staff.c.revoked_at.is_(None)
)
_keep = (
    update(chats)
    # An erased chat keeps no dialogue.
    .where(chats.c.id == bindparam("chat"), chats.c.erased_at.is_(None))
    .values(
        dialogue=bindparam("sealed"),
        dialogue_until=bindparam("until"),
        heard_at=bindparam("at"),
        language=bindparam("spoken"),
        welcomed=bindparam("notice"),
    )
)


async def meet(
    db: Writing,
    *,
    channel: str,
    account: str,
    address: str,
    language: str,
    identities: Sequence[Identity] = (),
) -> Chat:
    """Load and lock the chat of an address; on first contact, create it with the given language.

    A known identity leads to the person's chat, which gets this address. Messages that waited for the chat to
    write are released.
    """
    name = address_name(channel, account, address)
    at = Account(channel=channel, account=account)
    person = await settle(db, at=at, given=identities) if identities else None
    row = await _find(db, name)
    if person is not None and (row is None or row.id != person):
        await readdress(db, chat=person, name=name)
        row = await _find(db, name)
    new = row is None
    if row is None:
        row = await _make(db, name, channel, account, language)
    if identities and person is None:
        await note_names(db, at=at, chat=row.id, given=identities)
    if db.now - row.heard_at >= WINDOW:
        await db.run(_release, {"chat": row.id, "now": db.now})
    return await _chat(db, row, channel, new=new)


async def _make(db: Writing, name: str, channel: str, account: str, language: str) -> Any:
    chat = new_id()
    await db.run(
        _new[db.dialect],
        {
            "id": chat,
            "channel": channel,
            "account": db.vault.index(account, of="account").hex()[:16],
            "address": db.vault.seal(name, at=f"chats.address:{chat}"),
            "address_index": db.vault.index(name, of="chats.address"),
            "language": language,
            "created_at": db.now,
            "heard_at": db.now,
        },
    )
    row = await _find(db, name)
    if row is None:
        raise Again("the chat of this address got another one at the same moment")
    return row


async def meet_again(db: Writing, *, chat: int) -> Chat | None:
    """Load and lock a chat that the office wants to write to.

    None: it is gone, or its owner's turn is running.
    """
    row = await db.one(_meet_again, {"chat": chat})
    return None if row is None else await _chat(db, row, row.channel)


async def peek(db: Reading, *, channel: str, account: str, address: str) -> Chat | None:
    """Load the chat of an address without a lock, if it exists."""
    row = await _find(db, address_name(channel, account, address), lock=False)
    return None if row is None else await _chat(db, row, channel)


async def peek_by_id(db: Reading, *, chat: int) -> Chat | None:
    """Load a chat without a lock."""
    row = await db.one(_peek_by_id, {"chat": chat})
    return None if row is None else await _chat(db, row, row.channel)


async def keep(
    db: Writing, *, chat: int, dialogue: dict[str, Any] | None, until: timedelta, language: str, welcomed: int
) -> None:
    """Store the dialogue, its expiry, the language and the notice version; None deletes the dialogue."""
    sealed = None
    if dialogue is not None:
        sealed = db.vault.seal_json(dialogue, at=f"chats.dialogue:{chat}")
    await db.run(
        _keep,
        {
            "chat": chat,
            "sealed": sealed,
            "until": None if sealed is None else db.now + until,
            "at": db.now,
            "spoken": language,
            "notice": welcomed,
        },
    )


async def keep_begun(
    db: Writing, *, chat: int, dialogue: dict[str, Any], until: timedelta, had_open: bool
) -> None:
    """Store a dialogue in which the office began something.

    The owner did not write, so an open dialogue (`had_open`) keeps its old expiry.
    """
    sealed = db.vault.seal_json(dialogue, at=f"chats.dialogue:{chat}")
    kept: dict[str, Any] = {"dialogue": sealed}
    if not had_open:
        kept["dialogue_until"] = db.now + until
    await db.run(update(chats).where(chats.c.id == chat).values(**kept))


async def stop(db: Writing, *, chat: int, why: str) -> None:
    """Stop all pushes to the chat, queued ones included (`why`: `resident` or `blocked`); the first reason stays."""
    await db.run(
        update(chats)
        .where(chats.c.id == chat, chats.c.stopped_at.is_(None))
        .values(stopped_at=db.now, stopped_why=why)
    )
    waiting = update(outbox).where(outbox.c.chat_id == chat, waits(outbox), outbox.c.priority > 0)
    await db.run(waiting.values(state="failed", reason="blocked" if why == "blocked" else "stopped"))


async def start_again(db: Writing, *, chat: int) -> None:
    """Resume pushes."""
    await db.run(update(chats).where(chats.c.id == chat).values(stopped_at=None, stopped_why=None))


async def ids_of(db: Reading, *, names: Sequence[str]) -> list[int]:
    """Chats of some addresses, as written by `address_name`; unknown ones are left out."""
    indexes = [index for name in names for index in db.vault.indexes(name, of="chats.address")]
    return [row.id for row in await db.rows(select(chats.c.id).where(chats.c.address_index.in_(indexes)))]


async def _find(db: Reading, name: str, *, lock: bool = True) -> Any:
    for index in db.vault.indexes(name, of="chats.address"):
        row = await db.one(_meet if lock else _peek, {"address": index})
        if row is not None:
            return row
    return None


async def _chat(db: Reading, row: Any, channel: str, *, new: bool = False) -> Chat:
    member = None if row.staff_id is None else await db.one(_staff, {"staff": row.staff_id})
    return Chat(
        id=row.id,
        channel=channel,
        language=row.language,
        dialogue=_dialogue(db, row),
        heard_at=row.heard_at,
        welcomed=row.welcomed,
        stopped=row.stopped_at is not None,
        staff=None
        if member is None
        else StaffMember(id=member.id, name=member.name, role=Role(member.role), point=member.point),
        human_until=row.human_until,
        new=new,
        sat_at=row.sat_at,
        staff_since=row.staff_since,
        staff_ended=row.staff_ended_at is not None,
    )


def _dialogue(db: Reading, row: Any) -> dict[str, Any] | None:
    if row.dialogue is None or row.dialogue_until <= db.now:
        return None
    return db.vault.open_json(row.dialogue, at=f"chats.dialogue:{row.id}")
