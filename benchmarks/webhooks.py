"""Response time of WhatsApp's webhook: at 100 requests per second, and for bodies with many people.

The provider waits longer, but repeats a slow delivery over days; the aim is 250 ms.
"""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks import bots, process, register
from benchmarks.cloudapi import SignedWebhook, crowd, incoming
from benchmarks.table import rows

PER_SECOND = 100
LINES = 40
_newcomers = itertools.count(20_000_001)


@dataclass(slots=True)
class Measured:
    """Seconds from a request to its 200: of single messages, and by the number of newcomers in a body.

    The bot's CPU time is measured as well, as it is comparable on a shared machine.
    """

    steady: list[float] = field(default_factory=list)
    steady_cpu: float = 0.0  # CPU seconds per second
    bodies: dict[int, list[float]] = field(default_factory=dict)
    cpu: dict[int, list[float]] = field(default_factory=dict)  # CPU seconds until the answer
    refused: int = 0
    lost: int = 0


async def measure(folder: Path, *, people: int, seconds: float, sizes: tuple[int, ...]) -> Measured:
    """Run one Loket on WhatsApp and post to it."""
    bot = next(bot for bot in bots.BOTS if bot.key == "wa")
    running = await bots.start(bot, folder=folder, people=people)
    webhook = running.webhook
    assert isinstance(webhook, SignedWebhook)
    measured, said = Measured(), 0
    try:
        async with lines(running.webhook.port) as free:
            cpu, begun = process.cpu_seconds(running.pid), time.perf_counter()
            said += await steadily(webhook, free, measured, people, seconds)
            spent = process.cpu_seconds(running.pid) - cpu
            measured.steady_cpu = spent / (time.perf_counter() - begun)
            await answered(running.calls, said)
            for size in sizes:
                for _ in range(3):
                    newcomers = [next(_newcomers) for _ in range(size)]
                    await webhook.rests()
                    cpu = process.cpu_seconds(running.pid)
                    took = await post(webhook, free, crowd(newcomers, "halo"), measured)
                    measured.bodies.setdefault(size, []).append(took)
                    measured.cpu.setdefault(size, []).append(process.cpu_seconds(running.pid) - cpu)
                    said += size
                    await answered(running.calls, said)
        measured.lost = said - sum(running.calls.values())
    finally:
        await running.close()
    return measured


async def steadily(
    webhook: SignedWebhook, free: "Lines", measured: Measured, people: int, seconds: float
) -> int:
    """Post single messages at an even rate, a quarter of them by new people."""
    pick, known = random.Random(2), [next(_newcomers) for _ in range(200)]
    start, count = time.perf_counter(), int(PER_SECOND * seconds)

    async def one(number: int) -> None:
        await asyncio.sleep(max(0.0, start + number / PER_SECOND - time.perf_counter()))
        chat = next(_newcomers) if number % 4 == 0 else pick.choice(known)
        entry = register.entry(pick.randrange(people))
        text = pick.choice(["menu", "/status", entry.number, f"{entry.number} {entry.nik[-4:]}"])
        measured.steady.append(await post(webhook, free, incoming(chat, text), measured))

    async with asyncio.TaskGroup() as everybody:
        for number in range(count):
            everybody.create_task(one(number))
    return count


Lines = asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]


@asynccontextmanager
async def lines(port: int) -> AsyncIterator[Lines]:
    free: Lines = asyncio.Queue()
    for _ in range(LINES):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    yield free
    while not free.empty():
        free.get_nowait()[1].close()


async def post(webhook: SignedWebhook, free: Lines, body: bytes, measured: Measured) -> float:
    """Post one body; return the seconds to its answer, including the wait for a connection."""
    begun = time.perf_counter()
    reader, writer = await free.get()
    writer.write(webhook.request(body))
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    free.put_nowait((reader, writer))
    measured.refused += b" 200 " not in head.split(b"\r\n", 1)[0]
    return time.perf_counter() - begun


async def answered(calls: dict[str, int], said: int) -> None:
    """Wait until everybody has an answer."""
    async with asyncio.timeout(60):
        while sum(calls.values()) < said:  # noqa: ASYNC110  (the generator's counters have no event)
            await asyncio.sleep(0.05)


def table(measured: Measured) -> str:
    cuts = quantiles(measured.steady, n=100, method="inclusive")
    lines = [("posted", "p50 ms", "p99 ms", "longest ms", "CPU")]
    steady = (cuts[49], cuts[98], max(measured.steady))
    busy = f"{measured.steady_cpu:.0%} of a core"
    lines.append((f"one message, {PER_SECOND}/s", *(f"{one * 1000:.0f}" for one in steady), busy))
    for size, took in measured.bodies.items():
        name = f"a body of {size} new people"
        spent = f"{median(measured.cpu[size]) * 1000:.0f} ms"
        lines.append((name, f"{median(took) * 1000:.0f}", "", f"{max(took) * 1000:.0f}", spent))
    told = f"refused: {measured.refused}, without an answer: {measured.lost}"
    return "\n".join([*rows(lines), "", told])
