"""An address with several hosts: a primary with its standby, and hosts that hang."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert

from storage.backups import postgres as backups
from storage.engines import postgres_hosts
from storage.engines.postgres_hosts import Hosts
from storage.migrations import Schema
from storage.schema import heard
from storage.session import StoreDown
from storage.store import Store
from storage.vault import Vault
from tests.support import postgres
from tests.support.clock import Clock

pytestmark = pytest.mark.postgres
VAULT = Vault([bytes(range(32))])


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[postgres.Server, postgres.Server]]:
    """A primary and a standby that follows it."""
    binaries = postgres.binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's binaries were not found")
    with postgres.running(binaries) as primary, postgres.following(binaries, primary) as standby:
        yield primary, standby


@pytest.fixture
def database(pair: tuple[postgres.Server, postgres.Server]) -> str:
    name = pair[0].create()
    arrived = f"SELECT 'arrived' FROM pg_database WHERE datname = '{name}'"
    until = time.monotonic() + 60
    while "arrived" not in pair[1].sql(arrived) and time.monotonic() < until:
        time.sleep(0.02)
    return name


def url_of(database: str, *servers: postgres.Server, wants: str = "primary") -> str:
    hosts = "&".join(f"host={one.folder}:5432" for one in servers)
    return f"postgresql+asyncpg://loket@/{database}?{hosts}&target_session_attrs={wants}"


@asynccontextmanager
async def opened(url: str, **more: int) -> AsyncIterator[Store]:
    store = await Store.open(url, vault=VAULT, clock=Clock(), **more)
    yield store
    await store.close()


@asynccontextmanager
async def hanging() -> AsyncIterator[tuple[int, list[int]]]:
    """A port that takes connections and says nothing, as a hanging primary does; and how often it took one."""
    taken: list[int] = []

    async def silent(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        taken.append(1)
        await asyncio.sleep(60)

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], taken
    finally:
        server.close()


async def test_a_standby_named_first_is_passed_over(pair, database):
    primary, standby = pair
    async with opened(url_of(database, standby, primary)) as store:
        await store.migrate()
        await store.write(lambda db: db.run(insert(heard), {"message_index": b"1", "heard_at": db.now}))


async def test_a_standby_alone_is_store_down(pair, database):
    _, standby = pair
    for wants in ("primary", "read-write"):
        async with opened(url_of(database, standby, standby, wants=wants)) as store:
            with pytest.raises(StoreDown):
                await store.migrate()
            with pytest.raises(StoreDown):
                await store.schema()


async def test_a_host_that_hangs_does_not_hold_up_the_next(pair, database, monkeypatch):
    monkeypatch.setattr(postgres_hosts, "CONNECT_SECONDS", 600.0)
    async with hanging() as (port, taken):
        hosts = f"host=127.0.0.1:{port}&host={pair[0].folder}:5432"
        async with opened(f"postgresql+asyncpg://loket@/{database}?{hosts}") as store:
            async with asyncio.timeout(60):
                assert await store.schema() == Schema()
                assert await asyncio.gather(*(store.schema() for _ in range(5))) == [Schema()] * 5
        assert len(taken) == 1, "the host that accepted is asked first from now on"


async def test_when_every_host_hangs_it_is_store_down_in_time(monkeypatch):
    monkeypatch.setattr(postgres_hosts, "CONNECT_SECONDS", 0.3)
    async with hanging() as (port, _):
        hosts = f"host=127.0.0.1:{port}&host=127.0.0.1:{port}"
        store = await Store.open(f"postgresql+asyncpg://loket@/x?{hosts}", vault=VAULT, clock=Clock())
        with pytest.raises(StoreDown):
            async with asyncio.timeout(60):
                await store.schema()
        await store.close()


async def test_what_connects_too_late_is_closed(pair, database, monkeypatch):
    """The last one to connect is not needed, and must not stay open."""
    monkeypatch.setattr(postgres_hosts, "HEAD_START_SECONDS", 0.0)
    folder = str(pair[0].folder)
    hosts = Hosts()
    connections = [
        await hosts.connect(host=[folder] * 5, port=[5432] * 5, user="loket", database=database)
        for _ in range(3)
    ]
    count = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND pid <> pg_backend_pid()"
    async with asyncio.timeout(60):
        while await connections[0].fetchval(count) != len(connections) - 1:  # noqa: ASYNC110 (a server rings no bell)
            await asyncio.sleep(0.01)
    for one in connections:
        await one.close()


async def test_a_process_keeps_to_its_pool_and_says_its_name(pair, database):
    primary, _ = pair
    async with opened(primary.url(database), pool=3) as store:
        await store.changed()
        await asyncio.gather(*(store.schema() for _ in range(20)))
        names = primary.sql(
            f"SELECT application_name FROM pg_stat_activity WHERE datname = '{database}'"
        ).splitlines()
    ours = [name.strip() for name in names if name.strip().startswith("loket ")]
    assert len(ours) == 3


def test_a_backup_finds_the_primary_among_several_hosts(pair, database, tmp_path: Path):
    primary, standby = pair
    url = url_of(database, standby, primary)
    primary.sql("CREATE TABLE alembic_version (version_num text)", database=database)
    primary.sql("INSERT INTO alembic_version VALUES ('0001')", database=database)
    backups.back_up(url, tmp_path / "copy.bak")
    primary.sql("DROP TABLE alembic_version", database=database)
    backups.bring_back(tmp_path / "copy.bak", url)
    assert "0001" in primary.sql("TABLE alembic_version", database=database)
