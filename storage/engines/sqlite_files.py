"""Opening a SQLite file: the writer's connection with its thread, and one that watches for changes."""

import asyncio
import re
import sqlite3
from pathlib import Path

import aiosqlite
from sqlalchemy.engine import make_url

BUSY_SECONDS = 10
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA wal_autocheckpoint=1000",
    "PRAGMA temp_store=MEMORY",  # a savepoint copies each page that changes after it; a file costs two calls a page
    "PRAGMA busy_timeout=0",  # the event loop never waits for another process; the thread does, see SqliteEngine
    "PRAGMA cache_size=-2000",  # 2 MB per connection: 8 MB cost 7 MB of memory and gained nothing with 100,000 applications
)


def file_of(url: str) -> Path:
    """Path of the file that a SQLite URL names."""
    return Path(make_url(url).database or "")


def schema_copies(path: Path) -> list[Path]:
    """Copies of the file that were made before its schema changed."""
    named = re.compile(re.escape(path.name) + r"\.\d{4}\.bak")
    return [one for one in path.parent.iterdir() if named.fullmatch(one.name)]


async def connected(path: Path) -> aiosqlite.Connection:
    """Connect to the file; on failure the connection's thread has ended before the error is raised.

    Raises:
        sqlite3.Error: the file cannot be opened, or is no database.
    """
    connection = aiosqlite.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    thread = connection._thread  # noqa: SLF001 (as SQLAlchemy's dialect does)
    thread.daemon = True  # a crash must not hang on it
    try:
        await connection
        for pragma in _PRAGMAS:
            await connection.execute_fetchall(pragma)
    except BaseException:
        connection.stop()
        await asyncio.to_thread(thread.join)
        raise
    return connection


def watching(path: Path) -> sqlite3.Connection:
    """Connection whose `PRAGMA data_version` changes with every commit of any other connection."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    connection.execute("PRAGMA query_only=ON")
    return connection
