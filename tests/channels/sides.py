"""Both ends of each channel: what the office sends through it, and what a resident sees, taps and says at the other end."""

import asyncio
import re
import socket
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import uvicorn
from starlette.applications import Starlette

from bot.channel import Channel, Heard, Parcel, Sent, Turned
from bot.http.rates import Rate
from bot.telegram.channel import TelegramChannel
from bot.turns.dispatcher import Dispatcher
from bot.web.channel import WebChannel
from bot.web.limits.quotas import Quotas
from bot.whatsapp.channel import WhatsAppChannel
from bot.whatsapp.markup import LOOKALIKES
from demo.whatsapp_emulator import APP_SECRET, NUMBER_ID, TOKEN, VERIFY_TOKEN, Graph
from handlers.engine.screen import File, Screen
from tests.emulators.telegram import Telegram
from tests.support.chromium import PATIENCE_MS, launched
from tests.web.conftest import serving
from tests.web.office import pages_alone

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_ALIKE = str.maketrans({alike: mark for mark, alike in LOOKALIKES.items()} | {"\u2068": "", "\u2069": ""})
_WHATSAPP_BOLD = re.compile(r"(?<![\w*])\*(\S|\S[^*\n]*\S)\*(?![\w*])")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What stands on the resident's screen.

    `taps` are the words on what can be tapped, in order; `links` what opens a page, and where it leads; `asks` the
    words on what tells the office where the resident is; `pins` the places on a map.
    """

    words: str
    bold: list[str] = field(default_factory=list)
    taps: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    pins: list[tuple[float, float]] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    bubbles: int = 1


class Ear:
    """Receives a channel's messages; answers only if an `office` is set."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[Heard] = asyncio.Queue()
        self.turned = asyncio.Semaphore(0)
        self.office: Dispatcher | None = None
        self.shown: dict[int, Screen] = {}

    async def __call__(self, heard: Heard, **how: Any) -> Turned:
        self.heard.put_nowait(heard)
        turned = await self.office(heard, **how) if self.office else Turned()
        self.turned.release()
        return turned

    async def moved(self, moved: Any) -> None:
        raise AssertionError("nobody moves here")

    async def receipts(self, receipts: Any) -> None:
        if self.office:
            await self.office.receipts(receipts)

    async def written(self, _parcel: Parcel) -> None:
        raise AssertionError("nothing travels inline here")

    async def language(self, **who: str) -> str | None:
        return await self.office.language(**who) if self.office else None

    async def resume(self, **who: str) -> Screen | None:
        return await self.office.resume(**who) if self.office else None

    async def last_answer(self, **who: str) -> tuple[int, Screen] | None:
        return await self.office.last_answer(**who) if self.office else None

    async def missed(self, **who: str) -> Sequence[Parcel]:
        return await self.office.missed(**who) if self.office else ()

    async def file(self, **what: Any) -> File | None:
        if self.office:
            return await self.office.file(**what)
        return self.shown[what["row"]].files[what["place"]]

    async def next(self) -> Heard:
        async with asyncio.timeout(60):
            return await self.heard.get()


class Hand(Protocol):
    """What a resident can do at the other end."""

    async def says(self, text: str) -> None: ...
    async def taps(self, place: int) -> None: ...
    async def marks(self) -> None: ...
    async def taps_marked(self, place: int) -> None: ...
    async def sends_photo(self, data: bytes) -> None: ...
    async def tells_where(self) -> None: ...
    async def sees(self, sent: Sent) -> Seen: ...
    async def hears(self, words: str, *, files: int = 0) -> Seen: ...


class Hurried:
    """Monotonic clock of a channel; moving it ends the pause between two messages of a chat."""

    moved = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.moved


@dataclass(kw_only=True)
class Side:
    """One channel with the office's ear behind it and a resident in front of it."""

    channel: Channel
    ear: Ear
    hand: Hand
    clock: "Hurried"
    address: str = ""
    sent: int = 0

    async def meets(self) -> None:
        """Send the resident's first message, which allows the office to write."""
        await self.hand.says("halo")
        self.address = (await self.ear.next()).address

    async def show(self, screen: Screen, *, row: int | None = None) -> tuple[Sent, Seen]:
        """Send the screen as the courier does; give the provider's word for it, and what the resident sees."""
        self.sent += 1
        self.clock.moved += 10
        parcel = Parcel(
            id=row or self.sent,
            chat=1,
            channel=self.channel.name,
            account=self.channel.account,
            address=self.address,
            priority=0,
            screen=screen,
            due_at=NOW,
            heard_at=NOW,
        )
        self.ear.shown[parcel.id] = screen
        sent = await self.channel.send(parcel)
        return sent, await self.hand.sees(sent)


@dataclass
class TelegramHand:
    telegram: Telegram
    shown: int = 0

    def __post_init__(self) -> None:
        self.sri = self.telegram.resident("Sri Wahyuni")

    async def says(self, text: str) -> None:
        await self.sri.says(text)

    async def taps(self, place: int) -> None:
        await self.sri.taps(self.sri.last.labels[place], on=self.sri.last)

    async def hears(self, words: str, *, files: int = 0) -> Seen:
        await self.sri.hears(words)
        seen = await self.sees(Sent())
        assert len(seen.files) == files
        return seen

    async def marks(self) -> None:
        self.marked = self.sri.last

    async def taps_marked(self, place: int) -> None:
        await self.sri.taps(self.marked.labels[place], on=self.marked)

    async def sends_photo(self, data: bytes) -> None:
        await self.sri.sends_photo(data)

    async def tells_where(self) -> None:
        await self.sri.taps("lokasi", on=self.sri.last)

    async def sees(self, sent: Sent) -> Seen:
        bubbles, self.shown = self.sri.bubbles[self.shown :], len(self.sri.bubbles)
        bold = []
        buttons = [button for bubble in bubbles for button in bubble.buttons]
        venues = [bubble.message["venue"] for bubble in bubbles if "venue" in bubble.message]
        for bubble in bubbles:
            units = bubble.text.encode("utf-16-le")
            for one in bubble.message.get("entities", []):
                start, end = one["offset"] * 2, (one["offset"] + one["length"]) * 2
                bold += [units[start:end].decode("utf-16-le")] * (one["type"] == "bold")
        return Seen(
            words=_plain(
                "\n".join(
                    [*(one.text for one in bubbles), *(one["text"] for one in buttons)]
                    + [f"{one['title']}, {one['address']}" for one in venues]
                )
            ),
            bold=[_plain(one) for one in bold],
            taps=[one["text"] for one in buttons if "callback_data" in one],
            links=[(one["text"], one["url"]) for one in buttons if "url" in one],
            asks=[one["text"] for one in buttons if one.get("request_location")],
            pins=[(one["location"]["latitude"], one["location"]["longitude"]) for one in venues],
            files=[(one.file_name, one.file) for one in bubbles if one.file is not None],
            bubbles=len(bubbles),
        )


@dataclass
class WhatsAppHand:
    graph: Graph
    shown: int = 0

    def __post_init__(self) -> None:
        self.sri = self.graph.resident("Sri Wahyuni")

    async def says(self, text: str) -> None:
        await self.sri.says(text)

    async def taps(self, place: int) -> None:
        await self.sri.taps(self.sri.last.labels[place], on=self.sri.last)

    async def hears(self, words: str, *, files: int = 0) -> Seen:
        await self.sri.hears(words)
        seen = await self.sees(Sent())
        assert len(seen.files) == files
        return seen

    async def marks(self) -> None:
        self.marked = self.sri.last

    async def taps_marked(self, place: int) -> None:
        await self.sri.taps(self.marked.labels[place], on=self.marked)

    async def sends_photo(self, data: bytes) -> None:
        await self.sri.sends_photo(data)

    async def tells_where(self) -> None:
        await self.sri.taps("lokasi", on=self.sri.last)

    async def sees(self, sent: Sent) -> Seen:
        bubbles, self.shown = self.sri.bubbles[self.shown :], len(self.sri.bubbles)
        choices = [choice for bubble in bubbles for choice in bubble.choices]
        pins = [bubble.payload["location"] for bubble in bubbles if bubble.kind == "location"]
        told = [f"{choice.label} {choice.hint}".strip() for choice in choices]
        text = "\n".join(_WHATSAPP_BOLD.sub(r"\1", one.text) for one in bubbles)
        return Seen(
            words=_plain("\n".join([text, *told])),
            bold=[_plain(bold) for one in bubbles for bold in _WHATSAPP_BOLD.findall(one.text)],
            taps=[choice.label for choice in choices if choice.kind.endswith("reply")],
            links=[(choice.label, choice.id) for choice in choices if choice.kind == "url"],
            asks=[choice.label for choice in choices if choice.kind == "location"],
            pins=[(pin["latitude"], pin["longitude"]) for pin in pins],
            files=[(one.file.name, one.file.data) for one in bubbles if one.file],
            bubbles=len(bubbles),
        )


# The newest bubble of the office that holds the words and was not heard yet: its id.
_NEW = """([words, heard]) => Array.from(document.querySelectorAll(".said.office")).reverse()
    .filter((said) => said.innerText.includes(words) && !heard.includes(said.dataset.id))
    .map((said) => said.dataset.id)[0]"""


@dataclass
class WebHand:
    """A browser: what stands there is read from the page itself."""

    page: Any
    heard: set[str] = field(default_factory=set)

    async def says(self, text: str) -> None:
        await self.page.get_by_label("Tulis pesan").fill(text)
        await self.page.keyboard.press("Enter")

    async def taps(self, place: int) -> None:
        await self.page.locator(".said.office").last.locator(".choice").nth(place).click()

    async def hears(self, words: str, *, files: int = 0) -> Seen:
        number = await (await self.page.wait_for_function(_NEW, arg=[words, list(self.heard)])).json_value()
        self.heard.add(number)
        if files:
            said = self.page.locator(f'.said.office[data-id="{number}"]')
            await said.locator("a.paper, a:has(img)").nth(files - 1).wait_for()
        return await self.sees(Sent(id=number))

    async def marks(self) -> None:
        last = self.page.locator(".said.office").last
        self.marked = await last.get_attribute("data-id")

    async def taps_marked(self, place: int) -> None:
        old = self.page.locator(f'.said.office[data-id="{self.marked}"]')
        await old.locator(".choice").nth(place).click()

    async def sends_photo(self, data: bytes) -> None:
        file = {"name": "foto.png", "mimeType": "image/png", "buffer": data}
        await self.page.locator("#photo").set_input_files(file)

    async def tells_where(self) -> None:
        await self.page.locator(".said.office").last.locator("button.deed").click()

    async def sees(self, sent: Sent) -> Seen:
        said = self.page.locator(f'.said.office[data-id="{sent.id}"]')
        await said.wait_for()
        links = said.locator("a.paper, a:has(img)")
        files = []
        for place in range(await links.count()):
            link = links.nth(place)
            name = await link.get_attribute("download") or ""
            answer = await self.page.request.get(await link.evaluate("a => a.href"))
            files.append((name, await answer.body()))
        return Seen(
            words=_plain(await said.inner_text()),
            bold=[_plain(one) for one in await said.locator("strong").all_inner_texts()],
            taps=[" ".join(one.split()) for one in await said.locator(".choice").all_inner_texts()],
            links=[
                (await link.inner_text(), await link.get_attribute("href"))
                for link in await said.locator("a.deed").all()
            ],
            asks=await said.locator("button.deed").all_inner_texts(),
            files=files,
        )


@asynccontextmanager
async def telegram_side() -> AsyncIterator[Side]:
    clock = Hurried()
    async with Telegram() as telegram:
        channel = TelegramChannel(token=telegram.token, api_base=telegram.api_base, rate=1000, clock=clock)
        ear = Ear()
        async with asyncio.TaskGroup() as tasks:
            listening = tasks.create_task(channel.listen(ear))
            await telegram.polled()
            yield Side(channel=channel, ear=ear, hand=TelegramHand(telegram), clock=clock)
            listening.cancel()
        await channel.close()


@asynccontextmanager
async def whatsapp_side() -> AsyncIterator[Side]:
    clock, line = Hurried(), socket.socket()
    line.bind(("127.0.0.1", 0))
    webhook = f"http://127.0.0.1:{line.getsockname()[1]}/whatsapp/webhook"
    async with Graph(clock=lambda: NOW, webhook=webhook) as graph:
        channel = WhatsAppChannel(
            token=TOKEN,
            phone_number_id=NUMBER_ID,
            app_secret=APP_SECRET,
            verify_token=VERIFY_TOKEN,
            api_base=graph.api_base,
            clock=lambda: NOW,
            monotonic=clock,
        )
        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=channel.routes()), log_config=None, lifespan="off")
        )
        ear = Ear()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve([line]))
            listening = tasks.create_task(channel.listen(ear))
            yield Side(channel=channel, ear=ear, hand=WhatsAppHand(graph), clock=clock)
            listening.cancel()
            server.should_exit = True
        await channel.close()


@asynccontextmanager
async def web_side(store: Any) -> AsyncIterator[Side]:
    channel, ear = WebChannel(), Ear()
    app = pages_alone(ear, channel, store, quotas=Quotas(messages=Rate(per_minute=60_000, burst=10_000)))
    async with serving(app) as running, launched() as browser:
        context = await browser.new_context(
            viewport={"width": 320, "height": 568},
            permissions=["geolocation"],
            geolocation={"latitude": -7.47222, "longitude": 112.43381},
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(f"http://{running.address}/")
        side = Side(channel=channel, ear=ear, hand=WebHand(page), clock=Hurried())
        await ear.next()  # the page asks for the menu by itself
        yield side


def _plain(text: str) -> str:
    return text.translate(_ALIKE)
