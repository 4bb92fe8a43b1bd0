"""Seats under contention: 2,000 attempts on 100 places, two usual ways, and growing calendars.

`python -m benchmarks seats`; PostgreSQL is measured if its binaries are found.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from benchmarks import process
from benchmarks.baselines import seats as baseline
from bot.setup.clock import wall_clock
from domain.appointments.dayplan import Slot
from domain.refusals.appointments import SlotFull
from storage.appointments import seats
from storage.ids import new_id
from storage.schema import applicants, chats
from storage.schema import seats as seat_rows
from storage.session import Writing
from storage.store import Store
from storage.vault import Vault
from tests.support import postgres

ATTEMPTS, PLACES = 2_000, 100
MONTH = (30, 5, 16, 6)  # days × points × slots × seats
FIRST_DAY = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)
_ROUNDS = 5
_TURNS = 15
_AFTER_EACH_OTHER = 400  # attempts of one measurement of the growth


@dataclass(frozen=True, slots=True)
class Way:
    """One way of booking: attempts per second, one figure per round, and whether it was correct."""

    database: str
    name: str
    per_second: list[float]
    given: int
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Growth:
    """Microseconds of CPU (ours) and of time per attempt, for a number of seats taken already."""

    seats_beside: int
    cpu: float
    clock: float


async def measure(folder: Path, *, quick: bool) -> tuple[list[Way], dict[str, list[Growth]]]:
    """The rushes on each database, and the cost of an attempt as the calendar grows."""
    rounds = 1 if quick else _ROUNDS
    ways: list[Way] = []
    growth: dict[str, list[Growth]] = {}
    async with databases(folder) as found:
        for name, (url, longer) in found.items():
            store, people = await office(url)
            ways.append(await ours(store, people, name, rounds))
            ways.append(await theirs(url, baseline.careful, baseline.locks_the_row, name, rounds))
            ways.append(await theirs(url, baseline.as_it_comes, baseline.reads_then_writes, name, rounds))
            other = await office(longer)
            growth[name] = await grown([(store, people), other], quick=quick)
            await store.close()
            await other[0].close()
    return ways, growth


@asynccontextmanager
async def databases(folder: Path) -> AsyncIterator[dict[str, tuple[str, str]]]:
    """Two databases of each kind: for the rush and a short calendar, and for one ten times as long."""
    files = [f"sqlite+aiosqlite:///{folder / name}.db" for name in ("seats", "more-seats")]
    found = {"SQLite": (files[0], files[1])}
    async with AsyncExitStack() as stack:
        binaries = postgres.binaries()
        if binaries is not None:
            with process.moved_to(process.BOT_CORE):  # as on its own machine
                server = stack.enter_context(postgres.running(binaries))
            found["PostgreSQL"] = (server.url(server.create()), server.url(server.create()))
        yield found


async def office(url: str) -> tuple[Store, list[tuple[int, int]]]:
    store = await Store.open(url, vault=Vault([bytes(range(32))]), clock=wall_clock())
    await store.migrate()
    return store, await crowd(store)


async def crowd(store: Store) -> list[tuple[int, int]]:
    """Chats and applicants, one pair per attempt."""
    people = [(new_id(), new_id()) for _ in range(ATTEMPTS)]

    async def arrive(db: Writing) -> None:
        seen = {
            "channel": "web",
            "account": "bench",
            "address": b"",
            "created_at": db.now,
            "heard_at": db.now,
        }
        await db.run(
            chats.insert(), [{**seen, "id": chat, "address_index": str(chat).encode()} for chat, _ in people]
        )
        await db.run(
            applicants.insert(),
            [
                {"id": who, "nik": b"", "nik_index": str(who).encode(), "created_at": db.now}
                for _, who in people
            ],
        )

    await store.write(arrive)
    return people


async def ours(store: Store, people: list[tuple[int, int]], name: str, rounds: int) -> Way:
    figures = []
    given = 0
    for round_ in range(rounds):
        slot = slot_at(FIRST_DAY + timedelta(days=400 + round_), PLACES)
        outcomes: list[bool] = []

        async def attempt(chat: int, who: int, slot: Slot = slot, got: list[bool] = outcomes) -> None:
            got.append(await takes(store, chat, who, slot))

        seconds = await timed([lambda one=one: attempt(*one) for one in people])
        figures.append(ATTEMPTS / seconds)
        given = sum(outcomes)
    return Way(name, "Loket", figures, given)


async def takes(store: Store, chat: int, who: int, slot: Slot) -> bool:
    until = store.clock() + timedelta(minutes=5)
    try:
        await store.write(
            lambda db: seats.hold_seat(
                db, chat=chat, applicant=who, service="ktp_baru", slot=slot, until=until
            )
        )
    except SlotFull:
        return False
    return True


async def theirs(url: str, engine_of, way, name: str, rounds: int) -> Way:
    engine = engine_of(url)
    figures, outcomes = [], {}
    for _ in range(rounds):
        await baseline.prepared(engine, capacity=PLACES)
        gc.collect()
        began = time.perf_counter()
        outcomes = await baseline.rush(engine, way, attempts=ATTEMPTS)
        figures.append(ATTEMPTS / (time.perf_counter() - began))
    await engine.dispose()
    return Way(name, way.__name__.replace("_", " "), figures, outcomes["given"], outcomes["failed"])


async def grown(offices: list[tuple[Store, list[tuple[int, int]]]], *, quick: bool) -> list[Growth]:
    """Cost of an attempt next to a month of taken seats, and next to ten times as many, in turn."""
    beside = []
    for (store, _), months in zip(offices, (0.1, 0.2) if quick else (1, 10), strict=True):
        days = int(MONTH[0] * months)
        await store.write(lambda db, days=days: fill(db, range(days)))
        await store.write(lambda db: db.run(text("ANALYZE")))  # as the database does within a minute
        beside.append(days * MONTH[1] * MONTH[2] * MONTH[3])
    cpu: list[list[float]] = [[], []]
    clock: list[list[float]] = [[], []]
    for turn in range(1 if quick else _TURNS):
        slots = [slot_at(FIRST_DAY + timedelta(minutes=30 * (turn * 50 + n)), 20) for n in range(20)]
        for place, (store, people) in enumerate(offices):

            async def attempts(store: Store = store, people: Any = people, slots: Any = slots) -> None:
                for number, (chat, who) in enumerate(people[:_AFTER_EACH_OTHER]):
                    await takes(store, chat, who, slots[number % len(slots)])

            used = time.process_time()
            clock[place].append(await timed([attempts]) / _AFTER_EACH_OTHER * 1e6)
            cpu[place].append((time.process_time() - used) / _AFTER_EACH_OTHER * 1e6)
    return [Growth(beside[place], median(cpu[place]), median(clock[place])) for place in (0, 1)]


async def fill(db: Writing, days: range) -> None:
    """Take every seat of these days at every point."""
    for day in days:
        until = FIRST_DAY + timedelta(days=36500)
        rows = [
            {
                "point": f"point-{point}",
                "starts_at": FIRST_DAY + timedelta(days=day, minutes=30 * number),
                "seat_no": seat,
                "id": new_id(),
                "ends_at": FIRST_DAY + timedelta(days=day, minutes=30 * number + 30),
                "state": "resting",
                "until": until,
            }
            for point in range(MONTH[1])
            for number in range(MONTH[2])
            for seat in range(1, MONTH[3] + 1)
        ]
        await db.run(seat_rows.insert(), rows)


def slot_at(begins: datetime, places: int) -> Slot:
    return Slot("sooko", begins, begins + timedelta(minutes=30), places)


async def timed(works: list[Callable[[], Awaitable[None]]]) -> float:
    """Seconds until all works are done, started at once."""
    gc.collect()
    began = time.perf_counter()
    await asyncio.gather(*(work() for work in works))
    return time.perf_counter() - began


def table(ways: list[Way], growth: dict[str, list[Growth]]) -> str:
    lines = ["| database | way | attempts/s | × | seats given of 100 | failed |", "|---" * 6 + "|"]
    for one in ways:
        other = next(way for way in ways if way.database == one.database)
        times = median(other.per_second) / median(one.per_second)
        cells = (
            one.database,
            one.name,
            f"{median(one.per_second):.0f}",
            f"{times:.1f}",
            one.given,
            one.failed,
        )
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    lines += [
        "",
        "| database | seats beside | µs CPU an attempt | × smallest | µs time | × |",
        "|---" * 6 + "|",
    ]
    for name, found in growth.items():
        for one in found:
            cpu, clock = one.cpu / found[0].cpu, one.clock / found[0].clock
            figures = f"{one.cpu:.0f} | {cpu:.2f} | {one.clock:.0f} | {clock:.2f}"
            lines.append(f"| {name} | {one.seats_beside} | {figures} |")
    return "\n".join(lines)


def right(ways: list[Way]) -> bool:
    """Whether Loket booked exactly all places."""
    return all(one.given == PLACES for one in ways if one.name == "Loket")
