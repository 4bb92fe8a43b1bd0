"""A SQLite file's writer waits for other processes, a cancelled caller loses nobody's work, and reads go on beside it."""

import asyncio
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import bindparam, func, insert, null, select, update

from storage.engines.sqlite import SqliteEngine
from storage.engines.sqlite_readers import READERS
from storage.schema import heard
from storage.session import Reading, StoreDown, Writing
from storage.store import Store


@pytest.fixture
async def writer(_sqlite_url: str, vault, clock):
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    yield store
    await store.close()


@pytest.fixture
def path(_sqlite_url: str) -> Path:
    return Path(_sqlite_url.removeprefix("sqlite+aiosqlite:///"))


def hears(name: bytes):
    async def work(db: Writing) -> int:
        return await db.run(insert(heard), {"message_index": name, "heard_at": db.now})

    return work


def names(path: Path) -> list[bytes]:
    with sqlite3.connect(path) as other:
        return sorted(row[0] for row in other.execute("SELECT message_index FROM heard"))


async def test_a_write_waits_until_another_process_has_finished(writer: Store, path: Path):
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    async with asyncio.TaskGroup() as tasks:
        write = tasks.create_task(writer.write(hears(b"sri")))
        await asyncio.sleep(0)
        assert not write.done()
        await asyncio.to_thread(other.execute, "COMMIT")
    other.close()
    assert names(path) == [b"sri"]


async def test_a_waiting_write_gets_a_short_pause_of_another_process(writer: Store, path: Path):
    began, stop, held = threading.Event(), threading.Event(), 0

    def hold_nearly_always() -> None:
        nonlocal held
        other = sqlite3.connect(path, isolation_level=None)
        while not stop.is_set() and held < 100:
            other.execute("BEGIN IMMEDIATE")
            held += 1
            began.set()
            time.sleep(0.07)  # as a transaction of an import
            other.execute("COMMIT")
            time.sleep(0.02)  # as its shortest pause
        other.close()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(asyncio.to_thread(hold_nearly_always))
        await asyncio.to_thread(began.wait)
        before = held
        await writer.write(hears(b"sri"))
        waited = held - before
        stop.set()
    assert waited <= 3


async def test_the_writer_is_contended_while_others_wait_or_write(writer: Store, path: Path):
    await writer.contended()
    await writer.write(hears(b"sri"))
    assert not await writer.contended()
    with sqlite3.connect(path) as other:
        other.execute("INSERT INTO heard VALUES (x'00', '2026-11-23 09:00:00.000000')")
    other.close()
    assert await writer.contended()
    assert not await writer.contended()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(writer.write(hears(b"budi")))
        await asyncio.sleep(0)
        assert await writer.contended()


@pytest.mark.parametrize("failing", range(8))
async def test_only_failed_works_of_a_commit_are_undone(writer: Store, path: Path, failing: int):
    """The first one with its transaction, later ones with their savepoint; `failing` has a bit for each of three."""

    def fails(name: bytes):
        async def work(db: Writing) -> None:
            await hears(name)(db)
            raise ValueError(name)

        return work

    said = [b"ani", b"budi", b"sri"]
    fail = [bool(failing >> place & 1) for place in range(3)]
    works = [(fails if one else hears)(name) for one, name in zip(fail, said, strict=True)]
    outcomes = await asyncio.gather(*map(writer.write, works), return_exceptions=True)
    assert [isinstance(one, ValueError) for one in outcomes] == fail
    assert names(path) == [name for one, name in zip(fail, said, strict=True) if not one]
    await writer.write(hears(b"wati"))
    assert names(path)[-1] == b"wati"


async def test_a_caller_that_is_cancelled_at_the_commit_loses_nobodys_work(writer: Store, path: Path):
    loop = asyncio.get_running_loop()
    disk = threading.Event()
    busy = loop.create_task(writer._engine._in_thread(disk.wait))
    await asyncio.sleep(0)
    calls = [loop.create_task(writer.write(hears(name))) for name in (b"budi", b"sri")]
    await asyncio.sleep(0)
    assert writer._engine._raw.in_transaction
    calls[0].cancel()
    disk.set()
    await busy
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert outcomes[1] == 1
    assert names(path) == [b"budi", b"sri"], "what was being committed is committed, once"


async def test_a_cancelled_work_is_undone_and_others_continue(writer: Store, path: Path):
    begun = asyncio.Event()

    async def endless(db: Writing) -> None:
        await hears(b"lost")(db)
        begun.set()
        await asyncio.Event().wait()

    loop = asyncio.get_running_loop()
    stuck = loop.create_task(writer.write(endless))
    await begun.wait()
    behind = loop.create_task(writer.write(hears(b"sri")))
    stuck.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stuck
    assert await behind == 1
    assert names(path) == [b"sri"]


async def test_a_file_that_cannot_be_opened_is_said_in_one_sentence(tmp_path: Path):
    (tmp_path / "loket.db").mkdir()
    with pytest.raises(StoreDown, match="cannot be opened"):
        await SqliteEngine.open(f"sqlite+aiosqlite:///{tmp_path / 'loket.db'}")


async def test_a_failed_commit_fails_its_works_but_not_later_ones(writer: Store, path: Path):
    async def breaks(db: Writing) -> None:
        await hears(b"budi")(db)
        raise StoreDown("the disk is full")

    loop = asyncio.get_running_loop()
    async with writer._engine._turn:
        calls = [loop.create_task(writer.write(work)) for work in (hears(b"sri"), breaks)]
        await asyncio.sleep(0)
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(one, StoreDown) for one in outcomes)
    assert await writer.write(hears(b"sri")) == 1
    assert names(path) == [b"sri"]


async def test_a_file_that_is_no_database_is_let_go_of(tmp_path: Path):
    path = tmp_path / "loket.db"
    path.write_text("<html>this is a page, not a database, however it is called</html>" * 20)
    before = _connection_threads()
    with pytest.raises(StoreDown, match="cannot be opened"):
        await SqliteEngine.open(f"sqlite+aiosqlite:///{path}")
    assert _connection_threads() <= before, (
        "an earlier one may have ended meanwhile, a new one has not stayed"
    )


def _connection_threads() -> set[str]:
    return {one.name for one in threading.enumerate() if "connection_worker" in one.name}


async def test_an_untyped_moment_is_stored_alike_in_every_run(writer: Store, clock):
    """A constant statement goes straight to the driver from its second run (storage/engines/statements.py)."""
    later = update(heard).values(heard_at=func.coalesce(null(), bindparam("at")))
    await writer.write(hears(b"sri"))
    for _ in range(3):
        clock.move(seconds=1)
        await writer.write(lambda db: db.run(later, {"at": db.now}))
        (row,) = await writer.read(lambda db: db.rows(select(heard.c.heard_at)))
        assert row.heard_at == clock.now


def spoil(path: Path) -> None:
    """Overwrite a part of the head of the file."""
    whole = path.read_bytes()
    path.write_bytes(whole[:50] + bytes(50) + whole[100:])


async def test_a_file_that_cannot_be_read_may_have_changed(writer: Store, path: Path):
    await writer.changed()
    assert not await writer.changed()
    spoil(path)
    writer._engine._watch.close()
    assert [await writer.changed() for _ in range(2)] == [True, True]


async def test_a_read_that_ends_with_its_process_is_only_cancelled(writer: Store):
    begun, disk = threading.Event(), threading.Event()

    async def slow(_db: Reading) -> None:
        begun.set()
        disk.wait()

    reading = asyncio.ensure_future(writer.read(slow))
    await asyncio.to_thread(begun.wait)
    for one in asyncio.all_tasks() - {asyncio.current_task()}:  # as asyncio.run does at its end
        one.cancel()
    await asyncio.sleep(0)
    assert not reading.done()
    disk.set()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await writer.read(lambda db: db.scalar(select(func.count()).select_from(heard))) == 0


async def test_turns_go_on_beside_reads_and_a_fifth_read_waits(writer: Store, path: Path):
    reading, disk = threading.Barrier(READERS + 1), threading.Event()

    async def count(db: Reading) -> int:
        return int(await db.scalar(select(func.count()).select_from(heard)))

    async def slow(db: Reading) -> int:
        found = await count(db)
        reading.wait()
        disk.wait()
        return found

    async with asyncio.TaskGroup() as tasks:
        reads = [tasks.create_task(writer.read(slow)) for _ in range(READERS)]
        await asyncio.to_thread(reading.wait)
        fifth = tasks.create_task(writer.read(count))
        await writer.write(hears(b"sri"))
        assert (names(path), writer.pool().in_use) == ([b"sri"], READERS)
        disk.set()
    assert [one.result() for one in reads] == [0] * READERS
    assert fifth.result() == 1


async def test_a_read_that_waits_for_something_else_is_told(writer: Store):
    async def elsewhere(_db: Reading) -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits for something other than the database"):
        await writer.read(elsewhere)
    assert await writer.read(lambda db: db.scalar(select(func.count()).select_from(heard))) == 0
