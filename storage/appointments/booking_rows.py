"""Booking rows: reading them as domain records, and their history."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.refusals.appointments import NotYourBooking
from domain.webhooks.webhook import EventType
from storage.ids import new_id
from storage.schema import booking_history, bookings, of_row, seats
from storage.session import Reading, Writing
from storage.webhooks.events import Message, tell

_by_id = select(bookings).where(bookings.c.id == bindparam("booking"))
_by_hold = select(bookings).where(bookings.c.hold_id == bindparam("hold"))
_by_code = select(bookings).where(bookings.c.code == bindparam("code"))
_note = booking_history.insert()
_EVENTS = {
    BookingState.BOOKED: EventType.BOOKED,
    BookingState.ARRIVED: EventType.ARRIVED,
    BookingState.SERVED: EventType.SERVED,
    BookingState.CANCELLED: EventType.CANCELLED,
}
_free_seat = (
    update(seats)
    .where(seats.c.booking_id == bindparam("booking"))
    .values(
        state="resting",
        until=bindparam("reopen"),
        id=bindparam("fresh"),
        booking_id=None,
        applicant_id=None,
        service=None,
        chat_id=None,
    )
)


async def by_id(db: Reading, *, booking: int) -> Any:
    """Row of an appointment.

    Raises:
        NotYourBooking: there is none.
    """
    return _known(await db.one(_by_id, {"booking": booking}))


async def by_code(db: Reading, *, code: TicketCode) -> Any:
    """Row of the appointment with this ticket code.

    Raises:
        NotYourBooking: no appointment has it.
    """
    return _known(await db.one(_by_code, {"code": code.text}))


async def of_hold(db: Reading, *, hold: int) -> Any:
    """Row that a hold was confirmed or moved to, or None."""
    return await db.one(_by_hold, {"hold": hold})


async def note(db: Writing, row: Any, *, by: str, event: EventType | None = None) -> None:
    """Add the appointment's present state and the actor to its history, and tell webhooks.

    `event`: what happened, if the state alone does not tell it.
    """
    line = {"id": new_id(), "booking_id": row.id, "state": row.state, "point": row.point}
    await db.run(_note, {**line, "starts_at": row.starts_at, "at": db.now, "by": by})
    kind = event or _EVENTS.get(BookingState(row.state))
    if kind is not None:
        await tell(db, kind, lambda: [_message(row)])


def _message(row: Any) -> Message:
    return Message(
        {
            "appointment": row.code,
            "state": row.state,
            "point": row.point,
            "service": row.service,
            "starts_at": row.starts_at.astimezone(UTC).isoformat(),
        }
    )


async def free_seat(db: Writing, *, booking: int, reopen_at: datetime) -> None:
    """Keep the seat of an appointment resting until a moment."""
    await db.run(_free_seat, {"booking": booking, "reopen": reopen_at, "fresh": new_id()})


def as_booking(row: Any) -> Booking:
    """Domain record of a row."""
    return of_row(
        Booking,
        row,
        code=TicketCode(row.code),
        applicant=row.applicant_id,
        state=BookingState(row.state),
        held_until=None,
    )


def _known(row: Any) -> Any:
    if row is None:
        raise NotYourBooking
    return row
