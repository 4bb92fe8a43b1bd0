"""The regulation's working table as XLSX: one row per person, then sums, averages, weights and index.

All figures below the rows are formulas, for auditors; the cached values are ours. The index is rounded with
integers (QUOTIENT), because a spreadsheet's ROUND sees 64.995 as a binary number.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from bot.reports.pen import Pen
from bot.reports.sheet import key_of
from domain.ratings.figures import Figures
from domain.ratings.index import ELEMENTS, Satisfaction
from storage.ratings.answers import AnswerSet

_FIRST_SCORE = 2  # column C
_HEAD_ROWS = 5
_NARROW, _WIDE = 10, 22


@dataclass(slots=True)
class _Table:
    """The sheet while it is written; a constant-memory workbook can only be written top-down."""

    sheet: Worksheet
    pen: Pen
    styles: dict[str, Any]
    row: int = 0

    def line(self, *cells: str | int, style: str = "plain") -> None:
        for column, cell in enumerate(cells):
            self.sheet.write(self.row, column, cell, self.styles[style])
        self.row += 1

    def formulas(self, label: str, formula: Callable[[str], str], values: list[float], style: str) -> int:
        """Write a formula under each element's column; return its row."""
        self.sheet.write_string(self.row, 0, label, self.styles["bold"])
        for column, value in enumerate(values, start=_FIRST_SCORE):
            name = xl_col_to_name(column)
            self.sheet.write_formula(self.row, column, formula(name), self.styles[style], value)
        self.row += 1
        return self.row - 1

    def total(self, label: str, formula: str, value: float | str, style: str) -> str:
        """Write one formula in the first score column; return its cell."""
        self.sheet.write_string(self.row, 0, label, self.styles["bold"])
        self.sheet.write_formula(self.row, _FIRST_SCORE, formula, self.styles[style], value)
        self.row += 1
        return str(xl_rowcol_to_cell(self.row - 1, _FIRST_SCORE))


async def write_workbook(sets: AsyncIterator[AnswerSet], path: Path, figures: Figures, pen: Pen) -> int:
    """Write the working table of complete sets; return their number."""
    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": pen.say("skm-title"), "author": pen.office.name})
    table = _Table(book.add_worksheet("SKM"), pen, _styles(book))
    _head(table, figures)
    first = table.row + 1
    async for one in sets:
        if one.complete:
            scores = (one.scores[element] for element in ELEMENTS)
            table.line(key_of(one), one.answered_on.isoformat(), *scores)
    last = table.row
    found = figures.satisfaction
    if found is not None:
        _foot(table, found, first, last)
    book.close()
    return last - first + 1


def _head(table: _Table, figures: Figures) -> None:
    pen = table.pen
    table.sheet.set_column(0, 0, _WIDE + _NARROW)
    table.sheet.set_column(1, 1, _NARROW + 2)
    table.sheet.set_column(_FIRST_SCORE, _FIRST_SCORE + len(ELEMENTS) - 1, _WIDE - 4)
    table.line(f"{pen.say('skm-title')} · {pen.office.name}", style="bold")
    table.line(" · ".join([pen.period(figures), *pen.scope(figures)]))
    table.line(pen.say("skm-method-source"))
    table.row = _HEAD_ROWS - 1
    keys = (pen.say("skm-column-key"), pen.say("skm-column-day"))
    table.line(*keys, *(pen.element(element) for element in ELEMENTS), style="head")
    table.sheet.freeze_panes(table.row, _FIRST_SCORE)


def _foot(table: _Table, found: Satisfaction, first: int, last: int) -> None:
    """Write the regulation's rows below the answers."""
    say = table.pen.say
    people, sums = found.people, found.tally.sums
    averages = [total / people for total in sums]
    ends = (xl_col_to_name(_FIRST_SCORE), xl_col_to_name(_FIRST_SCORE + len(ELEMENTS) - 1))

    def across(row: int) -> str:
        return f"SUM({ends[0]}{row + 1}:{ends[1]}{row + 1})"

    counted = f"COUNT({ends[0]}{first}:{ends[0]}{last})"
    people_cell = table.total(say("skm-row-people"), f"={counted}", people, "whole")
    summed = table.formulas(
        say("skm-row-sum"), lambda name: f"=SUM({name}{first}:{name}{last})", [*sums], "whole"
    )
    average = table.formulas(
        say("skm-row-average"), lambda name: f"={name}{summed + 1}/{people_cell}", averages, "three"
    )
    weighted = table.formulas(
        say("skm-row-weighted"),
        lambda name: f"={name}{average + 1}*1/{len(ELEMENTS)}",
        [value / len(ELEMENTS) for value in averages],
        "three",
    )
    table.total(say("skm-row-index"), f"={across(weighted)}", float(found.exact), "four")
    ikm = f"=QUOTIENT(5000*{across(summed)}+9*{people_cell},18*{people_cell})/100"
    cell = table.total(say("skm-row-ikm"), ikm, float(found.ikm), "two")
    grade = f'=IF({cell}>=88.31,"A",IF({cell}>=76.61,"B",IF({cell}>=65,"C","D")))'
    table.total(say("skm-column-grade"), grade, found.grade.value, "bold")
    table.row += 1
    table.line(say("skm-method", people=people))
    table.line(say("skm-method-grades"))


def _styles(book: Workbook) -> dict[str, Any]:
    return {
        "plain": book.add_format(),
        "bold": book.add_format({"bold": True}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#D9EBE5", "bottom": 1}
        ),
        "whole": book.add_format({"bold": True, "num_format": "0"}),
        "two": book.add_format({"bold": True, "num_format": "0.00"}),
        "three": book.add_format({"bold": True, "num_format": "0.000"}),
        "four": book.add_format({"bold": True, "num_format": "0.0000"}),
    }
