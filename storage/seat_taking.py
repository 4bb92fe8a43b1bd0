"""Taking one seat of a slot: whoever comes second meets the key of the first.

What is read before is read to be quick and to choose a number; it is never trusted.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, literal_column, or_, select, update

from domain.booking_refusals import SlotFull, SlotGone
from domain.dayplan import Slot
from storage.ids import new_id
from storage.schema import closures, seats
from storage.store import DIALECTS, Writing, insert_for

# So often in a row somebody else was quicker: whatever is free then is nobody's turn to wait for.
_LOST_RACES = 50
_here = and_(seats.c.point == bindparam("at_point"), seats.c.starts_at == bindparam("at_moment"))
_of_slot = select(
    seats.c.seat_no, seats.c.id, seats.c.state, seats.c.until, seats.c.applicant_id, seats.c.service
).where(_here)
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
    """For whom a seat is taken, and what for."""

    state: str
    until: datetime | None
    applicant: int | None = None
    service: str | None = None
    chat: int | None = None
    booking: int | None = None


async def take(
    db: Writing, *, slot: Slot, numbers: Sequence[int], taker: Taker, in_order: bool = False
) -> tuple[int, int]:
    """Take one free seat of some numbers; give its number and the id that it is taken by.

    Any of them, so that those who come at once do not all try the same; or, `in_order`, the first that is free.

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
        number = free[0] if in_order else random.choice(free)  # noqa: S311 (no secret)
        lapsed = any(row.seat_no == number for row in rows)
        if taken := await _try(db, slot, number, taker, lapsed=lapsed):
            return number, taken
    raise SlotFull


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
