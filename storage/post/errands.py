"""Errands: conversations that the office begins with a chat at a planned moment, each once.

waiting → begun | silent (nothing left to say) | stopped (the chat wants no messages) | late | fault
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, literal_column, or_, select, text, update

from storage.ids import new_id
from storage.schema import chats, errands
from storage.session import Reading, Writing

GOOD_FOR = timedelta(days=7)
"""Default time in which an errand may start late and its buttons work."""
KEPT = timedelta(days=60)
"""How long a finished errand is remembered; its event must not occur again later."""
_WAITING = text("errands.outcome IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One errand that is due."""

    id: int
    chat: int
    channel: str
    conversation: str
    argument: str
    until: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A conversation begun by the office that can still be answered."""

    conversation: str
    argument: str
    opening: str
    begun_at: datetime


_due = (
    select(errands.c.id, errands.c.chat_id, chats.c.channel, errands.c.conversation, errands.c.argument)
    .add_columns(errands.c.until, errands.c.attempts)
    .join(chats, chats.c.id == errands.c.chat_id)
    .where(_WAITING, errands.c.due_at <= bindparam("now"))
    .where(chats.c.channel.in_(bindparam("channels", expanding=True)))
    .order_by(errands.c.due_at, errands.c.id)
    .limit(bindparam("limit"))
)
_has_due: Select[int] = (
    select(literal_column("1"))
    .where(_WAITING, errands.c.due_at <= bindparam("now"))
    .limit(literal_column("1"))
)
_claim = (
    update(errands)
    .where(errands.c.id == bindparam("errand"), _WAITING, errands.c.due_at <= bindparam("now"))
    .values(attempts=errands.c.attempts)
)
_begun = (
    select(errands.c.conversation, errands.c.argument, errands.c.opening, errands.c.begun_at)
    .where(errands.c.chat_id == bindparam("chat"), errands.c.outcome == "begun")
    .where(errands.c.until > bindparam("now"))
)
_by_opening = _begun.where(errands.c.opening == bindparam("opening"))
_newest = (
    _begun.where(errands.c.begun_at > bindparam("since"), errands.c.opening.is_not(None))
    .order_by(errands.c.begun_at.desc(), errands.c.id.desc())
    .limit(literal_column("1"))
)
_spend = (
    update(errands)
    .where(errands.c.chat_id == bindparam("chat_"), errands.c.opening == bindparam("opening_"))
    .values(until=bindparam("now"))
)


async def plan(
    db: Writing,
    *,
    chat: int,
    conversation: str,
    argument: str,
    due_at: datetime,
    until: datetime | None = None,
) -> bool:
    """Plan a conversation with a chat; return whether it is (still) waiting.

    Planning again moves a waiting errand to the new moment, and does nothing once it was begun or finished.
    After `until` it is too late to begin, and its buttons expire (default: a week after `due_at`).
    """
    row = {
        "id": new_id(),
        "chat_id": chat,
        "conversation": conversation,
        "argument": argument,
        "due_at": due_at,
        "until": until or due_at + GOOD_FOR,
    }
    db.due(due_at)
    planned = db.insert(errands)
    moved = planned.on_conflict_do_update(
        index_elements=["chat_id", "conversation", "argument"],
        set_={"due_at": planned.excluded.due_at, "until": planned.excluded.until},
        where=_WAITING,
    )
    return bool(await db.run(moved, row))


async def withdraw(db: Writing, *, conversation: str, argument: str, chat: int | None = None) -> int:
    """Delete waiting errands and expire begun ones (of one chat, or of all); return the number of waiting ones."""
    meant = (errands.c.conversation == conversation) & (errands.c.argument == argument)
    if chat is not None:
        meant &= errands.c.chat_id == chat
    await db.run(update(errands).where(meant, errands.c.outcome == "begun").values(until=db.now))
    return await db.run(delete(errands).where(meant, _WAITING))


async def withdraw_all(db: Writing, *, conversation: str, chat: int) -> None:
    """Delete a chat's waiting errands of one conversation, and expire begun ones."""
    mine = (errands.c.conversation == conversation) & (errands.c.chat_id == chat)
    await db.run(update(errands).where(mine, errands.c.outcome == "begun").values(until=db.now))
    await db.run(delete(errands).where(mine, _WAITING))


async def forget(db: Writing, *, conversation: str, argument: str, begun_by: int) -> None:
    """Delete waiting errands of all chats, and every trace of those begun with one chat."""
    meant = (errands.c.conversation == conversation) & (errands.c.argument == argument)
    await db.run(delete(errands).where(meant, or_(_WAITING, errands.c.chat_id == begun_by)))


async def forget_one(db: Writing, *, chat: int, conversation: str, argument: str) -> None:
    """Delete every trace of one errand of a chat."""
    mine = (errands.c.chat_id == chat) & (errands.c.conversation == conversation)
    await db.run(delete(errands).where(mine, errands.c.argument == argument))


async def has_due(db: Reading) -> bool:
    """Whether any errand is due."""
    return bool(await db.scalar(_has_due, {"now": db.now}))


async def due(db: Reading, *, channels: Sequence[str], limit: int) -> list[Errand]:
    """Due errands of some channels, oldest first."""
    found = await db.rows(_due, {"now": db.now, "channels": list(channels), "limit": limit})
    return [
        Errand(
            id=row.id,
            chat=row.chat_id,
            channel=row.channel,
            conversation=row.conversation,
            argument=row.argument,
            until=row.until,
            attempts=row.attempts,
        )
        for row in found
    ]


async def claim(db: Writing, *, errand: int) -> bool:
    """Claim an errand for this transaction; False: another transaction handled it.

    Lock its chat first (`chats.meet_again`), in the order of turns.
    """
    return bool(await db.run(_claim, {"errand": errand, "now": db.now}))


async def postpone(db: Writing, *, errand: int, to: datetime, failed: bool = False) -> None:
    """Postpone an errand; a failed attempt is counted."""
    tried = errands.c.attempts + (1 if failed else 0)
    await db.run(update(errands).where(errands.c.id == errand).values(due_at=to, attempts=tried))


async def finish(db: Writing, *, errand: int, outcome: str, opening: str | None = None) -> None:
    """Record the outcome; `opening` identifies the push in its buttons."""
    done = {"outcome": outcome, "begun_at": db.now, "opening": opening}
    await db.run(update(errands).where(errands.c.id == errand).values(**done))


async def begun_as(db: Reading, *, chat: int, opening: str) -> Begun | None:
    """Conversation that a button of an earlier push belongs to, while it can be answered."""
    row = await db.one(_by_opening, {"chat": chat, "opening": opening, "now": db.now})
    return None if row is None else _begun_of(row)


async def spend(db: Writing, *, chat: int, opening: str) -> None:
    """Record that the push was answered: its buttons do nothing any more."""
    await db.run(_spend, {"chat_": chat, "opening_": opening, "now": db.now})


async def was_begun(db: Reading, *, chat: int, conversation: str, arguments: Sequence[str]) -> bool:
    """Whether a conversation about any of these was begun with a chat."""
    mine = (errands.c.chat_id == chat) & (errands.c.conversation == conversation)
    begun = select(errands.c.id).where(mine, errands.c.argument.in_(arguments), errands.c.outcome == "begun")
    return await db.one(begun.limit(1)) is not None


async def newest_begun(db: Reading, *, chat: int, since: datetime) -> Begun | None:
    """Newest conversation that the office began after a moment, while it can be answered."""
    row = await db.one(_newest, {"chat": chat, "since": since, "now": db.now})
    return None if row is None else _begun_of(row)


async def outcomes(db: Reading) -> dict[tuple[str, str], int]:
    """Number of errands per (conversation, outcome); `waiting` for open ones."""
    counted = select(errands.c.conversation, errands.c.outcome, func.count()).group_by(
        errands.c.conversation, errands.c.outcome
    )
    return {(row[0], row[1] or "waiting"): row[2] for row in await db.rows(counted)}


def _begun_of(row: Any) -> Begun:
    return Begun(
        conversation=row.conversation, argument=row.argument, opening=row.opening, begun_at=row.begun_at
    )
