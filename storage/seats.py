"""Seats: a row with a number is a taken seat, and a row whose time is over is none (docs/decisions/0018).

    free → held → booked → free;   booked → resting → free;   resting → offered → held

Who comes second meets the first's key. What is read before is read to be quick and to choose a number, never trusted.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    update,
)

from domain.booking_refusals import HoldExpired, SlotFull, SlotGone
from domain.dayplan import Slot
from domain.seats import Hold
from storage.ids import new_id
from storage.schema import closures, seats
from storage.store import DIALECTS, Reading, Writing, insert_for

KEPT = timedelta(days=60)
"""How long the seats of past days are kept for the calendar's list."""
_CHUNK = 200
_LOST_RACES = (
    50  # so often in a row somebody else was quicker: whatever is free then is nobody's turn to wait for
)

_here = and_(seats.c.point == bindparam("at_point"), seats.c.starts_at == bindparam("at_moment"))
_lives = or_(seats.c.until.is_(None), seats.c.until > bindparam("now"))
_of_slot = select(
    seats.c.seat_no, seats.c.id, seats.c.state, seats.c.until, seats.c.applicant_id, seats.c.service
).where(_here)
_by_id = select(seats).where(
    seats.c.id == bindparam("hold"), seats.c.state == "held", seats.c.until > bindparam("now")
)
_insert = {dialect: insert_for(dialect, seats).on_conflict_do_nothing() for dialect in DIALECTS}
_drop_lapsed = delete(seats).where(
    _here, seats.c.seat_no == bindparam("number"), seats.c.until <= bindparam("now")
)
_drop_own = delete(seats).where(
    seats.c.applicant_id == bindparam("person"),
    seats.c.service == bindparam("what"),
    seats.c.state == "held",
)
_renew = (
    update(seats)
    .where(seats.c.id == bindparam("hold"), seats.c.state == "held", seats.c.until > bindparam("now"))
    .values(until=bindparam("new_until"), chat_id=bindparam("chat"))
)
_release = delete(seats).where(seats.c.id == bindparam("hold"), seats.c.state == "held")
_is_closed: Select[int] = (
    select(literal_column("1"))
    .where(
        closures.c.opened_at.is_(None),
        or_(closures.c.point.is_(None), closures.c.point == bindparam("at_point")),
        closures.c.starts_at < bindparam("to"),
        closures.c.ends_at > bindparam("at_moment"),
    )
    .limit(literal_column("1"))
)
_counted = (
    select(seats.c.starts_at, func.count())
    .where(
        seats.c.point == bindparam("at_point"),
        seats.c.starts_at >= bindparam("first"),
        seats.c.starts_at <= bindparam("last"),
        seats.c.seat_no <= bindparam("most"),
        _lives,
    )
    .group_by(seats.c.starts_at)
)
_closed_between = select(closures.c.starts_at, closures.c.ends_at).where(
    closures.c.opened_at.is_(None),
    or_(closures.c.point.is_(None), closures.c.point == bindparam("at_point")),
    closures.c.starts_at <= bindparam("last"),
    closures.c.ends_at > bindparam("first"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """For whom a seat is taken, and what for."""

    state: str
    until: datetime | None
    applicant: int | None = None
    service: str | None = None
    chat: int | None = None
    booking: int | None = None


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


async def take(db: Writing, *, slot: Slot, numbers: Sequence[int], taker: Taker) -> tuple[int, int]:
    """Take one free seat of some numbers; give its number and the id that it is taken by.

    Raises:
        SlotFull: every one of them is taken.
        SlotGone: the time was closed.
    """
    for _ in range(_LOST_RACES):
        rows = await db.rows(_of_slot, _key(slot))
        mine = _own(rows, taker, db.now)
        if mine is not None and await _renewed(db, mine.id, taker):
            return mine.seat_no, mine.id
        free = _free(rows, numbers, db.now)
        if not free:
            raise SlotFull
        if await db.scalar(_is_closed, {**_key(slot), "to": slot.ends_at}):
            raise SlotGone
        number = random.choice(free)  # noqa: S311 (spreads those who come at once, it is no secret)
        lapsed = any(row.seat_no == number for row in rows)
        if taken := await _try(db, slot, number, taker, lapsed=lapsed):
            return number, taken
    raise SlotFull


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


async def run_due(db: Writing, office: object) -> bool:  # noqa: ARG001 (every chore is handed the office)
    """Drop the rows of seats whose time is over: nothing depends on it but the size of the table."""
    lapsed = or_(seats.c.until <= db.now - timedelta(minutes=1), seats.c.starts_at < db.now - KEPT)
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


async def _try(db: Writing, slot: Slot, number: int, taker: Taker, *, lapsed: bool) -> int | None:
    """Take this very seat, unless somebody else just did."""
    if taker.state == "held":
        await db.run(_drop_own, {"person": taker.applicant, "what": taker.service})
    if lapsed:
        await db.run(_drop_lapsed, {**_key(slot), "number": number, "now": db.now})
    row = new_id()
    values = {
        "point": slot.point,
        "starts_at": slot.starts_at,
        "seat_no": number,
        "id": row,
        "ends_at": slot.ends_at,
        "state": taker.state,
        "until": taker.until,
        "applicant_id": taker.applicant,
        "service": taker.service,
        "chat_id": taker.chat,
        "booking_id": taker.booking,
    }
    return row if await db.run(_insert[db.dialect], values) else None


async def _renewed(db: Writing, hold: int, taker: Taker) -> bool:
    values = {"hold": hold, "now": db.now, "new_until": taker.until, "chat": taker.chat}
    return bool(await db.run(_renew, values))


def _own(rows: Iterable[Any], taker: Taker, now: datetime) -> Any | None:
    """The row by which the person holds a seat of this slot already."""
    return next(
        (
            row
            for row in rows
            if taker.state == row.state == "held"
            and (row.applicant_id, row.service) == (taker.applicant, taker.service)
            and row.until > now
        ),
        None,
    )


def _free(rows: Iterable[Any], numbers: Iterable[int], now: datetime) -> list[int]:
    taken = {row.seat_no for row in rows if row.until is None or row.until > now}
    return [number for number in numbers if number not in taken]


def _key(slot: Slot) -> dict[str, Any]:
    return {"at_point": slot.point, "at_moment": slot.starts_at}


def _span(point: str, slots: Sequence[Slot]) -> dict[str, Any]:
    moments = [slot.starts_at for slot in slots]
    return {"at_point": point, "first": min(moments), "last": max(moments)}
