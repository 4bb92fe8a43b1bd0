"""Statements that are built once, run once compiled: SQLAlchemy writes the SQL, the driver runs it.

Measured (docs/performance.md): running a constant statement through a Core connection costs about three times the
statement itself. What is built per call takes the usual way.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite.aiosqlite import dialect as sqlite_dialect
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.sql import ClauseElement, Executable
from sqlalchemy.types import TypeEngine

from storage.store import Values

Process = Callable[[Any], Any]
_DIALECT = sqlite_dialect()
_SEEN_BEFORE = 2  # a statement object that comes again is a constant of some module


class Prepared:
    """One statement with its SQL, the order of its values, and how values and columns are converted."""

    def __init__(self, compiled: Any) -> None:
        self.sql = str(compiled)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        self._names = [(name, _binding(binds[name].type), binds[name].value) for name in compiled.positiontup]
        columns = compiled._result_columns  # noqa: SLF001 (the compiled statement's list of what it selects)
        self._columns = [_reading(column.type) for column in columns]
        self._make = _row_of([str(column.keyname) for column in columns])

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The values in the order of the SQL's question marks."""
        return [
            value if process is None else process(value)
            for value, process in ((given.get(name, fixed), process) for name, process, fixed in self._names)
        ]

    def rows(self, raw: Sequence[Sequence[Any]]) -> Sequence[Any]:
        """The driver's rows, converted and named."""
        columns = self._columns
        return [
            self._make(
                value if process is None else process(value)
                for value, process in zip(row, columns, strict=True)
            )
            for row in raw
        ]


class Lean:
    """Runs statements on one sqlite3 connection that SQLAlchemy shares."""

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        self._connection = connection
        self._raw = raw
        self._seen: WeakKeyDictionary[Executable, int] = WeakKeyDictionary()
        self._prepared: dict[tuple[Executable, tuple[str, ...]], Prepared] = {}

    def rows(self, statement: Executable, values: Values | None) -> Sequence[Any]:
        """Every row of a query."""
        prepared = self._prepare(statement, values)
        if prepared is None:
            return self._connection.execute(statement, values).all()
        return prepared.rows(self._run(prepared, values).fetchall())

    def run(self, statement: Executable, values: Values | None) -> int:
        """The number of rows that a writing statement touched."""
        prepared = self._prepare(statement, values)
        if prepared is None:
            return self._connection.execute(statement, values).rowcount
        return self._run(prepared, values).rowcount

    def _run(self, prepared: Prepared, values: Values | None) -> sqlite3.Cursor:
        try:
            if isinstance(values, Mapping) or values is None:
                return self._raw.execute(prepared.sql, prepared.values(values or {}))
            return self._raw.executemany(prepared.sql, [prepared.values(one) for one in values])
        except sqlite3.IntegrityError as error:
            raise IntegrityError(prepared.sql, None, error) from error
        except sqlite3.Error as error:
            raise DBAPIError.instance(prepared.sql, None, error, sqlite3.Error, dialect=_DIALECT) from error

    def _prepare(self, statement: Executable, values: Values | None) -> Prepared | None:
        """The prepared statement; None for one that was never seen before, or that grows with its values."""
        first = values if isinstance(values, Mapping) or values is None else values[0]
        key = (statement, tuple(first or ()))
        found = self._prepared.get(key)
        if found is not None:
            return found if found.sql else None
        times = self._seen[statement] = self._seen.get(statement, 0) + 1
        if times < _SEEN_BEFORE or not isinstance(statement, ClauseElement):
            return None
        compiled: Compiled = statement.compile(dialect=_DIALECT, column_keys=list(first or ()))
        grows = "POSTCOMPILE" in str(compiled)
        prepared = self._prepared[key] = _NEVER if grows else Prepared(compiled)
        return None if grows else prepared


class _Never(Prepared):
    """Marks a statement that has to take the usual way."""

    def __init__(self) -> None:
        self.sql = ""


_NEVER = _Never()


def _row_of(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """What makes a row that answers to the columns' names, as SQLAlchemy's rows do."""
    kind: Any = namedtuple("Row", [*names], rename=True)  # type: ignore[misc]  # noqa: PYI024 (names known at run time only)
    make: Callable[[Iterable[Any]], Any] = kind._make
    return make


def _binding(kind: TypeEngine[Any]) -> Process | None:
    process: Process | None = kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return process


def _reading(kind: TypeEngine[Any]) -> Process | None:
    process: Process | None = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return process
