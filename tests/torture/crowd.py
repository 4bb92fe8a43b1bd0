"""Residents who write to several processes on one database, and what the store holds of it at the end."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlalchemy import func, select

from storage.post.outbox import REPLY
from storage.schema import heard, outbox
from storage.session import Reading
from storage.store import Store
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.torture.page import Page
from tests.torture.processes import Loket

PATIENCE = 90.0


@dataclass
class Crowd:
    """Two processes on one database, and everybody who talks with them."""

    database_url: str
    key: str
    processes: list[Loket]
    telegram: Telegram
    pages: list[Page]
    people: int = 4
    pause_seconds: float = 0.1
    said: int = 0
    told: list[str] = field(default_factory=list)

    async def talk(self) -> None:
        """Residents write until cancelled."""
        chance = random.Random(7)
        people = [self.telegram.resident(f"Warga {number}") for number in range(self.people)]
        while True:
            chance.choice(self.pages).says(chance.choice(["halo", "menu", "bantuan", "cek status"]))
            if chance.random() < 0.3:
                await chance.choice(people).says(chance.choice(["halo", "/start", "bantuan"]))
                self.said += 1
            await asyncio.sleep(self.pause_seconds)

    async def until_ready(self, *, ready: bool) -> float:
        """Wait until every process says so at /readyz; how many seconds that took."""
        began = time.monotonic()
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client, asyncio.timeout(PATIENCE):
            await asyncio.gather(*(_until(client, process, ready=ready) for process in self.processes))
        return time.monotonic() - began

    async def is_in_order(self) -> None:
        """Wait until every message was heard and answered exactly once; check that both processes run."""
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
        vault = Vault.from_base64(self.key)
        store = await Store.open(self.database_url, vault=vault, clock=lambda: datetime.now(UTC))  # noqa: TID251 (read only)
        until = time.monotonic() + PATIENCE
        try:
            while True:
                claims, states = await store.read(_counted)
                if not states["waiting"] + states["sending"]:
                    return claims, states.total(), +states
                assert time.monotonic() < until, f"not answered: {await store.read(_unanswered)}"
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


async def _unanswered(db: Reading) -> list[str]:
    columns = (outbox.c.channel, outbox.c.state, outbox.c.owner, outbox.c.attempts, outbox.c.created_at)
    late = select(*columns).where(outbox.c.priority == REPLY, outbox.c.state.in_(("waiting", "sending")))
    return [str(tuple(map(str, row))) for row in await db.rows(late.order_by(outbox.c.id).limit(20))]


@asynccontextmanager
async def talking(
    folder: Path,
    *,
    database_url: str,
    key: str,
    telegram: Telegram,
    pages: int,
    settings: Mapping[str, str] | None = None,
    again_seconds: float = 0.5,
    **more: float,
) -> AsyncIterator[Crowd]:
    """Two processes and a crowd that writes to both during the block; at its end everything must be in order."""
    shared = {"folder": folder, "database_url": database_url, "key": key, "settings": settings}
    async with AsyncExitStack() as opened:
        first = await opened.enter_async_context(Loket(**shared, telegram=telegram, mode="webhook"))
        second = await opened.enter_async_context(Loket(**shared))
        addresses = [one.url.removeprefix("http://") for one in (first, second)]
        browsers = [
            Page(
                addresses[number % 2 :] + addresses[: number % 2],
                source=f"198.51.100.{number // 5 + 1}",
                again_seconds=again_seconds,
            )
            for number in range(pages)
        ]
        crowd = Crowd(database_url, key, [first, second], telegram, browsers, **more)
        tasks = [asyncio.ensure_future(page.run()) for page in browsers]
        talk = asyncio.ensure_future(crowd.talk())
        try:
            await asyncio.sleep(1)
            yield crowd
            await asyncio.sleep(1)
            await _ended([talk])
            await crowd.is_in_order()
        finally:
            await _ended([talk, *tasks])


async def _ended(tasks: list[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
