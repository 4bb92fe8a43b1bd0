"""Staff chats: chats linked to a member of staff, and how the link ends.

On a personal channel it lasts until the member is revoked or signs out. On a shared device it ends with the
sitting (bot/turns/sittings.py) and with the console's limits.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from domain.office.office import Office
from storage import audit
from storage.handovers import endings
from storage.schema import announcements, chats, staff_codes
from storage.session import Reading, Writing
from storage.staff.sessions import Limits

SIGNED_OUT, OVER = "signed-out", "time"
_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChat:
    """A chat of a member of staff."""

    chat: int
    channel: str
    language: str
    since: datetime | None


async def chats_of(db: Reading, *, member: int) -> list[StaffChat]:
    """Staff chats of this person."""
    columns = (chats.c.id, chats.c.channel, chats.c.language, chats.c.staff_since)
    query = select(*columns).where(chats.c.staff_id == member, chats.c.stopped_at.is_(None))
    return [
        StaffChat(chat=row.id, channel=row.channel, language=row.language, since=row.staff_since)
        for row in await db.rows(query)
    ]


def limits_of(office: Office) -> Limits:
    """Limits of a staff chat on a shared device: the console's, or shorter."""
    console, shared = office.console, office.retention.shared_unfinished_minutes
    return Limits(
        idle=timedelta(minutes=min(console.idle_minutes, shared)),
        longest=timedelta(hours=console.longest_hours),
    )


async def end(db: Writing, *, chat: int, member: int, why: str) -> bool:
    """Unlink a staff chat (`why`: signed-out, left or time); False: it was not this person's.

    Handovers taken in it return to the queue, it shows no announcement's progress any more, and its unused
    console code expires. After `time` its next speaker is told.
    """
    values = {"staff_id": None, "staff_since": None, "staff_ended_at": db.now if why == OVER else None}
    mine = (chats.c.id == chat, chats.c.staff_id == member)
    if not await db.run(update(chats).where(*mine).values(values)):
        return False
    told = update(announcements).where(announcements.c.told_chat_id == chat)
    await db.run(told.values(told_chat_id=None))
    await endings.release_in(db, chat=chat)
    await db.run(delete(staff_codes).where(staff_codes.c.chat_id == chat, staff_codes.c.used_at.is_(None)))
    await audit.record(db, audit.by_staff(member), "staff-chat-ended", audit.by_chat(chat), why)
    return True


async def run_due(db: Writing, office: Office) -> bool:
    """End expired staff chats on shared devices; a chore of bot/turns/timers.py."""
    limits = limits_of(office)
    over = or_(
        chats.c.heard_at <= db.now - limits.idle,
        chats.c.staff_since <= db.now - limits.longest,
    )
    # Only shared devices have a `sat_at`; leaving one ends its staff chat at once.
    shared = chats.c.sat_at.is_not(None)
    found = await db.rows(
        select(chats.c.id, chats.c.staff_id)
        .where(chats.c.staff_id.is_not(None), shared, over)
        .order_by(chats.c.id)
        .limit(_AT_ONCE)
        .with_for_update(of=chats, skip_locked=True)
    )
    for row in found:
        await end(db, chat=row.id, member=row.staff_id, why=OVER)
    return len(found) == _AT_ONCE
