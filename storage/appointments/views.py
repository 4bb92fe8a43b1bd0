"""Slots as staff see them: counts of seats, and the ticket codes of the bookings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from domain.appointments.dayplan import Slot
from domain.appointments.seats import SlotCount
from storage.schema import bookings, seats
from storage.session import Reading

_listed = (
    select(seats.c.starts_at, seats.c.state, bookings.c.code)
    .select_from(seats.outerjoin(bookings, bookings.c.id == seats.c.booking_id))
    .where(
        seats.c.point == bindparam("point"),
        seats.c.starts_at >= bindparam("first"),
        seats.c.starts_at <= bindparam("last"),
        or_(seats.c.until.is_(None), seats.c.until > bindparam("now")),
    )
    .order_by(seats.c.starts_at, seats.c.seat_no)
)


async def slot_counts(db: Reading, *, point: str, slots: Sequence[Slot]) -> list[SlotCount]:
    """Seat counts of some of a point's slots, in the same order."""
    if not slots:
        return []
    moments = [slot.starts_at for slot in slots]
    span = {"point": point, "first": min(moments), "last": max(moments), "now": db.now}
    by_slot: dict[datetime, list[Any]] = {}
    for row in await db.rows(_listed, span):
        by_slot.setdefault(row.starts_at, []).append(row)
    return [_count(slot, by_slot.get(slot.starts_at, [])) for slot in slots]


def _count(slot: Slot, rows: Sequence[Any]) -> SlotCount:
    booked = tuple(row.code for row in rows if row.state == "booked")
    return SlotCount(
        point=slot.point,
        starts_at=slot.starts_at,
        seats=slot.seats,
        held=len(rows) - len(booked),
        booked=len(booked),
        codes=booked,
    )
