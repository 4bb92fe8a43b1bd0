"""The primary of a cluster (deploy/ha) is killed, hangs, is cut off or handed over under chat traffic, and etcd is lost.

TORTURE_FAILOVERS says how often (20 under `make torture`, 0 in the suite). It needs root for the network cuts, and the Debian
packages etcd-server, patroni, python3-etcd and haproxy.
"""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import asyncpg
import httpx
import pytest

from bot.setup.office_file import load_office
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.torture.announced import Office, taken
from tests.torture.cluster import HOSTS, Cluster, can_use_namespaces, missing, running
from tests.torture.crowd import Crowd, talking
from tests.torture.processes import HERE, Loket
from tests.torture.test_announcement_kills import office_file

ROUNDS = int(os.environ.get("TORTURE_FAILOVERS", "0"))
RESIDENTS = 50
RATE = 4  # announcements a second, so that one is under way in every round
A_ROUND = 60  # seconds, about
TROUBLE_SECONDS = 30.0  # longer than Patroni's ttl
LONGEST_PAUSE = 20.0
TRUE_WITHIN = 5.0
_PROBE_SECONDS = 1.0
IN_FLIGHT = 20  # announcements at most that a round may leave unknown

pytestmark = [
    pytest.mark.torture,
    pytest.mark.postgres,
    pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost", *HOSTS]),
    pytest.mark.timeout(600 + 240 * ROUNDS),
    pytest.mark.skipif(not ROUNDS, reason="TORTURE_FAILOVERS is not set"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


@dataclass
class Watch:
    """Whether the database takes writes, seen from outside, and what /readyz said at that time."""

    url: str
    takes_writes: bool = True
    since: float = field(default_factory=time.monotonic)
    longest_pause: float = 0.0
    lies: list[str] = field(default_factory=list)

    async def probe(self) -> None:
        """Commit a row again and again."""
        connection: asyncpg.Connection | None = None
        while True:
            try:
                async with asyncio.timeout(_PROBE_SECONDS):
                    if connection is None:
                        connection = await asyncpg.connect(
                            self.url.replace("+asyncpg", ""), timeout=_PROBE_SECONDS
                        )
                        await connection.execute("CREATE TABLE IF NOT EXISTS probe (n bigint)")
                    await connection.execute("INSERT INTO probe VALUES (1)")
                self._note(takes_writes=True)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                self._note(takes_writes=False)
                if connection is not None:
                    connection.terminate()
                connection = None
            await asyncio.sleep(0.2)

    def _note(self, *, takes_writes: bool) -> None:
        if takes_writes is self.takes_writes:
            return
        now = time.monotonic()
        if takes_writes:
            self.longest_pause = max(self.longest_pause, now - self.since)
        self.takes_writes, self.since = takes_writes, now

    async def ask(self, process: Loket) -> None:
        """Compare /readyz with what is seen, once it has been so for five seconds."""
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            while True:
                since, seconds = self.since, time.monotonic() - self.since
                ready = (await client.get(f"{process.url}/readyz")).is_success
                wrong = seconds > TRUE_WITHIN and ready is not self.takes_writes
                await asyncio.sleep(2 * _PROBE_SECONDS if wrong else 0.3)
                if wrong and self.since == since:  # else it was only the first to notice a change
                    self.lies.append(f"{process.port}: {ready} after {seconds:.1f} s of {self.takes_writes}")


@asynccontextmanager
async def watching(url: str, processes: list[Loket]) -> AsyncIterator[Watch]:
    watch = Watch(url)
    tasks = [asyncio.ensure_future(one) for one in (watch.probe(), *(watch.ask(each) for each in processes))]
    try:
        yield watch
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def is_killed(cluster: Cluster, primary: str) -> None:
    await cluster.kill(primary)


async def loses_its_server(cluster: Cluster, primary: str) -> None:
    await cluster.kill_server(primary)


async def hangs(cluster: Cluster, primary: str) -> None:
    async with cluster.frozen(primary):
        await asyncio.sleep(TROUBLE_SECONDS)


async def its_server_hangs(cluster: Cluster, primary: str) -> None:
    async with cluster.frozen(primary, everything=False):
        await asyncio.sleep(TROUBLE_SECONDS)


async def is_cut_off(cluster: Cluster, primary: str) -> None:
    async with cluster.cut_off(primary):
        await asyncio.sleep(TROUBLE_SECONDS)


async def its_standby_hangs(cluster: Cluster, _primary: str) -> None:
    """Commits wait for the synchronous standby."""
    async with cluster.frozen(await cluster.synchronous_standby()):
        await asyncio.sleep(TROUBLE_SECONDS)


async def its_standbys_server_hangs(cluster: Cluster, _primary: str) -> None:
    async with cluster.frozen(await cluster.synchronous_standby(), everything=False):
        await asyncio.sleep(TROUBLE_SECONDS)


async def its_standby_is_cut_off(cluster: Cluster, _primary: str) -> None:
    async with cluster.cut_off(await cluster.synchronous_standby()):
        await asyncio.sleep(TROUBLE_SECONDS)


async def is_switched_over(cluster: Cluster, primary: str) -> None:
    await cluster.switch_over(primary)


async def loses_etcd(cluster: Cluster, _primary: str) -> None:
    async with cluster.without_etcd():
        await asyncio.sleep(TROUBLE_SECONDS)


Trouble = Callable[[Cluster, str], Awaitable[None]]
TROUBLES: tuple[Trouble, ...] = (
    is_killed,
    hangs,
    is_switched_over,
    loses_etcd,
    loses_its_server,
    its_server_hangs,
    its_standby_hangs,
    its_standbys_server_hangs,
)
CUTS: tuple[Trouble, ...] = (is_cut_off, its_standby_is_cut_off)


async def goes_through(cluster: Cluster, watch: Watch, crowd: Crowd, trouble: Trouble) -> None:
    """One round: trouble with the primary, until everything is as before."""
    primary = await cluster.is_whole()
    watch.longest_pause = 0.0
    for page in crowd.pages:
        page.longest_seconds = 0.0
    began, given_up = time.monotonic(), cluster.given_up
    await trouble(cluster, primary)
    now = await cluster.is_whole()
    await crowd.until_ready(ready=True)
    await asyncio.sleep(TRUE_WITHIN)
    waited = max(page.longest_seconds for page in crowd.pages)
    told = (
        f"{trouble.__name__} ({primary} → {now}, {time.monotonic() - began:.0f} s): no writes for "
        f"{watch.longest_pause:.1f} s, a resident waited {waited:.1f} s at most"
    )
    print(told, flush=True)
    crowd.told.append(told)
    assert watch.longest_pause <= LONGEST_PAUSE, told
    assert len(cluster.given_up - given_up) <= 1, "a machine that had no trouble was given up"
    assert watch.lies == [], watch.lies


async def the_commands_of_the_guide_work(cluster: Cluster) -> None:
    page = (HERE / "docs" / "high-availability.md").read_text()
    listed, switched, lonely = re.findall(r"^\| `(patronictl .*?)` \|", page, re.MULTILINE)
    primary = await cluster.is_whole()
    assert "Sync Standby" in await cluster.control(listed)
    await cluster.control(switched)
    assert await cluster.is_whole() != primary
    await cluster.control(lonely)
    await cluster.control(lonely.replace("=false", "=true"))


async def migrated(url: str, key: str) -> None:
    store = await Office(database_url=url, key=key).opened()
    await store.migrate()
    await store.close()


@pytest.mark.parametrize("way", ["haproxy", "several"])
async def test_whatever_happens_to_the_primary_nothing_is_lost_or_said_twice(tmp_path, way):
    namespaces = can_use_namespaces()
    troubles = (*TROUBLES, *CUTS) if namespaces else TROUBLES
    rounds = ROUNDS if way == "haproxy" else (ROUNDS + 3) // 4
    recipients = 20 + RATE * A_ROUND * rounds // 2
    key, file = Vault.new_key(), office_file(tmp_path)
    settings = {"LOKET_OFFICE": str(file), "LOKET_TELEGRAM_RATE": str(RATE)}
    async with running(namespaces=namespaces) as cluster, Telegram() as telegram:
        url = cluster.url if way == "haproxy" else cluster.several
        await migrated(url, key)
        office = Office(database_url=url, key=key)
        await office.fill(telegram, recipients)
        async with talking(
            tmp_path, database_url=url, key=key, telegram=telegram, pages=RESIDENTS, settings=settings,
            pause_seconds=0.2, again_seconds=5,
        ) as crowd:  # fmt: skip
            announcement = await office.announces(load_office(file))
            async with watching(cluster.url, crowd.processes) as watch:
                for round_ in range(rounds):
                    await goes_through(cluster, watch, crowd, troubles[round_ % len(troubles)])
            await the_commands_of_the_guide_work(cluster)
        counts, planned, state = await office.counts(announcement)
        got = taken(telegram)
        print(f"{way}: {counts} of {planned}, {state}; taken {got.total()} by {len(got)}")
        assert max(got.values()) == 1, "somebody got the announcement twice"
        assert counts.total == planned == recipients
        in_flight = counts.unknown + counts.sending  # the processes were killed at the end, perhaps amid it
        assert counts.sent <= len(got) <= counts.sent + in_flight
        assert in_flight <= IN_FLIGHT * rounds
