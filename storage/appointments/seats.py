"""Seats: a row with a number is a taken seat, and a row whose time is over is none (docs/decisions/0018).

free → held → booked → free;   booked → resting → free;   resting → offered → held
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, or_, select, text, tuple_, update

from domain.appointments.dayplan import Slot
from domain.appointments.seats import Hold
from domain.refusals.appointments import HoldExpired, SlotGone
from storage.appointments.seat_taking import LIVES, LIVING_HOLD, Taker, take
from storage.schema import closures, seats, waiting
from storage.session import Reading, Writing

_CHUNK = 200

_by_id = select(seats).where(LIVING_HOLD)
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
    """Keep one free seat of the slot for a person until a moment; their hold of another time is given up.

    Two who ask at once get two seats, or one of them gets SlotFull. Asked again for the same time, the person keeps
    the seat and its hold, now until the new moment.

    Raises:
        SlotFull: every seat is taken.
        SlotGone: it has begun, or it was closed.
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
    """Give a held seat back at once; False when it was not held any more."""
    return bool(await db.run(_release, {"hold": hold}))


async def living_hold(db: Reading, *, hold: int) -> Any:
    """Give the row of a hold that is not over.

    Raises:
        HoldExpired: it is.
    """
    row = await db.one(_by_id, {"hold": hold, "now": db.now})
    if row is None:
        raise HoldExpired
    return row


async def free_seats(db: Reading, *, point: str, slots: Sequence[Slot]) -> dict[Slot, int]:
    """Count the seats of some of a point's slots that anybody may take now; of a closed time there are none."""
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
    """Let seats that are about to reopen rest until a moment, where anybody waits for one."""
    await db.run(_rest_on, {"now": db.now, "morning": moment})


async def run_due(db: Writing, office: object) -> bool:  # noqa: ARG001 (every chore is handed the office)
    """Drop the rows of seats whose time is over: nothing depends on it but the size of the table."""
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
