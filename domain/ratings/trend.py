"""Certainty of figures: the interval of an index, and whether two indexes differ significantly.

A person's index is the mean of nine answers; the office's is the mean over people. The interval is Student's,
from the spread between people. Below ten people nothing is claimed. If all answers are alike the spread is
unknown, not zero: by the rule of three (Hanley and Lippman-Hand 1983) up to 3 in n may think otherwise.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from domain.ratings.index import ELEMENTS, IKM_FACTOR, Grade, Satisfaction, Tally, grade_of, half_up
from domain.ratings.survey import SAMPLE_OF_MANY, sample_needed

LEAST_PEOPLE = 10
_LOWEST, _HIGHEST = Decimal("25.00"), Decimal("100.00")
_RULE_OF_THREE = 3
_Z = Decimal("1.959964")  # normal distribution, 95 % two-sided


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Range of the index of all served people with 95 % certainty, if participants are representative."""

    low: Decimal
    high: Decimal

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Grades within the interval, best first; several mean that the grade is uncertain."""
        best, worst = grade_of(self.high), grade_of(self.low)
        return tuple(grade for grade in Grade if best <= grade <= worst)


class Trend(StrEnum):
    """What can be said of a difference between two periods."""

    NO_DATA = "no-data"
    TOO_FEW = "too-few"
    NOISE = "noise"
    UP = "up"
    DOWN = "down"


def interval_of(satisfaction: Satisfaction) -> Interval | None:
    """95 % interval of the index; None for fewer than ten people."""
    people = satisfaction.people
    if people < LEAST_PEOPLE:
        return None
    middle = _decimal(satisfaction.exact * IKM_FACTOR)
    below, above = _unheard(satisfaction)
    if _variance(satisfaction.tally):
        below = above = student(people - 1) * _error(satisfaction).sqrt()
    low, high = (half_up(edge, 2) for edge in (middle - below, middle + above))
    return Interval(low=max(low, _LOWEST), high=min(high, _HIGHEST))


def is_small(people: int, population: int | None = None) -> bool:
    """Whether so few answered that the interval must be shown with the figure (Krejcie and Morgan)."""
    return people < (SAMPLE_OF_MANY if population is None else sample_needed(population))


def compare(now: Satisfaction | None, before: Satisfaction | None) -> Trend:
    """Compare with the previous period; a difference within the margin counts as noise (Welch)."""
    if now is None or before is None:
        return Trend.NO_DATA
    fewest = min(now.people, before.people)
    if fewest < LEAST_PEOPLE:
        return Trend.TOO_FEW
    spread = _error(now) + _error(before)
    if abs(now.ikm - before.ikm) <= half_up(student(fewest - 1) * spread.sqrt(), 2):
        return Trend.NOISE
    return Trend.UP if now.ikm > before.ikm else Trend.DOWN


def student(freedom: int) -> Decimal:
    """Student's 95 % two-sided quantile (Cornish-Fisher; exact to three decimals from nine degrees)."""
    z = _Z
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def _error(one: Satisfaction) -> Decimal:
    """Square of the standard error of an index."""
    variance = _variance(one.tally)
    return _decimal(variance / one.people) if variance else (max(_unheard(one)) / _Z) ** 2


def _unheard(one: Satisfaction) -> tuple[Decimal, Decimal]:
    """How far the index may be below and above if all answers were alike (rule of three)."""
    middle = _decimal(one.exact * IKM_FACTOR)
    share = _decimal(Fraction(_RULE_OF_THREE, one.people))
    return share * (middle - _LOWEST), share * (_HIGHEST - middle)


def _variance(tally: Tally) -> Fraction:
    """Variance of a person's index (25-100) between two or more people."""
    total = sum(tally.sums)
    spread = Fraction(tally.squares) - Fraction(total * total, tally.people)
    return spread / (tally.people - 1) * Fraction(IKM_FACTOR, len(ELEMENTS)) ** 2


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
