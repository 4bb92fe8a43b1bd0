"""Taking back a cancellation: [Tidak bisa] on a reminder is one tap, so it can be undone for some minutes.

The seat rests longer than that, and is offered to nobody before (storage/appointments/offers.py).
"""

from datetime import timedelta

from sqlalchemy import bindparam, exists, literal_column, select, text, update

from domain.appointments.booking import Booking
from domain.office.office import Office
from domain.refusals.appointments import AlreadyBooked, BookingOver
from storage.appointments import reminders
from storage.appointments.booking_rows import as_booking, by_id, note
from storage.appointments.seats import is_closed
from storage.schema import bookings, seats
from storage.session import Writing

UNDO_WITHIN = timedelta(minutes=10)
# [Tidak bisa] answers a reminder, so it sets `answered_at`; a cancellation from the menu does not, and was confirmed.
_answer = (
    update(bookings)
    .where(bookings.c.id == bindparam("booking"), bookings.c.state == "cancelled")
    .values(answered_at=bindparam("now"))
)
_retake_seat = (
    update(seats)
    .where(
        seats.c.point == bindparam("at_point"),
        seats.c.starts_at == bindparam("at_moment"),
        seats.c.seat_no == bindparam("number"),
        seats.c.state == "resting",
        seats.c.until > bindparam("now"),
    )
    .values(state="booked", until=None, booking_id=bindparam("whose"))
)
_restore = (
    update(bookings)
    .where(
        bookings.c.id == bindparam("booking"),
        bookings.c.state == "cancelled",
        bookings.c.answered_at > bindparam("earliest"),
    )
    .values(
        state="booked",
        sequence=bookings.c.sequence + literal_column("1"),
        changed_at=bindparam("now"),
        answered_at=bindparam("now"),
    )
)
_another = select(bookings.c.id).where(
    bookings.c.applicant_id == bindparam("person"),
    bookings.c.service == bindparam("what"),
    text("bookings.state = 'booked'"),
)
can_be_undone = exists().where(
    bookings.c.point == seats.c.point,
    bookings.c.starts_at == seats.c.starts_at,
    bookings.c.seat_no == seats.c.seat_no,
    bookings.c.state == "cancelled",
    bookings.c.answered_at > bindparam("undone_since"),
)
"""Whether the appointment of a resting seat may still come back."""


async def allow(db: Writing, *, booking: int) -> None:
    """Let a cancelled appointment come back for `UNDO_WITHIN`."""
    await db.run(_answer, {"booking": booking, "now": db.now})


async def restore(db: Writing, *, booking: int, chat: int, office: Office) -> Booking:
    """Take back a cancellation: same seat and ticket code, next sequence, new reminders.

    Raises:
        BookingOver: it is too late, or the seat or its time is gone.
        AlreadyBooked: the person has made another appointment of this service since.
    """
    row = await by_id(db, booking=booking)
    if await db.one(_another, {"person": row.applicant_id, "what": row.service}) is not None:
        raise AlreadyBooked
    if await is_closed(db, point=row.point, starts_at=row.starts_at, ends_at=row.ends_at):
        raise BookingOver
    earliest = db.now - UNDO_WITHIN
    if not await db.run(_restore, {"booking": booking, "now": db.now, "earliest": earliest}):
        raise BookingOver
    seat = {"at_point": row.point, "at_moment": row.starts_at, "number": row.seat_no}
    if not await db.run(_retake_seat, {**seat, "now": db.now, "whose": booking}):
        raise BookingOver
    after = await by_id(db, booking=booking)
    await note(db, after, by=f"chat:{chat}")
    restored = as_booking(after)
    await reminders.plan(db, booking=restored, chat=chat, office=office)
    return restored
