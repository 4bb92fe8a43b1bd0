"""Merges duplicate rows of one person that were written under two keys.

During a rotation, a process that holds only one key does not find rows under the other key and makes new ones.
Duplicates can be found only while both keys are held, so `loket rotate-keys` merges them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, update

from storage.keeping import chat_merge
from storage.schema import applicants, applications, bookings, chats, identities, seats, waiting
from storage.session import Writing


async def merge_rows(db: Writing, table: Table, anew: Sequence[Mapping[str, Any]]) -> bool:
    """Merge rows whose new index another row already has; True if there was one.

    `anew` holds the rows to be written, with `row` (the primary key) and `new_<column>`.
    """
    met = False
    for column in table.columns:
        named = f"new_{column.name}"
        wanted = {values[named]: values["row"] for values in anew if values.get(named) is not None}
        if not column.unique or not wanted:
            continue
        for row in await db.rows(select(table.c.id, column.label("found")).where(column.in_(wanted))):
            if row.id != wanted[bytes(row.found)]:
                await _MERGED[table.name](db, row.id, wanted[bytes(row.found)])
                met = True
    return met


async def _identities(db: Writing, _stays: int, goes: int) -> None:
    await db.run(delete(identities).where(identities.c.id == goes))


async def _applicants(db: Writing, stays: int, goes: int) -> None:
    """Move everything of one applicant to another.

    Double bookings and holds keep both seats and tickets; of two places in a line the first one stays.
    """
    for table, states in ((bookings, ("booked", "arrived", "called")), (seats, ("held",))):
        await db.run(update(table).where(*_twice(table, states, stays, goes)).values(applicant_id=None))
    await db.run(update(waiting).where(*_twice(waiting, ("waiting",), stays, goes)).values(state="left"))
    for table in (applications, bookings, seats, waiting):
        await db.run(update(table).where(table.c.applicant_id == goes).values(applicant_id=stays))
    await db.run(delete(applicants).where(applicants.c.id == goes))


def _twice(table: Table, states: Sequence[str], stays: int, goes: int) -> tuple[ColumnElement[bool], ...]:
    """Rows of the applicant that goes which would violate a one-per-person rule at the applicant that stays."""
    living = table.c.state.in_(states)
    theirs = select(table.c.service).where(table.c.applicant_id == stays, living)
    return (table.c.applicant_id == goes, living, table.c.service.in_(theirs))


_MERGED = {applicants.name: _applicants, chats.name: chat_merge.merge, identities.name: _identities}
