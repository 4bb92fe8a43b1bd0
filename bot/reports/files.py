"""The report as a file: raw rows, the working table, or two pages to sign."""

import asyncio
from pathlib import Path

from bot.reports.pen import Pen
from domain.ratings.figures import Figures
from storage.ratings.answers import answer_sets_of
from storage.store import Store

ENDINGS = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
"""Kinds of files and their MIME types."""
MOST_ROWS = 1_000_000  # a sheet has 1,048,576 rows


class TooManyRows(Exception):
    """There are more answers than rows in a sheet."""


async def write_report(store: Store, found: Figures, pen: Pen, path: Path) -> int:
    """Write the report in the kind that the path's ending says; return how many people it is about.

    Raises:
        TooManyRows: choose a shorter period, or another kind.
    """
    sets = answer_sets_of(store, period=found.period, point=found.point, service=found.service)
    if path.suffix.lower() == ".csv":
        from bot.reports.sheet import write_rows

        with path.open("w", encoding="utf-8", newline="") as file:
            return await write_rows(sets, file)
    if path.suffix.lower() == ".xlsx":
        from bot.reports.workbook import write_workbook

        if found.now.people > MOST_ROWS:
            raise TooManyRows
        return await write_workbook(sets, path, found, pen)
    from bot.reports.paper import paper

    pages = await asyncio.to_thread(paper, found, pen, made_on=pen.office.today(store.clock()))
    await asyncio.to_thread(path.write_bytes, pages)
    return found.now.people
