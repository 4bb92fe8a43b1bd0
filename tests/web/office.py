"""A small office behind the real web server: what it hears and what it answers is up to the test."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.channel import Absent, Heard, Parcel, Turned
from bot.setup.gauges import Gauges
from bot.setup.heart import Heart
from bot.setup.metrics import Metrics
from bot.web.app import build
from bot.web.channel import WebChannel
from handlers.engine.screen import File, Screen, ShownChoice
from storage.session import StoreDown
from storage.store import Store
from tests.support.texts import THE_OFFICE, the_texts

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
Answer = Callable[[Heard], Screen | None]


def echo(heard: Heard) -> Screen | None:
    return Screen(text=f"Anda menulis: {heard.text or heard.choice or heard.kind}", language="id")


def choices(*labels: str, question: str = "q1") -> tuple[ShownChoice, ...]:
    return tuple(
        ShownChoice(token=f"{question}.{n}", number=n, label=label) for n, label in enumerate(labels, start=1)
    )


class SmallOffice:
    """Implements what the chat needs of the dispatcher: claims, answers, resumes."""

    def __init__(self, channel: WebChannel) -> None:
        self.channel = channel
        self.answer: Answer = echo
        self.open: Screen | None = None
        self.last: Screen | None = None
        self.heard: list[Heard] = []
        self.waiting: list[Parcel] = []
        self.said: list[Parcel] = []
        self.is_down = False
        self.same_person = True  # sits there since the first word
        self.fault: Exception | None = None
        self.numbered = 0
        self.silence = asyncio.Event()
        self.silence.set()

    async def __call__(self, heard: Heard, *, inline: bool = False) -> Turned:
        await self.silence.wait()
        if self.is_down:
            raise StoreDown("the database did not commit")
        if self.fault is not None:
            raise self.fault
        if any(one.message_id == heard.message_id and one.account == heard.account for one in self.heard):
            return Turned(duplicate=True)
        self.heard.append(heard)
        screen = self.answer(heard)
        if screen is not None:
            await self.say(heard.address, screen)
        return Turned()

    async def written(self, parcel: Parcel) -> None:
        raise AssertionError("the web chat has no webhook")

    async def resume(self, *, channel: str, account: str, address: str) -> Screen | None:
        return self.open

    async def last_answer(self, *, channel: str, account: str, address: str) -> tuple[int, Screen] | None:
        return None if self.last is None else (1, self.last)

    async def missed(self, *, channel: str, account: str, address: str, after: str) -> list[Parcel]:
        return [
            one
            for one in self.said
            if one.address == address and one.id > int(after) and (self.same_person or one.screen.veiled)
        ]

    async def file(self, *, channel: str, account: str, address: str, row: int, place: int) -> File | None:
        shown = [one for one in self.said if (one.id, one.address) == (row, address) and self.same_person]
        return shown[0].screen.files[place] if shown else None

    async def language(self, *, channel: str, account: str, address: str) -> str | None:
        return None

    async def say(self, address: str, screen: Screen) -> None:
        self.numbered += 1
        parcel = Parcel(
            id=self.numbered,
            chat=1,
            channel="web",
            account=address,
            address=address,
            priority=0,
            screen=screen,
            due_at=NOON,
            heard_at=NOON,
        )
        try:
            await self.channel.send(parcel)
            self.said.append(parcel)
        except Absent:
            self.waiting.append(parcel)

    def texts(self) -> list[str]:
        return [one.text for one in self.heard]


def pages_alone(office: Any, channel: WebChannel, store: Store, **settings: Any) -> Any:
    """The pages with a scripted office: their contract covers answers, delays and faults that the assembled one never has."""
    heart = Heart(store=store, doing="run")
    return build(
        hear=office,
        channel=channel,
        office=THE_OFFICE,
        texts=the_texts(),
        store=store,
        before_metrics=Gauges(store=store, channels={}, office=THE_OFFICE, heart=heart),
        **{"metrics": Metrics(), **settings},
    )
