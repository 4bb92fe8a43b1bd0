"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Callable like the wall clock: Monday, 23 November 2026, 09.00 in Mojokerto, until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **step: float) -> None:
        """Move on by a timedelta's arguments: `clock.move(minutes=15)`."""
        self.now += timedelta(**step)
