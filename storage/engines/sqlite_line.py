"""Statements on a SQLite connection: run where they are called, by the driver itself if prepared (statements.py)."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.sql import Executable

from storage.engines.line import lost_connections
from storage.engines.statements import Prepared, Statements
from storage.session import Values

_DIALECT = sqlite_dialect()
_STATEMENTS = Statements(_DIALECT)


class DirectLine:
    """Statements that block their thread: of the writer in the event loop, where callers keep them short, or of a read."""

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        self._connection = connection
        self._raw = raw

    async def rows(self, statement: Executable, values: Values | None) -> Sequence[Row[*tuple[Any, ...]]]:
        """Run a query."""
        with lost_connections():
            prepared = _STATEMENTS.prepared(statement, values)
            if prepared is None:
                return self._connection.execute(statement, values).all()
            return prepared.rows(self._run(prepared, values).fetchall())

    async def run(self, statement: Executable, values: Values | None) -> int:
        """Run a writing statement; return the number of changed rows."""
        with lost_connections():
            prepared = _STATEMENTS.prepared(statement, values)
            if prepared is None:
                return self._connection.execute(statement, values).rowcount
            return self._run(prepared, values).rowcount

    def _run(self, prepared: Prepared, values: Values | None) -> sqlite3.Cursor:
        try:
            if isinstance(values, dict) or values is None:
                return self._raw.execute(prepared.sql, prepared.values(values or {}))
            return self._raw.executemany(prepared.sql, prepared.many(values))
        except sqlite3.IntegrityError as error:
            raise IntegrityError(prepared.sql, None, error) from error
        except sqlite3.Error as error:
            raise DBAPIError.instance(prepared.sql, None, error, sqlite3.Error, dialect=_DIALECT) from error

    def tell_others(self) -> None:
        """Do nothing: other processes see that the file changed."""

    async def command(self, sql: str) -> None:
        """Run a savepoint command."""
        with lost_connections():
            self._raw.execute(sql)
