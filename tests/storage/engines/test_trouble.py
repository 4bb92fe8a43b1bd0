"""Trouble with the database: every kind is StoreDown, and the store works again as soon as the database does."""

import asyncio
import gc
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from storage.engines import postgres as engine
from storage.engines import postgres_hosts
from storage.schema import heard
from storage.session import StoreDown, Writing
from storage.store import Store
from storage.vault import Vault
from tests.support import postgres
from tests.support.clock import Clock

_hear = insert(heard)
_count = select(func.count()).select_from(heard)
VAULT = Vault([bytes(range(32))])


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[postgres.Server]:
    """A server that these tests may end; the others' one goes on."""
    binaries = postgres.binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's binaries were not found")
    with postgres.running(binaries, settings=postgres.DURABLE) as server:
        yield server


@pytest.fixture
async def troubled(server: postgres.Server) -> AsyncIterator[Store]:
    store = await Store.open(server.url(server.create()), vault=VAULT, clock=Clock())
    await store.migrate()
    yield store
    await store.close()


def hears(name: int, *, usual: bool):
    """A write; `usual`: by a statement that SQLAlchemy builds anew, instead of one that was prepared."""

    async def work(db: Writing) -> None:
        await db.run(insert(heard) if usual else _hear, {"message_index": b"%d" % name, "heard_at": db.now})
        await db.scalar(select(func.count()).select_from(heard) if usual else _count)

    return work


async def filled(store: Store, *, usual: bool) -> None:
    """Open several connections, and let every statement be prepared."""
    for turn in range(3):
        await asyncio.gather(*(store.write(hears(10 * turn + one, usual=usual)) for one in range(5)))


async def until_it_writes(store: Store, *, usual: bool) -> int:
    """How many writes were refused until one went through; whatever else is raised comes out."""
    for refused in range(500):
        try:
            await store.write(hears(1000, usual=usual))
        except StoreDown:
            await asyncio.sleep(0.02)
        else:
            return refused
    raise AssertionError("it does not write again")


BOTH_WAYS = pytest.mark.parametrize("usual", [False, True], ids=["prepared", "built"])
pytestmark = pytest.mark.postgres


@BOTH_WAYS
@pytest.mark.parametrize("mode", ["immediate", "fast"])
async def test_a_server_that_ends_is_store_down_and_is_used_again_after(server, troubled, mode, usual):
    await filled(troubled, usual=usual)
    server.stop(mode)
    try:
        for _ in range(3):
            with pytest.raises(StoreDown):
                await troubled.write(hears(100, usual=usual))
            with pytest.raises(StoreDown):
                await troubled.read(lambda db: db.scalar(_count))
            with pytest.raises(StoreDown):
                await troubled.schema()
    finally:
        server.start()
    await troubled.write(hears(101, usual=usual))  # at once: no connection of before is lent any more
    assert await troubled.read(lambda db: db.scalar(_count)) == 16


@BOTH_WAYS
async def test_a_server_that_ends_in_the_middle_of_transactions_is_store_down(server, troubled, usual):
    await filled(troubled, usual=usual)
    inside, goes_on = asyncio.Barrier(6), asyncio.Event()

    async def waits(db: Writing) -> None:
        await hears(200, usual=usual)(db)
        await inside.wait()
        await goes_on.wait()
        await db.scalar(_count)

    async def waits_to_commit(db: Writing) -> None:
        await db.run(_hear, {"message_index": b"%d" % id(db), "heard_at": db.now})
        await inside.wait()
        await goes_on.wait()

    works = [asyncio.ensure_future(troubled.write(work)) for work in (waits, *[waits_to_commit] * 4)]
    await inside.wait()
    server.stop("immediate")
    server.start()
    goes_on.set()
    told = await asyncio.gather(*works, return_exceptions=True)
    assert all(isinstance(one, StoreDown) for one in told), told
    await troubled.write(hears(201, usual=usual))


@BOTH_WAYS
async def test_a_server_that_is_starting_is_store_down(server, troubled, usual):
    """While it recovers it answers 57P03 to whoever connects."""
    await filled(troubled, usual=usual)
    for _ in range(2):
        writing = asyncio.ensure_future(until_it_writes(troubled, usual=usual))
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        await writing
        await troubled.write(lambda db: db.run(heard.delete().where(heard.c.message_index == b"1000")))


@BOTH_WAYS
async def test_a_server_that_takes_no_writes_is_store_down(server, troubled, usual):
    await filled(troubled, usual=usual)
    server.read_only(on=True)
    try:
        await asyncio.sleep(0)
        for _ in range(4):
            with pytest.raises(StoreDown):
                await fresh_write(troubled, usual=usual)
        assert await troubled.read(lambda db: db.scalar(_count)) >= 15, "reading goes on"
    finally:
        server.read_only(on=False)
    await until_it_writes(troubled, usual=usual)


async def fresh_write(store: Store, *, usual: bool) -> None:
    """Write until the server has read its settings anew: it tells its processes with a signal."""
    for name in range(2000, 2200):
        await store.write(hears(name, usual=usual))
        await asyncio.sleep(0.02)


async def test_more_work_than_the_server_has_connections_waits_for_one(server):
    name = server.create()
    store = await Store.open(server.url(name), vault=VAULT, clock=Clock())
    await store.migrate()
    server.sql(
        f"CREATE ROLE clerk LOGIN; GRANT ALL ON DATABASE {name} TO clerk; ALTER DATABASE {name} OWNER TO clerk"
    )
    await store.write(lambda db: db.run(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk")))
    await store.close()
    server.sql(f"ALTER DATABASE {name} CONNECTION LIMIT 3")
    store = await Store.open(server.url(name).replace("loket@", "clerk@"), vault=VAULT, clock=Clock())

    async def slow(db: Writing) -> None:
        await db.rows(text("SELECT pg_sleep(0.01)"))

    try:
        await asyncio.gather(*(store.write(slow) for _ in range(30)))
        assert len(store._engine._idle) <= 3
    finally:
        await store.close()


async def test_without_any_connection_left_it_is_store_down(server):
    name = server.create()
    server.sql("CREATE ROLE alone LOGIN", f"ALTER DATABASE {name} CONNECTION LIMIT 0")
    store = await Store.open(server.url(name).replace("loket@", "alone@"), vault=VAULT, clock=Clock())
    with pytest.raises(StoreDown, match="53300"):
        await store.read(lambda db: db.scalar(_count))
    with pytest.raises(StoreDown, match="53300"):
        await store.schema()
    with pytest.raises(StoreDown):
        await store.migrate()
    await store.close()


@pytest.mark.parametrize("named", ["nowhere", "nobody"])
async def test_a_database_or_a_user_that_is_not_there_is_store_down(server, named):
    url = server.url("nowhere") if named == "nowhere" else server.url("postgres").replace("loket@", "nobody@")
    store = await Store.open(url, vault=VAULT, clock=Clock())
    for _ in range(2):
        with pytest.raises(StoreDown, match="not there"):
            await store.read(lambda db: db.scalar(_count))
    await store.close()


@BOTH_WAYS
async def test_a_server_that_hangs_is_store_down_after_the_time_out(server, monkeypatch, usual):
    monkeypatch.setattr(engine, "COMMAND_SECONDS", 0.5)
    monkeypatch.setattr(postgres_hosts, "CONNECT_SECONDS", 0.5)
    store = await Store.open(server.url(server.create()), vault=VAULT, clock=Clock())
    await store.migrate()
    await filled(store, usual=usual)
    with server.hanging():
        for _ in range(2):  # by a connection that was idle, and by one that is to be opened
            with pytest.raises(StoreDown):
                async with asyncio.timeout(60):
                    await store.write(hears(300, usual=usual))
        async with asyncio.timeout(60):
            await store.close()
    store = await Store.open(server.url(server.create()), vault=VAULT, clock=Clock())
    await store.migrate()
    await store.write(hears(301, usual=usual))
    await store.close()


async def test_cancellation_does_not_wait_for_a_hanging_server(server, troubled):
    await filled(troubled, usual=False)
    with server.hanging(), pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await troubled.write(hears(400, usual=False))
    await until_it_writes(troubled, usual=False)


async def test_a_store_that_was_closed_is_store_down(store: Store):
    await store.close()
    with pytest.raises(StoreDown, match="closed"):
        await store.write(hears(1, usual=False))
    with pytest.raises(StoreDown, match="closed"):
        await store.read(lambda db: db.scalar(_count))
    with pytest.raises(StoreDown, match="closed"):
        await store.schema()


@pytest.fixture
async def filed(_sqlite_url: str) -> AsyncIterator[tuple[Store, Path]]:
    store = await Store.open(_sqlite_url, vault=VAULT, clock=Clock())
    yield store, Path(_sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    await store.close()


async def test_a_full_disk_is_store_down_until_there_is_room(filed):
    store, _path = filed
    raw = store._engine._raw
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count = {pages}")

    async def much(db: Writing) -> None:
        for name in range(2000):
            await db.run(_hear, {"message_index": b"%0200d" % name, "heard_at": db.now})

    with pytest.raises(StoreDown, match="FULL"):
        await store.write(much)
    raw.execute("PRAGMA max_page_count = 100000")
    await store.write(much)


async def test_a_file_that_takes_no_writes_is_store_down(filed):
    store, _path = filed
    store._engine._raw.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreDown, match="READONLY"):
        await store.write(hears(1, usual=False))
    with pytest.raises(StoreDown):
        await store.migrate()
    store._engine._raw.execute("PRAGMA query_only = OFF")
    await store.write(hears(1, usual=False))


def damage(path: Path) -> None:
    """Overwrite everything but the first page, which says that it is a database."""
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))


async def test_a_damaged_file_is_store_down_and_no_fault_of_ours(filed):
    store, path = filed
    damage(path)
    for _ in range(3):
        with pytest.raises(StoreDown):
            await store.write(hears(1, usual=False))
        with pytest.raises(StoreDown):
            await store.read(lambda db: db.scalar(_count))
        with pytest.raises(StoreDown):
            await store.schema()
        with pytest.raises(StoreDown):
            await store.migrate()


async def test_all_who_wait_for_a_locked_file_are_told_after_one_wait(filed, monkeypatch):
    store, path = filed
    monkeypatch.setattr("storage.engines.sqlite.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    works = [asyncio.ensure_future(store.write(hears(one, usual=False))) for one in range(20)]
    told = await asyncio.gather(*works, return_exceptions=True)
    assert all(isinstance(one, StoreDown) for one in told)
    other.execute("ROLLBACK")
    other.close()
    await store.write(hears(1, usual=False))


async def test_a_cancelled_wait_for_a_locked_file_logs_no_error(filed, monkeypatch):
    store, path = filed
    monkeypatch.setattr("storage.engines.sqlite.BUSY_SECONDS", 0.2)
    told = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: told.append(context["message"]))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    writing = asyncio.ensure_future(store.write(hears(1, usual=False)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.wait({writing})
    assert writing.cancelled()
    del writing
    other.execute("ROLLBACK")
    other.close()
    await store.write(hears(2, usual=False))  # until then the thread holds what it did last
    gc.collect()
    await asyncio.sleep(0)
    assert told == []
