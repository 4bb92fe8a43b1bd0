"""The database ends, hangs, takes no writes or lets nobody in, under chat traffic: no process ends, no message is lost.

TORTURE_STOPS says how often the server is ended, TORTURE_TROUBLE_SECONDS how long other trouble lasts (`make torture`: 20
and 30).
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.store import Store
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.support import postgres
from tests.torture.crowd import Crowd, talking

STOPS = int(os.environ.get("TORTURE_STOPS", "2"))
SECONDS = float(os.environ.get("TORTURE_TROUBLE_SECONDS", "4"))
PAGES = 6
_HALF_A_MINUTE = 30.0

pytestmark = [
    pytest.mark.torture,
    pytest.mark.postgres,
    pytest.mark.timeout(300 + 30 * STOPS + 4 * int(SECONDS)),
]


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    binaries = postgres.binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's binaries were not found")
    with postgres.running(binaries, settings=postgres.DURABLE) as server:
        server.sql("CREATE ROLE clerk LOGIN")  # limits do not hold for the superuser
        yield server


async def fresh_database(server: postgres.Server, key: str) -> str:
    """Make a database at the newest schema that belongs to a user for whom limits hold; give its name."""
    name = server.create()
    server.sql(f"ALTER DATABASE {name} OWNER TO clerk")
    url, vault = of_clerk(server, name), Vault.from_base64(key)
    store = await Store.open(url, vault=vault, clock=lambda: datetime.now(UTC))  # noqa: TID251 (migrates)
    await store.migrate()
    await store.close()
    return name


def of_clerk(server: postgres.Server, name: str) -> str:
    return server.url(name).replace("loket@", "clerk@")


@asynccontextmanager
async def working(server: postgres.Server, folder: Path) -> AsyncIterator[Crowd]:
    key = Vault.new_key()
    url = of_clerk(server, await fresh_database(server, key))
    async with (
        Telegram() as telegram,
        talking(folder, database_url=url, key=key, telegram=telegram, pages=PAGES) as crowd,
    ):
        yield crowd


async def lasts(crowd: Crowd, name: str, trouble: Callable[[], contextmanager]) -> None:
    """Trouble for some seconds: both processes say that they are not ready, and that they are again after it."""
    with trouble():
        down = await crowd.until_ready(ready=False)
        await asyncio.sleep(max(0.0, SECONDS - down))
    up = await crowd.until_ready(ready=True)
    crowd.told.append(f"{name}: 503 after {down:.1f} s, 200 after {up:.1f} s")
    assert max(down, up) < _HALF_A_MINUTE


async def test_a_server_that_is_ended_again_and_again_ends_no_process(server, tmp_path):
    async with working(server, tmp_path) as crowd:
        slowest = 0.0
        for stop in range(STOPS):
            await asyncio.to_thread(server.stop, "immediate" if stop % 4 else "fast")
            await asyncio.sleep(0.3 * (stop % 3))
            await asyncio.to_thread(server.start)
            slowest = max(slowest, await crowd.until_ready(ready=True))
        crowd.told.append(f"{STOPS} stops, ready again after at most {slowest:.1f} s")
        assert slowest < _HALF_A_MINUTE


async def test_a_server_that_hangs_is_noticed_and_ends_no_process(server, tmp_path):
    async with working(server, tmp_path) as crowd:
        await lasts(crowd, "hanging", server.hanging)


async def test_a_server_that_takes_no_writes_is_noticed_and_ends_no_process(server, tmp_path):
    @contextmanager
    def read_only() -> Iterator[None]:
        server.read_only(on=True)
        try:
            yield
        finally:
            server.read_only(on=False)

    async with working(server, tmp_path) as crowd:
        await lasts(crowd, "read-only", read_only)


async def test_a_server_that_lets_few_in_ends_no_process(server, tmp_path):
    async with working(server, tmp_path) as crowd:
        name = make_url(crowd.database_url).database
        for limit in (0, 3):
            server.sql(
                f"ALTER DATABASE {name} CONNECTION LIMIT {limit}",
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            )
            await asyncio.sleep(SECONDS / 2)
        server.sql(f"ALTER DATABASE {name} CONNECTION LIMIT -1")
        crowd.told.append(f"ready after {await crowd.until_ready(ready=True):.1f} s")
