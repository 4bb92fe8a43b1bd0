"""Simulates printing from the daily counts of the last working days, until a place in the queue is reached.

Days are drawn in blocks of a working week that begin on the same weekday, so that weekly deliveries of blanks keep
their rhythm (moving block bootstrap, Künsch 1989); single days would be drawn as if each had a delivery of its own.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

WINDOW = 60
"""Working days whose counts are drawn."""
LEAST_DAYS = 30
"""With a shorter record nothing is told."""
DRAWS = 2_000
HORIZON = 120
"""Working days ahead; a later end is not told."""
LOW, HIGH = 0.05, 0.95
_WEEK = 5
_PAUSE = 2  # working days without a card beyond the longest pause before
_JUMP = 2

Reason = Literal["no-stock", "few", "stalled", "restarted", "jump", "far", "wide", "old"]
"""Why no range is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Places in the queue that are ready within so many working days, beginning with 0 days.

    Of 20 draws one reaches `fast`, and 19 reach `slow`.
    """

    fast: tuple[int, ...]
    slow: tuple[int, ...]


def why_not(counts: Sequence[int]) -> Reason | None:
    """Why these daily counts, oldest first, allow no forecast; None if they do."""
    if len(counts) < LEAST_DAYS or not any(counts):
        return "few"
    *others, latest = _pauses(counts)
    if latest > max(others, default=0) + _PAUSE:
        return "stalled"
    pause = stock_out(counts)
    if pause and len(counts) - pause.stop < _WEEK:
        return "restarted"
    usual = [count for at, count in enumerate(counts) if at not in pause]
    weeks = [sum(usual[at : at + _WEEK]) for at in range(len(usual) - 2 * _WEEK + 1)]
    last = sum(usual[-_WEEK:])
    if not weeks or last > _JUMP * max(weeks) or last * _JUMP < min(weeks):
        return "jump" if weeks else "few"
    return None


def stock_out(counts: Sequence[int]) -> range:
    """Days of a pause that is longer than a week and than all others; empty if there is none.

    They are not drawn: no count says when blanks will come, and nothing is told until they have.
    """
    *others, longest = sorted(_pauses(counts))
    if longest <= max(_WEEK, max(others, default=0)) + _PAUSE:
        return range(0)
    first = "".join("-" if count else "0" for count in counts).index("0" * longest)
    return range(first, first + longest)


def _pauses(counts: Sequence[int]) -> list[int]:
    """Lengths of the runs of days without a card: before each day with one, and after the last."""
    pauses, run = [], 0
    for count in counts:
        if count:
            pauses.append(run)
            run = 0
        else:
            run += 1
    return [*pauses, run]


def simulate(
    counts: Sequence[int],
    *,
    weekday: Callable[[int], int],
    delays: Sequence[int],
    most: int,
    seed: str,
    draws: int = DRAWS,
) -> Reach:
    """Draw futures until nearly all of them have printed `most` cards, or up to the horizon.

    `weekday(n)` is the weekday of the n-th working day ahead; the last count is of day 0, the one before of
    day -1. `delays` are working days between printing and readiness, of cards printed lately.
    """
    chance = Random(seed)  # noqa: S311 (a simulation that can be repeated)
    starts: dict[int, list[int]] = {}
    pause, usual = stock_out(counts), list[int]()
    for at, count in enumerate(counts):
        if at not in pause:
            starts.setdefault(weekday(at + 1 - len(counts)), []).append(len(usual))
            usual.append(count)
    later = chance.choices(delays, k=draws) if delays else [0] * draws
    paces = _paces(usual, chance, draws)
    printed = [[0.0] * draws]
    circle = [*usual, *usual[:_WEEK]]
    fast, slow = [0], [0]
    picked: list[int] = []
    for ahead in range(1, HORIZON + 1):
        within = (ahead - 1) % _WEEK
        if not within:
            picked = chance.choices(starts.get(weekday(ahead)) or range(len(usual)), k=draws)
        drawn = [circle[at + within] for at in picked]
        printed.append(
            [before + pace * more for before, pace, more in zip(printed[-1], paces, drawn, strict=True)]
        )
        ready = sorted(_ready(printed, later, ahead)) if any(later) else sorted(printed[-1])
        fast.append(int(ready[int(HIGH * (draws - 1))]))
        slow.append(int(ready[int(LOW * (draws - 1))]))
        if slow[-1] > most:
            break
    return Reach(fast=tuple(fast), slow=tuple(slow))


def _paces(counts: Sequence[int], chance: Random, draws: int) -> list[float]:
    """How fast the office may really be, compared with these counts: few weeks tell its mean only roughly."""
    weeks = [sum(counts[at : at + _WEEK]) for at in range(0, len(counts) - _WEEK + 1, _WEEK)]
    total = sum(weeks) or 1
    return [sum(chance.choices(weeks, k=len(weeks))) / total for _ in range(draws)]


def _ready(printed: Sequence[Sequence[float]], later: Sequence[int], ahead: int) -> list[float]:
    return [printed[max(ahead - delay, 0)][draw] for draw, delay in enumerate(later)]


def days_until(place: int, reach: Sequence[int]) -> float | None:
    """Working days until a place is reached, with the share of the last day; None beyond the horizon.

    Place 0 is the next card.
    """
    day = bisect_right(reach, place)
    if day >= len(reach):
        return None
    before = reach[day - 1] if day else 0
    return day + (place - before) / (reach[day] - before)
