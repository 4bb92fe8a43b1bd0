"""Comparison of the bots: CPU per conversation, response time, longest stall."""

import asyncio
import gc
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import bots, process
from benchmarks.residents import THINKING_SECONDS, Tally

QUIET_MESSAGES_PER_SECOND = 40
BUSY_MESSAGES_PER_SECOND = 200
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a race."""

    people: int = 100_000
    rounds: int = 5
    in_flight: int = 1000  # more than any of these bots answers at once, so each runs at full speed
    seconds: float = 6
    rate_seconds: float = 10
    thinking: tuple[float, float] = THINKING_SECONDS


@dataclass(slots=True)
class Result:
    """Figures of one bot: one entry per round."""

    bot: bots.Bot
    cpu_ms: list[float] = field(default_factory=list)  # at full speed
    calm_cpu_ms: list[float] = field(default_factory=list)  # at 200 messages a second
    per_second: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    longest: list[float] = field(default_factory=list)
    own_pause: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)  # the bot's share of its core
    own_busy: list[float] = field(default_factory=list)  # the generator's share of its core
    memory: float = 0.0
    conversations: int = 0
    unasked: int = 0
    wrong: int = 0
    samples: list[str] = field(default_factory=list)
    calls: dict[str, int] = field(default_factory=dict)

    def count(self, tally: Tally) -> None:
        self.conversations += tally.conversations
        self.unasked += tally.unasked
        self.wrong += tally.wrong
        self.samples = [*self.samples, *tally.samples][:3]

    def ratio_to(self, other: "Result") -> float:
        """Median of the rounds' ratios, as a slow round affects both."""
        return median(mine / theirs for mine, theirs in zip(self.cpu_ms, other.cpu_ms, strict=True))

    def calm_ratio_to(self, other: "Result") -> float:
        """The same at 200 messages per second."""
        return median(mine / theirs for mine, theirs in zip(self.calm_cpu_ms, other.calm_cpu_ms, strict=True))


async def race(chosen: Sequence[bots.Bot], size: Size, folder: Path, say: Say) -> list[Result]:
    """Run all bots, one of them measured at a time: A B C A B C …"""
    async with AsyncExitStack() as stack:
        running = []
        for bot in chosen:
            say(f"starting {bot.title}")
            one = await bots.start(bot, folder=folder, people=size.people, thinking=size.thinking)
            stack.push_async_callback(one.close)
            running.append((one, Result(bot)))
        say("warming up")
        for one, result in running:
            result.count(await one.town.crowd(size.in_flight, size.seconds, asyncio.sleep))
        gc.collect()
        gc.freeze()
        for number in range(size.rounds):
            say(f"round {number + 1} of {size.rounds}")
            for one, result in running:
                await crowd(one, result, size)
        for number in range(max(1, size.rounds // 2)):
            say(f"answers at a fixed rate, {number + 1} of {max(1, size.rounds // 2)}")
            for one, result in running:
                await stroll(one, result, size)
        return [afterwards(one, result) for one, result in running]


def afterwards(one: bots.Running, result: Result) -> Result:
    """Add the figures that are read once, at the end."""
    result.memory = process.memory_mb(one.pid)
    result.calls = one.calls
    if result.wrong:
        result.samples.append(process.last_words(one.log))
    if one.webhook.refused:
        result.samples.append(f"refused: {one.webhook.refused}")
    return result


async def crowd(one: bots.Running, result: Result, size: Size) -> None:
    async def watch(seconds: float) -> None:
        answers, clock = len(one.town.tally.seconds), time.perf_counter()
        cpu, own = process.cpu_seconds(one.pid), time.process_time()
        await asyncio.sleep(seconds)
        cpu, own = process.cpu_seconds(one.pid) - cpu, time.process_time() - own
        seconds = time.perf_counter() - clock
        conversations = (len(one.town.tally.seconds) - answers) / 4
        result.cpu_ms.append(cpu * 1000 / conversations)
        result.per_second.append(conversations / seconds)
        result.busy.append(cpu / seconds)
        result.own_busy.append(own / seconds)

    result.count(await one.town.crowd(size.in_flight, size.seconds, watch))


async def stroll(one: bots.Running, result: Result, size: Size) -> None:
    quiet = await one.town.stroll(QUIET_MESSAGES_PER_SECOND, size.rate_seconds)
    result.p50.append(quiet.percentile(50))
    result.p99.append(quiet.percentile(99))
    result.count(quiet)
    cpu = process.cpu_seconds(one.pid)
    busy = await one.town.stroll(BUSY_MESSAGES_PER_SECOND, size.rate_seconds)
    result.calm_cpu_ms.append((process.cpu_seconds(one.pid) - cpu) * 4000 / len(busy.seconds))
    result.longest.append(busy.longest)
    result.own_pause.append(busy.own_pause * 1000)
    result.count(busy)
