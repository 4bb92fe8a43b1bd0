"""The counter: arrived, called, served, missed, the undo of the last step, and the end of the day.

Each step compares and sets the state in one statement, so of two officers at once one takes it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.exc import IntegrityError

from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.appointments.counter import EARLIER, UNDO_FOR
from domain.appointments.dayplan import Slot
from domain.office.office import Office
from domain.refusals.appointments import AlreadyBooked, BookingOver, SlotFull, SlotGone
from domain.webhooks.webhook import EventType
from storage import audit
from storage.appointments import reminders
from storage.appointments.booking_rows import as_booking, by_code, by_id, free_seat, note
from storage.appointments.seats import Taker, take
from storage.post import errands
from storage.schema import bookings
from storage.session import Writing

_RACES = 5  # other officers' steps between our look and our step
_CHUNK = 20
_CALL_LASTS = timedelta(minutes=30)
_step = (
    update(bookings)
    .where(bookings.c.id == bindparam("booking"), bookings.c.state == bindparam("before"))
    .values(
        state=bindparam("after"),
        back_to=bindparam("back"),
        changed_at=bindparam("now"),
        arrived_at=bindparam("arrived"),
        called_at=bindparam("called"),
        desk=bindparam("to_desk"),
    )
)
# A step of today is not settled, whatever day the ticket is for.
_unsettled = (
    select(bookings)
    .where(bookings.c.changed_at < bindparam("today"))
    .order_by(bookings.c.starts_at, bookings.c.id)
    .limit(_CHUNK)
    .with_for_update(of=bookings, skip_locked=True)
)
_left_open = (
    _unsettled.where(text("bookings.state = 'booked'"), bookings.c.starts_at < bindparam("today")),
    _unsettled.where(text("bookings.state IN ('arrived','called')")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An appointment after a step; `changed` is False if it was in that state already."""

    booking: Booking
    before: BookingState

    @property
    def changed(self) -> bool:
        """Whether this step did it."""
        return self.before is not self.booking.state


async def mark(
    db: Writing,
    *,
    code: TicketCode,
    state: BookingState,
    by: str,
    desk: int | None = None,
    hold: timedelta = timedelta(),
) -> Marked:
    """Take a step with an appointment; `by` is the actor as in the audit, `desk` where a call asks them to.

    A repeated step changes nothing. Who is called is told so (errand `called`), who is missed is asked to book
    again (errand `missed`) after `hold`, within which a slip can be taken back silently.

    Raises:
        NotYourBooking: no appointment has the code.
        BookingOver: the step cannot follow its state.
        AlreadyBooked: the person came late, and has another appointment by now.
    """
    for _ in range(_RACES):
        row = await by_code(db, code=code)
        before = BookingState(row.state)
        if before is state:
            return Marked(booking=as_booking(row), before=before)
        if before not in EARLIER[state]:
            break
        await _announce(db, row, state, hold)  # locks the chat first, in the same order as a turn
        if await _take_step(db, row, state, desk):
            return await _settled(db, row, by=by)
    raise BookingOver


async def undo(db: Writing, *, code: TicketCode, by: str, office: Office) -> Booking:
    """Take the last step back; a requested rating is the caller's matter (storage/ratings/visits.py).

    A seat that a no-show freed is taken again if it is still free. A walk-in's arrival is taken back by
    cancelling the ticket.

    Raises:
        NotYourBooking: no appointment has the code.
        BookingOver: there is no step to take back, or it is too late, or the person has another appointment by now.
    """
    row = await by_code(db, code=code)
    if not can_undo(row, db.now):
        raise BookingOver
    await _withdraw(db, row)
    values = _values(db, row, BookingState(row.back_to), back=None) | _before(row)
    try:
        async with db.savepoint():
            done = await db.run(_step, values)
    except IntegrityError:
        done = 0  # they booked again in the meantime, and one active appointment per service is allowed
    if not done:
        raise BookingOver
    after = await by_id(db, booking=row.id)
    # Who was told of "served" is told that the person is here after all.
    is_here = after.state in (BookingState.ARRIVED, BookingState.CALLED)
    await note(db, after, by=by, event=EventType.ARRIVED if is_here else None)
    if row.state == BookingState.NO_SHOW:
        await _seat_again(db, row)
    if after.state == BookingState.CANCELLED:
        await free_seat(db, booking=row.id, reopen_at=db.now)
    if after.state == BookingState.BOOKED and row.chat_id is not None:
        await reminders.plan(db, booking=as_booking(after), chat=row.chat_id, office=office)
    return as_booking(after)


def can_undo(row: Any, now: datetime) -> bool:
    """Whether the last step of an appointment's row can be taken back."""
    return row.back_to is not None and now < row.changed_at + UNDO_FOR


async def run_due(db: Writing, office: Office) -> bool:
    """Mark what the counter left without an end on earlier days as open, so that it blocks no new booking."""
    today = office.local(db.now).replace(hour=0, minute=0, second=0, microsecond=0)
    more = False
    for left in _left_open:
        rows = await db.rows(left, {"today": today})
        for row in rows:
            await mark(db, code=TicketCode(row.code), state=BookingState.OPEN, by=audit.SYSTEM)
        more |= len(rows) == _CHUNK
    return more


async def _announce(db: Writing, row: Any, state: BookingState, hold: timedelta) -> None:
    """Plan what the resident is told of a step."""
    if row.chat_id is None:
        return
    if state is BookingState.NO_SHOW:
        await errands.plan(
            db,
            chat=row.chat_id,
            conversation=reminders.MISSED,
            argument=str(row.id),
            due_at=db.now + hold,
        )
    elif state is BookingState.CALLED:
        await errands.plan(
            db,
            chat=row.chat_id,
            conversation=reminders.CALLED,
            argument=f"{row.id}:{int(db.now.timestamp() * 1000)}",
            due_at=db.now,
            until=db.now + _CALL_LASTS,
        )


async def _take_step(db: Writing, row: Any, state: BookingState, desk: int | None) -> bool:
    values = _values(db, row, state, back=None if state is BookingState.OPEN else row.state)
    if state is BookingState.ARRIVED:
        values |= {"arrived": db.now, "called": None, "to_desk": None}
    elif state is BookingState.CALLED:
        values |= {"called": db.now, "to_desk": desk}
    try:
        async with db.savepoint():
            return bool(await db.run(_step, values))
    except IntegrityError as error:
        raise AlreadyBooked from error


def _values(db: Writing, row: Any, state: BookingState, *, back: str | None) -> dict[str, Any]:
    """Values of a step that keeps arrival and call."""
    return {
        "booking": row.id,
        "before": row.state,
        "after": state.value,
        "back": back,
        "now": db.now,
        "arrived": row.arrived_at,
        "called": row.called_at,
        "to_desk": row.desk,
    }


def _before(row: Any) -> dict[str, Any]:
    """Arrival and call as they were before the last step."""
    if row.back_to == BookingState.CALLED:
        return {}
    uncalled = {"called": None, "to_desk": None}
    return uncalled if row.back_to == BookingState.ARRIVED else {**uncalled, "arrived": None}


async def _settled(db: Writing, row: Any, *, by: str) -> Marked:
    """Record a step: history, reminders, and the seat of somebody who did not come."""
    after = await by_id(db, booking=row.id)
    but = (reminders.BIRTHDAY,) if after.state != BookingState.NO_SHOW else ()
    if after.state != BookingState.OPEN or row.state == BookingState.BOOKED:
        await reminders.withdraw(db, booking=row.id, chat=row.chat_id, but=but)
    if after.state == BookingState.NO_SHOW:
        await free_seat(db, booking=row.id, reopen_at=db.now)  # for somebody waiting at the counter
    await note(db, after, by=by)
    return Marked(booking=as_booking(after), before=BookingState(row.state))


async def _withdraw(db: Writing, row: Any) -> None:
    """Withdraw what the step that is taken back planned to tell."""
    if row.chat_id is None:
        return
    if row.state == BookingState.NO_SHOW:
        await errands.withdraw(db, conversation=reminders.MISSED, argument=str(row.id), chat=row.chat_id)
    elif row.state == BookingState.CALLED:
        called = f"{row.id}:{int(row.called_at.timestamp() * 1000)}"
        await errands.withdraw(db, conversation=reminders.CALLED, argument=called, chat=row.chat_id)


async def _seat_again(db: Writing, row: Any) -> None:
    """Take the seat again that a no-show freed; somebody else may have it by now."""
    slot = Slot(row.point, row.starts_at, row.ends_at, row.seat_no)
    taker = Taker(state="booked", until=None, applicant=row.applicant_id, service=row.service, booking=row.id)
    try:
        async with db.savepoint():
            await take(db, slot=slot, numbers=[row.seat_no], taker=taker, in_order=True)
    except (SlotFull, SlotGone, IntegrityError):
        return
