"""Numbered working days of a point, so that waiting times can be counted and dated."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from domain import codec


@dataclass(frozen=True, slots=True)
class WorkDays:
    """Working days in order, as ordinals; a closed day has the number of the working day before it."""

    json_shape = codec.ALONE

    ordinals: tuple[int, ...]

    @classmethod
    def of(cls, days: Iterable[date]) -> Self:
        """Working days from dates in order."""
        return cls(tuple(day.toordinal() for day in days))

    def number(self, day: date) -> int:
        """How many working days there are up to and including that day."""
        return bisect_right(self.ordinals, day.toordinal())

    def day(self, number: int) -> date | None:
        """Working day of this number; None beyond the known ones."""
        if not 0 < number <= len(self.ordinals):
            return None
        return date.fromordinal(self.ordinals[number - 1])

    def weekday(self, number: int) -> int:
        """Weekday of a working day (Monday 0); beyond the known ones as if weeks had five."""
        if 0 < number <= len(self.ordinals):
            return (self.ordinals[number - 1] - 1) % 7
        return (number - 1) % 5
