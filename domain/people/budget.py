"""Budgets against guessing: a chat is refused for a while, a NIK or everybody is only slowed down and watched.

Nobody can lock a victim out: refusal hangs on who asks, never on whom they ask for (D4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_DELAY_SECONDS = 3.0
_FIRST_DELAY_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """`most` wrong tries within `window`."""

    most: int
    window: timedelta

    def times(self, factor: int) -> "Budget":
        """Give a budget for an address that many chats share."""
        return Budget(most=self.most * factor, window=self.window)


def refused_until(budget: Budget, *, wrong: Sequence[datetime], now: datetime) -> datetime | None:
    """Tell when the next try is allowed, or None for now.

    `wrong` are the times of wrong tries in any order; refused tries are not among them, so that waiting helps.
    """
    recent = sorted(moment for moment in wrong if moment > now - budget.window)
    if len(recent) < budget.most:
        return None
    return recent[-budget.most] + budget.window if budget.most else now + budget.window


def delay_seconds(wrong: int, *, free: int) -> float:
    """Give the delay of the next answer after so many wrong tries: none for the first `free`, then doubling to 3 s."""
    if wrong <= free:
        return 0.0
    doublings = min(wrong - free - 1, 10)
    return min(_FIRST_DELAY_SECONDS * (1 << doublings), MOST_DELAY_SECONDS)


def alarms(wrong: int, *, threshold: int) -> bool:
    """Tell whether this very wrong try is worth an alarm: the one that reaches the threshold, then each multiple."""
    return wrong > 0 and wrong % max(threshold, 1) == 0
