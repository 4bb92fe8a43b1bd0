"""A transaction's connection through SQLAlchemy's asynchronous engine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from storage.store import Again, StoreDown, Values

# Serialization failure and deadlock: the transaction left nothing and may be run again (PostgreSQL manual, appendix A).
AGAIN = frozenset({"40001", "40P01"})


@contextmanager
def lost_connections() -> Iterator[None]:
    """Say StoreDown (or Again) where the driver says that the transaction cannot go on."""
    try:
        yield
    except (OSError, OperationalError, InterfaceError) as error:
        raise StoreDown(f"the database is not there: {type(error).__name__}") from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in AGAIN:
            raise Again("the transaction lost against another one") from error
        raise


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
