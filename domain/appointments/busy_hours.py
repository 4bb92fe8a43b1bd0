"""At which hour of the day people waited least, by the office's own past appointments."""

from collections.abc import Iterable
from datetime import datetime, timedelta

FEWEST = 30
"""Fewer served appointments than this tell nothing about a counter."""
_FEWEST_AN_HOUR = 5
_NOTICEABLY = timedelta(minutes=5)


def quiet_hour(served: Iterable[tuple[datetime, datetime]]) -> int | None:
    """Give the hour (0 to 23) at which the mean wait was shortest; None without enough to tell by.

    Each pair is when an appointment began and when it was served, in the office's zone; who was early did not wait.
    An hour counts only where the mean wait is at least five minutes below that of all.
    """
    waits: dict[int, list[timedelta]] = {}
    for begins, done in served:
        waits.setdefault(begins.hour, []).append(max(done - begins, timedelta()))
    known = [one for hour in waits.values() for one in hour]
    means = {hour: _mean(found) for hour, found in waits.items() if len(found) >= _FEWEST_AN_HOUR}
    if len(known) < FEWEST or not means:
        return None
    best = min(means, key=lambda hour: (means[hour], hour))
    return best if means[best] + _NOTICEABLY <= _mean(known) else None


def _mean(waits: list[timedelta]) -> timedelta:
    return sum(waits, timedelta()) / len(waits)
