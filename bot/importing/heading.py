"""Finds the heading of a register: below some title lines, or on another sheet of the workbook."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, zip_longest

from bot.importing.table import MAX_SHEETS, Table, UnusableFile
from domain.cards.register import REQUIRED, BadHeader, Header
from domain.text.cells import Record

_LINES = 11  # the heading, and up to ten lines above it
_LONG_NUMBER = re.compile(r"[0-9]{5}")
"""In a row of the list: a NIK, a number of the office, a telephone number."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line that names the columns, and its sheet."""

    header: Header
    line: Record
    sheet: int


def find_heading(
    table: Table, *, required: Iterable[str] = REQUIRED, own: Mapping[str, str] | None = None
) -> Heading:
    """The first heading of the file; `own` are headings that this office uses, in the form of `code_key`.

    Of two heading lines below each other, the lower one counts, because it is the finer one. A heading may also be
    in two lines, as a spreadsheet with merged cells exports it.

    Raises:
        UnusableFile: no line is a heading; it names what is missing in the one that comes nearest, of those that
            are as wide as a heading and are no row of the list.
    """
    search = _Search(tuple(required), own)
    for sheet in range(MAX_SHEETS):
        if found := search.lowest(table, sheet):
            return found
    nearest = search.nearest
    raise UnusableFile("empty") if nearest is None else _unusable(nearest, len(search.required))


class _Search:
    """Looks for the heading, and keeps why the line that comes nearest is none."""

    def __init__(self, required: tuple[str, ...], own: Mapping[str, str] | None) -> None:
        self.required = required
        self.nearest: BadHeader | None = None
        self._own = own

    def lowest(self, table: Table, sheet: int) -> Heading | None:
        """The lowest of the heading lines that stand below each other."""
        found, above = None, None
        for line in islice(table.records(sheet), _LINES):
            lines = [line] if found or above is None else [line, _joined(above, line)]
            heading = next(filter(None, (self._read(one, sheet) for one in lines)), None)
            if found and heading is None:
                break
            found, above = heading, line
        return found

    def _read(self, line: Record, sheet: int) -> Heading | None:
        try:
            return Heading(Header.read(line.cells, required=self.required, own=self._own), line, sheet)
        except BadHeader as bad:
            self.nearest = min(self.nearest or bad, bad, key=self._nearness)
            return None

    def _nearness(self, bad: BadHeader) -> tuple[bool, int]:
        return not _names_columns(bad, len(self.required)), len(bad.missing)


def rows_below(table: Table, heading: Heading) -> Iterator[Record]:
    """The records below the heading."""
    return (record for record in table.records(heading.sheet) if record.row > heading.line.row)


def _joined(above: Record, line: Record) -> Record:
    """The line with what only the one above says, as merged cells leave it."""
    cells = [low or high for low, high in zip_longest(line.cells, above.cells, fillvalue="")]
    return Record(line.row, cells)


def _names_columns(bad: BadHeader, fewest: int) -> bool:
    """Whether a line can be a heading: a title above it is narrower, and a row of the list holds long numbers."""
    filled = [title for title in bad.titles if title]
    return len(filled) >= fewest and not any(map(_LONG_NUMBER.search, filled))


def _unusable(bad: BadHeader, fewest: int) -> UnusableFile:
    if not bad.missing:
        return UnusableFile("doubled-columns", columns=", ".join(bad.doubled))
    unusable = UnusableFile("missing-columns", columns=", ".join(bad.missing))
    unusable.titles = bad.titles if _names_columns(bad, fewest) else ()
    return unusable
