"""Reminders of appointments: errands planned and withdrawn with the booking, each planned once.

The argument of a `reminder` errand is `<booking>:<minutes before>:<sequence>`. Moving an appointment raises its
sequence; a reminder with an old sequence says nothing.
"""

from datetime import datetime

from sqlalchemy import bindparam, select

from domain.appointments.booking import Booking
from domain.appointments.reminders import reminders
from domain.office.office import Office
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


async def plan(db: Writing, *, booking: Booking, chat: int, office: Office) -> None:
    """Plan the office's reminders of an appointment, except for moments already past; each holds until the next."""
    due = reminders(booking.starts_at, db.now, office)
    for number, one in enumerate(due, start=1):
        until = due[number].due_at if number < len(due) else booking.starts_at
        await errands.plan(
            db,
            chat=chat,
            conversation=REMINDER,
            argument=f"{booking.id}:{one.minutes_before}:{booking.sequence}",
            due_at=one.due_at,
            until=until,
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
