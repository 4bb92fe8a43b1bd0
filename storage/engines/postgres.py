"""PostgreSQL through asyncpg: any number of processes share it; a turn has a connection and a transaction of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.engines.line import lost_connections
from storage.engines.postgres_line import PostgresLine
from storage.engines.prepared import Statements
from storage.migrations import upgrade, version_of
from storage.store import Again, Dialect, Line, StoreDown

T = TypeVar("T")
POOL, MORE = 10, 10  # connections that are kept, and those for a rush
TRIES = 5
STATEMENTS = 500  # that the server keeps prepared for a connection: more than the product has


class PostgresEngine:
    """One PostgreSQL database."""

    dialect: Dialect = "postgresql"

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._statements = Statements(engine.dialect)
        self._room = asyncio.Semaphore(POOL + MORE)
        self._idle: list[AsyncConnection] = []

    @classmethod
    async def open(cls, url: str) -> "PostgresEngine":
        """Make the pool; the first transaction connects."""
        return cls(
            create_async_engine(
                url,
                hide_parameters=True,
                pool_size=POOL,
                max_overflow=MORE,
                pool_pre_ping=False,
                isolation_level="AUTOCOMMIT",
                connect_args={"statement_cache_size": STATEMENTS},
            )
        )

    async def write(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run the work in a transaction; again after a deadlock."""
        for _ in range(TRIES):
            try:
                async with self._line() as line:
                    result = await work(line)
                    await line.commit()
                    return result
            except Again:
                continue
        raise StoreDown("the database did not commit: too many deadlocks")

    async def read(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run a read; whatever it begins is rolled back."""
        async with self._line() as line:
            return await work(line)

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[PostgresLine]:
        """Lend a connection; what was not committed when it comes back is undone."""
        with lost_connections():
            async with self._room:
                connection = self._idle.pop() if self._idle else await self._engine.connect()
                line = PostgresLine(connection, self._statements)
                try:
                    yield line
                finally:
                    await self._take_back(connection, line)

    async def _take_back(self, connection: AsyncConnection, line: PostgresLine) -> None:
        """Keep the connection at hand: to lend it from SQLAlchemy's pool each time costs more than a look through it."""
        kept = False
        try:
            await line.undo()
            if not line.lost and len(self._idle) < POOL:
                if connection.in_transaction():  # as SQLAlchemy counts: to the driver it is autocommit
                    await connection.rollback()
                self._idle.append(connection)
                kept = True
        finally:
            if not kept:
                await connection.close()

    async def migrate(self) -> None:
        """Bring the database to the newest schema; two processes that start at once take turns."""
        try:
            whole = self._engine.execution_options(isolation_level="READ COMMITTED")
            async with whole.begin() as connection:
                await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4210517)")
                await connection.run_sync(upgrade)
        except (OSError, SQLAlchemyError) as error:
            raise StoreDown(f"the database cannot be migrated: {type(error).__name__}") from error

    async def schema_version(self) -> str | None:
        """The revision that the database is at."""
        try:
            async with self._engine.connect() as connection:
                return await connection.run_sync(version_of)
        except (OSError, SQLAlchemyError) as error:
            raise StoreDown(f"the database cannot be read: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close the pool."""
        while self._idle:
            await self._idle.pop().close()
        await self._engine.dispose()
