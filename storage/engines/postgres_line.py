"""One transaction on one PostgreSQL connection: statements that were prepared go straight to asyncpg.

The transaction begins with the first statement that writes or locks. At PostgreSQL's usual level (READ COMMITTED) every
statement sees what is committed when it begins: what is read before sees the same with a transaction and without one.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from storage.engines.line import AGAIN, AsyncLine
from storage.engines.prepared import Statements
from storage.store import Again, StoreDown, Values

# Classes of SQLSTATE by which the server says that it is not there, or cannot serve us (PostgreSQL manual, appendix A).
_DOWN = frozenset({"08", "53", "57", "58"})
_BROKEN_PROMISE = "23"
_GONE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


class Refused(Exception):
    """What the server said, without its details: they quote the values."""

    def __init__(self, error: asyncpg.PostgresError) -> None:
        super().__init__(error.args[0] if error.args else type(error).__name__)
        self.sqlstate = error.sqlstate


class PostgresLine:
    """A connection that SQLAlchemy lends in autocommit; BEGIN and COMMIT are said here.

    Args:
        connection: SQLAlchemy's; statements that are built per call go through it.
        statements: what was prepared for this database.
    """

    def __init__(self, connection: AsyncConnection, statements: Statements) -> None:
        self._connection = connection
        self._usual = AsyncLine(connection)
        shared: Any = connection.sync_connection
        self._raw = shared.connection.driver_connection
        self._statements = statements
        self._begun = False
        self._broken = False

    async def rows(self, statement: Executable, values: Values | None) -> Sequence[Any]:
        """Run a query."""
        prepared = self._statements.prepared(statement, values)
        if prepared is None:
            await self._begin()
            return await self._usual.rows(statement, values)
        if not prepared.only_reads:
            await self._begin()
        with self._told(prepared.sql):
            return prepared.rows(await self._raw.fetch(prepared.sql, *prepared.values(_one(values))))

    async def run(self, statement: Executable, values: Values | None) -> int:
        """Run a writing statement."""
        await self._begin()
        prepared = self._statements.prepared(statement, values)
        if prepared is None or not (values is None or isinstance(values, Mapping)):
            return await self._usual.run(statement, values)
        with self._told(prepared.sql):
            status = await self._raw.execute(prepared.sql, *prepared.values(_one(values)))
        return _touched(status)

    async def command(self, sql: str) -> None:
        """Run a savepoint command."""
        await self._begin()
        with self._told(sql):
            await self._raw.execute(sql)

    async def commit(self) -> None:
        """Make it last, if anything was written."""
        if self._begun:
            with self._told("COMMIT"):
                await self._raw.execute("COMMIT")
            self._begun = False

    async def undo(self) -> None:
        """Leave nothing behind; a connection that cannot even do that is thrown away."""
        try:
            if self._begun and not self.lost:
                await self._raw.execute("ROLLBACK")
        except _GONE:
            self._broken = True
        except BaseException:  # cancelled: nobody knows what the connection is in the middle of
            self._broken = True
            raise
        finally:
            if self.lost:
                await self._connection.invalidate()

    @property
    def lost(self) -> bool:
        """Whether the connection is of no more use."""
        return self._broken or self._raw.is_closed()

    async def _begin(self) -> None:
        if not self._begun:
            with self._told("BEGIN"):
                await self._raw.execute("BEGIN")
            self._begun = True

    @contextmanager
    def _told(self, sql: str) -> Iterator[None]:
        """Say what the driver says in the store's words, and a mistake of ours in SQLAlchemy's."""
        try:
            yield
        except asyncpg.InvalidCachedStatementError as error:
            raise Again("the schema changed under a prepared statement") from error
        except asyncpg.PostgresError as error:
            raise _in_our_words(sql, error) from None
        except ValueError:  # a value that does not fit never left; the driver's words quote it
            raise DBAPIError(sql, None, ValueError("a value does not fit its column")) from None
        except (OSError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            self._broken = True  # it may have been told its end before it is closed
            raise StoreDown(f"the database is not there: {type(error).__name__}") from error


def _in_our_words(sql: str, error: asyncpg.PostgresError) -> Exception:
    state = error.sqlstate or ""
    if state in AGAIN:
        return Again("the transaction lost against another one")
    if state[:2] in _DOWN:
        return StoreDown(f"the database is not there: {type(error).__name__}")
    kind = IntegrityError if state.startswith(_BROKEN_PROMISE) else DBAPIError
    return kind(sql, None, Refused(error))


def _one(values: Values | None) -> Mapping[str, Any]:
    return values if isinstance(values, Mapping) else {}


def _touched(status: str) -> int:
    """The number of rows in a command tag (`UPDATE 3`, `INSERT 0 1`)."""
    count = status.rpartition(" ")[2]
    return int(count) if count.isdecimal() else -1
