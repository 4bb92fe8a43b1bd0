"""The only reader of the wall clock; all other code gets the time as an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

Clock = Callable[[], datetime]


def wall_clock(shift_seconds: float = 0.0) -> Clock:
    """Clock of the present time in UTC, shifted by `LOKET_CLOCK_SHIFT` for rehearsals and tests."""
    shift = timedelta(seconds=shift_seconds)

    def now() -> datetime:
        return datetime.now(UTC) + shift  # noqa: TID251 (this is the one reader)

    return now


YEARS = range(1970, 2101)
"""Accepted years; at the ends of the calendar, days before or after do not exist."""


def read_day(text: str) -> date | None:
    """Read a day; None if it is none, or its year is out of range."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def read_time(text: str) -> time | None:
    """Parse a time of the office's day; None for anything else, also for a time with a zone."""
    try:
        read = time.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is None else None
