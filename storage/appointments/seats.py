"""Seats: one row per taken seat; an expired row counts as free (docs/decisions/0018).

free → held → booked → free;   booked → resting → free;   resting → offered → held

The primary key decides between concurrent takers. What is read beforehand only makes it fast and picks a number; it
is never relied on.
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
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    tuple_,
    update,
)

from domain.appointments.dayplan import Slot
from domain.appointments.seats import Hold, lives
from domain.refusals.appointments import HoldExpired, SlotFull, SlotGone
from storage.ids import new_id
from storage.schema import closures, seats, waiting
from storage.session import ByDialect, Reading, Writing, insert_for

# Retries after losing a race for a seat.
_LOST_RACES = 50
_here = and_(seats.c.point == bindparam("at_point"), seats.c.starts_at == bindparam("at_moment"))
_of_slot = select(seats.c.seat_no, seats.c.until).where(_here)
_among = seats.c.seat_no.between(bindparam("lowest"), bindparam("highest"))
# `lives` of domain/appointments/seats.py, in SQL.
LIVES = or_(seats.c.until.is_(None), seats.c.until > bindparam("now"))
LIVING_HOLD = and_(seats.c.id == bindparam("hold"), seats.c.state == "held", LIVES)
_mine = and_(
    seats.c.applicant_id == bindparam("person"),
    seats.c.service == bindparam("what"),
    text("seats.state = 'held'"),  # verbatim, so that the partial index is used
)
# Counted in the database, because most of the people who come at once are told that it is full; the own hold
# has its own index.
_look = select(
    select(func.count()).where(_here, _among, LIVES).scalar_subquery().label("taken"),
    select(seats.c.id).where(_mine, _here, LIVES).scalar_subquery().label("own"),
)
_number_of = select(seats.c.seat_no).where(seats.c.id == bindparam("hold"))
_insert = ByDialect(lambda dialect: insert_for(dialect, seats).on_conflict_do_nothing())
_drop_lapsed = delete(seats).where(_here, seats.c.seat_no == bindparam("number"), not_(LIVES))
_drop_own = delete(seats).where(_mine)
_renew = update(seats).where(LIVING_HOLD).values(until=bindparam("new_until"), chat_id=bindparam("chat"))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Who takes a seat, and for what."""

    state: str
    until: datetime | None
    applicant: int | None = None
    service: str | None = None
    chat: int | None = None
    booking: int | None = None


async def take(
    db: Writing, *, slot: Slot, numbers: Sequence[int], taker: Taker, in_order: bool = False
) -> tuple[int, int]:
    """Take one free seat among `numbers`; return its number and the id of the taken seat.

    `numbers` is sorted, in either direction. A random free number avoids that concurrent takers all try the
    same one; `in_order` takes the first free number.

    Raises:
        SlotFull: all of them are taken.
        SlotGone: the time was closed.
    """
    key = _key(slot)
    lowest, highest = sorted((numbers[0], numbers[-1])) if numbers else (0, 0)
    look = {**key, "lowest": lowest, "highest": highest, "now": db.now}
    look |= {"person": taker.applicant, "what": taker.service}
    for _ in range(_LOST_RACES):
        (seen,) = await db.rows(_look, look)
        if taker.state == "held" and seen.own and await _renewed(db, seen.own, taker):
            return await db.scalar(_number_of, {"hold": seen.own}), seen.own
        if seen.taken >= len(numbers):
            raise SlotFull
        if await is_closed(db, point=slot.point, starts_at=slot.starts_at, ends_at=slot.ends_at):
            raise SlotGone
        rows = await db.rows(_of_slot, key)
        free = _free(rows, numbers, db.now)
        if not free:
            continue
        number = free[0] if in_order else random.choice(free)  # noqa: S311 (no secret)
        lapsed = any(row.seat_no == number for row in rows)
        if taken := await _try(db, slot, number, taker, lapsed=lapsed):
            return number, taken
    raise SlotFull


async def is_closed(db: Reading, *, point: str, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the office closed this time."""
    when = {"at_point": point, "at_moment": starts_at, "to": ends_at}
    return await db.scalar(_is_closed, when) is not None


async def _try(db: Writing, slot: Slot, number: int, taker: Taker, *, lapsed: bool) -> int | None:
    """Take this seat; None if somebody else was faster."""
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


def _free(rows: Iterable[Any], numbers: Iterable[int], now: datetime) -> list[int]:
    taken = {row.seat_no for row in rows if lives(row.until, now)}
    return [number for number in numbers if number not in taken]


def _key(slot: Slot) -> dict[str, Any]:
    return {"at_point": slot.point, "at_moment": slot.starts_at}


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
