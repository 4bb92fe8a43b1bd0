"""Pure reads of a SQLite file: each runs as a whole in a thread, on a connection of its own.

A read waits for nothing but the database, so its statements need no event loop: one hop to a thread a read, instead of one with two
switches of a greenlet a statement (docs/performance.md).
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import QueuePool, create_engine, event

from storage.engines.line import lost_connections
from storage.engines.sqlite_files import BUSY_SECONDS
from storage.engines.sqlite_line import DirectLine
from storage.session import Line

T = TypeVar("T")
READERS = 4  # reads at once


class Readers:
    """Read-only connections to a file."""

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(
            f"sqlite:///{path}",
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            connect_args={"timeout": BUSY_SECONDS},
            poolclass=QueuePool,
            pool_size=READERS,
            max_overflow=0,
        )
        event.listen(self._engine, "connect", _only_reads)
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

    @property
    def in_use(self) -> int:
        """Connections that read now."""
        pool: Any = self._engine.pool
        return int(pool.checkedout())

    def begin(self, work: Callable[[Line], Awaitable[T]]) -> asyncio.Future[T]:
        """Run a read in a thread."""
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._threads, copy_context().run, self._run, work)

    def _run(self, work: Callable[[Line], Awaitable[T]]) -> T:
        with lost_connections(), self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            return _result_of(work(DirectLine(connection, raw)))

    def close(self) -> None:
        """Close the connections; those that read now are closed when they are done."""
        self._threads.shutdown(wait=False)
        self._engine.dispose()


def _result_of(work: Awaitable[T]) -> T:
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as end:
        result: T = end.value
        return result
    steps.close()
    raise RuntimeError("a read waits for something other than the database")


def _only_reads(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")
