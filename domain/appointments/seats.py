"""Seats of appointments: held while a resident makes up their mind, offered to the waiting list, counted for staff."""

from dataclasses import dataclass
from datetime import datetime

from domain.appointments.booking import BookingState, TicketCode


def lives(until: datetime | None, now: datetime) -> bool:
    """Tell whether a taken seat still counts: a booking has no end, everything else ends by itself at `until`.

    storage/appointments/seat_taking.py says the same to the database (`LIVES`); a test compares the two.
    """
    return until is None or until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A seat that is kept for one person until a moment."""

    id: int
    applicant: int
    service: str
    point: str
    starts_at: datetime
    ends_at: datetime
    until: datetime


class Hold(_Kept):
    """A seat kept for a person until `until`; confirmed before, it becomes their appointment."""

    __slots__ = ()


class Offer(_Kept):
    """A seat that came free, kept until `until` for the one person of the waiting list who was asked."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One appointment on a point's list of the day. `name` is masked, None where no application tells it.

    `coming`: the resident said so; `asked_to_move`: the time was closed and they have not chosen another one yet.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotCount:
    """How a slot stands: `held` seats are neither free nor booked (held, offered, or not reopened yet)."""

    point: str
    starts_at: datetime
    seats: int
    held: int
    booked: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OddChat:
    """A chat that books more than a family does: staff look at it, nothing happens by itself."""

    chat: int
    applicants: int
    booked: int
    cancelled: int
