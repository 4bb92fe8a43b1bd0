"""Rows that stand twice, under two keys, become one: what a process wrote that did not hold the key of a rotation.

It did not find the rows under the other key, so it made new ones for the same person. Only while both keys are held can
that be seen, so it is mended by `loket rotate-keys`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, update

from storage.keeping import merging
from storage.schema import applicants, applications, bookings, chats, identities, seats, waiting
from storage.session import Writing


async def meet(db: Writing, table: Table, anew: Sequence[Mapping[str, Any]]) -> bool:
    """Merge the rows whose new index another row has already; True when there was one.

    `anew`: rows as they are to be written, with `row` (the primary key) and `new_<column>`.
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


async def _chats(db: Writing, stays: int, goes: int) -> None:
    await merging.merge(db, stays, goes)


async def _identities(db: Writing, _stays: int, goes: int) -> None:
    await db.run(delete(identities).where(identities.c.id == goes))


async def _applicants(db: Writing, stays: int, goes: int) -> None:
    """Let one applicant have what the other one has.

    Who booked, holds or waits twice keeps both seats and tickets; of two places in a line the first one stays.
    """
    for table, state in ((bookings, "booked"), (seats, "held")):
        await db.run(update(table).where(*_twice(table, state, stays, goes)).values(applicant_id=None))
    await db.run(update(waiting).where(*_twice(waiting, "waiting", stays, goes)).values(state="left"))
    for table in (applications, bookings, seats, waiting):
        await db.run(update(table).where(table.c.applicant_id == goes).values(applicant_id=stays))
    await db.run(delete(applicants).where(applicants.c.id == goes))


def _twice(table: Table, state: str, stays: int, goes: int) -> tuple[ColumnElement[bool], ...]:
    """The rows of the applicant that goes which may stand once for a person and service, and do for the one that stays."""
    living = table.c.state == state
    theirs = select(table.c.service).where(table.c.applicant_id == stays, living)
    return (table.c.applicant_id == goes, living, table.c.service.in_(theirs))


_MERGED = {applicants.name: _applicants, chats.name: _chats, identities.name: _identities}
