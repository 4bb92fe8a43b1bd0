"""Figures of the overview: waits and ages from counts by length, and counts by week or month."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.ratings.period import Period, monday_of, month_after

_NINE_TENTHS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long something took: number of cases, median, 90th percentile and the longest; None without cases."""

    cases: int
    median: int | None
    ninetieth: int | None
    longest: int | None


def spread_of(lengths: Mapping[int, int]) -> Spread:
    """Spread of lengths that are counted; half of the cases took at most the median."""
    counted = {length: count for length, count in lengths.items() if count > 0}
    return Spread(
        cases=sum(counted.values()),
        median=percentile(counted, 50),
        ninetieth=percentile(counted, _NINE_TENTHS),
        longest=max(counted, default=None),
    )


def percentile(lengths: Mapping[int, int], percent: int) -> int | None:
    """Shortest length that so many percent of the cases do not exceed (nearest rank)."""
    cases, passed = sum(lengths.values()), 0
    for length in sorted(lengths):
        passed += lengths[length]
        if passed and passed * 100 >= cases * percent:
            return length
    return None


def ages(since: Mapping[date, int], today: date) -> Spread:
    """Spread of the days that have passed; a day in the future counts as today."""
    lengths: Counter[int] = Counter()
    for day, count in since.items():
        lengths[max(0, (today - day).days)] += count
    return spread_of(lengths)


def steps(period: Period, *, monthly: bool) -> list[date]:
    """First days of the months, or Mondays of the weeks, that a period touches."""
    found, day = list[date](), _start_of(period.first, monthly=monthly)
    while day <= period.last:
        found.append(day)
        day = month_after(day, 1) if monthly else day + timedelta(days=7)
    return found


def by_step(
    counts: Mapping[tuple[date, str], int], parts: Collection[str], period: Period, *, monthly: bool
) -> dict[date, int]:
    """Counts by month or week, of some parts or of all; without any, 0."""
    found = dict.fromkeys(steps(period, monthly=monthly), 0)
    for (day, part), count in counts.items():
        if not parts or part in parts:
            found[_start_of(day, monthly=monthly)] += count
    return found


def lengths_by_step(
    counts: Mapping[tuple[date, str], int], period: Period, *, monthly: bool
) -> dict[date, Counter[int]]:
    """Counts by length, by month or week; the parts are lengths, '' if unknown, which does not count."""
    found = {start: Counter[int]() for start in steps(period, monthly=monthly)}
    for (day, part), count in counts.items():
        if part:
            found[_start_of(day, monthly=monthly)][int(part)] += count
    return found


def _start_of(day: date, *, monthly: bool) -> date:
    return day.replace(day=1) if monthly else monday_of(day)


def total(counts: Mapping[tuple[date, str], int]) -> Counter[str]:
    """Counts by part, of all days."""
    found: Counter[str] = Counter()
    for (_, part), count in counts.items():
        found[part] += count
    return found


def hidden_if_few(count: int, *, least: int) -> int | None:
    """The count, or None if it stands for so few people that somebody could be recognised; 0 is shown."""
    return None if 0 < count < least else count
