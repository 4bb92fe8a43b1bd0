"""An announcement and the usual ways to write to many: used share of the rate, refusals, losses.

The provider is the same for all, on the other core: it accepts 30/28 of the rate in any second, one message
per chat and second, else 429, as Telegram does. The share compares deliveries with the permitted rate over
the whole time; a sender that ends early because it lost messages is measured over the time that all needed.
"""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bots, process, registers, table
from benchmarks.baselines import senders
from benchmarks.limited import Limit, LimitedApi
from bot.setup.office_file import load_office
from tests.torture.announced import Office

LOADS = ((28, 420), (80, 1200), (1000, 2000))  # messages per second, and recipients
SLOW = 0.06  # seconds until an answer of a distant server
FIRST_CHAT = 7_000_000
HEAD = ("sender", "allowed/s", "of the allowed rate", "429", "lost", "twice", "CPU ms per message")
LOG = "sender.log"
_BEGINS_WITHIN = 120.0  # seconds: all recipients are frozen first
_PATIENCE = 20.0  # seconds without a call after which missing messages count as lost


@dataclass(frozen=True, slots=True)
class Sender:
    """One way to send. `way` names a baseline; empty: Loket."""

    title: str
    way: str = ""
    answers_after: float = 0.0


SENDERS = (
    Sender("Loket"),
    Sender("Loket, answers after 60 ms", answers_after=SLOW),
    Sender("python-telegram-bot, AIORateLimiter", "limiter"),
    Sender("aiogram, asyncio.gather", "gather"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Result of one run."""

    sender: Sender
    rate: int
    people: int
    arrived: int
    doubled: int
    refused: int
    share: float
    cpu_ms: float

    @property
    def right(self) -> bool:
        """Whether everybody got it exactly once."""
        return self.arrived == self.people and not self.doubled


async def measure(
    folder: Path,
    say: Callable[[str], None],
    *,
    loads: Sequence[tuple[int, int]] = LOADS,
    ways: Sequence[Sender] = SENDERS,
) -> list[Carried]:
    """Send to `people` recipients in each way, one after another."""
    carried = []
    for rate, people in loads:
        for place, sender in enumerate(ways):
            here = folder / f"pace-{rate}-{place}"
            here.mkdir(parents=True)
            one = await _run(sender, rate=rate, people=people, folder=here)
            say(" | ".join(figures(one)))
            carried.append(one)
    return carried


async def _run(sender: Sender, *, rate: int, people: int, folder: Path) -> Carried:
    limit = Limit(rate, answers_after=sender.answers_after)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: LimitedApi(limit), "127.0.0.1", 0)
    api = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    start = _baseline if sender.way else _loket
    try:
        async with start(sender, api, rate, people, folder) as child:
            used = [process.cpu_seconds(child.pid)]
            limit.began = lambda: used.append(process.cpu_seconds(child.pid))
            await _until_over(limit, child, people, folder / LOG)
            used.append(process.cpu_seconds(child.pid))
    finally:
        server.close()
    return carried_by(sender, limit, rate, people, used)


def carried_by(sender: Sender, limit: Limit, rate: int, people: int, used: Sequence[float]) -> Carried:
    arrived = len(limit.taken)
    elapsed = max(limit.last_at - limit.first_at + 1 / rate, people / rate)
    return Carried(
        sender=sender,
        rate=rate,
        people=people,
        arrived=arrived,
        doubled=sum(limit.taken.values()) - arrived,
        refused=limit.refused,
        share=arrived / (rate * elapsed),
        cpu_ms=1000 * (used[-1] - used[-2]) / max(arrived, 1),
    )


async def _until_over(limit: Limit, child: subprocess.Popen[bytes], people: int, log: Path) -> None:
    """Wait until all is delivered, the sender says that it is done, or nothing more can be expected."""
    begins_by = limit.clock() + _BEGINS_WITHIN
    while len(limit.taken) < people and senders.OVER not in process.last_words(log).split():
        await asyncio.sleep(0.02)
        if child.poll() is not None:
            raise RuntimeError(f"it ended:\n{process.last_words(log)}")
        if limit.clock() > (limit.heard_at + _PATIENCE if limit.heard_at else begins_by):
            return  # what is missing now is lost


@asynccontextmanager
async def _baseline(
    sender: Sender, api: str, rate: int, people: int, folder: Path
) -> AsyncIterator[subprocess.Popen[bytes]]:
    options = {"--api": api, "--token": bots.TOKEN, "--rate": rate, "--first": FIRST_CHAT, "--count": people}
    words = [str(word) for pair in options.items() for word in pair]
    child = process.spawn(["-m", f"{bots.BASELINES}senders", sender.way, *words], log=folder / LOG)
    try:
        yield child
    finally:
        await process.stop(child)


@asynccontextmanager
async def _loket(
    _sender: Sender, api: str, rate: int, people: int, folder: Path
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """An office with `people` followers, a released announcement, and `loket run`."""
    office_file = folder / "office.toml"
    office_file.write_text("[announcements]\nundo_seconds = 0\n")
    database = folder / "loket.db"
    await registers.succeed(["migrate"], database=database, log=folder / "migrate.log")
    settings = bots.loket_settings(database)
    office = Office(database_url=settings["LOKET_DATABASE_URL"], key=settings["LOKET_SECRET_KEY"])
    await office.takes_in(bots.TOKEN, range(FIRST_CHAT, FIRST_CHAT + people))
    await office.announces(load_office(office_file))
    env = settings | bots.telegram_settings(api) | {
        "LOKET_TELEGRAM_RATE": str(rate),
        "LOKET_OFFICE": str(office_file),
        "LOKET_LISTEN": f"127.0.0.1:{process.free_port()}",
        "LOKET_PUBLIC_URL": "https://127.0.0.1",
    }  # fmt: skip
    child = process.spawn(["-m", "bot", "run", "--only", "telegram"], log=folder / LOG, env=env)
    try:
        yield child
    finally:
        await process.stop(child)


def render(carried: Sequence[Carried]) -> str:
    """The figures as a table."""
    return "\n".join(table.rows([HEAD, *map(figures, carried)]))


def figures(one: Carried) -> tuple[str, ...]:
    """One line of the table."""
    return (
        one.sender.title,
        str(one.rate),
        f"{one.share:.1%}",
        str(one.refused),
        f"{one.people - one.arrived} of {one.people}",
        str(one.doubled),
        f"{one.cpu_ms:.2f}",
    )


def right(carried: Sequence[Carried]) -> bool:
    """Whether Loket lost no recipient and wrote to none twice."""
    return all(one.right for one in carried if not one.sender.way)
