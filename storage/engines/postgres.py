"""PostgreSQL through asyncpg: shared by any number of processes; each turn has its own connection and transaction."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from inspect import signature
from pathlib import Path
from typing import TypeVar

import asyncpg
from sqlalchemy import NullPool
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.engines.alchemy import AsyncConnection, AsyncEngine, create_async_engine
from storage.engines.line import meaning, refused, sqlstate_of
from storage.engines.postgres_hosts import CONNECT_SECONDS, REFUSALS, Hosts
from storage.engines.postgres_line import PostgresLine, drop, raw_of
from storage.engines.postgres_news import News
from storage.engines.statements import Statements
from storage.migrations import Schema, migrate, newest, schema_of
from storage.schema import metadata
from storage.session import CLOSED, Again, Dialect, Line, PoolUse, StoreDown

T = TypeVar("T")
CONNECTIONS = 20  # per process, with the one that listens
TRIES = 5
STATEMENTS = 500  # prepared statements per connection; more than the product has
# A server that hangs (stopped process, lost network) sends nothing, so only a time-out ends the wait for a statement.
# Our slowest statements take seconds.
COMMAND_SECONDS = 15.0
LOCK_MILLISECONDS, LOCK_TRIES = 2_000, 60
_FULL = "53300"  # too many connections
_NOT_ALLOWED = "42501"  # insufficient privilege
_LOCKED = "55P03"  # a lock was not to be had in time
_CLOSE_SECONDS = 2.0
_NOT_OPENED = (OSError, SQLAlchemyError, *REFUSALS)

for _index in (index for table in metadata.sorted_tables for index in table.indexes):
    _index.dialect_kwargs["postgresql_where"] = _index.dialect_kwargs.get("sqlite_where")


class PostgresEngine:
    """One PostgreSQL database.

    Args:
        pool: connections at most; one of them listens.
    """

    dialect: Dialect = "postgresql"
    file: Path | None = None

    def __init__(self, url: str, *, pool: int = CONNECTIONS) -> None:
        self._url = url
        self._hosts = Hosts()
        self._engine = engine_of(url, self._hosts, command_timeout=COMMAND_SECONDS)
        self._statements = Statements(self._engine.dialect)
        self._most = pool
        self._room = asyncio.Semaphore(pool - 1)
        self._idle: list[AsyncConnection] = []
        self._lent = 0
        self._wanted = 0  # who waits for a connection to come back
        self._back = asyncio.Condition()
        self._closed = False
        self._news = News(self._engine.connect, _NOT_OPENED)

    @classmethod
    async def open(cls, url: str, *, pool: int = CONNECTIONS) -> "PostgresEngine":
        """Create the pool; the first transaction connects.

        Raises:
            StoreDown: the driver would not understand the address.
        """
        try:
            opened = cls(url, pool=pool)
            _, given = opened._engine.dialect.create_connect_args(opened._engine.url)
        except (SQLAlchemyError, TypeError, ValueError):
            raise StoreDown("its address cannot be read: look at hosts, ports and parameters") from None
        unknown = sorted(given.keys() - signature(asyncpg.connect).parameters.keys() - {"application_name"})
        if unknown:
            hint = "; asyncpg takes ssl=require" if "sslmode" in unknown else ""
            raise StoreDown(f"its address has the unknown parameter {unknown[0]}{hint}")
        return opened

    async def write(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run the work in a transaction; after a deadlock, retry after a random pause."""
        for attempt in range(TRIES):
            try:
                async with self._line() as line:
                    result = await work(line)
                    await line.commit()
                    return result
            except Again:
                await asyncio.sleep(
                    secrets.randbelow(10_000) / 1e6 * 2**attempt
                )  # at most 10 ms, then 20, 40 …
        raise StoreDown("the database did not commit: too many deadlocks")

    async def read(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run a read; whatever it wrote is rolled back."""
        async with self._line() as line:
            return await work(line)

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[PostgresLine]:
        """Lend a connection; uncommitted work is rolled back when it is returned."""
        async with self._room:
            line = PostgresLine(await self._connection(), self._statements)
            try:
                yield line
            finally:
                await self._take_back(line)

    async def _connection(self) -> AsyncConnection:
        """An idle connection or a new one; if the server refuses more, wait briefly for a returned one."""
        if self._closed:
            raise StoreDown(CLOSED)
        self._lent += 1
        try:
            while True:
                while self._idle:
                    connection = self._idle.pop()
                    if not raw_of(connection).is_closed():
                        return connection
                    await drop(connection)
                try:
                    return await self._engine.connect()
                except _NOT_OPENED as error:
                    down = refused(error)
                    if not (_FULL in str(down) and await self._one_comes_back()):
                        raise down from error
        except BaseException:
            await self._one_less()
            raise

    async def _one_comes_back(self) -> bool:
        """Wait until a lent connection is returned; False on time-out."""
        self._lent -= 1
        self._wanted += 1
        try:
            async with asyncio.timeout(CONNECT_SECONDS), self._back:
                self._back.notify_all()
                await self._back.wait_for(lambda: self._idle or not self._lent)
        except TimeoutError:
            pass
        finally:
            self._lent += 1
            self._wanted -= 1
        return bool(self._idle)

    async def _one_less(self) -> None:
        """Decrease the number of lent connections and wake waiters."""
        self._lent -= 1
        if self._wanted:
            async with self._back:
                self._back.notify_all()

    async def _take_back(self, line: PostgresLine) -> None:
        """Return a connection to our own idle list, which is cheaper than SQLAlchemy's pool."""
        try:
            await line.undo()
        finally:
            if line.server_gone:
                await self._drop_idle()
            if line.lost or self._closed:
                await line.drop()
            else:
                if (
                    line.connection.in_transaction()
                ):  # SQLAlchemy counts a transaction; for the driver it is autocommit
                    await line.connection.rollback()
                self._idle.append(line.connection)
            await self._one_less()

    async def _drop_idle(self) -> None:
        while self._idle:
            await drop(self._idle.pop())

    async def changed(self) -> bool:
        """Whether a process told that something is due since the last call."""
        return not self._closed and await self._news.any()

    async def contended(self) -> bool:
        """No: the server lets everybody write, and gives a row to those who wait for it in their order."""
        return False

    def pool(self) -> PoolUse:
        """Connections of this process."""
        in_line = len(self._room._waiters or ())  # noqa: SLF001 (counting them here would cost every transaction)
        return PoolUse(self._lent, len(self._idle), self._most, in_line + self._wanted)

    async def migrate(
        self,
        *,
        to: str | None = None,
        back: bool = False,
        before: Callable[[], None] | None = None,  # noqa: ARG002 (a server's own copies are complete)
    ) -> None:
        """Migrate the database; processes that start together take turns.

        An empty one in one transaction; else one for each step, so that others wait for one step at most. No
        statement time-out: a large table is rewritten, or another process migrates first.
        """
        engine = engine_of(self._url, self._hosts, command_timeout=None, isolation_level="READ COMMITTED")
        to = to or newest()
        try:
            async with engine.connect() as connection:
                schema = await connection.run_sync(schema_of)
            steps = [one for one in schema.missing if one < to] if schema.step else []
            for step in [*steps, to]:
                await _take(engine, step, back=back)
        except _NOT_OPENED as error:
            why = meaning(error) or type(error).__name__
            if sqlstate_of(error) == _NOT_ALLOWED:
                why = "this account may not change tables; run `loket migrate` with one that may"
            raise StoreDown(f"the database cannot be migrated: {why}") from error
        finally:
            await engine.dispose()

    async def schema(self) -> Schema:
        """Schema of the database."""
        async with self._line() as line:
            return await line.schema()

    async def close(self) -> None:
        """Close idle connections; lent ones are closed when returned."""
        self._closed = True
        await self._news.close()
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                while self._idle:
                    await self._idle[-1].close()
                    self._idle.pop()
        except _NOT_OPENED:
            await self._drop_idle()
        await self._engine.dispose()


async def _take(engine: AsyncEngine, step: str, *, back: bool) -> None:
    """Bring the database to one step; a table that a transaction holds is waited for in short attempts.

    A statement that waits for a table makes everybody else wait behind it.
    """
    for left in reversed(range(LOCK_TRIES)):
        try:
            async with engine.begin() as connection:
                await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4210517)")
                await connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")
                await connection.run_sync(lambda sync: migrate(sync, step, back=back))
        except DBAPIError as error:
            if not left or sqlstate_of(error) != _LOCKED:
                raise
            await asyncio.sleep(secrets.randbelow(1_000) / 1e3)
        else:
            return


def engine_of(
    url: str, hosts: Hosts, *, command_timeout: float | None, isolation_level: IsolationLevel = "AUTOCOMMIT"
) -> AsyncEngine:
    """SQLAlchemy engine that compiles SQL and opens connections; `PostgresEngine` pools them."""
    return create_async_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        isolation_level=isolation_level,
        connect_args={
            "statement_cache_size": STATEMENTS,
            "command_timeout": command_timeout,
            "async_creator_fn": hosts.connect,
        },
    )
