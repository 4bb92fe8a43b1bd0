"""Raw rows as CSV: one answer set per line, by random key, from which the index can be recomputed.

Rows have no sex, age, education or job: with day, point and service they would identify people. The report has
their totals.
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
    """Write the complete sets and return their number."""
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    count = 0
    async for one in sets:
        if one.complete:
            rows.writerow(map(inert, row_of(one)))
            count += 1
    return count


def row_of(one: AnswerSet) -> list[str | int]:
    """Cells of one set."""
    return [
        *(key_of(one), one.answered_on.isoformat(), one.band.value, one.point, one.service),
        *(one.scores[element] for element in ELEMENTS),
    ]


def key_of(one: AnswerSet) -> str:
    """Exported key of a set; it begins with a letter, so that spreadsheets do not read it as a number."""
    return f"R{one.key:016x}"
