"""Webhooks: the events that other systems are told of, and when a failed delivery is repeated."""

from datetime import timedelta
from enum import StrEnum

PREFIX = "whsec_"
GIVE_UP_AFTER = timedelta(hours=24)
"""How long an event is repeated before it is given up."""
DISABLE_AFTER = timedelta(days=3)
"""A target that failed for so long, without a success, is disabled."""
BOTH_SECRETS = timedelta(hours=24)
"""How long calls carry the signatures of the old and the new secret after a rotation."""
_STEPS = (5, 60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 8 * 3600)  # seconds; the last one repeats
_MOST_HOLD = timedelta(minutes=5)
_MOST_WISHED = timedelta(hours=6)


class EventType(StrEnum):
    """What a target can be told of; the names are part of the API."""

    STAGE_CHANGED = "application.stage_changed"
    BOOKED = "appointment.booked"
    MOVED = "appointment.moved"
    CANCELLED = "appointment.cancelled"
    ARRIVED = "appointment.arrived"
    SERVED = "appointment.served"
    RATED = "rating.received"
    CASE_OPENED = "case.opened"
    CASE_CLOSED = "case.closed"
    ANNOUNCED = "announcement.finished"


def next_try(attempts: int, *, spread: float, wished: timedelta = timedelta()) -> timedelta:
    """Pause before the next attempt.

    Args:
        attempts: that failed until now.
        spread: from 0 to 1; adds up to a fifth, so that events which failed together do not return together.
        wished: what the receiver asked for (Retry-After); at most six hours of it count.
    """
    step = timedelta(seconds=_STEPS[min(max(attempts, 1), len(_STEPS)) - 1])
    return max(step * (1 + spread / 5), min(wished, _MOST_WISHED))


def hold(failures: int, *, spread: float, wished: timedelta = timedelta()) -> timedelta:
    """How long nothing at all is sent to a target after so many failures in a row."""
    return max(min(next_try(failures, spread=spread), _MOST_HOLD), min(wished, _MOST_WISHED))
