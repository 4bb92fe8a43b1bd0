"""PostgreSQL through asyncpg: any number of processes share it; a turn has a connection and a transaction of its own."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engines.line import AsyncLine, lost_connections
from storage.migrations import upgrade, version_of
from storage.store import Again, Dialect, Line, StoreDown

T = TypeVar("T")
POOL = 10
TRIES = 5


class PostgresEngine:
    """One PostgreSQL database."""

    dialect: Dialect = "postgresql"

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @classmethod
    async def open(cls, url: str) -> "PostgresEngine":
        """Make the pool; the first transaction connects."""
        return cls(
            create_async_engine(
                url, hide_parameters=True, pool_size=POOL, max_overflow=POOL, pool_pre_ping=False
            )
        )

    async def write(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run the work in a transaction; again after a deadlock."""
        for _ in range(TRIES):
            try:
                with lost_connections():
                    async with self._engine.begin() as connection:
                        return await work(AsyncLine(connection))
            except Again:
                continue
        raise StoreDown("the database did not commit: too many deadlocks")

    async def read(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run a read in a transaction that is rolled back."""
        with lost_connections():
            async with self._engine.connect() as connection:
                return await work(AsyncLine(connection))

    async def migrate(self) -> None:
        """Bring the database to the newest schema; two processes that start at once take turns."""
        try:
            async with self._engine.begin() as connection:
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
        await self._engine.dispose()
