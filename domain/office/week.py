"""Weekly opening hours: spans like 08:00-15:00 for each day."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Self

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})-([0-9]{1,2})[:.]([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `opens` to `closes` (that minute excluded) of one day."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `08:00-15:00`.

        Raises:
            ValueError: this is no span, or it ends before it begins.
        """
        match = _SPAN.fullmatch(text.replace(" ", "").replace("\u2013", "-"))
        if match is None:
            raise ValueError('hours are written like "08:00-15:00"')
        opening, opening_minute, closing, closing_minute = map(int, match.groups())
        span = cls(time(opening, opening_minute), time(closing, closing_minute))
        if span.opens >= span.closes:
            raise ValueError(f"{text} ends before it begins")
        return span

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"

    to_json, from_json = __str__, parse

    def holds(self, moment: time) -> bool:
        """Whether that time is within the span."""
        return self.opens <= moment < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Spans of each weekday; a day without spans is closed, a gap between two is a break."""

    mon: tuple[Span, ...] = ()
    tue: tuple[Span, ...] = ()
    wed: tuple[Span, ...] = ()
    thu: tuple[Span, ...] = ()
    fri: tuple[Span, ...] = ()
    sat: tuple[Span, ...] = ()
    sun: tuple[Span, ...] = ()

    @property
    def days(self) -> tuple[tuple[Span, ...], ...]:
        """Spans from Monday (0) to Sunday (6)."""
        return (self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun)

    def on(self, day: date) -> tuple[Span, ...]:
        """Spans of that weekday."""
        return tuple(sorted(self.days[day.weekday()]))
