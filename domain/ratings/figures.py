"""Figures of a report on one period: index, interval, participants, and breakdowns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.ratings.index import Satisfaction, Tally, satisfaction_of
from domain.ratings.period import Period
from domain.ratings.survey import sample_needed
from domain.ratings.trend import Interval, Trend, compare, interval_of, is_small

Counts = Mapping[StrEnum | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures of a period, for the whole office, one point or one service.

    `before` are the sums of the previous period; `partial` the sets with fewer than nine answers; `served` the
    number of cards handed over; `sample` marks invented answers. Tables may be empty where a report does not
    show them. `told` is False if too few answered for this reader; then no figure is set.
    """

    period: Period
    point: str | None = None
    service: str | None = None
    now: Tally
    before: Tally
    partial: int
    served: int
    sample: bool = False
    told: bool = True
    by_point: Mapping[str, Tally] = field(default_factory=dict)
    by_service: Mapping[str, Tally] = field(default_factory=dict)
    by_month: Mapping[date, Tally] = field(default_factory=dict)
    profiles: Mapping[str, Counts] = field(default_factory=dict)

    @property
    def satisfaction(self) -> Satisfaction | None:
        """The index; None while nobody has answered."""
        return satisfaction_of(self.now)

    @property
    def interval(self) -> Interval | None:
        """Interval around the index; None for fewer than ten people."""
        found = self.satisfaction
        return interval_of(found) if found else None

    @property
    def trend(self) -> Trend:
        """Comparison with the previous period."""
        return compare(self.satisfaction, satisfaction_of(self.before))

    @property
    def needed(self) -> int | None:
        """Recommended sample size (Krejcie and Morgan); None if fewer were served than answered."""
        return sample_needed(self.served) if self.served >= self.now.people else None

    @property
    def is_small(self) -> bool:
        """Whether so few answered that the interval must be shown."""
        return is_small(self.now.people, self.served if self.needed is not None else None)
