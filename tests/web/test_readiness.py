"""`GET /readyz` says whether a write commits now, on both databases, and costs at most one write a second."""

import asyncio
import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bot.setup.heart import FRESH_SECONDS, Heart, Readiness
from bot.setup.loops import Loops
from storage.schema import processes
from storage.session import StoreDown
from storage.store import Store
from storage.vault import Vault
from tests.support import postgres
from tests.support.clock import Clock

READY = Readiness(database=True, schema=True)
DOWN = Readiness()


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


async def looks(heart: Heart, seconds: Seconds, *, until: Callable[[Readiness], bool]) -> Readiness:
    """Ask every second until the answer is as it should be."""
    async with asyncio.timeout(60):
        while not until(found := await heart.look()):
            seconds.now += FRESH_SECONDS
            await asyncio.sleep(0.05)
    return found


async def test_a_database_that_takes_writes_is_ready(store: Store, seconds):
    heart = Heart(store=store, doing="run", monotonic=seconds)
    assert await heart.look() == READY
    assert await store.read(lambda db: db.scalar(select(processes.c.doing))) == "run"


async def test_however_many_ask_there_is_one_write_a_second(store: Store, seconds, monkeypatch):
    heart = Heart(store=store, doing="run", monotonic=seconds)
    writes = []
    write = store.write
    monkeypatch.setattr(store, "write", lambda work: writes.append(1) or write(work))
    assert set(await asyncio.gather(*(heart.look() for _ in range(200)))) == {READY}
    assert await heart.look() == READY
    assert len(writes) == 1
    seconds.now += FRESH_SECONDS
    await heart.look()
    assert len(writes) == 2


async def test_a_locked_database_file_is_not_ready_until_released(web_store, seconds, monkeypatch):
    monkeypatch.setattr("bot.setup.heart.WAIT_SECONDS", 0.1)
    heart = Heart(store=web_store, doing="run", monotonic=seconds)
    path = web_store._engine._raw.execute("PRAGMA database_list").fetchone()[2]
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await looks(heart, seconds, until=lambda found: found == DOWN) == DOWN
    other.execute("ROLLBACK")
    other.close()
    monkeypatch.setattr("bot.setup.heart.WAIT_SECONDS", 30)
    assert await looks(heart, seconds, until=lambda found: found == READY) == READY


async def test_a_file_that_takes_no_writes_is_not_ready(web_store, seconds):
    heart = Heart(store=web_store, doing="run", monotonic=seconds)
    raw = web_store._engine._raw
    raw.execute("PRAGMA query_only = ON")
    assert await heart.look() == DOWN
    raw.execute("PRAGMA query_only = OFF")
    seconds.now += FRESH_SECONDS
    assert await heart.look() == READY


@pytest.mark.postgres
async def test_a_server_that_hangs_or_takes_no_writes_is_not_ready(seconds, monkeypatch):
    binaries = postgres.binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's binaries were not found")
    monkeypatch.setattr("bot.setup.heart.WAIT_SECONDS", 0.3)
    with postgres.running(binaries, settings=postgres.DURABLE) as server:
        store = await Store.open(server.url(server.create()), vault=Vault([bytes(32)]), clock=Clock())
        await store.migrate()
        heart = Heart(store=store, doing="run", monotonic=seconds)
        await looks(heart, seconds, until=lambda found: found == READY)
        with server.hanging():
            assert await looks(heart, seconds, until=lambda found: found == DOWN) == DOWN
        monkeypatch.setattr("bot.setup.heart.WAIT_SECONDS", 30)
        assert await looks(heart, seconds, until=lambda found: found == READY) == READY
        server.read_only(on=True)
        assert await looks(heart, seconds, until=lambda found: found == DOWN) == DOWN
        server.read_only(on=False)
        assert await looks(heart, seconds, until=lambda found: found == READY) == READY
        await store.close()


async def test_a_process_whose_key_is_dead_is_not_ready(database_url, clock, seconds):
    old, new = bytes(32), bytes(range(32))
    from storage import keyring

    both = await Store.open(database_url, vault=Vault([new, old]), clock=clock)
    await both.write(lambda db: keyring.switch(db, key_id=both.vault.key_ids[0]))
    alone = await Store.open(database_url, vault=Vault([old]), clock=clock)
    assert await Heart(store=alone, doing="run", monotonic=seconds).look() == DOWN
    await alone.close()
    await both.close()


async def test_a_process_is_in_the_list_while_it_runs_and_leaves_it(store: Store):
    heart = Heart(store=store, doing="run", loops=Loops())
    listed = select(func.count()).select_from(processes)
    await heart.begin()
    assert await store.read(lambda db: db.scalar(listed)) == 1
    beating = asyncio.ensure_future(heart.run())
    await asyncio.sleep(0)
    beating.cancel()
    await asyncio.wait({beating})
    assert await store.read(lambda db: db.scalar(listed)) == 0


async def test_a_database_that_hangs_is_no_fault_of_the_heartbeat(store: Store, monkeypatch):
    monkeypatch.setattr("bot.setup.heart.WAIT_SECONDS", 0.01)
    monkeypatch.setattr(store, "write", lambda _work: asyncio.Event().wait())
    with pytest.raises(StoreDown, match="did not take a write within"):
        await Heart(store=store, doing="run")._beat()
