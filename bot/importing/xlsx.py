"""Reads XLSX as a stream of rows, keeping formulas as formulas.

python-calamine is faster, but it replaces formulas by their last values, and it expands a sheet to a full
rectangle, so that one stray cell far to the right ends the process (docs/decisions). Expat needs 13 MB for
100,000 rows.
"""

import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, Self

from bot.importing.parts import MAX_TEXT_CHARACTERS, Attributes, BadXml, Parser
from bot.importing.sheets import SharedTexts, Styles, Workbook
from bot.importing.table import MAX_COLUMNS, MAX_ROWS, UnusableFile
from domain.text.cells import Cell, Formula, Record

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_TEXTS_BYTES = 96 * 1024 * 1024  # shared texts are held in memory

_CHUNK_BYTES = 1 << 16
_DAYS_OF_DATES = 2_958_465  # 31 December 9999, the last day of a spreadsheet
_END_BYTES = 1 << 20  # of a sheet, searched for merged cells
_MAX_LETTERS = 3  # of a column; the last one is XFD
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^<>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class XlsxTable:
    """The visible sheets of a workbook."""

    delimiter = ";"  # what Indonesian spreadsheets expect of a CSV file

    def __init__(self, path: Path) -> None:
        self._path = path
        self._contents: _Contents | None = None

    def records(self, sheet: int = 0) -> Iterator[Record]:
        """All rows of a sheet that are not empty.

        Raises:
            UnusableFile: no workbook, damaged, encrypted, or too large when unpacked.
        """
        try:
            with zipfile.ZipFile(self._path) as package:
                contents = self._contents = self._contents or _Contents.read(package)
                if sheet < len(contents.sheets):
                    yield from _rows(package, contents, contents.sheets[sheet])
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise UnusableFile("damaged") from None
        except BadXml:
            raise UnusableFile("damaged") from None


@dataclass(frozen=True, slots=True)
class _Contents:
    """What the sheets of a workbook share."""

    sheets: tuple[str, ...]
    texts: list[str]
    dates: frozenset[str]
    day_zero: date

    @classmethod
    def read(cls, package: zipfile.ZipFile) -> Self:
        parts = {entry.filename: entry for entry in package.infolist()}
        if sum(entry.file_size for entry in parts.values()) > MAX_UNPACKED_BYTES:
            raise UnusableFile("too-large-unpacked", megabytes=MAX_UNPACKED_BYTES >> 20)
        if "xl/workbook.xml" not in parts:
            raise UnusableFile("no-workbook")
        workbook = Workbook.read(package)
        texts = parts.get("xl/sharedStrings.xml")
        if texts is not None and texts.file_size > MAX_TEXTS_BYTES:
            raise UnusableFile("too-large-unpacked", megabytes=MAX_TEXTS_BYTES >> 20)
        if workbook.sheets[0] not in parts:
            raise UnusableFile("no-workbook")
        return cls(
            sheets=tuple(sheet for sheet in workbook.sheets if sheet in parts),
            texts=SharedTexts.read(package) if texts is not None else [],
            dates=Styles.read(package) if "xl/styles.xml" in parts else frozenset(),
            day_zero=workbook.day_zero,
        )


def _rows(package: zipfile.ZipFile, contents: _Contents, part: str) -> Iterator[Record]:
    sheet = _Sheet(contents, tall=_tall_cells(package, part))
    with package.open(part) as file:
        yield from sheet.rows(file)


def _tall_cells(package: zipfile.ZipFile, part: str) -> dict[int, list[tuple[int, int]]]:
    """Cells merged over several rows: column and last row, by first row.

    The list of merged cells stands at the end of a sheet, and its rows are read as a stream, so it is read first.
    """
    last = deque[bytes](maxlen=_END_BYTES // _CHUNK_BYTES + 1)
    with package.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            last.append(chunk)
    tall: dict[int, list[tuple[int, int]]] = {}
    for reference in _MERGED.findall(b"".join(last)):
        rows, columns = _area(reference.decode())
        if len(rows) > 1 and columns.start < MAX_COLUMNS:
            tall.setdefault(rows.start, []).append((columns.start, rows.stop - 1))
    return tall


class _Sheet:
    """Builds rows from a sheet's elements. A row or cell without address follows the previous one."""

    def __init__(self, contents: _Contents, *, tall: Mapping[int, list[tuple[int, int]]]) -> None:
        self._texts = contents.texts
        self._dates = contents.dates
        self._day_zero = contents.day_zero
        self._tall = tall
        self._held: dict[int, tuple[int, Cell]] = {}  # last row and value, by column
        self._columns = _Columns()
        self._done: list[Record] = []
        self._row = 0
        self._column = -1
        self._cells: list[Cell] = []
        self._attributes: Attributes = {}
        self._formula: str | None = None
        self._value = ""
        self._arrays: dict[
            int, tuple[range, range]
        ] = {}  # by first column: of two, the lower one still goes on

    def rows(self, file: IO[bytes]) -> Iterator[Record]:
        parser = Parser(
            starts={"row": self._start_row, "c": self._start_cell, "f": self._start_formula},
            ends={
                "v": self._take_value,
                "t": self._add_text,
                "f": self._take_formula,
                "c": self._end_cell,
                "row": self._end_row,
            },
            skipped="rPh",
        )
        found = 0
        while chunk := file.read(_CHUNK_BYTES):
            parser.feed(chunk)
            found += len(self._done)
            if found > MAX_ROWS + 1:
                raise UnusableFile("too-many-rows", rows=MAX_ROWS)
            yield from self._done
            self._done.clear()
        parser.close()
        yield from self._done

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        if self._row > MAX_ROWS + 1:
            raise UnusableFile("too-many-rows", rows=MAX_ROWS)
        self._column = -1
        self._cells = []

    def _start_cell(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._formula = None
        self._value = ""

    def _start_formula(self, attributes: Attributes) -> None:
        self._formula = ""
        if attributes.get("t") == "array" and "ref" in attributes:
            rows, columns = _area(attributes["ref"])
            if columns.start < MAX_COLUMNS:
                self._arrays[columns.start] = rows, columns

    def _take_value(self, text: str) -> None:
        self._value = text

    def _add_text(self, text: str) -> None:
        if len(self._value) < MAX_TEXT_CHARACTERS:
            self._value += text

    def _take_formula(self, text: str) -> None:
        self._formula = text

    def _end_cell(self, _: str) -> None:
        address = self._attributes.get("r")
        self._column = self._column + 1 if address is None else self._columns[address.rstrip("0123456789")]
        if self._attributes.get("t") == "s" and self._value and self._formula is None and not self._arrays:
            cell: Cell = self._texts[int(self._value)]  # as most cells are, without another call
        else:
            cell = self._cell()
        if cell == "" or self._column >= MAX_COLUMNS:
            return
        missing = self._column - len(self._cells)
        if missing:
            if missing < 0:
                raise BadXml
            self._cells.extend([""] * missing)
        self._cells.append(cell)

    def _end_row(self, _: str) -> None:
        if self._cells:
            if self._tall:
                self._fill_merged()
            self._done.append(Record(self._row, self._cells))

    def _fill_merged(self) -> None:
        """Repeat what a cell over several rows says in each of them."""
        cells = self._cells
        for column, (last, cell) in [*self._held.items()]:
            if self._row > last:
                del self._held[column]
                continue
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or cell
        for column, last in self._tall.get(self._row, ()):
            if column < len(cells):
                self._held[column] = (last, cells[column])

    def _cell(self) -> Cell:
        kind = self._attributes.get("t", "n")
        if self._formula is not None or kind == "e" or (self._arrays and self._in_array()):
            return Formula(f"={self._formula or self._value}")
        if not self._value:
            return ""
        if kind == "s":
            return self._texts[int(self._value)]
        if kind == "n":
            return self._number()
        if kind == "b":
            return "TRUE" if self._value == "1" else "FALSE"
        return self._value

    def _in_array(self) -> bool:
        return any(self._row in rows and self._column in columns for rows, columns in self._arrays.values())

    def _number(self) -> Cell:
        text = self._value
        number = int(text) if text.isdecimal() else float(text)
        if self._attributes.get("s", "0") in self._dates and 0 <= number <= _DAYS_OF_DATES:
            return _moment(self._day_zero, number)
        if isinstance(number, float) and number.is_integer():
            return int(number)
        return number


def _moment(day_zero: date, number: float) -> date:
    whole = day_zero + timedelta(days=int(number))
    if number == int(number):
        return whole
    seconds = round((number - int(number)) * 86_400)
    return datetime(whole.year, whole.month, whole.day) + timedelta(seconds=seconds)  # noqa: DTZ001 (a spreadsheet knows no zone)


class _Columns(dict[str, int]):
    """Columns by their letters; those that are no register columns are not kept."""

    def __missing__(self, letters: str) -> int:
        column = _column_number(letters) if len(letters) <= _MAX_LETTERS else MAX_COLUMNS
        if column < MAX_COLUMNS:
            self[letters] = column
        return column


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _area(reference: str) -> tuple[range, range]:
    corners = [_ADDRESS.fullmatch(corner) for corner in reference.split(":")]
    first, last = corners[0], corners[-1]
    if first is None or last is None:
        raise BadXml
    rows = range(int(first[2]), int(last[2]) + 1)
    return rows, range(_column_number(first[1]), _column_number(last[1]) + 1)
