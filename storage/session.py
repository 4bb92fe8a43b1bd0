"""A transaction as storage functions see it: `Reading`, `Writing`, and the ways in which it fails.

StoreDown     nothing could be committed: the sender must try again
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from sqlalchemy import Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Executable

from storage.vault import Vault

T = TypeVar("T")
Clock = Callable[[], datetime]
Dialect = Literal["sqlite", "postgresql"]
CLOSED = "the store is closed"
DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgresql")
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def insert_for(dialect: Dialect, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An insert of the dialect that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


class StoreDown(Exception):
    """Nothing could be committed: whoever sent the message must send it again."""


class Again(StoreDown):
    """The transaction lost against another one (deadlock) and left nothing: it may be run again at once."""


class WrongKey(StoreDown):
    """The process does not hold a key that the database needs: it may not write."""

    def __init__(self) -> None:
        super().__init__(
            "this process lacks a key that the database is written with since `loket rotate-keys`: put the new key into "
            "LOKET_SECRET_KEY and the one of before into LOKET_SECRET_KEY_OLD, and restart it"
        )


class Line(Protocol):
    """One open connection inside a transaction."""

    async def rows(self, statement: Executable, values: Values | None) -> Sequence[Row[*tuple[Any, ...]]]:
        """Run a query.

        Raises:
            StoreDown: the database is not there (any more), or the transaction is lost.
        """
        ...

    async def run(self, statement: Executable, values: Values | None) -> int:
        """Run a writing statement, or one for each of many values; give the number of rows it touched."""
        ...

    async def command(self, sql: str) -> None:
        """Run a savepoint command."""
        ...


class Reading:
    """One transaction's view of the store; `now` is fixed for all of it."""

    def __init__(self, line: Line, *, now: datetime, vault: Vault, dialect: Dialect) -> None:
        self._line = line
        self.now = now
        self.vault = vault
        self.dialect: Dialect = dialect

    async def rows(
        self, statement: Executable, values: Values | None = None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Every row of a query."""
        return await self._line.rows(statement, values)

    async def one(self, statement: Executable, values: Values | None = None) -> Row[*tuple[Any, ...]] | None:
        """The first row of a query, if any."""
        found = await self._line.rows(statement, values)
        return found[0] if found else None

    async def scalar(self, statement: Executable, values: Values | None = None) -> Any:
        """The first column of the first row, None without rows."""
        row = await self.one(statement, values)
        return None if row is None else row[0]


class Writing(Reading):
    """A transaction that may write. Only `Store.write` makes one, and only `chat.once` hands it to a script's step."""

    _depth = 0

    async def run(self, statement: Executable, values: Values | None = None) -> int:
        """Run a writing statement (a list of values = many rows); give the number of rows it touched."""
        return await self._line.run(statement, values)

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update` (both databases)."""
        return insert_for(self.dialect, table)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What is written inside is undone, and only that, when the block raises."""
        self._depth += 1
        name = f"s{self._depth}"
        await self._line.command(f"SAVEPOINT {name}")
        try:
            yield
        except StoreDown:
            raise  # the transaction is lost as a whole
        except (
            Exception
        ):  # who is cancelled waits for nothing more; the transaction is undone as a whole, too
            await self._line.command(f"ROLLBACK TO SAVEPOINT {name}")
            await self._line.command(f"RELEASE SAVEPOINT {name}")
            raise
        else:
            await self._line.command(f"RELEASE SAVEPOINT {name}")
        finally:
            self._depth -= 1


class Engine(Protocol):
    """What a database must be able to do for the store."""

    dialect: Dialect

    async def write(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run the work in a transaction of its own, or in a savepoint of a shared one."""
        ...

    async def read(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run a pure read."""
        ...

    async def migrate(self) -> None:
        """Bring the database to the newest schema."""
        ...

    async def schema_version(self) -> str | None:
        """The revision that the database is at."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...
