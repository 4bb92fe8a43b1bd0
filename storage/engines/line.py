"""A transaction's connection through SQLAlchemy's asynchronous engine."""

from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from storage.store import Values


class AsyncLine:
    """Statements that travel through an asynchronous driver (asyncpg; aiosqlite for pure reads)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable, values: Values | None) -> CursorResult[Any]:
        """Run one statement."""
        return await self._connection.execute(statement, values)

    async def command(self, sql: str) -> None:
        """Run a savepoint command."""
        await self._connection.exec_driver_sql(sql)
