"""Delivery between resident and officer: undelivered lines, and what became of answers.

A turn only writes its line. bot/turns/relay.py locks both chats first and then the handover, in the order of
turns. A line and the screen that carries it are written in one transaction, so it arrives once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select, update

from storage.handovers.handovers import QUIET_FOR
from storage.handovers.lines import HELD, TalkLine, note, read
from storage.schema import (
    chats,
    handover_lines,
    handovers,
    is_unpassed,
    is_untold,
    is_watched,
    of_row,
    outbox,
    staff,
)
from storage.session import Reading, Writing

_AT_ONCE = 50
_ARRIVED = frozenset({"sent", "delivered", "read"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Both ends of a handover: the two chats, and who ended it (None: it is alive)."""

    handover: int
    resident: int | None
    officer: int | None
    officer_name: str | None
    taken_by: int | None
    was_taken: bool
    ended_by: str | None


async def due(db: Reading) -> list[Post]:
    """Handovers with undelivered lines or an unannounced end, oldest first."""
    lines = (
        select(handover_lines.c.handover_id)
        .join(handovers, handovers.c.id == handover_lines.c.handover_id)
        .where(is_unpassed(), handovers.c.told_at.is_(None))
        .where(or_(handover_lines.c.for_resident, handovers.c.taken_in.is_not(None)))
    )
    over = select(handovers.c.id).where(is_untold())
    wanted = _posts().where(or_(handovers.c.id.in_(lines), handovers.c.id.in_(over)))
    return [_post(row) for row in await db.rows(wanted.order_by(handovers.c.id).limit(_AT_ONCE))]


async def lock(db: Writing, *, post: Post) -> bool:
    """Lock the handover after both chats; False: it changed hands, or was delivered already."""
    query = _posts().where(handovers.c.id == post.handover, handovers.c.told_at.is_(None))
    row = await db.one(query.with_for_update(of=handovers, key_share=True))
    return row is not None and _post(row) == post


async def to_carry(db: Writing, *, handover: int, for_resident: bool) -> list[TalkLine]:
    """Lines that one side does not have yet, oldest first."""
    query = select(handover_lines).where(
        handover_lines.c.handover_id == handover,
        is_unpassed(),
        handover_lines.c.for_resident.is_(for_resident),
    )
    return [read(db, row) for row in await db.rows(query.order_by(handover_lines.c.id))]


async def passed(db: Writing, *, lines: Sequence[TalkLine], outbox_id: int | None = None) -> None:
    """Mark lines as passed on; for an answer keep its outbox row, so that the officer learns of a delay."""
    rows = update(handover_lines).where(handover_lines.c.id.in_([one.id for one in lines]))
    await db.run(rows.values(passed_at=db.now, outbox_id=outbox_id))


async def spoken(db: Writing, *, resident: int) -> None:
    """Extend the bot's silence by a day, because the officer said something."""
    living = (chats.c.id == resident, chats.c.human_until.is_not(None))
    await db.run(update(chats).where(*living).values(human_until=db.now + QUIET_FOR))


async def told(db: Writing, *, handover: int) -> None:
    """Record that both sides were told of the end."""
    await db.run(update(handovers).where(handovers.c.id == handover).values(told_at=db.now))


async def has_news(db: Reading) -> bool:
    """Whether the outcome of any answer is known by now."""
    return bool(await db.rows(_watched().where(_settled()).limit(1)))


async def watch(db: Writing) -> int:
    """Check outcomes of answers and note delayed or failed ones for the officer; return the number checked."""
    found = await db.rows(_watched().where(_settled()).limit(_AT_ONCE))
    for row in found:
        if row.state is not None and row.state not in _ARRIVED:
            codes = {"reason": row.reason or "unknown", "state": row.state}
            await note(db, handover=row.handover_id, chat=row.chat_id, what=HELD, codes=codes)
    seen = update(handover_lines).where(handover_lines.c.id.in_([row.id for row in found]))
    if found:
        await db.run(seen.values(outbox_id=None))
    return len(found)


def _watched() -> Any:
    return (
        select(handover_lines.c.id, handover_lines.c.handover_id, handover_lines.c.chat_id)
        .add_columns(outbox.c.state, outbox.c.reason)
        .outerjoin(outbox, outbox.c.id == handover_lines.c.outbox_id)
        .where(is_watched())
        .order_by(handover_lines.c.id)
    )


def _settled() -> Any:
    """Outcome known: deleted, sent, failed, or waiting with a reason; rows still in transit are checked again."""
    return or_(
        outbox.c.id.is_(None),
        outbox.c.state.not_in(["waiting", "sending"]),
        (outbox.c.state == "waiting") & outbox.c.reason.is_not(None),
    )


def _posts() -> Any:
    return select(handovers, staff.c.name.label("officer_name")).outerjoin(
        staff, staff.c.id == handovers.c.taken_by
    )


def _post(row: Any) -> Post:
    return of_row(
        Post,
        row,
        handover=row.id,
        resident=row.chat_id,
        officer=row.taken_in,
        was_taken=row.taken_at is not None,
    )
