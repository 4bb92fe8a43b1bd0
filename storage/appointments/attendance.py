"""The counter's day: the list of appointments, walk-ins, and past waits; counter.py has the steps."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, literal_column, select, text, update

from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.appointments.counter import UNDO_FOR
from domain.appointments.dayplan import Slot
from domain.appointments.seats import DayLine
from domain.office.office import Office
from domain.people.names import mask_name
from domain.refusals.appointments import AlreadyBooked, BookingOver, SlotFull, SlotGone
from storage import audit
from storage.appointments.booking_rows import as_booking, by_id, note
from storage.appointments.seats import Taker, free_seats, take
from storage.ids import new_id
from storage.schema import applications, booking_history, bookings, of_row
from storage.session import ByDialect, Reading, Writing, insert_for

_CODE_BYTES = 16
_insert = ByDialect(lambda dialect: insert_for(dialect, bookings).on_conflict_do_nothing())
_lines = select(bookings, applications.c.name, applications.c.number).select_from(
    bookings.outerjoin(applications, applications.c.id == bookings.c.application_id)
)
_in_order = (bookings.c.starts_at, bookings.c.point, bookings.c.seat_no, bookings.c.id)
_day = _lines.where(
    bookings.c.point == bindparam("point"),
    bookings.c.starts_at >= bindparam("first"),
    bookings.c.starts_at < bindparam("until"),
).order_by(*_in_order)
_LISTED_OPEN = timedelta(days=7)
_left_open = _day.where(bookings.c.state == "open").limit(literal_column("50"))
_line = _lines.where(bookings.c.code == bindparam("code"))
_coming = (
    update(bookings)
    .where(bookings.c.id == bindparam("booking"), text("bookings.state = 'booked'"))
    .values(answered_at=bindparam("now"))
)


async def is_coming(db: Writing, *, booking: int) -> Booking:
    """Record that the resident answered [Hadir].

    Raises:
        BookingOver: it was served, missed or cancelled before.
    """
    if not await db.run(_coming, {"booking": booking, "now": db.now}):
        raise BookingOver
    return as_booking(await by_id(db, booking=booking))


async def walk_in(
    db: Writing,
    *,
    slot: Slot,
    seats: int,
    service: str,
    code: TicketCode,
    by: str,
    applicant: int | None = None,
    application: int | None = None,
) -> TicketCode:
    """Assign a walk-in one of all seats of a slot (`seats` includes the walk-in share); return the ticket code.

    They are here, so they wait to be called from now on. A code that is taken is replaced by a new one.

    Raises:
        SlotFull: every seat is taken.
        AlreadyBooked: the person has an active appointment of this service.
    """
    row = new_id()
    values: dict[str, Any] = {
        "id": row,
        "applicant_id": applicant,
        "service": service,
        "application_id": application,
        "point": slot.point,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "seat_no": 0,  # until it is known below
        "state": BookingState.ARRIVED.value,
        "walked_in": True,
        "booked_at": db.now,
        "changed_at": db.now,
        "arrived_at": db.now,
        "back_to": BookingState.CANCELLED.value,
    }
    code = await _insert_walk_in(db, values, code)
    taker = Taker(state="booked", until=None, applicant=applicant, service=service, booking=row)
    number, _ = await take(db, slot=slot, numbers=range(seats, 0, -1), taker=taker, in_order=True)
    await db.run(update(bookings).where(bookings.c.id == row).values(seat_no=number))
    await note(db, await by_id(db, booking=row), by=by)
    return code


async def day_list(
    db: Reading, *, point: str, first: datetime, until: datetime, masked: bool = True
) -> list[DayLine]:
    """Appointments of a point that begin within a span (an office day), by time; not `masked`, with whole names."""
    rows = await db.rows(_day, {"point": point, "first": first, "until": until})
    return [_as_line(db, row, masked=masked) for row in rows]


async def line_of(db: Reading, *, code: TicketCode) -> DayLine | None:
    """Appointment of a ticket code on any day, or None."""
    row = await db.one(_line, {"code": code.text})
    return None if row is None else _as_line(db, row)


async def left_open(db: Reading, *, point: str, office: Office) -> list[DayLine]:
    """Appointments of the last days whose end nobody recorded, oldest first."""
    today = office.local(db.now).replace(hour=0, minute=0, second=0, microsecond=0)
    span = {"point": point, "first": today - _LISTED_OPEN, "until": today + timedelta(days=1)}
    return [_as_line(db, row) for row in await db.rows(_left_open, span)]


async def lines_of(db: Reading, *, of: Sequence[Booking]) -> list[DayLine]:
    """Day-list lines of some appointments, by time."""
    asked = _lines.where(bookings.c.id.in_([one.id for one in of])).order_by(*_in_order)
    return [_as_line(db, row) for row in await db.rows(asked)] if of else []


async def _insert_walk_in(db: Writing, values: dict[str, Any], code: TicketCode) -> TicketCode:
    while not await db.run(_insert[db.dialect], {**values, "code": code.text}):
        if await db.scalar(select(bookings.c.id).where(bookings.c.code == code.text)) is None:
            raise AlreadyBooked
        code = TicketCode.draw(secrets.token_bytes(_CODE_BYTES))
    return code


def _as_line(db: Reading, row: Any, *, masked: bool = True) -> DayLine:
    return of_row(
        DayLine,
        row,
        booking=row.id,
        code=TicketCode(row.code),
        state=BookingState(row.state),
        name=_name(db, row, masked=masked),
        coming=row.answered_at is not None,
        asked_to_move=row.state == BookingState.BOOKED and row.to_move_at is not None,
        undo_until=row.changed_at + UNDO_FOR if row.back_to else None,
    )


def _name(db: Reading, row: Any, *, masked: bool) -> str | None:
    if row.name is None:
        return None
    name = db.vault.open(row.name, at=f"applications.name:{row.application_id}")
    return mask_name(name) if masked else name


_LOOKED_AT = 400
_BACK = timedelta(days=60)
_served = (
    select(booking_history.c.starts_at, booking_history.c.at, bookings.c.arrived_at, bookings.c.called_at)
    .join(bookings, bookings.c.id == booking_history.c.booking_id)
    .where(
        booking_history.c.at >= bindparam("since"),
        booking_history.c.state == "served",
        booking_history.c.point == bindparam("point"),
        # bookings settled overnight by the system say nothing about the wait
        booking_history.c.by.like("staff:%"),
    )
    .order_by(booking_history.c.at.desc())
    .limit(_LOOKED_AT)
)


async def past_waits(db: Reading, *, point: str) -> list[tuple[datetime, datetime]]:
    """Waits of the last appointments that staff marked as served at a point: (from, until) each.

    From arrival until the call, if both are known; else from the appointment's begin until it was served.
    """
    rows = await db.rows(_served, {"point": point, "since": db.now - _BACK})
    return [
        (row.arrived_at, row.called_at) if row.arrived_at and row.called_at else (row.starts_at, row.at)
        for row in rows
    ]


async def next_seat(db: Writing, *, slots: Sequence[Slot], service: str, by: str) -> tuple[TicketCode, Slot]:
    """Book a walk-in into the first of these slots with a free seat; return ticket code and slot.

    The slots include the seats kept for walk-ins (`Calendar.walk_in_times`).

    Raises:
        SlotFull: no slot has a free seat.
    """
    counted = await free_seats(db, point=slots[0].point, slots=slots) if slots else {}
    for slot in slots:
        if not counted[slot]:
            continue
        code = TicketCode.draw(secrets.token_bytes(_CODE_BYTES))
        try:
            async with db.savepoint():
                code = await walk_in(db, slot=slot, seats=slot.seats, service=service, code=code, by=by)
        except (SlotFull, SlotGone):
            continue  # taken or closed at this moment
        await audit.record(db, by, "walk-in", f"ticket:{code}")
        return code, slot
    raise SlotFull
