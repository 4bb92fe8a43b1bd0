"""Inserts of many rows, and look-ups of many values, with values already in the driver's form.

SQLAlchemy converts values one by one in Python, which for `applications` costs as much as SQLite itself
(100,000 rows: 1.7 s against 0.9 s). So the tables here have no types.

An expanding IN makes a name and a placeholder for each value, which costs several times the index step. So the values
of a look-up are one parameter, and its statement is constant.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Insert,
    LargeBinary,
    Select,
    Table,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)

from storage.session import Dialect, Writing

_INDEX_BYTES = 32  # of a keyed hash (storage/vault.py)
_AT_ONCE = 1000  # values of one IN: well below the drivers' limits


class _JsonArray(TypeDecorator[list[Any]]):
    """Texts or ids as SQLite's json_each reads them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Any) -> str:  # noqa: ARG002 (as its base)
        """The values as a JSON array."""
        return msgspec.json.encode(value).decode()


class _Joined(TypeDecorator[list[bytes]]):
    """Keyed hashes, one behind the other; JSON has no bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sequence[bytes] | None, dialect: Any) -> bytes:  # noqa: ARG002 (as its base)
        """The hashes joined."""
        return b"".join(value or ())


def among(column: Column[Any], parameter: str) -> Mapping[Dialect, ColumnElement[bool]]:
    """Condition, by dialect, that a column has one of many values; they are texts, ids or keyed hashes."""
    if isinstance(column.type, LargeBinary):
        on_file = column.in_(_pieces(bindparam(parameter, type_=_Joined)))
    else:
        values = func.json_each(bindparam(parameter, type_=_JsonArray)).table_valued("value")
        on_file = column.in_(select(values.c.value))
    return {
        "sqlite": on_file,
        "postgresql": column == any_(bindparam(parameter, type_=ARRAY(column.type))),
    }


def _pieces(joined: ColumnElement[Any]) -> Select[Any]:
    starts = select(literal_column("1").label("start")).cte("starts", recursive=True)
    following = starts.c.start + literal_column(str(_INDEX_BYTES))
    starts = starts.union_all(select(following).where(following < func.length(joined)))
    return select(func.substr(joined, starts.c.start, literal_column(str(_INDEX_BYTES))))


def in_pieces(values: Sequence[Any]) -> Iterator[list[Any]]:
    """The values in pieces small enough for one statement."""
    for start in range(0, len(values), _AT_ONCE):
        yield list(values[start : start + _AT_ONCE])


async def insert_many(db: Writing, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        await db.run(_insert(into, db.dialect), rows)


@lru_cache
def _insert(into: Table, dialect: Dialect) -> Insert:
    typed = dialect == "sqlite"
    return table(into.name, *(column(one.name, one.type if typed else None) for one in into.columns)).insert()
