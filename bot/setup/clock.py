"""The one reader of the wall clock. Everything else is handed the moment it works at."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def wall_clock(shift_seconds: float = 0.0) -> Clock:
    """A clock that tells the present moment in UTC, moved by `LOKET_CLOCK_SHIFT` for rehearsals and tests."""
    shift = timedelta(seconds=shift_seconds)

    def now() -> datetime:
        return datetime.now(UTC) + shift  # noqa: TID251 (this is the one reader)

    return now
