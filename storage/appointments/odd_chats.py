"""Chats that may trade seats: they book or cancel more than a family would. Staff decide; nothing is blocked."""

from datetime import datetime

from sqlalchemy import case, func, or_, select

from domain.appointments.seats import OddChat
from storage.schema import booking_history, bookings
from storage.session import Reading

_BY_CHAT = "chat:"


async def odd_chats(
    db: Reading, *, since: datetime, more_people_than: int = 4, more_cancelled_than: int = 3
) -> list[OddChat]:
    """Chats that booked for many people or cancelled often since a moment, most people first."""
    people = func.count(bookings.c.applicant_id.distinct())
    cancelled = func.sum(case((booking_history.c.state == "cancelled", 1), else_=0))
    booked = func.sum(case((booking_history.c.state == "booked", 1), else_=0))
    rows = await db.rows(
        select(booking_history.c.by, people, booked, cancelled)
        .join(bookings, bookings.c.id == booking_history.c.booking_id)
        .where(booking_history.c.at >= since, booking_history.c.by.like(f"{_BY_CHAT}%"))
        .group_by(booking_history.c.by)
        .having(or_(people > more_people_than, cancelled > more_cancelled_than))
        .order_by(people.desc(), cancelled.desc(), booking_history.c.by)
    )
    return [
        OddChat(chat=int(by.removeprefix(_BY_CHAT)), applicants=who, booked=int(made), cancelled=int(off))
        for by, who, made, off in rows
    ]
