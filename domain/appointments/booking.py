"""An appointment, its ticket code, and who may be recorded."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from domain.office.services import Service
from domain.refusals.appointments import BadTicketCode, TooYoung
from domain.text.typed import bare, plain

RECORDED_FROM = 16
"""From this age a person may be recorded (Perpres 96/2018; C2)."""
PRINTED_FROM = 17
"""At this age the card is printed (UU 24/2013 Art. 63; C2)."""


class BookingState(StrEnum):
    """Where an appointment stands. A cancelled, served or missed one is over and never comes back."""

    HELD = "held"  # chosen, not yet confirmed
    BOOKED = "booked"
    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"

    @property
    def active(self) -> bool:
        """It takes a seat, and the person may have no second one for the service."""
        return self in {BookingState.HELD, BookingState.BOOKED}


@dataclass(frozen=True, slots=True)
class TicketCode:
    """Six characters that name an appointment at the counter, like ABC234.

    Letters without I, L and O, digits without 0 and 1: nothing is read as another. Each drawn code has a digit and a
    letter, so that none is a word or a number to choose by; about 5 × 10^9 of them.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code alone or in a sentence; lower case, spaces and dashes within it are accepted.

        Raises:
            BadTicketCode: nothing in the text has its shape.
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
        """Give a code that nobody can guess, out of eight random bytes or more.

        Raises:
            ValueError: these are fewer than eight bytes.
        """
        if len(random_bytes) < _BYTES:
            raise ValueError("a ticket code needs eight random bytes")
        chance = int.from_bytes(random_bytes)
        drawn = []
        for alphabet in (_DIGITS, _LETTERS, *[_LETTERS + _DIGITS] * 4):
            chance, place = divmod(chance, len(alphabet))
            drawn.append(alphabet[place])
        for last in range(len(drawn) - 1, 0, -1):  # so that the digit may stand anywhere
            chance, place = divmod(chance, last + 1)
            drawn[last], drawn[place] = drawn[place], drawn[last]
        return cls("".join(drawn))

    def to_json(self) -> str:
        """Give the six characters."""
        return self.text

    @classmethod
    def from_json(cls, value: str) -> Self:
        """Read what `to_json` wrote."""
        return cls(value)


EXAMPLE = "ABC234"
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"
_BYTES = 8
_HALF = f"[{_LETTERS}{_DIGITS}]{{3}}"
_SHAPE = re.compile(_HALF * 2)
_IN_SENTENCE = re.compile(rf"(?<![A-Z0-9])({_HALF})-?({_HALF})(?![A-Z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One appointment of one applicant. Times are aware.

    `sequence` counts its changes (SEQUENCE of the calendar file), `moves` those that the resident made.
    `held_until` is set while it is held; `answered_at` when a resident said [Hadir].
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

    def to_json(self) -> dict[str, Any]:
        """Give the appointment as JSON values, for the encrypted transcript."""
        return {
            "id": self.id,
            "code": self.code.to_json(),
            "applicant": self.applicant,
            "service": self.service,
            "point": self.point,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "state": self.state,
            "sequence": self.sequence,
            "moves": self.moves,
            "held_until": _told(self.held_until),
            "answered_at": _told(self.answered_at),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: another version wrote it.
        """
        read = {
            "code": TicketCode.from_json(value["code"]),
            "state": BookingState(value["state"]),
            "starts_at": datetime.fromisoformat(value["starts_at"]),
            "ends_at": datetime.fromisoformat(value["ends_at"]),
            "held_until": _moment(value["held_until"]),
            "answered_at": _moment(value["answered_at"]),
        }
        return cls(**(value | read))


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def birthday(born: date, years: int) -> date:
    """Give the day on which a person becomes so many years old; born on 29 February, else on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def may_record(birth_date: date, day: date, service: Service) -> date | None:
    """Tell whether a person may come on that day: give the day from which the card is printed, or None for at once.

    From 16 a person may be recorded for any card (the card is printed at 17). A service for children has its own age.

    Raises:
        TooYoung: not yet on that day; with the first day.
    """
    youngest = min(service.youngest, RECORDED_FROM)
    from_day = birthday(birth_date, youngest)
    if day < from_day:
        raise TooYoung(from_day)
    printed = birthday(birth_date, PRINTED_FROM)
    return printed if service.youngest >= RECORDED_FROM and day < printed else None
