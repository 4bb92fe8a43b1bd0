"""One transaction on one PostgreSQL connection; prepared statements go straight to asyncpg.

The transaction begins with the first statement that writes or locks. At READ COMMITTED, PostgreSQL's default,
every statement sees what was committed when it began, so earlier reads see the same with and without a
transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.sql import Executable

from storage.engines.alchemy import AsyncConnection
from storage.engines.line import Gone, lost_connections, meaning
from storage.engines.statements import Statements
from storage.migrations import Schema, schema_of
from storage.session import Again, StoreDown, Values

CHANNEL = "loket"  # of LISTEN and NOTIFY
_BROKEN_PROMISE = "23"
# A connection that does not roll back within this time is dropped; the server then rolls back by itself.
_UNDO_SECONDS = 1.0


class Refused(Exception):
    """A server error without its details, which quote values."""

    def __init__(self, error: asyncpg.PostgresError) -> None:
        super().__init__(error.args[0] if error.args else type(error).__name__)
        self.sqlstate = error.sqlstate


class PostgresLine:
    """A connection lent by SQLAlchemy in autocommit mode; BEGIN and COMMIT are sent here.

    Args:
        connection: SQLAlchemy's; runs statements that are built per call.
        statements: prepared statements of this database.
    """

    def __init__(self, connection: AsyncConnection, statements: Statements) -> None:
        self.connection = connection
        self._raw = raw_of(connection)
        self._statements = statements
        self._begun = False
        self._tells = False
        self._broken = False
        self.server_gone = False  # other connections to it are useless, too

    async def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Any]:
        """Run a query."""
        prepared = self._statements.prepared(statement, values)
        if prepared is None:
            await self._begin()
            with self._noted(), lost_connections():
                return (await self.connection.execute(statement, values)).all()
        if not prepared.only_reads:
            await self._begin()
        with self._told(prepared.sql):
            return prepared.rows(await self._raw.fetch(prepared.sql, *prepared.values(_one(values))))

    async def run(self, statement: Executable, values: Values | None = None) -> int:
        """Run a writing statement."""
        await self._begin()
        prepared = self._statements.prepared(statement, values)
        if prepared is None:
            with self._noted(), lost_connections():
                return (await self.connection.execute(statement, values)).rowcount
        if not (values is None or isinstance(values, dict)):
            with self._told(prepared.sql):
                await self._raw.executemany(prepared.sql, prepared.many(values))
            return -1  # as SQLAlchemy's rowcount: the driver does not tell
        with self._told(prepared.sql):
            status = await self._raw.execute(prepared.sql, *prepared.values(_one(values)))
        return _touched(status)

    def tell_others(self) -> None:
        """Notify every process with the commit."""
        self._tells = True

    async def command(self, sql: str) -> None:
        """Run a savepoint command."""
        await self._begin()
        with self._told(sql):
            await self._raw.execute(sql)

    async def commit(self) -> None:
        """Commit, if anything was written."""
        if self._begun:
            last = f"NOTIFY {CHANNEL}; COMMIT" if self._tells else "COMMIT"
            with self._told(last):
                await self._raw.execute(last)
            self._begun = False

    async def undo(self) -> None:
        """Roll back; a connection that cannot do it in time counts as lost."""
        if not self._begun or self.lost:
            return
        self._begun = False
        try:
            await self._raw.execute("ROLLBACK", timeout=_UNDO_SECONDS)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
            self._broken = True
        except BaseException:  # cancelled: the connection's state is unknown
            self._broken = True
            raise

    async def drop(self) -> None:
        """Close the connection without contacting the server, which may hang."""
        self._raw.terminate()
        await drop(self.connection)

    async def schema(self) -> Schema:
        """Schema of the database."""
        with self._noted(), lost_connections():
            return await self.connection.run_sync(schema_of)

    @property
    def lost(self) -> bool:
        """Whether the connection is useless."""
        return self._broken or self._raw.is_closed()

    async def _begin(self) -> None:
        if not self._begun:
            with self._told("BEGIN"):
                await self._raw.execute("BEGIN")
            self._begun = True

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Note when the connection, or its server, becomes useless."""
        try:
            yield
        except StoreDown as down:
            self.note(down)
            raise

    def note(self, error: Exception) -> None:
        """Note what an error says about the connection and its server."""
        if isinstance(error, StoreDown) and not isinstance(error, Again):
            self._broken = True
            self.server_gone = isinstance(error, Gone)

    def _told(self, sql: str) -> "_Told":
        return _Told(self, sql)


class _Told:
    """Translates driver errors into store errors, and our own mistakes into SQLAlchemy errors.

    A class, because generators would cost a tenth of a statement.
    """

    __slots__ = ("_line", "_sql")

    def __init__(self, line: PostgresLine, sql: str) -> None:
        self._line = line
        self._sql = sql

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise the error in our words."""
        if not isinstance(error, Exception):
            return
        told = _in_our_words(self._sql, error)
        self._line.note(told or error)
        if told is not None and told is not error:
            raise told from (error if isinstance(told, StoreDown) else None)


def _in_our_words(sql: str, error: Exception) -> Exception | None:
    """Error to raise instead of a driver's error, without details that quote values."""
    if isinstance(error, asyncpg.InvalidCachedStatementError):
        return Again("the schema changed under a prepared statement")
    down = meaning(error)
    if down is not None:
        return down
    if isinstance(error, asyncpg.PostgresError):
        kind = IntegrityError if (error.sqlstate or "").startswith(_BROKEN_PROMISE) else DBAPIError
        return kind(sql, None, Refused(error))
    if isinstance(error, ValueError):  # never sent; the driver's message quotes the value
        return DBAPIError(sql, None, ValueError("a value does not fit its column"))
    return None


async def drop(connection: AsyncConnection) -> None:
    """Close a connection at once, without contacting the server."""
    with suppress(SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        raw_of(connection).terminate()
        await connection.invalidate()
    with suppress(SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        await connection.close()


def raw_of(connection: AsyncConnection) -> Any:
    """Driver connection beneath SQLAlchemy's."""
    shared: Any = connection.sync_connection
    return shared.connection.driver_connection


def _one(values: Values | None) -> Mapping[str, Any]:
    return values if isinstance(values, dict) else {}


def _touched(status: str) -> int:
    """Number of rows in a command tag (`UPDATE 3`, `INSERT 0 1`)."""
    count = status.rpartition(" ")[2]
    return int(count) if count.isdecimal() else -1
