"""Automatic ends of handovers: a day of silence, revoked officer, merged chats, erasure."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from domain.office.office import Office
from storage.handovers.handovers import end, end_of_chat, living_of, release
from storage.schema import chats, handovers, is_living, staff
from storage.session import Writing

IDLE = "idle"
_AT_ONCE = 20


async def run_due(db: Writing, office: Office) -> bool:
    """End handovers that were silent for 24 hours; return those of revoked officers to the queue.

    On a shared device a quarter of an hour is enough, because somebody else may sit there by then.

    One of the chores of bot/turns/timers.py.
    """
    quiet = (
        select(handovers.c.id)
        .join(chats, chats.c.id == handovers.c.chat_id)
        .where(is_living(), chats.c.human_until <= db.now)
    )
    found = list(await db.rows(quiet.order_by(handovers.c.id).limit(_AT_ONCE)))
    for row in found:
        await end(db, handover=row.id, by="time")
    found += await _end_idle(db, timedelta(minutes=office.retention.shared_unfinished_minutes))
    revoked = (
        select(handovers.c.id)
        .join(staff, staff.c.id == handovers.c.taken_by)
        .where(is_living(), staff.c.revoked_at.is_not(None))
    )
    for row in await db.rows(revoked.limit(_AT_ONCE)):
        await release(db, handover=row.id)
    return len(found) >= _AT_ONCE


async def _end_idle(db: Writing, idle: timedelta) -> list[Any]:
    """End and return handovers of shared devices that were silent for so long."""
    silent = (chats.c.sat_at.is_not(None), chats.c.heard_at <= db.now - idle)
    living = select(handovers.c.id).join(chats, chats.c.id == handovers.c.chat_id).where(is_living(), *silent)
    found = list(await db.rows(living.order_by(handovers.c.id).limit(_AT_ONCE)))
    for row in found:
        await end(db, handover=row.id, by=IDLE)
    return found


async def leave(db: Writing, *, chat: int) -> None:
    """Before a chat is erased: end its own handover, and return the handovers taken in it to the queue."""
    await end_of_chat(db, chat=chat, by="erased")
    await release_in(db, chat=chat)


async def release_in(db: Writing, *, chat: int) -> None:
    """Return the handovers that were taken in a staff chat to the queue."""
    taken = select(handovers.c.id).where(handovers.c.taken_in == chat, is_living())
    for row in await db.rows(taken):
        await release(db, handover=row.id)


async def keep_one(db: Writing, *, into: int, gone: int) -> None:
    """When two chats are merged, keep the handover of the chat that stays."""
    theirs = await living_of(db, chat=gone)
    if theirs is None:
        return
    if await living_of(db, chat=into) is not None:
        await end(db, handover=theirs, by="merged")
        return
    until = select(chats.c.human_until).where(chats.c.id == gone).scalar_subquery()
    await db.run(update(chats).where(chats.c.id == into).values(human_until=until))
