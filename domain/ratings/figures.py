"""Everything that a report says of one period: the index, how sure it is, who answered, and the parts it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.ratings.index import Satisfaction, Tally, satisfaction_of
from domain.ratings.period import Period
from domain.ratings.survey import sample_needed
from domain.ratings.trend import Comparison, Interval, compare, interval_of, is_small

Counts = Mapping[StrEnum | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of a period, of the whole office or of one point or service.

    `before` are the sums of the period before it; `partial` those who stopped before the ninth question; `served` how
    many were handed a card; `sample`: the answers are made up. Tables may be empty where a report does not show them.
    `told` is False where so few answered that who asks may not see it; then there is no figure of an answer in it.
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
        """The interval around the index; None for fewer than ten people."""
        found = self.satisfaction
        return interval_of(found) if found else None

    @property
    def comparison(self) -> Comparison:
        """The index beside that of the period before."""
        return compare(self.satisfaction, satisfaction_of(self.before))

    @property
    def needed(self) -> int | None:
        """How many should have answered (Krejcie and Morgan); None where fewer are known as served than answered."""
        return sample_needed(self.served) if self.served >= self.now.people else None

    @property
    def is_small(self) -> bool:
        """Whether so few answered that the interval has to be told."""
        return is_small(self.now.people, self.served if self.needed is not None else None)
