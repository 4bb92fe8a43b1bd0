"""Seats: held for a resident, offered to the waiting list, and counted for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.appointments.booking import BookingState, TicketCode


def lives(until: datetime | None, now: datetime) -> bool:
    """Whether a taken seat counts: bookings have no end, everything else expires at `until`.

    `LIVES` in storage/appointments/seats.py is the same in SQL; a test compares the two.
    """
    return until is None or until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A seat kept for one person until a moment."""

    id: int
    applicant: int
    service: str
    point: str
    starts_at: datetime
    ends_at: datetime
    until: datetime


class Hold(_Kept):
    """A seat kept for a person until `until`; confirming it makes an appointment."""

    __slots__ = ()


class Offer(_Kept):
    """A freed seat kept until `until` for one person of the waiting list."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One appointment on a point's day list. `name` is masked, None if no application has it.

    `coming`: the resident said so. `asked_to_move`: the time was closed and no other is chosen yet.
    `undo_until`: until when its last step at the counter can be taken back.
    """

    booking: int
    code: TicketCode
    point: str
    starts_at: datetime
    service: str
    state: BookingState
    walked_in: bool
    name: str | None
    number: str | None
    coming: bool
    asked_to_move: bool
    undo_until: datetime | None = None
    arrived_at: datetime | None = None
    called_at: datetime | None = None
    desk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotCount:
    """Seat counts of a slot: `held` seats are neither free nor booked (held, offered, or not reopened yet).

    `codes` have a seat; `states` also holds people whose seat is free again, as after a no-show.
    """

    point: str
    starts_at: datetime
    seats: int
    held: int
    booked: int
    codes: tuple[str, ...]
    states: Mapping[str, BookingState]


@dataclass(frozen=True, slots=True, kw_only=True)
class OddChat:
    """A chat that books more than a family would; staff decide, nothing is blocked."""

    chat: int
    applicants: int
    booked: int
    cancelled: int
