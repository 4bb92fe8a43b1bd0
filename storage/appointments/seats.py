"""Seats: one row per taken seat; an expired row counts as free (docs/decisions/0018).

free → held → booked → free;   booked → resting → free;   resting → offered → held
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, or_, select, text, tuple_, update

from domain.appointments.dayplan import Slot
from domain.appointments.seats import Hold
from domain.refusals.appointments import HoldExpired, SlotGone
from storage.appointments.seat_taking import LIVES, Taker, take
from storage.schema import closures, seats, waiting
from storage.session import Reading, Writing

_CHUNK = 200

_by_id = select(seats).where(
    seats.c.id == bindparam("hold"), seats.c.state == "held", seats.c.until > bindparam("now")
)
_release = delete(seats).where(seats.c.id == bindparam("hold"), seats.c.state == "held")
_counted = (
    select(seats.c.starts_at, func.count())
    .where(
        seats.c.point == bindparam("at_point"),
        seats.c.starts_at >= bindparam("first"),
        seats.c.starts_at <= bindparam("last"),
        seats.c.seat_no <= bindparam("most"),
        LIVES,
    )
    .group_by(seats.c.starts_at)
)
_closed_between = select(closures.c.starts_at, closures.c.ends_at).where(
    closures.c.opened_at.is_(None),
    or_(closures.c.point.is_(None), closures.c.point == bindparam("at_point")),
    closures.c.starts_at <= bindparam("last"),
    closures.c.ends_at > bindparam("first"),
)
_rest_on = (
    update(seats)
    .where(
        seats.c.state == "resting",
        text("seats.until IS NOT NULL"),
        seats.c.until > bindparam("now"),
        seats.c.until < bindparam("morning"),
        exists().where(waiting.c.point == seats.c.point, text("waiting.state = 'waiting'")),
    )
    .values(until=bindparam("morning"))
)


async def hold_seat(
    db: Writing, *, chat: int, applicant: int, service: str, slot: Slot, until: datetime
) -> Hold:
    """Hold one free seat of the slot for a person until a moment; their hold of another time is released.

    Two concurrent calls get two seats, or one gets SlotFull. A repeated call for the same time keeps the seat
    and extends its hold.

    Raises:
        SlotFull: every seat is taken.
        SlotGone: it has begun, or was closed.
    """
    if slot.starts_at <= db.now:
        raise SlotGone
    taker = Taker(state="held", until=until, applicant=applicant, service=service, chat=chat)
    _, hold = await take(db, slot=slot, numbers=range(1, slot.seats + 1), taker=taker)
    return Hold(
        id=hold,
        applicant=applicant,
        service=service,
        point=slot.point,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        until=until,
    )


async def release(db: Writing, *, hold: int) -> bool:
    """Release a held seat at once; False: it was not held."""
    return bool(await db.run(_release, {"hold": hold}))


async def living_hold(db: Reading, *, hold: int) -> Any:
    """Row of a live hold.

    Raises:
        HoldExpired: the hold has expired.
    """
    row = await db.one(_by_id, {"hold": hold, "now": db.now})
    if row is None:
        raise HoldExpired
    return row


async def free_seats(db: Reading, *, point: str, slots: Sequence[Slot]) -> dict[Slot, int]:
    """Free seats per slot of a point; a closed slot has none."""
    if not slots:
        return {}
    span = _span(point, slots)
    taken: dict[tuple[int, datetime], int] = {}
    for most in {slot.seats for slot in slots}:
        for starts_at, count in await db.rows(_counted, {**span, "most": most, "now": db.now}):
            taken[most, starts_at] = count
    closed = await db.rows(_closed_between, span)
    return {
        slot: 0
        if any(one.starts_at < slot.ends_at and slot.starts_at < one.ends_at for one in closed)
        else max(0, slot.seats - taken.get((slot.seats, slot.starts_at), 0))
        for slot in slots
    }


async def rest_until(db: Writing, *, moment: datetime) -> None:
    """Extend the rest of seats that are about to reopen, at points where somebody waits."""
    await db.run(_rest_on, {"now": db.now, "morning": moment})


async def run_due(db: Writing, office: object) -> bool:  # noqa: ARG001 (every chore is handed the office)
    """Delete expired seat rows; only the table's size depends on it."""
    lapsed = seats.c.until <= db.now - timedelta(minutes=1)
    some = (
        select(seats.c.point, seats.c.starts_at, seats.c.seat_no)
        .where(lapsed, text("until IS NOT NULL"))
        .limit(_CHUNK)
        .with_for_update(skip_locked=True)
    )
    gone = await db.run(
        delete(seats).where(tuple_(seats.c.point, seats.c.starts_at, seats.c.seat_no).in_(some))
    )
    return gone == _CHUNK


def _span(point: str, slots: Sequence[Slot]) -> dict[str, Any]:
    moments = [slot.starts_at for slot in slots]
    return {"at_point": point, "first": min(moments), "last": max(moments)}
