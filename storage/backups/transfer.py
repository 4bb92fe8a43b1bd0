"""Copies a whole database into an empty one, of the same or the other kind: all rows, checked by reading them back.

The source is held meanwhile: reads go on, writes wait (docs/decisions/0070). The target is marked as unfinished
until every table is equal; then the source is closed, and the mark removed. Each table is one transaction, so a
killed transfer continues where it was; tables that changed since are copied anew.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, LargeBinary, Row, Table, event, func, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import keyring
from storage.backups import BackupRefused
from storage.engines.line import lost_connections, meaning, refused
from storage.engines.sqlite_files import BUSY_SECONDS, connected, file_of
from storage.keeping.processes import SILENT, Alive
from storage.migrations import migrate, newest, schema_of
from storage.schema import metadata, processes, writing_key

HOLD_SECONDS = keyring.SURE_SECONDS + BUSY_SECONDS + 5
"""After this time every process on the source must ask again whether it may write, and is refused."""
_BATCH_ROWS = 2_000
_BATCH_BYTES = 16 * 2**20
_LEFT_OUT = {processes.name, writing_key.name}  # about the database itself, and set at the end
_encode = msgspec.msgpack.Encoder().encode


class Progress(Protocol):
    """Receives the progress."""

    def step(self, name: str, total: int | None) -> None:
        """Start a step of so many rows."""
        ...

    def advance(self, rows: int) -> None:
        """So many more rows are done."""
        ...


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: its number of rows, and a checksum that does not depend on their order."""

    rows: int
    checksum: str


class _Tally:
    """Adds up rows to a `Content`."""

    def __init__(self) -> None:
        self._rows = self._sum = 0

    def add(self, rows: Sequence[Row[Any]]) -> None:
        self._rows += len(rows)
        for row in rows:
            self._sum += int.from_bytes(blake2b(_encode(tuple(row)), digest_size=16).digest())

    @property
    def content(self) -> Content:
        return Content(self._rows, f"{self._sum % 2**128:032x}")


async def transfer(
    source: str,
    target: str,
    *,
    progress: Progress,
    now: datetime,
    alive: Alive,
    hold_seconds: float = HOLD_SECONDS,
) -> dict[str, Content]:
    """Copy everything from `source` to `target`, and close the source; return what each table holds.

    The source is held for `hold_seconds` at least if a listed process is `alive`, which must notice.

    Raises:
        BackupRefused: one of them cannot be used for this; the source goes on as before.
    """
    async with _connected(target) as into, _connected(source) as held:
        await _hold(held)
        until = time.monotonic() + hold_seconds
        key = await _key_of(held)
        await _prepare(into, key, now, again=key.old_key_id == keyring.MOVED)
        if not await _has_writers(held, now, alive):
            until = 0.0
        elif held.dialect.name != "sqlite":
            raise BackupRefused("Stop every `loket run` first; if one was killed, wait a minute.")
        contents = await _copy_tables(held, into, progress)
        await _wait(until, progress)
        await _close(held, into)
        return contents


async def _has_writers(held: AsyncConnection, now: datetime, alive: Alive) -> bool:
    """Whether a process may still write to the source; one on this machine is known even when it is silent."""
    listed = select(processes.c.name)
    if held.dialect.name != "sqlite":
        listed = listed.where(processes.c.seen_at > now - SILENT)
    return any(map(alive, (await held.execute(listed)).scalars()))


async def _close(held: AsyncConnection, into: AsyncConnection) -> None:
    """Close the source for good, then open the target."""
    await held.execute(update(writing_key).values(old_key_id=keyring.MOVED))
    await held.commit()
    await into.execute(update(writing_key).values(old_key_id=None))
    await into.commit()


async def _key_of(held: AsyncConnection) -> Row[Any]:
    """The row of the source's writing key.

    Raises:
        BackupRefused: a rotation is under way, or the source is itself an unfinished copy.
    """
    key = (await held.execute(select(writing_key))).one()
    if key.old_key_id == keyring.MOVING:
        raise BackupRefused("The source is itself the target of a move that was not finished.")
    if key.old_key_id not in (None, keyring.MOVED):
        raise BackupRefused("A key rotation is not over; finish it with `loket rotate-keys`, then move.")
    return key


async def _prepare(into: AsyncConnection, key: Row[Any], now: datetime, *, again: bool) -> None:
    """Make the tables, and mark the target as unfinished.

    Raises:
        BackupRefused: it holds something that is not an unfinished copy.
    """
    tables = set(await into.run_sync(lambda sync: inspect(sync).get_table_names())) - {"alembic_version"}
    if not tables:
        await into.run_sync(migrate)
    elif (await into.run_sync(schema_of)).step != newest() or tables != set(metadata.tables):
        raise BackupRefused(
            "The target holds other tables than this version of Loket; name an empty database."
        )
    mark = (await into.execute(select(writing_key))).one_or_none()
    if mark is not None and mark.old_key_id == keyring.MOVING:
        return
    if again:
        raise BackupRefused(
            "This database was moved already; set LOKET_DATABASE_URL to the one that it was moved to."
        )
    for table in metadata.sorted_tables:
        if (await into.execute(select(table).limit(1))).first() is not None:
            raise BackupRefused(
                "The target holds data already; a move never overwrites, name an empty database."
            )
    await into.execute(
        insert(writing_key), {"one": 1, "key_id": key.key_id, "since": now, "old_key_id": keyring.MOVING}
    )
    await into.commit()


async def _copy_tables(
    held: AsyncConnection, into: AsyncConnection, progress: Progress
) -> dict[str, Content]:
    tables = [table for table in metadata.sorted_tables if table.name not in _LEFT_OUT]
    contents = await _equal(held, into, tables, progress)
    for table in tables:  # rows that refer to a table that is copied anew go with it
        if any(key.column.table.name not in contents for key in table.foreign_keys):
            contents.pop(table.name, None)
    missing = [table for table in tables if table.name not in contents]
    for table in reversed(missing):
        await into.execute(table.delete())
    await into.commit()
    for table in missing:
        contents[table.name] = await _copy(held, into, table, progress)
    return {table.name: contents[table.name] for table in tables}


async def _equal(
    held: AsyncConnection, into: AsyncConnection, tables: Sequence[Table], progress: Progress
) -> dict[str, Content]:
    """Tables that an earlier try copied and that are still equal."""
    equal = {}
    for table in tables:
        if (await into.execute(select(table).limit(1))).first() is None:
            continue
        rows, batch = await _extent(held, table)
        progress.step(f"comparing {table.name}", rows)
        content = await _content(held, table, batch, progress)
        if content == await _content(into, table, batch):
            equal[table.name] = content
    return equal


async def _copy(held: AsyncConnection, into: AsyncConnection, table: Table, progress: Progress) -> Content:
    """Copy one table in one transaction, and read it back.

    Raises:
        BackupRefused: the target does not take a row, or gives it back changed.
    """
    rows, batch = await _extent(held, table)
    progress.step(table.name, rows)
    tally = _Tally()
    try:
        async for part in _rows(held, table, batch):
            await into.execute(insert(table), [row._asdict() for row in part])
            tally.add(part)
            progress.advance(len(part))
    except (DBAPIError, ValueError) as error:
        raise meaning(error) or BackupRefused(
            f"A row of the table {table.name} does not fit there."
        ) from None
    if await _content(into, table, batch) != tally.content:
        raise BackupRefused(f"The table {table.name} came out changed; nothing was moved.")
    await into.commit()
    return tally.content


async def _content(
    connection: AsyncConnection, table: Table, batch: int, progress: Progress | None = None
) -> Content:
    tally = _Tally()
    async for part in _rows(connection, table, batch):
        tally.add(part)
        if progress is not None:
            progress.advance(len(part))
    return tally.content


async def _rows(connection: AsyncConnection, table: Table, batch: int) -> AsyncIterator[Sequence[Row[Any]]]:
    async with connection.stream(select(table), execution_options={"yield_per": batch}) as streamed:
        async for part in streamed.partitions():
            yield part


async def _extent(connection: AsyncConnection, table: Table) -> tuple[int, int]:
    """The number of rows, and how many of the largest fit into one batch."""
    sealed = [
        func.coalesce(func.length(one), 0) for one in table.columns if isinstance(one.type, LargeBinary)
    ]
    largest = func.max(sum(sealed[1:], sealed[0])) if sealed else func.max(0)
    rows, size = (await connection.execute(select(func.count(), largest).select_from(table))).one()
    return rows, max(1, min(_BATCH_ROWS, _BATCH_BYTES // max(1, size or 0)))


async def _wait(until: float, progress: Progress) -> None:
    left = max(0, round(until - time.monotonic()))
    if not left:
        return
    progress.step("waiting until every process has noticed, in seconds", left)
    for _ in range(left):
        await asyncio.sleep(1)
        progress.advance(1)


async def _hold(held: AsyncConnection) -> None:
    """Let nobody else write to the source until its transaction ends."""
    if held.dialect.name == "sqlite":
        await held.exec_driver_sql("SELECT 1")  # the transaction of `_engine` begins
        return
    names = ", ".join(f'"{name}"' for name in metadata.tables)
    await held.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = await _engine(url)
    try:
        with lost_connections():
            # a file that cannot be opened: the thread ends before the error is raised
            if url.startswith("sqlite"):
                await (await connected(file_of(url))).close()
            async with aclosing(await _opened(engine)) as connection:
                yield connection
    finally:
        await engine.dispose()


async def _opened(engine: AsyncEngine) -> AsyncConnection:
    """A connection.

    Raises:
        StoreDown: the server does not accept one, whatever it says.
    """
    try:
        return await engine.connect()
    except (OSError, SQLAlchemyError) as error:
        raise refused(error) from error


async def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        from storage.engines.postgres import PostgresEngine, engine_of
        from storage.engines.postgres_hosts import Hosts

        await (await PostgresEngine.open(url)).close()  # looks at the address
        return engine_of(url, Hosts(), command_timeout=None, isolation_level="READ COMMITTED")
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{file_of(url)}",
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
