"""Many offices on one machine: a process, a database and a port each, as loket@.service starts them."""

import asyncio
import json
import random
import secrets
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import websockets

from benchmarks import bots, process, register, residents
from benchmarks.botapi import BotApi

READY_SECONDS, ANSWER_SECONDS, WATCH_SECONDS = 120, 30, 0.02


@dataclass(frozen=True, slots=True)
class Size:
    """How many offices, how long they idle, and how many conversations a second they hold together for how long."""

    offices: int = 10
    idle_seconds: float = 30
    rate: float = 20
    rate_seconds: float = 30
    settle_seconds: float = 10


@dataclass(slots=True)
class Measured:
    """Megabytes are those of one office, CPU a share of one core, seconds from the first start."""

    channels: str
    ready_seconds: float = 0.0
    start_cpu_seconds: float = 0.0
    idle_cpu: float = 0.0
    writes_a_second: float = 0.0
    memory: dict[str, float] = field(default_factory=dict)
    memory_after: dict[str, float] = field(default_factory=dict)
    busy_cpu: float = 0.0
    conversations: int = 0
    late: int = 0
    broken: int = 0
    milliseconds: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Office:
    port: int
    database: Path
    child: subprocess.Popen[bytes]


async def measure(
    prepared: Path, *, people: int, size: Size, folder: Path, say: Callable[[str], None]
) -> list[Measured]:
    """Measure offices with the web chat alone, and with Telegram as well."""
    calls: dict[str, int] = {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: BotApi(lambda *_: None, calls), "127.0.0.1", 0)
    api = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    found = []
    for channels, settings in (("web", {}), ("web, telegram", bots.telegram_settings(api))):
        result = Measured(channels)
        found.append(result)
        await _measure(result, prepared, people, size, folder / channels[-3:], settings, say)
    server.close()
    return found


async def _measure(
    result: Measured, prepared: Path, people: int, size: Size, folder: Path, settings: dict, say: Callable
) -> None:
    databases = _copies(prepared, folder, size.offices)
    clock = time.perf_counter()
    offices = [_started(database, settings) for database in databases]
    try:
        await asyncio.gather(*(_ready(one) for one in offices))
        result.ready_seconds = time.perf_counter() - clock
        result.start_cpu_seconds = _cpu(offices) / len(offices)
        say(f"{result.channels}: {size.offices} offices ready after {result.ready_seconds:.1f} s")
        await asyncio.sleep(size.settle_seconds)  # the first looks of every loop belong to the start
        await _idle(result, offices, size.idle_seconds)
        result.memory = _memory(offices)
        await _talk(result, offices, people, size)
        result.memory_after = _memory(offices)
    finally:
        await asyncio.gather(*(process.stop(one.child, 30) for one in offices))


def _copies(prepared: Path, folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    databases = [folder / f"office{number}.db" for number in range(count)]
    for database in databases:
        bots.copy_database(prepared, database)
    return databases


def _started(database: Path, settings: dict[str, str]) -> Office:
    port = process.free_port()
    env = bots.loket_settings(database) | {
        "LOKET_LISTEN": f"127.0.0.1:{port}",
        "LOKET_PUBLIC_URL": f"https://127.0.0.1:{port}",
        **settings,
    }
    child = process.spawn(["-m", "bot", "run"], log=database.with_suffix(".log"), core=None, env=env)
    return Office(port, database, child)


async def _ready(office: Office) -> None:
    def look() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{office.port}/readyz", timeout=10) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    async with asyncio.timeout(READY_SECONDS):
        while not await asyncio.to_thread(look):
            if office.child.poll() is not None:
                raise RuntimeError(process.last_words(office.database.with_suffix(".log")))
            await asyncio.sleep(0.1)


async def _idle(result: Measured, offices: list[Office], seconds: float) -> None:
    """Nobody speaks: CPU, and the commits that other connections see."""
    before, clock = _cpu(offices), time.perf_counter()
    watches = [sqlite3.connect(one.database) for one in offices]
    versions, writes = [_version(watch) for watch in watches], 0
    while time.perf_counter() - clock < seconds:
        await asyncio.sleep(WATCH_SECONDS)
        now = [_version(watch) for watch in watches]
        writes += sum(one != other for one, other in zip(now, versions, strict=True))
        versions = now
    passed = time.perf_counter() - clock
    result.idle_cpu = (_cpu(offices) - before) / passed / len(offices)
    result.writes_a_second = writes / passed / len(offices)
    for watch in watches:
        watch.close()


def _version(watch: sqlite3.Connection) -> int:
    return int(watch.execute("PRAGMA data_version").fetchone()[0])


def _cpu(offices: list[Office]) -> float:
    return sum(process.cpu_seconds(one.child.pid) for one in offices)


def _memory(offices: list[Office]) -> dict[str, float]:
    """Mean of `Rss`, `Pss` (shared pages divided among their processes) and what is private."""
    total = {"Rss": 0.0, "Pss": 0.0, "private": 0.0}
    for one in offices:
        for line in Path(f"/proc/{one.child.pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, amount = line.split()[0].rstrip(":"), int(line.split()[1]) / 1024
            if name in total:
                total[name] += amount
            if name.startswith("Private_") and name != "Private_Hugetlb":
                total["private"] += amount
    return {name: amount / len(offices) for name, amount in total.items()}


async def _talk(result: Measured, offices: list[Office], people: int, size: Size) -> None:
    """Conversations begin at an even rate, each in another office and another browser."""
    before, clock = _cpu(offices), time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(int(size.rate * size.rate_seconds)):
            await asyncio.sleep(max(0.0, clock + number / size.rate - time.perf_counter()))
            tasks.create_task(_conversation(result, offices[number % len(offices)], number, people))
    result.busy_cpu = (_cpu(offices) - before) / (time.perf_counter() - clock)


async def _conversation(result: Measured, office: Office, number: int, people: int) -> None:
    headers = {
        "Cookie": f"loket={secrets.token_urlsafe(32)}",
        "X-Forwarded-For": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
    }
    entry = register.entry(random.randrange(people))
    url = f"ws://127.0.0.1:{office.port}/chat"
    origin = f"http://127.0.0.1:{office.port}"
    try:
        async with (
            asyncio.timeout(ANSWER_SECONDS),
            websockets.connect(url, additional_headers=headers, origin=origin) as chat,
        ):
            for place, (text, words) in enumerate(residents.status_script(entry)):
                clock = time.perf_counter()
                await chat.send(json.dumps({"id": f"{number}-{place}", "text": text}))
                await _heard(chat, words)
                result.milliseconds.append((time.perf_counter() - clock) * 1000)
    except TimeoutError:
        result.late += 1
    except (OSError, websockets.WebSocketException):
        result.broken += 1
    result.conversations += 1


async def _heard(chat: websockets.ClientConnection, words: tuple[str, ...]) -> None:
    async for frame in chat:
        got = json.loads(frame)
        if got["op"] == "say" and all(word in got["text"] for word in words):
            return
    raise ConnectionError("the chat ended before its answer")


def table(found: list[Measured], size: Size) -> str:
    def cell(make: Callable[[Measured], str]) -> str:
        return " | ".join(make(one) for one in found)

    def memory(of: Callable[[Measured], dict[str, float]], name: str) -> str:
        return cell(lambda one: f"{of(one)[name]:.0f}")

    rows = [
        f"| {size.offices} offices | {cell(lambda one: one.channels)} |",
        "|---|" + "---|" * len(found),
        f"| all ready after, s | {cell(lambda one: f'{one.ready_seconds:.1f}')} |",
        f"| CPU of one start, s | {cell(lambda one: f'{one.start_cpu_seconds:.1f}')} |",
        *(
            f"| memory of an idle office, MB, {title} | {memory(lambda one: one.memory, name)} |"
            for title, name in (("resident", "Rss"), ("its share (PSS)", "Pss"), ("private", "private"))
        ),
        f"| CPU of an idle office, % of a core | {cell(lambda one: f'{one.idle_cpu * 100:.2f}')} |",
        f"| commits of an idle office a second | {cell(lambda one: f'{one.writes_a_second:.2f}')} |",
        f"| conversations at {size.rate:g}/s over all; not over within {ANSWER_SECONDS} s, broken | {cell(_held)} |",
        f"| CPU of all meanwhile, % of a core | {cell(lambda one: f'{one.busy_cpu * 100:.0f}')} |",
        f"| answer, ms, p50 / p99 | {cell(_answer)} |",
        f"| private memory of an office afterwards, MB | {memory(lambda one: one.memory_after, 'private')} |",
    ]
    return "\n".join(rows)


def _held(one: Measured) -> str:
    return f"{one.conversations}; {one.late}, {one.broken}"


def _answer(one: Measured) -> str:
    cuts = quantiles(one.milliseconds, n=100, method="inclusive") if len(one.milliseconds) > 1 else [0.0] * 99
    return f"{cuts[49]:.0f} / {cuts[98]:.0f}"
