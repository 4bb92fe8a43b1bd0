"""Reads CSV with comma, semicolon or tab; UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252."""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from bot.importing.table import MAX_COLUMNS, MAX_ROWS, UnusableFile
from domain.cards.register import known_titles
from domain.text.cells import Record

_DELIMITERS = (",", ";", "\t")
_CHUNK_BYTES = 1 << 20
# A multi-line note may hold some commas; a line with this many is a row inside an unclosed quotation.
_SWALLOWED = 4
_TITLES = 11  # lines in which the heading is looked for
# A few NUL characters are damage and cost their rows; more than one in twenty is no text (in UTF-16, every
# second is NUL).
_NULS_IN_TEXT = 20


class TextTable:
    """A CSV file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoding = _encoding(path)
        self.delimiter = self._find_delimiter()

    def records(self, sheet: int = 0) -> Iterator[Record]:
        """All records that are not empty; a blank line keeps its row number.

        Raises:
            UnusableFile: unclosed quotation marks, or too many rows.
        """
        if sheet:
            return
        with self._open() as lines:
            row = read = 0
            reader = csv.reader(lines, delimiter=self.delimiter)
            try:
                for row, cells in enumerate(reader, start=1):
                    if row > MAX_ROWS + 1:
                        raise UnusableFile("too-many-rows", rows=MAX_ROWS)
                    if any(cells):
                        if reader.line_num > read + 1:
                            self._check_quotation(row, cells)
                        yield Record(row, [*cells[:MAX_COLUMNS]])
                    read = reader.line_num
            except csv.Error:
                # The only error of a lenient reader: a cell without end.
                raise UnusableFile("open-quotation", row=row + 1) from None

    def _check_quotation(self, row: int, cells: list[str]) -> None:
        for cell in cells:
            if "\n" in cell and any(line.count(self.delimiter) >= _SWALLOWED for line in cell.split("\n")):
                raise UnusableFile("open-quotation", row=row)

    def _open(self) -> TextIO:
        return self._path.open(encoding=self._encoding, newline="")

    def _find_delimiter(self) -> str:
        """The mark that makes most headings of one of the first lines, else the most frequent in them."""
        with self._open() as lines:
            first = [*islice((line for line in lines if line.strip()), _TITLES)] or [""]

        def fits(mark: str) -> tuple[int, int]:
            return max(known_titles(line.split(mark)) for line in first), sum(
                line.count(mark) for line in first
            )

        return max(_DELIMITERS, key=fits)


def _encoding(path: Path) -> str:
    """The first encoding in which the whole file is readable."""
    with path.open("rb") as file:
        head = file.read(2)
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "cp1252")
    for candidate in candidates:
        if _readable(path, candidate):
            return candidate
    raise UnusableFile("no-table")


def _readable(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    nuls = length = 0
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK_BYTES):
                text = decoder.decode(chunk)
                nuls, length = nuls + text.count("\0"), length + len(text)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return nuls * _NULS_IN_TEXT <= length
