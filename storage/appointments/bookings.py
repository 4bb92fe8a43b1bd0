"""Appointments: confirm a hold, move, cancel; one active appointment per person and service.

A function that raises here may leave part of its work: call it in `chat.once`, a savepoint or its own
transaction.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, literal_column, or_, select, text, update

from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.office.office import Office
from domain.refusals.appointments import AlreadyBooked, BookingOver, HoldExpired
from domain.webhooks.webhook import EventType
from storage.appointments import reminders
from storage.appointments.booking_rows import as_booking, by_id, free_seat, note, of_hold
from storage.appointments.offers import reopens_at
from storage.appointments.seats import LIVING_HOLD, living_hold
from storage.ids import new_id
from storage.people.sittings import Covered, whose_are
from storage.schema import bookings, seats, waiting
from storage.session import ByDialect, Reading, Writing, insert_for

_CODE_BYTES = 16
ACTIVE = ("booked", "arrived", "called")
_insert = ByDialect(lambda dialect: insert_for(dialect, bookings).on_conflict_do_nothing())
_active = select(bookings).where(
    bookings.c.applicant_id == bindparam("applicant"),
    bookings.c.service == bindparam("service"),
    text("bookings.state IN ('booked','arrived','called')"),
)
_of_chat = (
    select(bookings)
    .where(bookings.c.chat_id == bindparam("chat"), bookings.c.state.in_(ACTIVE))
    .order_by(bookings.c.starts_at, bookings.c.id)
)
_of_late = _of_chat.where(
    or_(bookings.c.changed_at >= bindparam("since"), bookings.c.starts_at <= bindparam("soon"))
)
_history = select(bookings.c.state, bookings.c.starts_at, bookings.c.changed_at).where(
    bookings.c.applicant_id == bindparam("applicant"), bookings.c.changed_at >= bindparam("since")
)
_keep_seat = (
    update(seats)
    .where(LIVING_HOLD)
    .values(state="booked", until=None, booking_id=bindparam("booking"), chat_id=None)
)
_move = (
    update(bookings)
    .where(
        bookings.c.id == bindparam("booking"),
        bookings.c.state == "booked",
        bookings.c.applicant_id == bindparam("person"),
        bookings.c.service == bindparam("what"),
    )
    .values(
        point=bindparam("to_point"),
        starts_at=bindparam("begins"),
        ends_at=bindparam("ends"),
        seat_no=bindparam("number"),
        hold_id=bindparam("hold"),
        chat_id=bindparam("chat"),
        sequence=bookings.c.sequence + literal_column("1"),
        # A move that the office asked for does not count against the limit of moves.
        moves=bookings.c.moves
        + case((bookings.c.to_move_at.is_(None), literal_column("1")), else_=literal_column("0")),
        changed_at=bindparam("now"),
        answered_at=None,
        to_move_at=None,
    )
)
_cancel = (
    update(bookings)
    .where(bookings.c.id == bindparam("booking"), bookings.c.state.in_(ACTIVE))
    .values(
        state="cancelled",
        back_to=None,
        sequence=bookings.c.sequence + literal_column("1"),
        changed_at=bindparam("now"),
        to_move_at=None,
    )
)
_placed = (
    update(waiting)
    .where(
        waiting.c.applicant_id == bindparam("person"),
        waiting.c.service == bindparam("what"),
        text("waiting.state = 'waiting'"),
    )
    .values(state="placed")
)


async def confirm(
    db: Writing, *, hold: int, application: int | None, chat: int, code: TicketCode, office: Office
) -> Booking:
    """Turn a hold into an appointment with this ticket code and plan its reminders.

    Confirming twice returns the same appointment. A code that is taken is drawn again.

    Raises:
        HoldExpired: the seat is not held any more.
        AlreadyBooked: the person has an active appointment of this service.
    """
    try:
        held = await living_hold(db, hold=hold)
    except HoldExpired:
        if done := await of_hold(db, hold=hold):  # asked only now: another turn may just have confirmed it
            return as_booking(done)
        raise
    row = await _insert_booking(db, held, application, chat, code)
    if row is None:
        return as_booking(await of_hold(db, hold=hold))
    if not await db.run(_keep_seat, {"hold": hold, "now": db.now, "booking": row}):
        raise HoldExpired
    return await _settled(db, row, chat=chat, by=f"chat:{chat}", office=office)


async def move(db: Writing, *, booking: int, to_hold: int, office: Office) -> Booking:
    """Move an appointment to a held seat: same ticket code, next sequence, new reminders.

    The old seat is released only now and rests before it reopens, like a cancelled one. A repeated move to the
    same hold changes nothing.

    Raises:
        HoldExpired: the new seat is no longer held; the old one stays.
        BookingOver: the appointment was served, missed or cancelled.
    """
    before = await by_id(db, booking=booking)
    if before.hold_id == to_hold:
        return as_booking(before)
    held = await living_hold(db, hold=to_hold)
    chat = held.chat_id if held.chat_id is not None else before.chat_id
    if not await db.run(_move, _moved(db, booking, held, chat)):
        raise BookingOver
    await free_seat(
        db, booking=booking, reopen_at=await reopens_at(db, point=before.point, rules=office.booking)
    )
    if not await db.run(_keep_seat, {"hold": to_hold, "now": db.now, "booking": booking}):
        raise HoldExpired
    await reminders.withdraw(db, booking=booking, chat=before.chat_id, but=(reminders.BIRTHDAY,))
    by = f"chat:{chat}" if chat is not None else "system"
    return await _settled(db, booking, chat=chat, by=by, office=office, event=EventType.MOVED)


async def cancel(db: Writing, *, booking: int, by: str, reopen_at: datetime) -> Booking:
    """Cancel an appointment, also of somebody who waits at the counter; `by` is the actor as in the audit. Its seat rests until `reopen_at`.

    Until then the seat is offered to the waiting list only (storage/appointments/offers.py).

    Raises:
        BookingOver: it was served, missed or cancelled before.
    """
    before = await by_id(db, booking=booking)
    if not await db.run(_cancel, {"booking": booking, "now": db.now}):
        raise BookingOver
    await free_seat(db, booking=booking, reopen_at=reopen_at)
    await reminders.withdraw(db, booking=booking, chat=before.chat_id)
    after = await by_id(db, booking=booking)
    await note(db, after, by=by)
    return as_booking(after)


async def active_booking(db: Reading, *, applicant: int, service: str) -> Booking | None:
    """The person's active appointment of a service, from any chat."""
    row = await db.one(_active, {"applicant": applicant, "service": service})
    return None if row is None else as_booking(row)


async def bookings_of_chat(db: Reading, *, chat: int, covered: Covered = None) -> list[Booking]:
    """Active appointments that a chat made or moved, as far as covered, by time."""
    query = whose_are(_of_chat, bookings.c.applicant_id, covered)
    return [as_booking(row) for row in await db.rows(query, {"chat": chat})]


async def code_is_of(db: Reading, *, chat: int, code: str, covered: Covered = None) -> bool:
    """Whether a code is the ticket of an active appointment of the chat, as far as covered."""
    own = await bookings_of_chat(db, chat=chat, covered=covered)
    return any(str(one.code) == code for one in own)


async def bookings_of_late(
    db: Reading, *, chat: int, within: timedelta, covered: Covered = None
) -> list[Booking]:
    """As `bookings_of_chat`, only those made, changed or due within a time."""
    query = whose_are(_of_late, bookings.c.applicant_id, covered)
    moments = {"chat": chat, "since": db.now - within, "soon": db.now + within}
    return [as_booking(row) for row in await db.rows(query, moments)]


async def booking_now(db: Reading, *, booking: int) -> Booking:
    """Current state of an appointment."""
    return as_booking(await by_id(db, booking=booking))


async def history_of(
    db: Reading, *, applicant: int, since: datetime
) -> tuple[Sequence[datetime], Sequence[datetime]]:
    """Moments of a person's missed appointments and of their cancellations (for `BookingRules.check_history`)."""
    rows = await db.rows(_history, {"applicant": applicant, "since": since})
    missed = [row.starts_at for row in rows if row.state == BookingState.NO_SHOW]
    return missed, [row.changed_at for row in rows if row.state == BookingState.CANCELLED]


async def _insert_booking(
    db: Writing, held: Any, application: int | None, chat: int, code: TicketCode
) -> int | None:
    """Insert the booking of a hold; None if another turn confirmed it at the same moment."""
    row = new_id()
    values = {
        "id": row,
        "applicant_id": held.applicant_id,
        "service": held.service,
        "application_id": application,
        "chat_id": chat,
        "point": held.point,
        "starts_at": held.starts_at,
        "ends_at": held.ends_at,
        "seat_no": held.seat_no,
        "state": "booked",
        "walked_in": False,
        "hold_id": held.id,
        "booked_at": db.now,
        "changed_at": db.now,
    }
    while not await db.run(_insert[db.dialect], {**values, "code": code.text}):
        if await of_hold(db, hold=held.id):
            return None
        if await db.one(_active, {"applicant": held.applicant_id, "service": held.service}):
            raise AlreadyBooked
        code = TicketCode.draw(secrets.token_bytes(_CODE_BYTES))
    return row


async def _settled(
    db: Writing, row: int, *, chat: int | None, by: str, office: Office, event: EventType | None = None
) -> Booking:
    """Record a new time: history, reminders, and off the waiting list."""
    after = await by_id(db, booking=row)
    booking = as_booking(after)
    await note(db, after, by=by, event=event)
    await db.run(_placed, {"person": after.applicant_id, "what": after.service})
    if chat is not None:
        await reminders.plan(db, booking=booking, chat=chat, office=office)
    return booking


def _moved(db: Writing, booking: int, held: Any, chat: int | None) -> dict[str, Any]:
    return {
        "booking": booking,
        "person": held.applicant_id,
        "what": held.service,
        "to_point": held.point,
        "begins": held.starts_at,
        "ends": held.ends_at,
        "number": held.seat_no,
        "hold": held.id,
        "chat": chat,
        "now": db.now,
    }
