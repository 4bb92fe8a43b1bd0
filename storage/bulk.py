"""Inserts of many rows, with values already in the driver's form.

SQLAlchemy converts values one by one in Python, which for `applications` costs as much as SQLite itself
(100,000 rows: 1.7 s against 0.9 s). So the tables here have no types, and only SQLite's two text forms are
made, once per distinct day or moment.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Insert, Table, column, table

from storage.schema import Instant
from storage.session import Writing


async def insert_many(db: Writing, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    if db.dialect == "sqlite":
        days = [name for name in rows[0] if isinstance(into.c[name].type, Date | Instant)]
        copies = [{**row} for row in rows]
        for name in days:
            for row in copies:
                row[name] = _as_text(row[name])
        rows = copies
    await db.run(_untyped(into), rows)


@lru_cache
def _untyped(into: Table) -> Insert:
    return table(into.name, *(column(one.name) for one in into.columns)).insert()


@lru_cache(maxsize=4096)
def _as_text(value: date | None) -> str | None:
    """A day or moment as SQLAlchemy's own types write it into SQLite."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat()
