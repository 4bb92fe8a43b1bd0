"""Finds the heading of a register: below some title lines, or on another sheet of the workbook."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

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
    """The first heading of the file; `own` are headings that this office uses, in the form of `bare`.

    Of two heading lines below each other, the lower one counts, because it is the finer one.

    Raises:
        UnusableFile: no line is a heading; it names what is missing in the one that comes nearest, of those that
            are as wide as a heading and are no row of the list.
    """
    required = tuple(required)
    nearest: BadHeader | None = None

    def nearness(bad: BadHeader) -> tuple[bool, int]:
        return not _names_columns(bad, len(required)), len(bad.missing)

    for sheet in range(MAX_SHEETS):
        found = None
        for line in islice(table.records(sheet), _LINES):
            try:
                found = Heading(Header.read(line.cells, required=required, own=own), line, sheet)
            except BadHeader as bad:
                if found:
                    break
                nearest = min(nearest or bad, bad, key=nearness)
        if found:
            return found
    raise UnusableFile("empty") if nearest is None else _unusable(nearest, len(required))


def rows_below(table: Table, heading: Heading) -> Iterator[Record]:
    """The records below the heading."""
    return (record for record in table.records(heading.sheet) if record.row > heading.line.row)


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
