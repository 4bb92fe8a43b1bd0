"""The outlook of one queue or stage on one day, and the range that it gives for one card."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from math import floor

from domain.cards.forecast.printing import HIGH, LOW, Reason, days_until
from domain.cards.forecast.workdays import WorkDays
from domain.cards.stages import Stage

WIDEST = 40
"""Working days from end to end; a wider range is not told."""
WAITING = "WAITING"
"""Name of the print queue among the stages."""
ESTIMATED = frozenset(
    {Stage.SUBMITTED, Stage.RECORDED, Stage.SENT_TO_CENTER, Stage.NEEDS_REVIEW, Stage.PRINTED}
)
"""Stages, beside the print queue, in which the office or the centre is working."""
_NOT_PRINTED = frozenset({"ikd", "ktp_rekam_16"})  # no card, or none before the 17th birthday


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """`cases` cards were ready between `earliest` and the day before `before` in 9 of 10 cases."""

    earliest: date
    before: date
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Why no range can be told."""

    why: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A card that is asked about: `order` is the day of its complete requirements, `since` the first of its wait."""

    id: int
    order: date
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is known of one queue or stage on a day.

    A queue has `fast` and `slow` (Reach) and how many cards of which day wait in it (of complete requirements, or
    `by_arrival`: of their arrival in the queue, where the office prints in that order); a stage has `curve`
    (survival). `low` and `high` are the corrections of both ends, in widths. `why`: nothing is told.
    """

    why: Reason | None = None
    cases: int = 0
    fast: tuple[int, ...] = ()
    slow: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    places: tuple[int, ...] = field(default=())
    by_arrival: bool = False
    curve: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 0.0

    def ends(self, question: Question, *, waited: int) -> tuple[float, float] | None:
        """Working days from now to both ends of the uncorrected range; None if it ends too far ahead."""
        if self.curve:
            low = days_left(self.curve, LOW, waited=waited)
            high = days_left(self.curve, HIGH, waited=waited)
        else:
            day = (question.since if self.by_arrival else question.order).toordinal()
            first, last = bisect_left(self.order, day), bisect_right(self.order, day)
            ahead, through = (self.places[first - 1] if first else 0), (self.places[last - 1] if last else 0)
            low = days_until(ahead, self.fast)
            high = days_until(max(through - 1, ahead), self.slow)
        return None if low is None or high is None else (low, high)


@lru_cache(maxsize=4096)  # one text for each queue, because 100,000 waits name theirs
def scope_of(stage: Stage | None, service: str, point: str) -> str | None:
    """Name of the queue or stage that a card waits in; None where no range is ever told."""
    if stage is None or service in _NOT_PRINTED or not (stage.waits_for_print or stage in ESTIMATED):
        return None
    kind = "ktp" if service.startswith("ktp_") else service
    return f"{WAITING if stage.waits_for_print else stage.value}@{point}/{kind}"


def width_of(ends: tuple[float, float]) -> float:
    """Width of an uncorrected range in working days, in which errors are measured."""
    return max(ends[1] - ends[0], 0.0) + 1


def lot(question: Question, day: date) -> float:
    """A number from 0 to 1 that is the same for a card all day.

    It decides whether a range that ends within a day includes that day; whole days alone would be too wide in
    offices that work evenly.
    """
    digest = blake2b(b"%d:%d" % (question.id, day.toordinal()), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32


def days_told(outlook: Outlook, ends: tuple[float, float], chance: float) -> tuple[int, int]:
    """First and last working day of the corrected range, counted from today."""
    width = width_of(ends)
    low = max(floor(ends[0] - outlook.low * width + chance), 1)
    high = floor(ends[1] + outlook.high * width + chance) - 1
    return low, max(low, high)


def estimate(outlook: Outlook, question: Question, days: WorkDays, day: date) -> Range | Untold:
    """The range for a card on the evening of a day."""
    found = uncut(outlook, question, days, day)
    if isinstance(found, Range) and is_too_wide(found, days):
        return Untold(why="wide")
    return found


def is_too_wide(found: Range, days: WorkDays) -> bool:
    """Whether a range is so wide that it is of no use."""
    return days.number(found.before) - days.number(found.earliest) > WIDEST


def uncut(outlook: Outlook, question: Question, days: WorkDays, day: date) -> Range | Untold:
    """The same however wide: the correction learns from ranges that are not told, too."""
    if outlook.why is not None:
        return Untold(why=outlook.why)
    today = days.number(day)
    ends = outlook.ends(question, waited=max(today - days.number(question.since), 0))
    if ends is None:
        return Untold(why="far")
    first, last = days_told(outlook, ends, lot(question, day))
    earliest, before = days.day(today + first), days.day(today + last + 1)
    if earliest is None or before is None:
        return Untold(why="far")
    return Range(earliest=earliest, before=before, cases=outlook.cases)


def survival(finished: Mapping[int, int], unfinished: Mapping[int, int]) -> tuple[float, ...]:
    """Share of waits that are longer than 0, 1, 2 … working days (Kaplan and Meier 1958).

    Both arguments count waits by their length so far. An unfinished wait counts as at risk on its last day.
    """
    at_risk = sum(finished.values()) + sum(unfinished.values())
    curve, share = [], 1.0
    for length in range(max(finished, default=-1) + 1):
        ended = finished.get(length, 0)
        if ended:
            share *= 1 - ended / at_risk
        curve.append(share)
        at_risk -= ended + unfinished.get(length, 0)
    return tuple(curve)


def days_left(curve: Sequence[float], share: float, *, waited: int) -> float | None:
    """Working days until that share of those who have waited so long is finished; None if it is not known.

    The days within a length are spread evenly, so that the result has a fraction.
    """
    if not waited < len(curve):
        return None
    rest = curve[waited]
    wanted = rest * (1 - share)
    before = rest
    for length in range(waited + 1, len(curve)):
        if curve[length] <= wanted < before:
            return length - waited + (before - wanted) / (before - curve[length])
        before = curve[length]
    return None
