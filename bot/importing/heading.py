"""Finds the heading of a register: below some title lines, or on another sheet of the workbook."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.importing.table import MAX_SHEETS, Table, UnusableFile
from domain.cards.register import REQUIRED, BadHeader, Header
from domain.text.cells import Record

_LINES = 11  # the heading, and up to ten lines above it


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
        UnusableFile: no line is a heading; it names what is missing in the one that comes nearest.
    """
    required = tuple(required)
    nearest: BadHeader | None = None
    for sheet in range(MAX_SHEETS):
        found = None
        for line in islice(table.records(sheet), _LINES):
            try:
                found = Heading(Header.read(line.cells, required=required, own=own), line, sheet)
            except BadHeader as bad:
                if found:
                    break
                nearest = min(nearest or bad, bad, key=lambda one: len(one.missing))
        if found:
            return found
    raise UnusableFile("empty") if nearest is None else _unusable(nearest)


def rows_below(table: Table, heading: Heading) -> Iterator[Record]:
    """The records below the heading."""
    return (record for record in table.records(heading.sheet) if record.row > heading.line.row)


def _unusable(bad: BadHeader) -> UnusableFile:
    if not bad.missing:
        return UnusableFile("doubled-columns", columns=", ".join(bad.doubled))
    unusable = UnusableFile("missing-columns", columns=", ".join(bad.missing))
    unusable.titles = bad.titles
    return unusable
