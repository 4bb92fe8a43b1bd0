"""Reminders of appointments: errands planned and withdrawn with the booking, each planned once.

The argument of a `reminder` errand is `<booking>:<minutes before>:<sequence>`. Moving an appointment raises its
sequence; a reminder with an old sequence says nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from domain.appointments.booking import Booking
from storage.post import errands
from storage.schema import errands as errand_rows
from storage.session import Reading, Writing

REMINDER, REBOOK, BIRTHDAY, MISSED, OFFER = "reminder", "rebook", "birthday", "missed", "offer"
CALLED, NEAR = "called", "near"
"""Conversations that the office begins about an appointment."""
_ABOUT_BOOKING = (REMINDER, REBOOK, BIRTHDAY)

_planned = select(errand_rows.c.conversation, errand_rows.c.argument).where(
    errand_rows.c.conversation.in_(_ABOUT_BOOKING),
    errand_rows.c.argument.like(bindparam("about")),
    errand_rows.c.chat_id == bindparam("chat"),
)


async def plan(db: Writing, *, booking: Booking, chat: int, minutes: Sequence[int]) -> None:
    """Plan a reminder for each number of minutes before the appointment, except for moments already past."""
    moments = sorted(minutes, reverse=True)
    for before, then in zip(moments, [*moments[1:], 0], strict=True):
        due_at = booking.starts_at - timedelta(minutes=before)
        if due_at > db.now:
            await errands.plan(
                db,
                chat=chat,
                conversation=REMINDER,
                argument=f"{booking.id}:{before}:{booking.sequence}",
                due_at=due_at,
                until=booking.starts_at - timedelta(minutes=then),
            )


async def plan_birthday(db: Writing, *, booking: int, chat: int, at: datetime) -> bool:
    """Plan a message for the 17th birthday, when the card of an early recording can be printed (B11)."""
    return await errands.plan(db, chat=chat, conversation=BIRTHDAY, argument=f"{booking}:17", due_at=at)


async def withdraw(db: Writing, *, booking: int, chat: int | None, but: tuple[str, ...] = ()) -> None:
    """Withdraw what was planned for a chat about an appointment, except for the conversations in `but`."""
    if chat is None:
        return
    for row in await db.rows(_planned, {"about": f"{booking}:%", "chat": chat}):
        if row.conversation not in but:
            await errands.withdraw(db, conversation=row.conversation, argument=row.argument, chat=chat)


async def planned(db: Reading, *, booking: int, chat: int) -> list[str]:
    """Arguments of the reminders planned for an appointment."""
    rows = await db.rows(_planned, {"about": f"{booking}:%", "chat": chat})
    return sorted(row.argument for row in rows if row.conversation == REMINDER)
