"""The hour of the day with the shortest wait, from the office's past appointments."""

from collections.abc import Iterable
from datetime import datetime, timedelta

FEWEST = 30
"""With fewer served appointments no hour is named."""
_FEWEST_AN_HOUR = 5
_NOTICEABLY = timedelta(minutes=5)


def quiet_hour(served: Iterable[tuple[datetime, datetime]]) -> int | None:
    """The hour (0 to 23) with the shortest mean wait; None without enough data.

    Each pair is begin and time of service in the office's zone; early service counts as no wait. The hour's
    mean must be at least five minutes below the overall mean.
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
