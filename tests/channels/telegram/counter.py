"""A tiny office behind the channel: claims each message once, answers with what a test tells it to."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.channel import Heard, Parcel, Turned
from bot.telegram.channel import TelegramChannel
from handlers.engine.screen import Screen, ShownChoice
from storage.session import StoreDown
from tests.emulators.telegram import Telegram

SECRET = "s3cret_of-the-webhook"
YES_NO = (
    ShownChoice(token="q.1.1", number=1, label="Ya"),
    ShownChoice(token="q.1.2", number=2, label="Tidak"),
)


def parcel(
    address: object, text: str = "halo", *, number: int = 1, priority: int = 0, **screen: Any
) -> Parcel:
    return Parcel(
        id=number,
        chat=1,
        channel="telegram",
        account="7000000001",
        address=str(address),
        priority=priority,
        screen=Screen(text=text, **screen),
        due_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        heard_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    )


class Counter:
    """Implements `bot.channel.Hear`. `turns` are what took effect, in order; `down` makes the store fail so often."""

    def __init__(
        self, channel: TelegramChannel, answer: Callable[[Heard], Screen | None] | None = None
    ) -> None:
        self.channel = channel
        self.answer = answer or (lambda heard: Screen(text=f"gema: {heard.text or heard.kind}"))
        self.turns: list[Heard] = []
        self.tries: list[str] = []
        self.padded: list[bool] = []
        self.carried: list[Parcel] = []
        self.tried = asyncio.Event()
        self.down = 0
        self.breaks = 0
        self.gate: asyncio.Event | None = None
        self.gated: str | None = None
        self.connections: set[Any] = set()
        self.naps: list[float] = []
        self._claimed: set[str] = set()
        self._sending: list[asyncio.Task[None]] = []
        self._news = asyncio.Event()

    async def __call__(self, heard: Heard, *, inline: bool = False, padded: bool = True) -> Turned:
        self.tries.append(heard.text)
        self.padded.append(padded)
        self.tried.set()
        if self.gate is not None and self.gated in {None, heard.text}:
            await self.gate.wait()
        if self.down:
            self.down -= 1
            raise StoreDown
        if self.breaks:
            self.breaks -= 1
            raise LookupError("3516015708900001")
        if heard.message_id in self._claimed:
            return Turned(duplicate=True)
        self._claimed.add(heard.message_id)
        self.turns.append(heard)
        screen = self.answer(heard)
        if screen is None:
            return Turned()
        reply = parcel(heard.address, screen.text, number=len(self.turns))
        object.__setattr__(reply, "screen", screen)
        if inline:
            return Turned(inline=reply)
        await self.channel.send(reply)
        return Turned()

    async def line_is_cut(self) -> None:
        """Wait until the web server noticed that nobody is connected any more."""
        async with asyncio.timeout(60):
            while self.connections:  # noqa: ASYNC110 (uvicorn has no event for it)
                await asyncio.sleep(0)

    async def written(self, parcel: Parcel) -> None:
        self.carried.append(parcel)
        self._news.set()

    def carry(self, parcel: Parcel) -> None:
        """Send it beside the request, as the courier does."""
        self._sending.append(asyncio.get_running_loop().create_task(self._send(parcel)))

    async def _send(self, parcel: Parcel) -> None:
        await self.channel.send(parcel)
        await self.written(parcel)

    def cut(self, parcel: Parcel) -> None:
        """Do nothing: written messages count as read here."""

    async def recorded(self, count: int) -> None:
        """Wait until so many parcels, and no more, are recorded as written."""
        async with asyncio.timeout(60):
            while len(self.carried) < count:
                self._news.clear()
                await self._news.wait()
        assert len({one.id for one in self.carried}) == len(self.carried) == count


def channel_of(telegram: Telegram, **how: Any) -> TelegramChannel:
    return TelegramChannel(**{"token": telegram.token, "api_base": telegram.api_base, "rate": 1000.0, **how})


@asynccontextmanager
async def closing(channel: TelegramChannel) -> AsyncIterator[TelegramChannel]:
    try:
        yield channel
    finally:
        await channel.close()


@asynccontextmanager
async def polling(telegram: Telegram, **how: Any) -> AsyncIterator[Counter]:
    """A bot that polls; `naps` of its patience are noted, never slept."""
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)
        await asyncio.sleep(0)

    channel = channel_of(telegram, sleep=sleep, **how)
    counter = Counter(channel)
    counter.naps = naps
    async with closing(channel), asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(channel.listen(counter))
        await telegram.polled()
        yield counter
        listening.cancel()


@asynccontextmanager
async def webhook(telegram: Telegram, **how: Any) -> AsyncIterator[Counter]:
    """A bot behind a webhook on 127.0.0.1, served by uvicorn as in life."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    public = f"http://127.0.0.1:{listener.getsockname()[1]}"
    channel = channel_of(telegram, mode="webhook", public_url=public, secret=SECRET, **how)
    counter = Counter(channel)
    config = uvicorn.Config(Starlette(routes=channel.routes()), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None
    async with closing(channel), asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve([listener]))
        await channel.listen(counter)
        counter.connections = server.server_state.connections
        yield counter
        server.should_exit = True
