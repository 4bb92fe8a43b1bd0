"""How sure a figure is: the interval around an index, and whether two of them differ by more than chance.

A person's own index is the mean of nine answers; the office's index is the mean over people. So the interval is
Student's, from the spread between people. Below ten people nothing is claimed.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from domain.satisfaction import ELEMENTS, IKM_FACTOR, Grade, Satisfaction, Tally, grade_of, half_up
from domain.survey import SAMPLE_OF_MANY, sample_needed

LEAST_PEOPLE = 10
_LOWEST, _HIGHEST = Decimal("25.00"), Decimal("100.00")
_Z = Decimal("1.959964")  # normal distribution, 95 % two-sided


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where the index of everybody served lies with 95 % certainty, if who answered is like who did not."""

    low: Decimal
    high: Decimal

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades that the interval touches, the best first; more than one means that the grade may change."""
        best, worst = grade_of(self.high), grade_of(self.low)
        return tuple(grade for grade in Grade if best <= grade <= worst)


class Trend(StrEnum):
    """What may be said of a difference between two periods."""

    NO_DATA = "no-data"
    TOO_FEW = "too-few"
    NOISE = "noise"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A period beside the one before; `difference` in points of the index, None where one has no data."""

    trend: Trend
    difference: Decimal | None = None
    margin: Decimal | None = None


def interval_of(satisfaction: Satisfaction) -> Interval | None:
    """Give the 95 % interval of the index; None for fewer than ten people."""
    people = satisfaction.people
    if people < LEAST_PEOPLE:
        return None
    margin = student(people - 1) * _decimal(_variance(satisfaction.tally) / people).sqrt()
    middle = _decimal(satisfaction.exact * IKM_FACTOR)
    low, high = (half_up(edge, 2) for edge in (middle - margin, middle + margin))
    return Interval(low=max(low, _LOWEST), high=min(high, _HIGHEST))


def is_small(people: int, population: int | None = None) -> bool:
    """Tell whether so few answered that the interval has to be told with the figure (Krejcie and Morgan)."""
    return people < (SAMPLE_OF_MANY if population is None else sample_needed(population))


def compare(now: Satisfaction | None, before: Satisfaction | None) -> Comparison:
    """Compare with the period before; a difference within the margin of chance is called that (Welch)."""
    if now is None or before is None:
        return Comparison(trend=Trend.NO_DATA)
    difference = now.ikm - before.ikm
    fewest = min(now.people, before.people)
    if fewest < LEAST_PEOPLE:
        return Comparison(trend=Trend.TOO_FEW, difference=difference)
    spread = sum((_variance(one.tally) / one.people for one in (now, before)), Fraction())
    margin = half_up(student(fewest - 1) * _decimal(spread).sqrt(), 2)
    if abs(difference) <= margin:
        return Comparison(trend=Trend.NOISE, difference=difference, margin=margin)
    trend = Trend.UP if difference > 0 else Trend.DOWN
    return Comparison(trend=trend, difference=difference, margin=margin)


def student(freedom: int) -> Decimal:
    """Give Student's 95 % two-sided quantile (Cornish-Fisher; exact to three decimals from nine degrees on)."""
    z = _Z
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def _variance(tally: Tally) -> Fraction:
    """Give the variance of one person's index (25-100) between people; of two or more."""
    total = sum(tally.sums)
    spread = Fraction(tally.squares) - Fraction(total * total, tally.people)
    return spread / (tally.people - 1) * Fraction(IKM_FACTOR, len(ELEMENTS)) ** 2


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
