"""Constant statements are compiled once: SQLAlchemy compiles SQL and converters, the driver runs it.

Running a constant statement through a Core connection costs about three times the statement itself
(docs/performance.md). Statements built per call take SQLAlchemy's usual way.
"""

import re
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from operator import itemgetter
from typing import Any
from weakref import ref

from sqlalchemy import Date, Dialect, Float, LargeBinary, Select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.sql import ClauseElement, Executable
from sqlalchemy.types import NullType, TypeEngine

from storage.schema.base import Instant
from storage.session import Values

Process = Callable[[Any], Any]
_LOCKS = re.compile(r"\bFOR (UPDATE|NO KEY UPDATE|SHARE|KEY SHARE)\b")
# A value whose parameter has no type is stored as those of typed columns are; Python's own adapters are deprecated.
_instant: Any = Instant().bind_processor(sqlite_dialect())
sqlite3.register_adapter(datetime, _instant)
sqlite3.register_adapter(date, date.isoformat)
# For these two, which it stores as they are, the driver would first look for what they adapt to, in vain and each time.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(type(None), lambda none: none)


class Prepared:
    """One statement: its SQL, the order of its values, and converters for values and columns."""

    def __init__(self, compiled: Any, dialect: Dialect, given: Sequence[str]) -> None:
        self.sql = str(compiled)
        self.only_reads = _only_reads(compiled.statement, self.sql)
        binds = _binds(compiled)
        # SQLite's placeholders repeat a value wherever it stands; it is converted once.
        names = [*dict.fromkeys(compiled.positiontup)]
        self._fixed = {name: binds[name].value for name in names if name not in given}
        # `itemgetter` gives no tuple of one name, and takes no empty one.
        self._pick: Any = (
            itemgetter(*names) if len(names) > 1 else lambda given: [given[one] for one in names]
        )
        self._bindings = _converters(_binding, [binds[name].type for name in names], dialect)
        places = [names.index(name) for name in compiled.positiontup]
        self._places = places if len(places) > len(names) else None
        columns = compiled._result_columns  # noqa: SLF001 (the compiled statement's list of what it selects)
        self._columns = _converters(_reading, [column.type for column in columns], dialect)
        self._make = _row_of([str(column.keyname) for column in columns])

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """Values in the order of the SQL's placeholders."""
        values = [*self._pick({**self._fixed, **given} if self._fixed else given)]
        for place, process in self._bindings:
            values[place] = process(values[place])
        return values if self._places is None else [values[place] for place in self._places]

    def many(self, given: Sequence[Mapping[str, Any]]) -> Iterable[Sequence[Any]]:
        """The values of many sets that have the same names."""
        if self._places is not None or self._fixed:
            return [self.values(one) for one in given]
        rows = map(self._pick, given)
        if not self._bindings:
            return rows
        columns: list[Iterable[Any]] = [*zip(*rows, strict=True)]
        for place, process in self._bindings:
            columns[place] = _all_of(columns[place], process)
        return zip(*columns, strict=True)

    def rows(self, raw: Iterable[Sequence[Any]]) -> Sequence[Any]:
        """The driver's rows, converted and with column names."""
        return [self._make(self._converted(row)) for row in raw]

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self._columns:
            return row
        values = [*row]
        for place, process in self._columns:
            values[place] = process(values[place])
        return values


def _all_of(column: Iterable[Any], process: Process) -> Iterable[Any]:
    """The converted values of a column, each different one converted once."""
    try:
        made = {value: process(value) for value in {*column}}
    except TypeError:  # a value of JSON has no hash
        return [*map(process, column)]
    return [*map(made.__getitem__, column)]


class Statements:
    """Prepared statements of one database, held weakly."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        # By identity, while a statement lives: a WeakKeyDictionary costs a reference and a call each time.
        self._known: dict[int, tuple[ref[Executable], dict[tuple[str, ...], Prepared | None]]] = {}

    def prepared(self, statement: Executable, values: Values | None) -> Prepared | None:
        """The prepared statement; None for one seen for the first time or whose SQL depends on its values.

        A statement object that is seen again is a module constant.
        """
        found = self._known.get(id(statement))
        if found is None:
            if isinstance(statement, ClauseElement):
                self._known[id(statement)] = (ref(statement, partial(self._known.pop, id(statement))), {})
            return None
        known = found[1]
        first = values if isinstance(values, dict) or values is None else values[0]
        names = tuple(first or ())
        if names not in known:
            known[names] = self._prepare(statement, list(names))
        return known[names]

    def _prepare(self, statement: Any, keys: list[str]) -> Prepared | None:
        compiled = statement.compile(dialect=self._dialect, column_keys=keys)
        if "POSTCOMPILE" in str(compiled):
            return None
        try:
            return Prepared(compiled, self._dialect, keys)
        except (InvalidRequestError, TypeError):
            # A type whose converter needs the server's column description; asyncpg's fails at naming it.
            return None


def _only_reads(statement: Any, sql: str) -> bool:
    """Whether a statement certainly neither writes nor locks (a `pg_…` server function may lock)."""
    locks = _LOCKS.search(sql) is not None or "pg_" in sql
    return isinstance(statement, Select) and sql.startswith("SELECT ") and not locks


def _row_of(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """Constructor of rows with named columns, like SQLAlchemy's rows."""
    kind: Any = namedtuple("Row", [*names], rename=True)  # type: ignore[misc]  # noqa: PYI024 (names known at run time only)
    return partial(tuple.__new__, kind)  # `_make` without its check of the length, which the statement fixes


def _converters(
    of: Callable[[TypeEngine[Any], Dialect], Process | None],
    types: Sequence[TypeEngine[Any]],
    dialect: Dialect,
) -> list[tuple[int, Process]]:
    """Place and converter of each value that needs one; sqlite3 takes and gives bytes as they are."""
    as_they_are = LargeBinary if dialect.name == "sqlite" else ()
    found = [
        (place, of(kind, dialect)) for place, kind in enumerate(types) if not isinstance(kind, as_they_are)
    ]
    return [(place, process) for place, process in found if process is not None]


def _binds(compiled: Any) -> dict[str, Any]:
    """Parameters by name; of those that share a name, one whose type is known."""
    named: dict[str, Any] = {}
    for bind, name in compiled.bind_names.items():
        if name not in named or isinstance(named[name].type, NullType):
            named[name] = bind
    return named


def _day(value: date | None) -> str | None:
    return None if value is None else date.isoformat(value)


def _binding(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    if isinstance(kind, Date) and dialect.name == "sqlite":
        return _day  # SQLAlchemy's own fills in a template
    process: Process | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return process


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _reading(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    if isinstance(kind, Float) and not kind.asdecimal:
        return _float  # SQLAlchemy's own asks for the type that the driver reports, which is not known yet
    process: Process | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return process
