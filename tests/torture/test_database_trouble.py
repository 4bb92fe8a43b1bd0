"""The database ends, hangs, takes no writes or lets nobody in, under chat traffic: no process ends, no message is lost.

TORTURE_STOPS says how often the server is ended, TORTURE_TROUBLE_SECONDS how long other trouble lasts (`make torture`: 20
and 30).
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from storage.post.outbox import REPLY
from storage.schema import heard, outbox
from storage.session import Reading
from storage.store import Store
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.support import postgres
from tests.torture.page import Page
from tests.torture.processes import Loket

STOPS = int(os.environ.get("TORTURE_STOPS", "2"))
SECONDS = float(os.environ.get("TORTURE_TROUBLE_SECONDS", "4"))
PAGES, PEOPLE = 6, 4
PATIENCE = 90.0
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


@dataclass
class Office:
    """Two processes on one database, and everybody who talks with them."""

    server: postgres.Server
    database: str
    key: str
    processes: list[Loket]
    telegram: Telegram
    pages: list[Page]
    said: int = 0
    told: list[str] = field(default_factory=list)

    async def talk(self) -> None:
        """Residents write until cancelled."""
        chance = random.Random(7)
        people = [self.telegram.resident(f"Warga {number}") for number in range(PEOPLE)]
        while True:
            chance.choice(self.pages).says(chance.choice(["halo", "menu", "bantuan", "cek status"]))
            if chance.random() < 0.3:
                await chance.choice(people).says(chance.choice(["halo", "/start", "bantuan"]))
                self.said += 1
            await asyncio.sleep(0.1)

    async def until_ready(self, *, ready: bool) -> float:
        """Wait until every process says so at /readyz; how many seconds that took."""
        began = time.monotonic()
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client, asyncio.timeout(PATIENCE):
            await asyncio.gather(*(_until(client, process, ready=ready) for process in self.processes))
        return time.monotonic() - began

    async def is_in_order(self) -> None:
        """Everybody was heard once and answered once, and both processes live."""
        for page in self.pages:
            await page.all_heard(within=PATIENCE, why=lambda: self.processes[0].output[-2000:])
        self.telegram.retries_now()
        await self.telegram.all_confirmed(within=PATIENCE)
        said = sum(page.said for page in self.pages) + self.said
        claims, planned, states = await self._settled()
        assert claims == said, f"{claims} messages were taken of {said}"
        assert planned == said, f"{planned} answers were planned for {said} messages"
        assert set(states) == {"sent"}, states
        again = sum(page.again for page in self.pages)
        shown = sum(len(page.shown) for page in self.pages)
        print(
            f"{said} messages, {planned} answers, sent again {again} times, {shown} shown; {'; '.join(self.told)}"
        )
        assert shown == sum(page.said for page in self.pages)
        for process in self.processes:
            assert process.running
            assert not process.traceback, process.traceback

    async def _settled(self) -> tuple[int, int, Counter[str]]:
        url = self.server.url(self.database)
        store = await Store.open(url, vault=Vault.from_base64(self.key), clock=lambda: datetime.now(UTC))  # noqa: TID251 (read only)
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    claims, states = await store.read(_counted)
                    if not states["waiting"] + states["sending"]:
                        return claims, states.total(), +states
                    await asyncio.sleep(0.25)
        finally:
            await store.close()


async def _until(client: httpx.AsyncClient, process: Loket, *, ready: bool) -> None:
    while (await client.get(f"{process.url}/readyz")).is_success is not ready:
        assert process.running, process.output[-3000:]
        await asyncio.sleep(0.1)


async def _counted(db: Reading) -> tuple[int, Counter[str]]:
    claims = await db.scalar(select(func.count()).select_from(heard))
    states = select(outbox.c.state, func.count()).where(outbox.c.priority == REPLY).group_by(outbox.c.state)
    return claims, Counter({row[0]: row[1] for row in await db.rows(states)})


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
async def working(server: postgres.Server, folder: Path) -> AsyncIterator[Office]:
    key = Vault.new_key()
    database = await fresh_database(server, key)
    async with AsyncExitStack() as opened:
        telegram = await opened.enter_async_context(Telegram())
        more = {"folder": folder, "database_url": of_clerk(server, database), "key": key}
        first = await opened.enter_async_context(Loket(**more, telegram=telegram, mode="webhook"))
        second = await opened.enter_async_context(Loket(**more))
        processes = [first, second]
        addresses = [one.url.removeprefix("http://") for one in processes]
        pages = [Page(addresses[number % 2 :] + addresses[: number % 2]) for number in range(PAGES)]
        office = Office(server, database, key, processes, telegram, pages)
        tasks = [asyncio.ensure_future(page.run()) for page in pages]
        talking = asyncio.ensure_future(office.talk())
        try:
            await asyncio.sleep(1)
            yield office
            await asyncio.sleep(1)
            await _ended([talking])
            await office.is_in_order()
        finally:
            await _ended([talking, *tasks])


async def _ended(tasks: list[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


async def lasts(office: Office, name: str, trouble: Callable[[], contextmanager]) -> None:
    """Trouble for some seconds: both processes say that they are not ready, and that they are again after it."""
    with trouble():
        down = await office.until_ready(ready=False)
        await asyncio.sleep(max(0.0, SECONDS - down))
    up = await office.until_ready(ready=True)
    office.told.append(f"{name}: 503 after {down:.1f} s, 200 after {up:.1f} s")
    assert max(down, up) < _HALF_A_MINUTE


async def test_a_server_that_is_ended_again_and_again_ends_no_process(server, tmp_path):
    async with working(server, tmp_path) as office:
        slowest = 0.0
        for stop in range(STOPS):
            await asyncio.to_thread(server.stop, "immediate" if stop % 4 else "fast")
            await asyncio.sleep(0.3 * (stop % 3))
            await asyncio.to_thread(server.start)
            slowest = max(slowest, await office.until_ready(ready=True))
        office.told.append(f"{STOPS} stops, ready again after at most {slowest:.1f} s")
        assert slowest < _HALF_A_MINUTE


async def test_a_server_that_hangs_is_noticed_and_ends_no_process(server, tmp_path):
    async with working(server, tmp_path) as office:
        await lasts(office, "hanging", server.hanging)


async def test_a_server_that_takes_no_writes_is_noticed_and_ends_no_process(server, tmp_path):
    @contextmanager
    def read_only() -> Iterator[None]:
        server.read_only(on=True)
        try:
            yield
        finally:
            server.read_only(on=False)

    async with working(server, tmp_path) as office:
        await lasts(office, "read-only", read_only)


async def test_a_server_that_lets_few_in_ends_no_process(server, tmp_path):
    async with working(server, tmp_path) as office:
        name = office.database
        for limit in (0, 3):
            server.sql(
                f"ALTER DATABASE {name} CONNECTION LIMIT {limit}",
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            )
            await asyncio.sleep(SECONDS / 2)
        server.sql(f"ALTER DATABASE {name} CONNECTION LIMIT -1")
        office.told.append(f"ready after {await office.until_ready(ready=True):.1f} s")
