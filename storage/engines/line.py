"""A transaction's connection through SQLAlchemy's asynchronous engine."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from storage.store import Again, StoreDown, Values

# Serialization failure and deadlock: the transaction left nothing and may be run again (PostgreSQL manual, appendix A).
AGAIN = frozenset({"40001", "40P01"})


class lost_connections:  # noqa: N801 (a context manager, used as a function is)
    """Say StoreDown (or Again) where the driver says that the transaction cannot go on.

    A class, as a generator would cost each statement more than its look into an index.
    """

    def __enter__(self) -> None:
        """Nothing is prepared."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put what was raised into the store's words."""
        if error is None:
            return
        if isinstance(error, OSError | OperationalError | InterfaceError):
            raise StoreDown(f"the database is not there: {type(error).__name__}") from error
        if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in AGAIN:
            raise Again("the transaction lost against another one") from error


class AsyncLine:
    """Statements that travel through an asynchronous driver (asyncpg; aiosqlite for pure reads)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rows(self, statement: Executable, values: Values | None) -> Sequence[Row[*tuple[Any, ...]]]:
        """Run a query."""
        with lost_connections():
            return (await self._connection.execute(statement, values)).all()

    async def run(self, statement: Executable, values: Values | None) -> int:
        """Run a writing statement."""
        with lost_connections():
            return (await self._connection.execute(statement, values)).rowcount

    async def command(self, sql: str) -> None:
        """Run a savepoint command."""
        with lost_connections():
            await self._connection.exec_driver_sql(sql)
