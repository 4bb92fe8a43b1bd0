"""The only reader of the wall clock; all other code gets the time as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def wall_clock(shift_seconds: float = 0.0) -> Clock:
    """Clock of the present time in UTC, shifted by `LOKET_CLOCK_SHIFT` for rehearsals and tests."""
    shift = timedelta(seconds=shift_seconds)

    def now() -> datetime:
        return datetime.now(UTC) + shift  # noqa: TID251 (this is the one reader)

    return now
