"""Closing times of the calendar: no new bookings there, and booked residents are asked to choose another time.

Closing cancels nothing: an appointment stays until its resident moves or cancels it
(storage/appointments/bookings.py).
"""

from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Boolean, bindparam, or_, select, text, update

from domain.appointments.booking import Booking
from domain.appointments.closures import Closure
from domain.office.office import Office
from storage import audit
from storage.appointments import reminders
from storage.appointments.booking_rows import as_booking
from storage.ids import new_id
from storage.post import errands
from storage.schema import bookings, closures, of_row
from storage.session import Reading, Writing

_CHUNK = 50
_LONGEST = timedelta(days=1)  # no appointment is longer, so the index is read only from there
_ACTIVE = text("bookings.state = 'booked'")
_STANDS = text("closures.opened_at IS NULL")
_standing = (
    select(closures).where(_STANDS, closures.c.ends_at > bindparam("after")).order_by(closures.c.starts_at)
)
_inside = (
    select(bookings)
    .where(
        _ACTIVE,
        bookings.c.starts_at > bindparam("bound"),
        bookings.c.starts_at < bindparam("ends"),
        bookings.c.ends_at > bindparam("begins"),
        or_(bindparam("everywhere", type_=Boolean()), bookings.c.point == bindparam("at_point")),
    )
    .order_by(bookings.c.starts_at, bookings.c.id)
)
_unasked = _inside.where(bookings.c.to_move_at.is_(None), bookings.c.starts_at > bindparam("now")).limit(
    _CHUNK
)
_ask = (
    update(bookings)
    .where(bookings.c.id == bindparam("booking"), bookings.c.to_move_at.is_(None), _ACTIVE)
    .values(to_move_at=bindparam("now"), closure_id=bindparam("closure"))
)
_unanswered = (
    select(bookings)
    .where(_ACTIVE, text("bookings.to_move_at IS NOT NULL"), bookings.c.starts_at > bindparam("now"))
    .order_by(bookings.c.starts_at, bookings.c.id)
)


async def closed_times(db: Reading, *, since: datetime | None = None) -> list[Closure]:
    """Closures that end after a moment (default: since yesterday), for the calendar."""
    after = since or db.now - timedelta(days=1)
    return [of_row(Closure, row) for row in await db.rows(_standing, {"after": after})]


async def preview(db: Reading, *, closure: Closure, zone: tzinfo) -> list[Booking]:
    """Appointments that a closure would affect, without closing anything."""
    return [as_booking(row) for row in await db.rows(_inside, _span(closure, zone))]


async def close(db: Writing, *, closure: Closure, zone: tzinfo, by: str) -> list[Booking]:
    """Close a time; ask the affected residents to choose another one (errand `rebook`) and return their appointments."""
    span = _span(closure, zone)
    row = {"id": new_id(), "point": closure.point, "day": closure.day, "starts": closure.starts}
    row |= {"ends": closure.ends, "reason": closure.reason, "closed_at": db.now, "closed_by": by}
    await db.run(closures.insert(), {**row, "starts_at": span["begins"], "ends_at": span["ends"]})
    await audit.record(db, by, "closed", f"closure:{row['id']}")
    affected = [as_booking(one) for one in await db.rows(_inside, span)]
    while await ask_to_move(db):
        pass
    return affected


async def close_if_sure(
    db: Writing, *, closure: Closure, zone: tzinfo, by: str, sure: bool
) -> tuple[bool, list[Booking]]:
    """Close a time, unless it has appointments and nobody is sure; return whether it is closed, and those appointments.

    A time that is closed already is not closed again.
    """
    inside = await preview(db, closure=closure, zone=zone)
    stands = any(one.covers(closure) for one in await closed_times(db))
    done = sure or stands or not inside
    if done and not stands:
        await close(db, closure=closure, zone=zone, by=by)
    return done, inside


async def open_again(db: Writing, *, closure: Closure, zone: tzinfo, by: str) -> int:
    """Reopen closures that lie within a time of a point (None: every point); return their number.

    A closure that extends beyond that time stays. Residents who were asked to move and have not chosen keep
    their appointment.
    """
    span = _span(closure, zone)
    where = [closures.c.starts_at >= span["begins"], closures.c.ends_at <= span["ends"], _STANDS]
    if closure.point is not None:
        where.append(closures.c.point == closure.point)
    ended = [row.id for row in await db.rows(select(closures.c.id).where(*where))]
    if not ended:
        return 0
    await db.run(update(closures).where(closures.c.id.in_(ended)).values(opened_at=db.now, opened_by=by))
    asked = select(bookings).where(
        _ACTIVE, text("bookings.to_move_at IS NOT NULL"), bookings.c.closure_id.in_(ended)
    )
    rows = await db.rows(asked)
    kept = update(bookings).where(bookings.c.id.in_([row.id for row in rows]))
    await db.run(kept.values(to_move_at=None, closure_id=None))
    for row in rows:
        if row.chat_id is not None:
            await errands.withdraw(
                db, conversation=reminders.REBOOK, argument=_argument(row, row.closure_id), chat=row.chat_id
            )
    await audit.record(db, by, "opened", f"closures:{len(ended)}")
    return len(ended)


async def unanswered(db: Reading) -> list[Booking]:
    """Appointments whose resident was asked to choose another time and has not answered."""
    return [as_booking(row) for row in await db.rows(_unanswered, {"now": db.now})]


async def is_to_move(db: Reading, *, booking: int) -> bool:
    """Whether this appointment's time was closed and no other was chosen yet."""
    asked = select(bookings.c.id).where(
        bookings.c.id == booking, _ACTIVE, text("bookings.to_move_at IS NOT NULL")
    )
    return await db.scalar(asked) is not None


async def run_due(db: Writing, office: Office) -> bool:  # noqa: ARG001 (every chore is handed the office)
    """Ask residents whose booking was confirmed at the moment of the closure."""
    return await ask_to_move(db)


async def ask_to_move(db: Writing) -> bool:
    """Ask the residents of closed appointments, each once; True: there may be more.

    Chats are locked first and in order, then the rows, as turns do; otherwise they could deadlock.
    """
    for one in await db.rows(_standing, {"after": db.now}):
        inside = _moments(one.point, one.starts_at, one.ends_at)
        rows = await db.rows(_unasked, {**inside, "now": db.now})
        for row in sorted(rows, key=lambda row: row.chat_id or 0):
            if row.chat_id is not None:
                await errands.plan(
                    db,
                    chat=row.chat_id,
                    conversation=reminders.REBOOK,
                    argument=_argument(row, one.id),
                    due_at=db.now,
                )
        for row in rows:
            await db.run(_ask, {"booking": row.id, "closure": one.id, "now": db.now})
        if rows:
            return True
    return False


def _argument(row: Any, closure: int) -> str:
    return f"{row.id}:{closure}:{row.sequence}"


def _span(closure: Closure, zone: tzinfo) -> dict[str, Any]:
    """First and last moment of a closure: the whole day, or part of it."""
    midnight = datetime(closure.day.year, closure.day.month, closure.day.day, tzinfo=zone)
    begins = midnight if closure.starts is None else datetime.combine(closure.day, closure.starts, zone)
    ends = midnight + timedelta(days=1)
    if closure.ends is not None:
        ends = datetime.combine(closure.day, closure.ends, zone)
    return _moments(closure.point, begins, ends)


def _moments(point: str | None, begins: datetime, ends: datetime) -> dict[str, Any]:
    bound = begins - _LONGEST
    return {"bound": bound, "begins": begins, "ends": ends, "at_point": point, "everywhere": point is None}
