"""What happened in the demo's office, in order; each step sees the moment at which it happened."""

from collections.abc import Awaitable, Callable
from copy import copy
from datetime import UTC, datetime

from domain.refusals.base import Refusal
from storage.session import Clock, Writing

Step = Callable[[Writing], Awaitable[object]]


def seen_at(db: Writing, moment: datetime) -> Writing:
    """The transaction as it would see an earlier moment, so that one commit holds many of them."""
    then = copy(db)
    then.now = moment.astimezone(UTC)
    return then


class ShiftedClock:
    """The office's clock, which can be set to an earlier moment while the past is written."""

    def __init__(self, wall: Clock) -> None:
        self.moment: datetime | None = None
        self._wall = wall

    def __call__(self) -> datetime:
        """The moment that was set, or the present one."""
        return self.moment or self._wall()


class Timeline:
    """Steps at their moments. What the office's rules refuse did not happen."""

    def __init__(self) -> None:
        self._steps: list[tuple[datetime, Step]] = []

    def at(self, moment: datetime, step: Step) -> None:
        """Add a step."""
        self._steps.append((moment, step))

    async def play(self, db: Writing, *, until: datetime) -> None:
        """Run the steps up to a moment, oldest first, in this transaction."""
        for moment, step in sorted(self._steps, key=lambda one: one[0]):
            if moment > until:
                break
            then = seen_at(db, moment)
            try:
                async with then.savepoint():
                    await step(then)
            except Refusal:
                continue
