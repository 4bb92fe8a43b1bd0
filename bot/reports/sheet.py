"""The raw rows as CSV: one answer set a line, ordered by random key, from which anybody computes the index anew.

Sex, age, education and job stand beside no row: with day, point and service they would name people. The report tells how
many were of each.
"""

import csv
from collections.abc import AsyncIterator
from typing import TextIO

from domain.ratings.index import ELEMENTS
from domain.text.cells import inert
from storage.ratings.answers import AnswerSet

COLUMNS = [
    *("kunci", "tanggal", "jam", "lokasi", "layanan"),
    *(element.value for element in ELEMENTS),
]


async def write_rows(sets: AsyncIterator[AnswerSet], file: TextIO) -> int:
    """Write the complete sets (the partial ones count nowhere); give how many there are."""
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    count = 0
    async for one in sets:
        if one.complete:
            rows.writerow(map(inert, row_of(one)))
            count += 1
    return count


def row_of(one: AnswerSet) -> list[str | int]:
    """Give the cells of one set."""
    return [
        *(key_of(one), one.answered_on.isoformat(), one.band.value, one.point, one.service),
        *(one.scores[element] for element in ELEMENTS),
    ]


def key_of(one: AnswerSet) -> str:
    """Give a set's key as it is exported: a letter first, so that no spreadsheet takes it for a number."""
    return f"R{one.key:016x}"
