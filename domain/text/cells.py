"""Spreadsheet cells, read as an office means them: text, dates, and formulas, which are never run."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from domain.refusals import Detail
from domain.text.typed import plain, visible


class Formula(NamedTuple):
    """A cell with a formula or an error value. `text` is its content, which is never run."""

    text: str


Cell = str | int | float | date | Formula


class Record(NamedTuple):
    """One row of a table; `row` is its number in the spreadsheet."""

    row: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be used: a code and details, none of which holds personal data.

    Worded in Fluent as `import-reason-<code>` and `import-suggestion-<code>`.
    """

    code: str
    details: tuple[tuple[str, Detail], ...] = ()


class Unusable(Exception):
    """The cell cannot be used."""

    def __init__(self, code: str, **details: Detail) -> None:
        super().__init__(code)
        self.problem = Problem(code, tuple(details.items()))


# Beginnings that a spreadsheet takes for a formula. A phone number may begin with a plus.
_COMPUTES = re.compile(r"[=@]|[+\-](?![0-9 ().\-]*$)")
# Written to a file, a cell is taken for one by a plus, too, and by the wide forms (OWASP, "CSV injection").
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_KEPT_DIGITS = 11  # spreadsheets show longer numbers as 3.52E+15
_NOTHING = " -\u2013\u2014."
_TIME = r"(?:(?:T|,? )(?:pukul |jam )?[0-9]{1,2}[:.][0-9]{2}[0-9:.,+Z ]*(?:[AP]M|WIB|WITA|WIT)?)?"
_WEEKDAY = "(?:[a-z']{3,9}[ ,]+)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}) ?[-/.] ?([0-9]{{1,2}}) ?[-/.] ?([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}}) ?[-/.] ?([0-9]{{1,2}}) ?[-/.] ?([0-9]{{2}}|[0-9]{{4}}){_TIME}", re.IGNORECASE
)
_NAMED_MONTH = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})[-/. ]{{1,3}}([a-z]{{3,9}})[-/. ,]{{1,3}}([0-9]{{2}}|[0-9]{{4}}){_TIME}",
    re.IGNORECASE,
)
# An English spreadsheet's long date: November 20, 2026.
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}([a-z]{{3,9}}) ([0-9]{{1,2}}), ?([0-9]{{4}}){_TIME}", re.IGNORECASE)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u00b4`", "'"))
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan januari january", "feb peb februari pebruari february", "mar maret march", "apr april", "mei may",
            "jun juni june", "jul juli july", "agu agt ags agst agus agust agustus aug august", "sep sept september",
            "okt oct oktober october", "nov nop november nopember", "des dec desember december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
# Day 1 of Excel is 1 January 1900, and it counts a 29 February 1900 that did not exist.
_DAY_ZERO = date(1899, 12, 30)
_EARLIEST = date(2000, 1, 1)
_CENTURY, _TWO_DIGITS = 2000, 99
_AHEAD = timedelta(days=366)


def words(cell: Cell) -> str:
    """The cell as one line of text, without the apostrophe that marks text in spreadsheets.

    Raises:
        Unusable: `empty` (also a dash), `formula`, or `line-break` for several lines.
    """
    if isinstance(cell, str) and cell[:1].isalnum() and cell.isascii() and cell.isprintable():
        return cell.rstrip()  # as nearly all are written: none of the other rules can apply
    if isinstance(cell, Formula):
        raise Unusable("formula")
    text = written(cell)
    if not text.strip(_NOTHING):
        raise Unusable("empty")
    if "\n" in text or "\r" in text:
        raise Unusable("line-break")
    if _COMPUTES.match(text):
        raise Unusable("formula")
    return text


def written(cell: Cell) -> str:
    """The cell as a person reads it, without outer spaces, invisible marks and leading apostrophe."""
    if isinstance(cell, str):
        text = cell if cell.isascii() else visible(cell).replace("\u00a0", " ")
        text = text.strip()
        return text[1:].lstrip() if text[:1] in ("'", "\u2019") else text
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def inert(cell: Cell) -> str:
    """Text of a cell that no spreadsheet computes or rounds: with a leading apostrophe where that is needed.

    The import removes the apostrophe.
    """
    text = written(cell)
    if text.startswith(_RUN) or (text.isdecimal() and (len(text) > _KEPT_DIGITS or text[0] == "0")):
        return f"'{text}"
    return text


def csv_of(rows: Iterable[Iterable[str | int | float | date | None]]) -> str:
    """Rows as CSV that an Indonesian spreadsheet opens in columns: semicolons, decimal commas, no formulas.

    A file begins with the mark of UTF-8 besides (the encoding `utf-8-sig`).
    """
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([_csv_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def _csv_cell(cell: str | float | date | None) -> str:
    if isinstance(cell, str):
        return inert(cell)
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def day(cell: Cell, *, today: date) -> date:
    """Read a date: `YYYY-MM-DD`, `DD/MM/YYYY`, `28 November 2026`, `28-Nov-26`, or a spreadsheet's own date.

    A time of day is ignored; a year of two digits is one of this century.

    Raises:
        Unusable: as `words`, `date-unreadable`, or `date-unlikely` (before 2000, or more than a year ahead).
    """
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        found = _day_of_text(words(cell))
    if found is None:
        raise Unusable("date-unreadable")
    if not _EARLIEST <= found <= today + _AHEAD:
        raise Unusable("date-unlikely")
    return found


def _day_of_text(text: str) -> date | None:
    text = plain(text).translate(_APOSTROPHES)
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(days=int(text[:5]))
    try:
        found = _written_day(text)
        return None if found is None else date(*found)
    except ValueError:
        return None


def _written_day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as a text has them; month 0 is no month."""
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _MONTH_FIRST.fullmatch(text):
        return int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2])
    if match := _DAY_FIRST.fullmatch(text):
        month = int(match[2])
    elif match := _NAMED_MONTH.fullmatch(text):
        month = _MONTHS.get(match[2].lower(), 0)
    else:
        return None
    year = int(match[3])
    return (year if year > _TWO_DIGITS else _CENTURY + year), month, int(match[1])
