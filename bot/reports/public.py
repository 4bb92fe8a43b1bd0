"""Public figures: cells with too few answers are removed before a page or file is made."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.reports.pen import Pen
from domain.ratings.disclosure import shown_cells
from domain.ratings.figures import Figures
from domain.ratings.index import Grade, Satisfaction, Tally, satisfaction_of
from domain.ratings.period import Period
from domain.text.cells import inert


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One row of a public table; `found` is None if hidden."""

    name: str
    found: Satisfaction | None = None

    @property
    def grade(self) -> Grade | None:
        """The grade, unless hidden."""
        return self.found.grade if self.found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """Public figures of one calendar year. `found` is None if too few answered."""

    figures: Figures
    pen: Pen
    least: int

    @property
    def found(self) -> Satisfaction | None:
        """The index of the year, if enough answered."""
        return self.figures.satisfaction if self.figures.now.people >= self.least else None

    @property
    def before_is_shown(self) -> bool:
        """Whether the previous year may be shown beside it."""
        people = self.figures.before.people
        return people == 0 or people >= self.least

    @property
    def points(self) -> list[Cell]:
        """All service points with answers."""
        return self._cells({self.pen.point(one): tally for one, tally in self.figures.by_point.items()})

    @property
    def services(self) -> list[Cell]:
        """All services with answers."""
        return self._cells({self.pen.service(one): tally for one, tally in self.figures.by_service.items()})

    @property
    def months(self) -> list[Cell]:
        """All months with answers, oldest first."""
        return self._cells({self.pen.month(one): tally for one, tally in self.figures.by_month.items()})

    def as_csv(self) -> str:
        """The figures as CSV; a hidden cell is empty."""
        file = io.StringIO()
        rows = csv.writer(file)
        rows.writerow(["tabel", "nama", "jawaban", "ikm", "mutu"])
        rows.writerows(self._rows())
        return file.getvalue()

    def _rows(self) -> Iterator[list[str]]:
        found = self.found
        yield ["ikm", str(self.figures.period.first.year), *_told(found)]
        for one in found.elements if found else ():
            yield ["unsur", one.element.value, str(one.people), str(one.ikm), one.grade.value]
        cells = {"lokasi": self.points, "layanan": self.services, "bulan": self.months} if found else {}
        for table, rows in cells.items():
            for cell in rows:
                yield [table, inert(cell.name), *_told(cell.found)]

    def _cells(self, tallies: Mapping[str, Tally]) -> list[Cell]:
        shown = shown_cells({one: tally.people for one, tally in tallies.items()}, least=self.least)
        return [
            Cell(name=one, found=satisfaction_of(tally) if one in shown else None)
            for one, tally in tallies.items()
        ]


def year(of: int) -> Period:
    """A calendar year: public periods never overlap, so that none can be subtracted from another."""
    return Period(first=date(of, 1, 1), last=date(of, 12, 31))


def _told(found: Satisfaction | None) -> list[str]:
    return [str(found.people), str(found.ikm), found.grade.value] if found else ["", "", ""]
