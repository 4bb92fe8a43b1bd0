"""How hand-overs end by themselves: nobody spoke for a day, the officer left, two chats became one, all was erased."""

from sqlalchemy import select, update

from domain.office import Office
from storage.handing_over.handovers import end, end_of_chat, living_of, release
from storage.schema import chats, handovers, is_living, staff
from storage.store import Writing

_AT_ONCE = 20


async def run_due(db: Writing, _office: Office) -> bool:
    """Give back what was quiet for 24 hours, and let wait again what an officer has who is no longer one.

    One of the chores of bot/timers.py.
    """
    quiet = (
        select(handovers.c.id)
        .join(chats, chats.c.id == handovers.c.chat_id)
        .where(is_living(), chats.c.human_until <= db.now)
    )
    found = await db.rows(quiet.order_by(handovers.c.id).limit(_AT_ONCE))
    for row in found:
        await end(db, handover=row.id, by="time")
    revoked = (
        select(handovers.c.id)
        .join(staff, staff.c.id == handovers.c.taken_by)
        .where(is_living(), staff.c.revoked_at.is_not(None))
    )
    for row in await db.rows(revoked.limit(_AT_ONCE)):
        await release(db, handover=row.id)
    return len(found) == _AT_ONCE


async def leave(db: Writing, *, chat: int) -> None:
    """Let go of a chat that is erased: its own hand-over ends, those that its officer talked in wait for another."""
    await end_of_chat(db, chat=chat, by="erased")
    taken = select(handovers.c.id).where(handovers.c.taken_in == chat, is_living())
    for row in await db.rows(taken):
        await release(db, handover=row.id)


async def meet(db: Writing, *, into: int, gone: int) -> None:
    """Let a person who was handed over twice, under two names, be so once: that of the chat that stays goes on."""
    theirs = await living_of(db, chat=gone)
    if theirs is None:
        return
    if await living_of(db, chat=into) is not None:
        await end(db, handover=theirs, by="merged")
        return
    until = select(chats.c.human_until).where(chats.c.id == gone).scalar_subquery()
    await db.run(update(chats).where(chats.c.id == into).values(human_until=until))
