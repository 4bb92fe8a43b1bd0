"""Appointments: state, ticket code, and the age of recording."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from domain import codec
from domain.office.services import Service
from domain.refusals.appointments import BadTicketCode, TooYoung
from domain.text.typed import bare, plain

RECORDED_FROM = 16
"""Minimum age for recording (Perpres 96/2018; C2)."""
PRINTED_FROM = 17
"""Age at which the card is printed (UU 24/2013 Art. 63; C2)."""


class BookingState(StrEnum):
    """State of an appointment."""

    # The steps at the counter are in domain/appointments/counter.py.

    HELD = "held"  # chosen, not yet confirmed
    BOOKED = "booked"
    ARRIVED = "arrived"  # waits to be called
    CALLED = "called"
    SERVED = "served"
    NO_SHOW = "no_show"
    OPEN = "open"  # its day ended, and nobody recorded what became of it
    CANCELLED = "cancelled"

    @property
    def active(self) -> bool:
        """Whether it takes a seat and blocks a second one of the service."""
        return self in {BookingState.HELD, BookingState.BOOKED, *HERE}


HERE = frozenset({BookingState.ARRIVED, BookingState.CALLED})
"""States of a person who is in the waiting room or at a desk."""


@dataclass(frozen=True, slots=True)
class TicketCode:
    """Six characters that name an appointment at the counter, like ABC234.

    Letters exclude I, L and O, digits 0 and 1, which are easily confused. Each drawn code has a digit and a
    letter, so it is never a word or a plain number; there are about 5 × 10^9.
    """

    json_shape = codec.ALONE

    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code alone or in a sentence; lower case, spaces and dashes are accepted.

        Raises:
            BadTicketCode: nothing in the text looks like a code.
        """
        whole = bare(text)
        if _SHAPE.fullmatch(whole):
            return cls(whole)
        words = ["".join(halves) for halves in _IN_SENTENCE.findall(plain(text).upper())]
        code = next((word for word in words if not word.isalpha()), None)
        if code is None:
            raise BadTicketCode(EXAMPLE)
        return cls(code)

    @classmethod
    def draw(cls, random_bytes: bytes) -> Self:
        """Make an unguessable code from eight or more random bytes.

        Raises:
            ValueError: fewer than eight bytes.
        """
        if len(random_bytes) < _BYTES:
            raise ValueError("a ticket code needs eight random bytes")
        chance = int.from_bytes(random_bytes)
        drawn = []
        for alphabet in (_DIGITS, _LETTERS, *[_LETTERS + _DIGITS] * 4):
            chance, place = divmod(chance, len(alphabet))
            drawn.append(alphabet[place])
        for last in range(len(drawn) - 1, 0, -1):  # the digit may be anywhere
            chance, place = divmod(chance, last + 1)
            drawn[last], drawn[place] = drawn[place], drawn[last]
        return cls("".join(drawn))


EXAMPLE = "ABC234"
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"
_BYTES = 8
_HALF = f"[{_LETTERS}{_DIGITS}]{{3}}"
_SHAPE = re.compile(_HALF * 2)
_IN_SENTENCE = re.compile(rf"(?<![A-Z0-9])({_HALF})-?({_HALF})(?![A-Z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One appointment of one applicant; times are aware.

    `sequence` counts changes (SEQUENCE of the calendar file), `moves` the resident's own. `held_until` is set
    while held; `answered_at` when the resident answered [Hadir]. `desk` is the one they were called to, if it was named.
    """

    id: int
    code: TicketCode
    applicant: int
    service: str
    point: str
    starts_at: datetime
    ends_at: datetime
    state: BookingState
    sequence: int = 0
    moves: int = 0
    held_until: datetime | None = None
    answered_at: datetime | None = None
    arrived_at: datetime | None = None
    called_at: datetime | None = None
    desk: int | None = None


def birthday(born: date, years: int) -> date:
    """The birthday of so many years; for 29 February, 1 March in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def may_record(birth_date: date, day: date, service: Service) -> date | None:
    """Whether a person may come on that day: the day from which the card is printed, or None for at once.

    Recording for any card is possible from 16 (printed at 17). A service for children has its own age.

    Raises:
        TooYoung: not yet on that day; it names the first day.
    """
    youngest = min(service.youngest, RECORDED_FROM)
    from_day = birthday(birth_date, youngest)
    if day < from_day:
        raise TooYoung(from_day)
    printed = birthday(birth_date, PRINTED_FROM)
    return printed if service.youngest >= RECORDED_FROM and day < printed else None
