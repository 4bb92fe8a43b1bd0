"""SQLite: one writer that commits several waiting works together, and readers beside it (sqlite_readers.py).

A statement sent to aiosqlite's thread through SQLAlchemy's greenlet costs about four times the statement itself
(docs/performance.md). So the writer runs short statements in the event loop through Core. Only what may wait
for another process or the disk (BEGIN IMMEDIATE, COMMIT, ROLLBACK) runs in aiosqlite's thread.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError

from storage.engines.line import lost_connections, meaning
from storage.engines.sqlite_files import BUSY_SECONDS, connected, file_of, watching
from storage.engines.sqlite_line import DirectLine
from storage.engines.sqlite_readers import READERS, Readers
from storage.migrations import Schema, migrate, newest, schema_of
from storage.session import CLOSED, Dialect, Line, PoolUse, StoreDown, WrongKey

T = TypeVar("T")
_TRY_EVERY_SECONDS = 0.005  # SQLite's own busy handler sleeps up to 0.1 s and would miss an import's pauses
BATCH = (
    32  # works that share one commit: enough to make the disk free, few enough to keep the loop responsive
)


class _Work:
    """A work that waits for the writer, and its outcome."""

    def __init__(self, run: Callable[[Line], Awaitable[Any]]) -> None:
        self.run = run
        self.done = False
        self.committed = False
        self.result: Any = None
        self.error: BaseException | None = None


class SqliteEngine:
    """One SQLite file in WAL mode; other processes may write to it, too, in short transactions."""

    dialect: Dialect = "sqlite"

    def __init__(
        self, path: Path, thread: aiosqlite.Connection, connection: Connection, readers: Readers
    ) -> None:
        self.file = path
        self._thread = thread
        self._connection = connection
        self._raw: sqlite3.Connection = thread._conn  # noqa: SLF001 (loop and thread speak through this one connection)
        self._line = DirectLine(connection, self._raw)
        self._readers = readers
        self._watch: sqlite3.Connection | None = None
        self._version: int | None = None
        self._others: int | None = None
        self._turn = asyncio.Lock()
        self._marked = False  # a savepoint is open with nothing written after it
        self._unchanged = 0  # `total_changes` when the transaction began
        self._waiting: deque[_Work] = deque()
        self._closed = False

    @classmethod
    async def open(cls, url: str) -> "SqliteEngine":
        """Open the file; create it and its folder if missing.

        Raises:
            StoreDown: the file cannot be opened.
        """
        path = file_of(url)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            thread = await connected(path)
        except (OSError, sqlite3.Error) as error:
            why = error if isinstance(error, OSError) else _why(error)
            raise StoreDown(f"the database file {path} cannot be opened: {why}") from error
        raw = thread._conn  # noqa: SLF001 (the one connection that both the loop and its thread speak through)
        writer = create_engine("sqlite://", hide_parameters=True, creator=lambda: raw, poolclass=StaticPool)
        connection = writer.connect().execution_options(isolation_level="AUTOCOMMIT")
        return cls(path, thread, connection, Readers(path))

    async def write(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run the work; it shares a commit with other waiting works, each in its own savepoint."""
        if self._closed:
            raise StoreDown(CLOSED)
        item = _Work(work)
        self._waiting.append(item)
        try:
            async with self._turn:
                while not item.done:  # more works may be ahead than one commit takes
                    await self._run_waiting()
        except BaseException:
            if item in self._waiting:
                self._waiting.remove(item)
            raise
        if item.error is not None:
            # The traceback leads to this frame. Holding the error here, too, would make a cycle that keeps the
            # work, perhaps with a photo, until the collector runs.
            error, item.error = item.error, None
            try:
                raise error
            finally:
                del error
        result: T = item.result
        return result

    async def _run_waiting(self) -> None:
        batch: list[_Work] = []
        self._marked = False
        try:
            await self._begin()
            while self._waiting and len(batch) < BATCH:
                batch.append(self._waiting.popleft())
                await self._run_one(batch[-1])
            await self._commit(written=self._raw.total_changes > self._unchanged)
        except (sqlite3.Error, StoreDown, DBAPIError) as error:
            # If BEGIN itself failed, it failed for all waiting works.
            down = StoreDown(f"the database did not commit: {_why(error)}")
            for item in batch or self._all_waiting():
                item.done, item.error = True, down
            with suppress(sqlite3.Error):  # what cannot be rolled back when told to, SQLite undoes by itself
                await self._undo()
        except BaseException:
            if self._raw.in_transaction:
                await self._undo()
                # The other works are not lost with the cancelled one.
                self._waiting.extendleft(reversed(batch))
            else:
                _finish(batch)  # cancelled while the commit went through
            raise
        else:
            _finish(batch)

    def _all_waiting(self) -> list[_Work]:
        waiting = [*self._waiting]
        self._waiting.clear()
        return waiting

    async def _commit(self, *, written: bool) -> None:
        """Commit; in the thread, which waits for the disk, if anything was written."""
        if written:
            await self._in_thread(self._raw.commit)
        else:
            self._raw.commit()

    async def _begin(self) -> None:
        """Begin at once, or wait in the thread for another process."""
        try:
            self._raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            await self._in_thread(self._begin_patiently)
        self._unchanged = self._raw.total_changes

    def _begin_patiently(self) -> None:
        until = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(_TRY_EVERY_SECONDS)
            else:
                return

    async def _in_thread(self, call: Callable[[], object]) -> None:
        """Run a blocking call in aiosqlite's thread; a cancelled caller still waits for it."""
        future = asyncio.get_running_loop().create_future()
        self._thread._tx.put_nowait((future, call))  # noqa: SLF001 (its own methods would need a task to be waited for)
        try:
            await asyncio.shield(future)
        except asyncio.CancelledError:
            await _over(future)
            raise

    async def _run_one(self, item: _Work) -> None:
        """Run a work, and undo it if it raises: in its own savepoint, or with the transaction if that holds nothing else."""
        item.result = item.error = None
        before = self._raw.total_changes
        first = before == self._unchanged
        if not first and not self._marked:
            self._raw.execute("SAVEPOINT work")
            self._marked = True
        try:
            item.result = await item.run(self._line)
        except Exception as error:  # raised from its own `write` call
            if isinstance(error, StoreDown) and not isinstance(error, WrongKey):
                raise  # the transaction is lost as a whole
            item.error = error
            written = self._raw.total_changes > before
            if written and first:
                self._raw.rollback()
                await self._begin()
            elif written:
                self._raw.execute("ROLLBACK TO work")  # the savepoint stays for the next work
        else:
            if self._marked:
                self._raw.execute("RELEASE work")
                self._marked = False

    async def _undo(self) -> None:
        if self._raw.in_transaction:
            await self._in_thread(self._raw.rollback)

    async def read(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Run a read in a thread; a cancelled caller still waits for it."""
        if self._closed:
            raise StoreDown(CLOSED)
        reading = self._readers.begin(work)
        try:
            return await asyncio.shield(reading)
        except asyncio.CancelledError:
            await _over(reading)
            raise

    async def changed(self) -> bool:
        """Whether anybody committed a change since the last call."""
        before = self._version
        try:
            self._watch = self._watch or watching(self.file)
            (self._version,) = self._watch.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:  # locked for a moment, or not there: whoever looks will be told
            self._version = None
        return self._version is None or self._version != before

    async def contended(self) -> bool:
        """Whether a work waits for the writer, or another process committed since the last call."""
        if self._waiting or self._turn.locked():
            return True
        before = self._others
        (self._others,) = self._raw.execute("PRAGMA data_version").fetchone()
        return before != self._others

    def pool(self) -> PoolUse:
        """The writer, and the connections of readers."""
        in_use = self._readers.in_use + self._turn.locked()
        return PoolUse(in_use, READERS + 1 - in_use, READERS + 1, len(self._waiting))

    async def migrate(
        self, *, to: str | None = None, back: bool = False, before: Callable[[], None] | None = None
    ) -> None:
        """Migrate the file.

        Raises:
            StoreDown: it cannot be written.
        """
        async with self._turn:
            try:
                self._raw.execute("PRAGMA temp_store=FILE")  # an index of a large table is sorted
                await self._begin()
                schema = schema_of(self._connection)
                if before is not None and schema.step not in {None, to or newest()}:
                    await self._in_thread(before)
                migrate(self._connection, to, back=back)
                await self._in_thread(self._raw.commit)
            except (sqlite3.Error, DBAPIError) as error:
                raise StoreDown(f"the database cannot be migrated: {_why(error)}") from error
            finally:
                with suppress(sqlite3.Error):
                    await self._undo()
                    self._raw.execute("PRAGMA temp_store=MEMORY")

    async def schema(self) -> Schema:
        """Schema of the file."""
        async with self._turn:
            if self._closed:
                raise StoreDown(CLOSED)
            with lost_connections():
                return schema_of(self._connection)

    async def close(self) -> None:
        """Close the writer and the readers."""
        self._closed = True
        async with self._turn:  # waits for a running commit
            self._readers.close()
            self._connection.close()
            self._connection.engine.dispose(close=False)
            if self._watch is not None:
                self._watch.close()
            await self._thread.close()


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _finish(batch: Sequence[_Work]) -> None:
    for item in batch:
        item.done = True


async def _over(work: asyncio.Future[T]) -> None:
    """Wait for the end of what a cancelled caller began; nobody is told of its error, so asyncio logs none."""
    await asyncio.wait({work})
    if not work.cancelled():
        work.exception()


def _why(error: Exception) -> str:
    return str(meaning(error) or type(error).__name__).removeprefix("the database is not there: ")
