"""Public figures: none is based on so few answers that somebody could be recognised."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.ratings.period import Period

K = TypeVar("K", bound=Hashable)


def shown_cells(people: Mapping[K, int], *, least: int) -> frozenset[K]:
    """Cells of a table that may be shown together with its total.

    A cell of fewer than `least` people is hidden. The hidden cells' sum follows from the total, so together
    they must be zero or at least `least`, and at least two; otherwise the smallest shown cell is hidden, too.
    """
    shown = {cell: count for cell, count in people.items() if count >= least}
    hidden = [count for count in people.values() if 0 < count < least]
    while shown and hidden and (sum(hidden) < least or len(hidden) == 1):
        smallest = min(shown, key=lambda cell: (shown[cell], str(cell)))
        hidden.append(shown.pop(smallest))
    return frozenset(shown)


@dataclass(frozen=True, slots=True)
class Guard:
    """Which whole months may be summed for readers who may see no single answers.

    A reader can subtract shown sums, so no two may differ by a few people. Shown are whole calendar years, as
    on the public page, and otherwise months that are each safe beside their year. `cells` are the answers per
    month and point, for every year that a period touches.
    """

    cells: Mapping[date, Mapping[str, int]]
    least: int

    def tells(self, period: Period, point: str | None = None) -> bool:
        """Whether the sums of some whole months may be shown, for the office or one point."""
        return all(
            self._tells(year, period, point) for year in range(period.first.year, period.last.year + 1)
        )

    def _tells(self, year: int, period: Period, point: str | None) -> bool:
        months = {month: people for month, people in self.cells.items() if month.year == year}
        wanted = {month for month in months if period.first <= month <= period.last}
        if wanted == set(months):
            return self._tells_year(_added(months), point)
        return wanted <= (self._of_office(months) if point is None else self._of_points(months))

    def _tells_year(self, people: Mapping[str, int], point: str | None) -> bool:
        if point is None:
            return not 0 < sum(people.values()) < self.least
        return not people.get(point) or point in shown_cells(people, least=self.least)

    def _of_office(self, months: Mapping[date, Mapping[str, int]]) -> frozenset[date]:
        return shown_cells(
            {month: sum(people.values()) for month, people in months.items()}, least=self.least
        )

    def _of_points(self, months: Mapping[date, Mapping[str, int]]) -> frozenset[date]:
        """Months shown for every point; the rest are hidden for all, and what they hide of a point is not few.

        A single hidden month could be computed from the year and the shown months, so there are none or at
        least two.
        """
        shown = {
            month
            for month in self._of_office(months)
            if not any(0 < count < self.least for count in months[month].values())
        }
        while shown and shown != set(months):
            hidden = {month: people for month, people in months.items() if month not in shown}
            few = any(0 < count < self.least for count in _added(hidden).values())
            if len(hidden) > 1 and not few:
                break
            shown.remove(min(shown, key=lambda month: (sum(months[month].values()), month)))
        return frozenset(shown)


def _added(months: Mapping[date, Mapping[str, int]]) -> Counter[str]:
    people: Counter[str] = Counter()
    for of_month in months.values():
        people.update(of_month)
    return people
