"""A reporting period: whole months and the days at its ends, and the period to compare with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first to the last day, inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a period does not end before it begins")

    @classmethod
    def of_months(cls, first_month: date, months: int) -> Self:
        """So many whole months, starting with the month of this day."""
        first = first_month.replace(day=1)
        return cls(first=first, last=month_after(first, months) - _DAY)

    def in_months(self, today: date) -> "Period":
        """The whole months that it touches, without future ones."""
        last = min(self.last, month_after(today, 1) - _DAY)
        first = min(self.first, last).replace(day=1)
        return Period(first=first, last=month_after(last, 1) - _DAY)

    @property
    def before(self) -> "Period":
        """The previous period: as many months if it is whole months, else as many days."""
        months = self.whole_months
        if months is not None and (months.first, months.last) == (self.first, self.last):
            count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return Period.of_months(month_after(self.first, -count), count)
        return Period(first=self.first - (self.last - self.first) - _DAY, last=self.first - _DAY)

    @property
    def whole_months(self) -> "Period | None":
        """The whole months within it, as one period, or None."""
        first = self.first if self.first.day == 1 else month_after(self.first, 1)
        last = month_after(self.last + _DAY, 0) - _DAY
        return Period(first=first, last=last) if first < last else None

    @property
    def edges(self) -> tuple["Period", ...]:
        """Days outside the whole months."""
        months = self.whole_months
        if months is None:
            return (self,)
        ends = ((self.first, months.first - _DAY), (months.last + _DAY, self.last))
        return tuple(Period(first=first, last=last) for first, last in ends if first <= last)


def month_after(day: date, months: int) -> date:
    """First day of the month so many months after the day's; 0 is its own month."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def monday_of(day: date) -> date:
    """Monday of a day's week, which stands for the week where the day is not kept."""
    return day - timedelta(days=day.weekday())
