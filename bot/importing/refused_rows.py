"""Writes refused rows into their own file, for correction and another import."""

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.importing.heading import Heading, rows_below
from bot.importing.table import Table
from domain.text.cells import inert


def refused_path(path: Path) -> Path:
    """Path of the file of refused rows: `FILE.ditolak.csv`."""
    return path.with_name(f"{path.name}.ditolak.csv")


def write_refused(
    path: Path, table: Table, reasons: Mapping[int, str], *, title: str, heading: Heading | None = None
) -> None:
    """Write the heading and the rows with a reason, given in the last column; readable only by the owner.

    Without `heading`, it is the first line of the file.

    It holds full NIKs (D2: the only such export). An older file of that name is replaced.

    Raises:
        OSError: it cannot be written there.
    """
    records = rows_below(table, heading) if heading else table.records()
    header = heading.line if heading else next(records)
    width = len(header.cells)
    with _private(path) as file:
        out = csv.writer(file, delimiter=table.delimiter)
        out.writerow([*map(inert, header.cells), title])
        for record in records:
            if record.row in reasons:
                # Cells beyond the header belong to no column; without them the reason is the last column of
                # every row.
                cells = [inert(cell) for cell in record.cells[:width]]
                out.writerow([*cells, *[""] * (width - len(cells)), reasons[record.row]])


def private_file(path: Path) -> BinaryIO:
    """Create a file readable only by its owner; an older one of that name is replaced.

    Raises:
        OSError: it cannot be written there.
    """
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _private(path: Path) -> TextIO:
    # With a byte order mark, which tells spreadsheets the encoding.
    return io.TextIOWrapper(private_file(path), encoding="utf-8-sig", newline="")
