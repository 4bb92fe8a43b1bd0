"""Statements on a SQLite connection: run where they are called, by the driver itself if prepared (statements.py)."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.sql import Executable

from storage.engines.line import lost_connections, meaning
from storage.engines.statements import Statements
from storage.session import Values

_DIALECT = sqlite_dialect()
_STATEMENTS = Statements(_DIALECT)


class DirectLine:
    """Statements that block their thread: of the writer in the event loop, where callers keep them short, or of a read."""

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        self._connection = connection
        self._raw = raw

    async def rows(
        self, statement: Executable, values: Values | None = None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Run a query."""
        prepared = _STATEMENTS.prepared(statement, values)
        if prepared is None:
            with lost_connections():
                return self._connection.execute(statement, values).all()
        given = prepared.values(values if isinstance(values, dict) else {})
        try:
            return prepared.rows(self._raw.execute(prepared.sql, given).fetchall())
        except sqlite3.Error as error:
            raise _failure(error, prepared.sql) from error

    async def run(self, statement: Executable, values: Values | None = None) -> int:
        """Run a writing statement; return the number of changed rows."""
        prepared = _STATEMENTS.prepared(statement, values)
        if prepared is None:
            with lost_connections():
                return self._connection.execute(statement, values).rowcount
        try:
            if isinstance(values, dict) or values is None:
                return self._raw.execute(prepared.sql, prepared.values(values or {})).rowcount
            return self._raw.executemany(prepared.sql, prepared.many(values)).rowcount
        except sqlite3.Error as error:
            raise _failure(error, prepared.sql) from error

    def tell_others(self) -> None:
        """Do nothing: other processes see that the file changed."""

    async def command(self, sql: str) -> None:
        """Run a savepoint command."""
        try:
            self._raw.execute(sql)
        except sqlite3.Error as error:
            raise _failure(error, sql) from error


def _failure(error: sqlite3.Error, sql: str) -> Exception:
    """What SQLAlchemy would raise, or StoreDown; made here, as a context around each statement would cost more."""
    if isinstance(error, sqlite3.IntegrityError):
        return IntegrityError(sql, None, error)
    told: Exception = DBAPIError.instance(sql, None, error, sqlite3.Error, dialect=_DIALECT)
    return meaning(told) or told
