"""Sending: leases of outbox rows, and their outcomes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TextClause,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from domain.codec import light_dataclass
from storage.post.outbox import ANNOUNCEMENT, LEASE, REPLY, TEMPLATE, opened
from storage.post.receipts import WINDOW_CLOSED, close_window
from storage.schema import chats, is_open, is_sending, outbox, waits
from storage.session import Reading, Writing

FORGOTTEN = timedelta(seconds=10)  # after its commit a process knows what it is to send within a moment

Condition = ColumnElement[bool] | TextClause
_earlier = outbox.alias("earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outbox row that its claimer may now send.

    `address` is as written by storage/people/addresses.py. `screen` is None if it was blanked in the meantime.
    `heard_at` is when the chat last wrote; `sat_at` the start of the sitting at a shared device.
    """

    id: int
    chat: int
    channel: str
    address: str = field(repr=False)
    priority: int
    screen: dict[str, Any] | None = field(repr=False)
    attempts: int
    due_at: datetime
    heard_at: datetime
    created_at: datetime
    sat_at: datetime | None


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Outcome of sending a row. `waiting` means a retry at `due_at`; `trouble` is the provider's, not this person's."""

    id: int
    chat: int
    state: str
    reason: str | None = None
    provider_id: str | None = None
    due_at: datetime | None = None
    trouble: bool = False


_sent = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "sending")
    .values(
        state=bindparam("to_state"),
        reason=bindparam("why"),
        sent_at=bindparam("at"),
        owner=None,
        lease_until=None,
        provider_id=bindparam("sealed"),
        provider_index=bindparam("index"),
    )
)
_leased = select(outbox.c.id).where(
    is_sending(outbox),
    outbox.c.owner == bindparam("by"),
    outbox.c.priority != ANNOUNCEMENT,
    outbox.c.lease_until < bindparam("until"),
)
_wait_again = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "sending")
    .values(state="waiting", owner=None, lease_until=None)
)
_again = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "sending")
    .values(state="waiting", due_at=bindparam("due"), reason=bindparam("why"), owner=None, lease_until=None)
)
_sendable = (
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.priority,
    outbox.c.body,
    outbox.c.attempts,
    outbox.c.due_at,
    chats.c.address,
    outbox.c.created_at,
    chats.c.heard_at,
    chats.c.sat_at,
)
_first_open_reply = select(func.min(_earlier.c.id)).where(
    _earlier.c.chat_id == bindparam("chat"), is_open(_earlier), _earlier.c.priority == literal_column("0")
)
# Of the first one only: if another transaction has it, those after it wait.
_next_reply = (
    select(*_sendable, outbox.c.state, outbox.c.channel, outbox.c.owner)
    .join(chats, chats.c.id == outbox.c.chat_id)
    .where(outbox.c.id == _first_open_reply.scalar_subquery(), is_open(outbox))
    .with_for_update(of=outbox, skip_locked=True)
)
_has_earlier_reply = exists().where(
    _earlier.c.chat_id == outbox.c.chat_id,
    _earlier.c.priority == REPLY,
    is_open(_earlier),
    _earlier.c.id < outbox.c.id,
)
_lease = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state="sending", owner=bindparam("by"), lease_until=bindparam("until"), attempts=outbox.c.attempts + 1
    )
)


_ARRIVED = ("sent", "delivered", "read")
_of_chat = (
    select(*_sendable, outbox.c.channel)
    .join(chats, chats.c.id == outbox.c.chat_id)
    .where(outbox.c.chat_id == bindparam("chat"))
)
_lately = (
    _of_chat.where(
        outbox.c.state.in_(_ARRIVED), outbox.c.sent_at >= bindparam("since"), outbox.c.id > bindparam("after")
    )
    .order_by(outbox.c.id.desc())
    .limit(literal_column("12"))
)
_gone_out = _of_chat.where(outbox.c.id == bindparam("row"), outbox.c.state.in_(("sending", *_ARRIVED)))


def waiting_for(*conditions: Condition) -> tuple[Condition, ...]:
    """Conditions of due rows on a channel (parameters `of_channel` and `now`), plus more."""
    here = (outbox.c.channel == bindparam("of_channel"), waits(outbox), outbox.c.due_at <= bindparam("now"))
    return (*here, *conditions)


def claiming(*conditions: Condition) -> Select[Any]:
    """Locking query for `claimed`: replies first, then the longest due; build it once."""
    return (
        select(*_sendable)
        .join(chats, chats.c.id == outbox.c.chat_id)
        .where(*waiting_for(*conditions))
        .order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id)
        .limit(bindparam("most"))
        .with_for_update(of=outbox, skip_locked=True)
    )


# Replies alone or with pushes; to keep their order, no reply that follows an unsent one.
_up_to = outbox.c.priority <= bindparam("lowest")
_due = claiming(_up_to, or_(outbox.c.priority != REPLY, ~_has_earlier_reply))
_any_due = select(exists().where(*waiting_for(_up_to)))


async def claim_due(
    db: Writing,
    *,
    channel: str,
    owner: str,
    limit: int,
    priorities: Sequence[int],
    only: Sequence[int] | None = None,
) -> list[Row]:
    """Lease due rows, replies first; `only` limits them to some chats.

    A reply is leased only if no earlier reply of its chat is waiting or sending, to keep their order.
    """
    here = {"of_channel": channel, "most": limit, "lowest": max(priorities)}
    return await claimed(db, _due, here, owner=owner, only=only)


async def claimed(
    db: Writing,
    claiming: Select[Any],
    values: Mapping[str, Any],
    *,
    owner: str,
    only: Sequence[int] | None = None,
) -> list[Row]:
    """Lease the rows found by a `claiming` query; `only` limits them to some chats."""
    statement = claiming if only is None else claiming.where(outbox.c.chat_id.in_(only))
    found = await db.rows(statement, {**values, "now": db.now})
    if found:
        await db.run(_lease, [{"row": row.id, "by": owner, "until": db.now + LEASE} for row in found])
    return [_row(db, row, values["of_channel"]) for row in found]


async def claim_next_reply(db: Writing, *, chat: int, owner: str) -> Row | None:
    """Lease the chat's next reply if it is due and no earlier one is in progress."""
    row = await db.one(_next_reply, {"chat": chat})
    if row is None or row.state != "waiting" or row.due_at > db.now:
        return None
    await db.run(_lease, {"row": row.id, "by": owner, "until": db.now + LEASE})
    return _row(db, row, row.channel)


async def claim_unread(
    db: Writing, *, chat: int, owner: str, is_left: Callable[[int, str], bool]
) -> Row | None:
    """Lease the chat's next reply if it is due, and waits or was left by its owner (`is_left`: row, owner)."""
    row = await db.one(_next_reply, {"chat": chat})
    if row is None or row.body is None or row.due_at > db.now:
        return None
    if row.state != "waiting" and not is_left(row.id, row.owner):
        return None
    await db.run(_lease, {"row": row.id, "by": owner, "until": db.now + LEASE})
    return _row(db, row, row.channel)


async def has_due(db: Reading, *, channel: str, priorities: Sequence[int]) -> bool:
    """Whether any row is due."""
    here = {"of_channel": channel, "lowest": max(priorities), "now": db.now}
    return bool(await db.scalar(_any_due, here))


async def record(db: Writing, outcomes: Sequence[Outcome]) -> None:
    """Record outcomes; rows that are no longer `sending` stay unchanged."""
    final = [one for one in outcomes if one.state != "waiting"]
    if final:
        await db.run(_sent, [_final(db, one) for one in final])
    again = [one for one in outcomes if one.state == "waiting"]
    if again:
        await db.run(
            _again, [{"row": one.id, "due": one.due_at or db.now, "why": one.reason} for one in again]
        )
    for one in again:
        db.due(one.due_at or db.now)
        if one.reason == WINDOW_CLOSED:
            await close_window(db, chat=one.chat)


async def sent_lately(db: Reading, *, chat: int, since: datetime, after: int) -> list[Row]:
    """The last rows after `after` that the chat was shown since a moment, oldest first."""
    found = await db.rows(_lately, {"chat": chat, "since": since, "after": after})
    return [_row(db, row, row.channel) for row in reversed(found)]


async def gone_out(db: Reading, *, chat: int, row: int) -> Row | None:
    """A row of this chat that is being sent or was sent."""
    found = await db.one(_gone_out, {"chat": chat, "row": row})
    return None if found is None else _row(db, found, found.channel)


async def written_first(db: Reading, *, channel: str, since: datetime) -> dict[int, datetime]:
    """Chats that got a template since a moment, each with the latest time."""
    found = await db.rows(
        select(outbox.c.chat_id, func.max(outbox.c.sent_at))
        .where(outbox.c.channel == channel, outbox.c.reason == TEMPLATE, outbox.c.sent_at > since)
        .group_by(outbox.c.chat_id)
    )
    return {row[0]: row[1] for row in found}


async def take_over_expired(db: Writing, *, alive: Callable[[str], bool] = lambda _owner: True) -> int:
    """Release rows of dead senders: replies and pushes wait again, announcements become `unknown`; return the count."""
    # Expiry is not awaited for processes known to be dead, because later replies wait behind each of their
    # replies.
    owners = await db.rows(select(outbox.c.owner).where(is_sending(outbox)).distinct())
    dead = [row.owner for row in owners if row.owner and not alive(row.owner)]
    expired = and_(is_sending(outbox), or_(outbox.c.lease_until < db.now, outbox.c.owner.in_(dead)))
    again = update(outbox).where(expired, outbox.c.priority != ANNOUNCEMENT)
    unknown = update(outbox).where(expired, outbox.c.priority == ANNOUNCEMENT)
    freed = await db.run(again.values(state="waiting", owner=None, lease_until=None))
    if freed:
        db.due(db.now)
    return freed + await db.run(unknown.values(state="unknown", owner=None, lease_until=None))


async def take_back_forgotten(db: Writing, *, owner: str, known: Collection[int]) -> int:
    """Let replies and pushes wait again that are leased to a process without its knowledge; return the count.

    If the connection is lost at COMMIT, the process is told that nothing was committed, and yet it may have been.
    Nothing of it was sent. `known` are the rows that the process is sending.
    """
    found = await db.rows(_leased, {"by": owner, "until": db.now + LEASE - FORGOTTEN})
    forgotten = [{"row": row.id} for row in found if row.id not in known]
    if forgotten:
        await db.run(_wait_again, forgotten)
        db.due(db.now)
    return len(forgotten)


def _final(db: Writing, one: Outcome) -> dict[str, Any]:
    sealed = index = None
    if one.provider_id is not None:
        sealed = db.vault.seal(one.provider_id, at=f"outbox.provider_id:{one.id}")
        index = db.vault.index(one.provider_id, of="outbox.provider_id")
    return {
        "row": one.id,
        "to_state": one.state,
        "why": one.reason,
        "at": db.now,
        "sealed": sealed,
        "index": index,
    }


def _row(db: Reading, row: Any, channel: str) -> Row:
    screen = opened(db, row.id, row.body) if row.body is not None else None
    return Row(
        id=row.id,
        chat=row.chat_id,
        channel=channel,
        address=db.vault.open(row.address, at=f"chats.address:{row.chat_id}"),
        priority=row.priority,
        screen=screen,
        attempts=row.attempts + 1,
        due_at=row.due_at,
        heard_at=row.heard_at,
        created_at=row.created_at,
        sat_at=row.sat_at,
    )
