"""The waiting room: who waits in which order, who is called next, and how many are ahead of somebody."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, literal_column, select, text

from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.counter import Here, called_since_walk_in, in_order
from domain.office.office import Office
from domain.refusals.appointments import BookingOver
from storage.appointments import counter, reminders
from storage.appointments.counter import Marked
from storage.post import errands
from storage.schema import bookings, of_row
from storage.session import Reading, Writing

_LOOKED_AT = 50
_ANOTHER_DAY = timedelta(days=60)  # so far away may the appointment of a person be who is called today
_NEAR_LASTS = timedelta(minutes=10)
_here = select(bookings).where(
    bookings.c.point == bindparam("point"), text("bookings.state IN ('arrived','called')")
)
_called = (
    select(bookings)
    .where(
        bookings.c.point == bindparam("point"),
        bookings.c.starts_at >= bindparam("from"),
        bookings.c.starts_at < bindparam("until"),
        bookings.c.called_at >= bindparam("today"),
    )
    .order_by(bookings.c.called_at.desc(), bookings.c.id.desc())
    .limit(literal_column(str(_LOOKED_AT)))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRoom:
    """A point's waiting room: `waiting` in the order of calls, `called` newest first."""

    waiting: tuple[Here, ...]
    called: tuple[Here, ...]


async def room(db: Reading, *, point: str, office: Office) -> WaitingRoom:
    """Who is in a point's waiting room today."""
    first = datetime.combine(office.today(db.now), time(), office.timezone)
    span = (first, first + timedelta(days=1))
    rows = await db.rows(_here, {"point": point})
    here = [(row.state, _as_here(row, span)) for row in rows if row.changed_at >= first]
    every, since = office.booking.walk_in_every, 0
    if every:
        given = {"point": point, "from": first - _ANOTHER_DAY, "until": first + _ANOTHER_DAY, "today": first}
        past = await db.rows(_called, given)
        since = called_since_walk_in([_as_here(row, span) for row in past])
    waiting = [one for state, one in here if state == BookingState.ARRIVED]
    called = [(one.called_at, one.booking, one) for state, one in here if state == BookingState.CALLED]
    return WaitingRoom(
        waiting=tuple(in_order(waiting, walk_in_every=every, since_walk_in=since)),
        called=tuple(one for *_, one in sorted(called, reverse=True, key=lambda one: one[:2])),
    )


async def call_next(
    db: Writing, *, point: str, office: Office, by: str, desk: int | None = None
) -> Marked | None:
    """Call the next person of a point to a desk; None: nobody waits. Two officers at once call two people."""
    for one in (await room(db, point=point, office=office)).waiting:
        try:
            async with db.savepoint():
                marked = await counter.mark(db, code=one.code, state=BookingState.CALLED, by=by, desk=desk)
        except BookingOver:  # they left, or somebody served them, at this moment
            continue
        if marked.changed:
            await _tell_near(db, point=point, office=office)
            return marked
    return None


async def _tell_near(db: Writing, *, point: str, office: Office) -> None:
    """Plan to tell those who are called soon, once for each appointment; the conversation asks for their consent."""
    most = office.booking.tell_ahead
    near = (await room(db, point=point, office=office)).waiting[: most + 1] if most else ()
    known = select(bookings.c.id, bookings.c.chat_id).where(bookings.c.id.in_([one.booking for one in near]))
    for row in await db.rows(known) if near else ():
        if row.chat_id is not None:
            await errands.plan(
                db,
                chat=row.chat_id,
                conversation=reminders.NEAR,
                argument=str(row.id),
                due_at=db.now,
                until=db.now + _NEAR_LASTS,
            )


async def ahead_of(db: Reading, *, booking: int, point: str, office: Office) -> int | None:
    """How many people are called before this one; None if they do not wait."""
    line = (await room(db, point=point, office=office)).waiting
    return next((place for place, one in enumerate(line) if one.booking == booking), None)


def _as_here(row: Any, span: tuple[datetime, datetime]) -> Here:
    return of_row(
        Here,
        row,
        booking=row.id,
        code=TicketCode(row.code),
        arrived_at=row.arrived_at or row.called_at or row.changed_at,
        today=span[0] <= row.starts_at < span[1],
    )
