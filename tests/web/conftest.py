"""The web server as it is in production, on a free port of 127.0.0.1, with a small office behind it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
from playwright.async_api import Browser
from websockets.asyncio.client import ClientConnection, connect

from bot.http.sources import TRUSTED_PROXIES, Proxies
from bot.setup.metrics import Metrics
from bot.web.channel import WebChannel
from bot.web.limits.lines import ChatLines
from bot.web.limits.quotas import Quotas
from bot.web.serve import WebServer, listening_socket
from locales.texts import DEFAULT, Texts
from storage.store import Store
from tests.support.chromium import launched
from tests.support.clock import Clock
from tests.support.plain_http import NO_AUTHORITIES
from tests.support.texts import WIB
from tests.web.office import SmallOffice, pages_alone


@dataclass
class Site:
    address: str
    office: SmallOffice
    channel: WebChannel
    metrics: Metrics
    stop: Callable[[], None]
    stopped: asyncio.Event

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def chat(self, cookie: str | None = None, *, query: str = "", **headers: str) -> connect:
        sent = {**headers, **({"Cookie": cookie} if cookie else {})}
        # A line with an unfinished message hears no farewell: hang up soon.
        return connect(
            f"ws://{self.address}/chat{query}", additional_headers=sent, max_size=None, close_timeout=0.2
        )

    def client(self, **settings: object) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, verify=NO_AUTHORITIES, **settings)


@dataclass
class Running:
    address: str
    stop: Callable[[], None]
    stopped: asyncio.Event


@asynccontextmanager
async def serving(
    app: object, listen: str = "127.0.0.1:0", lines: ChatLines | None = None
) -> AsyncIterator[Running]:
    server = WebServer(app, listening_socket(listen), lines)
    running = Running(server.address, server.stop, asyncio.Event())

    async def run() -> None:
        await server.run()
        running.stopped.set()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run())
        try:
            yield running
        finally:
            server.stop()


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts(zone=WIB, strict=True)


@pytest.fixture
async def web_store(_sqlite_url: str, vault, clock: Clock) -> AsyncIterator[Store]:
    """One database is enough where a test is about the web."""
    opened = await Store.open(_sqlite_url, vault=vault, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
async def site(web_store: Store, texts: Texts, request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    settings = getattr(request, "param", {})
    channel = WebChannel()
    office = SmallOffice(channel)
    metrics = Metrics()
    app = pages_alone(office, channel, web_store, metrics=metrics, **settings)
    proxies = Proxies.of(settings.get("trusted_proxies", TRUSTED_PROXIES))
    lines = ChatLines(
        quotas=settings.get("quotas", Quotas()), proxies=proxies, sentence=texts.say(DEFAULT, "web-full")
    )
    async with serving(app, lines=lines) as running:
        yield Site(running.address, office, channel, metrics, running.stop, running.stopped)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as opened:
        yield opened


async def frame(chat: ClientConnection, op: str = "say") -> dict:
    """Read on until a frame of this kind comes."""
    async with asyncio.timeout(60):
        while True:
            got = json.loads(await chat.recv())
            if got["op"] == op:
                return got
