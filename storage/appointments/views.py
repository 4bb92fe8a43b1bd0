"""Appointments as staff see them: counts of seats, and chats that may trade seats."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select

from domain.appointments.booking import BookingState
from domain.appointments.dayplan import Slot
from domain.appointments.seats import OddChat, SlotCount
from storage.appointments.seats import LIVES
from storage.schema import booking_history, bookings, seats
from storage.session import Reading

_listed = (
    select(seats.c.starts_at, seats.c.state, bookings.c.code)
    .select_from(seats.outerjoin(bookings, bookings.c.id == seats.c.booking_id))
    .where(
        seats.c.point == bindparam("point"),
        seats.c.starts_at >= bindparam("first"),
        seats.c.starts_at <= bindparam("last"),
        LIVES,
    )
    .order_by(seats.c.starts_at, seats.c.seat_no)
)
_states = (
    select(bookings.c.starts_at, bookings.c.code, bookings.c.state)
    .where(
        bookings.c.point == bindparam("point"),
        bookings.c.starts_at >= bindparam("first"),
        bookings.c.starts_at <= bindparam("last"),
        bookings.c.state != "cancelled",
    )
    .order_by(bookings.c.starts_at, bookings.c.seat_no, bookings.c.id)
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
    states: dict[datetime, dict[str, BookingState]] = {}
    for row in await db.rows(_states, span):
        states.setdefault(row.starts_at, {})[row.code] = BookingState(row.state)
    return [_count(slot, by_slot.get(slot.starts_at, []), states.get(slot.starts_at, {})) for slot in slots]


def _count(slot: Slot, rows: Sequence[Any], states: Mapping[str, BookingState]) -> SlotCount:
    booked = tuple(row.code for row in rows if row.state == "booked")
    return SlotCount(
        point=slot.point,
        starts_at=slot.starts_at,
        seats=slot.seats,
        held=len(rows) - len(booked),
        booked=len(booked),
        codes=booked,
        states=states,
    )


_BY_CHAT = "chat:"
_USUAL_PEOPLE, _USUAL_CANCELLATIONS = 4, 3  # of one chat; more are odd


async def odd_chats(db: Reading, *, since: datetime) -> list[OddChat]:
    """Chats that booked for many people or cancelled often since a moment, most people first."""
    people = func.count(bookings.c.applicant_id.distinct())
    cancelled = func.sum(case((booking_history.c.state == "cancelled", 1), else_=0))
    booked = func.sum(case((booking_history.c.state == "booked", 1), else_=0))
    rows = await db.rows(
        select(booking_history.c.by, people, booked, cancelled)
        .join(bookings, bookings.c.id == booking_history.c.booking_id)
        .where(booking_history.c.at >= since, booking_history.c.by.like(f"{_BY_CHAT}%"))
        .group_by(booking_history.c.by)
        .having(or_(people > _USUAL_PEOPLE, cancelled > _USUAL_CANCELLATIONS))
        .order_by(people.desc(), cancelled.desc(), booking_history.c.by)
    )
    return [
        OddChat(chat=int(by.removeprefix(_BY_CHAT)), applicants=who, booked=int(made), cancelled=int(off))
        for by, who, made, off in rows
    ]
