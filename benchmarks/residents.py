"""Residents: each has a conversation of four messages and checks every answer."""

import asyncio
import itertools
import json
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import quantiles

from benchmarks import register

Step = tuple[str, tuple[str, ...]]  # a message of the resident, and words of its answer
Script = Sequence[Step]
_chats = itertools.count(10_000_001)
_updates = itertools.count(500_000_001)
_messages = itertools.count(1)
GIVE_UP_SECONDS = 15
# Faster than any resident, but within Telegram's limit of one message per second in a chat.
THINKING_SECONDS = (0.4, 0.8)


def echo_script(entry: register.Entry) -> Script:
    words = ("/menu", "/status", entry.number, entry.nik)
    return [(word, (word,)) for word in words]


def status_script(entry: register.Entry) -> Script:
    found = (entry.masked_name, register.STAGE_WORDS.get(entry.stage, ""))
    return [
        ("/menu", ("KTP",)),
        ("/status", ("nomor registrasi",)),
        (entry.number, ("NIK",)),
        (entry.nik, found),
    ]


def whatsapp_script(entry: register.Entry) -> Script:
    """The same with four digits, as WhatsApp demands, and with lookalikes of a mask's asterisks."""
    *asked, (_nik, found) = status_script(entry)
    return [*asked, (entry.nik[-4:], tuple(word.replace("*", "\u2217") for word in found))]


@dataclass(slots=True)
class Tally:
    """Result of a run."""

    conversations: int = 0
    wrong: int = 0
    unasked: int = 0
    samples: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)  # from the resident's message to its answer
    own_pause: float = 0.0  # longest pause of the generator, which looks like a stall of the bot

    def percentile(self, percent: int) -> float:
        """Response time in milliseconds at this percentile."""
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000

    @property
    def longest(self) -> float:
        return max(self.seconds) * 1000


class Town:
    """Residents of one bot; passes each answer to the resident who waits for it."""

    def __init__(
        self, script: Callable[[register.Entry], Script], people: int, thinking: tuple[float, float]
    ) -> None:
        self.script = script
        self.thinking = thinking
        self.pick = random.Random(1)
        self.people = people
        self.waiting: dict[int, tuple[asyncio.Future[str], float]] = {}
        self.post: Callable[[bytes], None]
        self.write = update  # builds a message of this platform
        self.tally = Tally()

    def heard(self, chat: int, text: str) -> None:
        waiter = self.waiting.pop(chat, None)
        if waiter is None:
            self.tally.unasked += 1
            return
        future, since = waiter
        self.tally.seconds.append(time.perf_counter() - since)
        if not future.done():
            future.set_result(text)

    def say(self, chat: int, text: str) -> asyncio.Future[str]:
        future = asyncio.get_running_loop().create_future()
        self.waiting[chat] = (future, time.perf_counter())
        self.post(self.write(chat, text))
        return future

    async def converse(self) -> None:
        chat = next(_chats)
        for text, words in self.script(register.entry(self.pick.randrange(self.people))):
            answer = await self.say(chat, text)
            if not all(word in answer for word in words):
                self.wrong(f"{text!r} → {answer!r}, without {words}")
                return
            await asyncio.sleep(self.pick.uniform(*self.thinking))
        self.tally.conversations += 1

    def wrong(self, sample: str) -> None:
        self.tally.wrong += 1
        if len(self.tally.samples) < 3:
            self.tally.samples.append(sample)

    async def crowd(self, in_flight: int, seconds: float, watch: Callable[[float], Awaitable[None]]) -> Tally:
        """`in_flight` residents, one conversation after another; `watch(seconds)` runs once all began."""
        self.tally = Tally()
        rush = self.thinking[1] * 4
        leave = time.perf_counter() + rush + seconds

        async def resident() -> None:
            await asyncio.sleep(self.pick.uniform(0, rush))
            while time.perf_counter() < leave:
                await self.converse()

        async with self.patience(), asyncio.TaskGroup() as everybody:
            for _ in range(in_flight):
                everybody.create_task(resident())
            await asyncio.sleep(rush)
            await watch(seconds)
        return self.tally

    async def stroll(self, messages_per_second: float, seconds: float) -> Tally:
        """Conversations begun at an even rate, independent of the bot."""
        self.tally = Tally()
        async with self.patience(), asyncio.TaskGroup() as everybody:
            for moment in paces(messages_per_second / 4, seconds):
                await asyncio.sleep(max(0.0, moment - time.perf_counter()))
                everybody.create_task(self.converse())
        return self.tally

    @asynccontextmanager
    async def patience(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            aside = [group.create_task(self.give_up()), group.create_task(self.feel_own_pause())]
            try:
                yield
            finally:
                for task in aside:
                    task.cancel()

    async def feel_own_pause(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            self.tally.own_pause = max(self.tally.own_pause, time.perf_counter() - before - 0.002)

    async def give_up(self) -> None:
        """Count a missing answer as wrong."""
        while True:
            await asyncio.sleep(1)
            late = time.perf_counter() - GIVE_UP_SECONDS
            for chat in [chat for chat, (_, since) in self.waiting.items() if since < late]:
                self.waiting.pop(chat)[0].set_result("(no answer)")


def paces(per_second: float, seconds: float) -> Iterator[float]:
    start = time.perf_counter()
    return (start + number / per_second for number in range(int(per_second * seconds)))


def update(chat: int, text: str) -> bytes:
    """A text message as Telegram posts it."""
    person = {"id": chat, "first_name": "Warga", "is_bot": False, "language_code": "id"}
    message = {
        "message_id": next(_messages),
        "from": person,
        "chat": {"id": chat, "first_name": "Warga", "type": "private"},
        "date": int(time.time()),
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"offset": 0, "length": len(text), "type": "bot_command"}]
    return json.dumps({"update_id": next(_updates), "message": message}).encode()
