"""A transaction as storage functions see it: `Reading`, `Writing`, and its errors.

StoreDown     nothing could be committed: the sender must try again
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

from sqlalchemy import Row, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import Executable

from storage.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    from storage.migrations import Schema

T = TypeVar("T")
P = ParamSpec("P")
Clock = Callable[[], datetime]
Dialect = Literal["sqlite", "postgresql"]
CLOSED = "the store is closed"
LOOK = timedelta(seconds=5)  # longest time between two looks at what is due
Values = dict[str, Any] | Sequence[Mapping[str, Any]]


def insert_for(dialect: Dialect, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Insert with `on_conflict_do_nothing` and `on_conflict_do_update` of the dialect."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


class ByDialect(dict[Dialect, T]):
    """A statement of each dialect, built when it is first used."""

    def __init__(self, build: Callable[[Dialect], T]) -> None:
        self._build = build

    def __missing__(self, dialect: Dialect) -> T:
        """Build it."""
        return self.setdefault(dialect, self._build(dialect))


class StoreDown(Exception):
    """Nothing could be committed; the message must be sent again."""


class Again(StoreDown):
    """The transaction lost against another one (deadlock) and changed nothing; it may be retried at once."""


class WrongKey(StoreDown):
    """The process lacks a key that the database needs, and may not write."""

    def __init__(self) -> None:
        super().__init__(
            "this process lacks a key that the database needs since `loket rotate-keys`: set LOKET_SECRET_KEY to the new "
            "key and LOKET_SECRET_KEY_OLD to the previous one, and restart it"
        )


class Moved(WrongKey):
    """Nobody may work with this database: `loket move` copied it to another one, or has not finished copying to it."""

    def __init__(self, *, finished: bool) -> None:
        StoreDown.__init__(
            self,
            "this database was moved with `loket move`; set LOKET_DATABASE_URL to the one that it was moved to"
            if finished
            else "a move into this database was not finished; run the same `loket move` again",
        )


class Line(Protocol):
    """One open connection inside a transaction."""

    async def rows(
        self, statement: Executable, values: Values | None = None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """All rows of a query.

        Raises:
            StoreDown: the database is unavailable, or the transaction is lost.
        """
        ...

    async def run(self, statement: Executable, values: Values | None = None) -> int:
        """Run a writing statement, or one per set of values; return the number of changed rows."""
        ...

    def command(self, sql: str) -> Awaitable[None]:
        """Run a savepoint command."""
        ...

    def tell_others(self) -> None:
        """Let every process look for work after the commit."""
        ...


class Reading:
    """One transaction's view of the store; `now` is fixed for all of it."""

    def __init__(self, line: Line, *, now: datetime, vault: Vault, dialect: Dialect) -> None:
        self._line = line
        self.rows = line.rows  # no method of its own, which would cost each query a coroutine
        self.now = now
        self.vault = vault
        self.dialect: Dialect = dialect

    async def one(self, statement: Executable, values: Values | None = None) -> Row[*tuple[Any, ...]] | None:
        """First row of a query, or None."""
        found = await self._line.rows(statement, values)
        return found[0] if found else None

    async def scalar(self, statement: Executable, values: Values | None = None) -> Any:
        """First column of the first row, or None."""
        row = await self.one(statement, values)
        return None if row is None else row[0]


class Writing(Reading):
    """A transaction that may write; made by `Store.write` only, and passed to scripts by `chat.once` only."""

    def __init__(self, line: Line, *, now: datetime, vault: Vault, dialect: Dialect) -> None:
        super().__init__(line, now=now, vault=vault, dialect=dialect)
        self.run = line.run

    def due(self, at: datetime) -> None:
        """Note that something written here is due at a moment, perhaps in another process.

        Later moments need no note: every process looks by itself every `LOOK` (bot/setup/agenda.py).
        """
        if at < self.now + LOOK:
            self._line.tell_others()

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Insert with `on_conflict_do_nothing` and `on_conflict_do_update`, for both databases."""
        return insert_for(self.dialect, table)

    def savepoint(self) -> "Savepoint":
        """Undo what was written inside, and only that, if the block raises."""
        return Savepoint(self._line)


Work = Callable[Concatenate[Writing, P], Awaitable[T]]
Look = Callable[Concatenate[Reading, P], Awaitable[T]]
"""Functions that run in a transaction, which is their first argument; `Look` only reads."""


class Savepoint:
    """A block of a transaction; a class, as a generator costs more. Of one name, the innermost savepoint is meant."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def __aenter__(self) -> Awaitable[None]:
        """Begin."""
        return self._line.command("SAVEPOINT block")

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was written, or undo it; after StoreDown or a cancellation the transaction is lost as a whole."""
        undone = isinstance(error, Exception) and not isinstance(error, StoreDown)
        if undone:
            await self._line.command("ROLLBACK TO SAVEPOINT block")
        if undone or error is None:
            await self._line.command("RELEASE SAVEPOINT block")


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Connections of a process: in use, idle, and how many there may be; `waiting`: transactions that wait for one."""

    in_use: int
    idle: int
    most: int
    waiting: int


class Engine(Protocol):
    """What the store needs of a database."""

    dialect: Dialect

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        ...

    async def write(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run the work in a transaction of its own, or in a savepoint of a shared one."""
        ...

    async def read(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run a pure read."""
        ...

    async def changed(self) -> bool:
        """Whether another process may have written something due, or this one anything, since the last call."""
        ...

    async def contended(self) -> bool:
        """Whether others waited for the only writer, or used it, since the last call."""
        ...

    def pool(self) -> PoolUse:
        """Connections of this process."""
        ...

    async def migrate(
        self, *, to: str | None = None, back: bool = False, before: Callable[[], None] | None = None
    ) -> None:
        """Migrate to a step, or the newest; a file calls `before` with its lock held, unless it is empty or there."""
        ...

    async def schema(self) -> "Schema":
        """What the database says about its schema."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...
