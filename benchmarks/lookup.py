"""Cost of a look-up as the register grows: two registers, measured in turn."""

import itertools
import random
import secrets
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import bots, register
from bot.setup.clock import wall_clock
from domain.office.registration import NumberFormat
from domain.people.nik import Nik
from storage.cards import applications
from storage.people import chats
from storage.session import Writing
from storage.store import Store
from storage.vault import Vault

WARM_UP = 20  # batches until the file's pages are in memory
BATCH = 50  # look-ups per commit, so that the disk does not dominate


@dataclass(slots=True)
class Lookups:
    """Microseconds of CPU and of time per look-up, one figure per batch."""

    people: int
    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)


async def compare(files: dict[int, Path], batches: int) -> list[Lookups]:
    """Look up applications in every register in turn, as the status conversation does."""
    async with AsyncExitStack() as stack:
        stores = []
        for people, file in sorted(files.items()):
            settings = bots.loket_settings(file)
            vault = Vault.from_base64(settings["LOKET_SECRET_KEY"])
            store = await Store.open(settings["LOKET_DATABASE_URL"], vault=vault, clock=wall_clock())
            stack.push_async_callback(store.close)
            stores.append((store, Lookups(people), strangers(people)))
        chat = secrets.token_hex(8)
        for number in range(batches + WARM_UP):
            for store, lookups, pick in stores:
                await batch(store, lookups, [next(pick) for _ in range(BATCH)], chat)
                if number < WARM_UP:
                    lookups.cpu.clear()
                    lookups.clock.clear()
        return [lookups for _, lookups, _ in stores]


def strangers(people: int) -> Iterator[int]:
    """Everybody in random order, so that each look-up is the chat's first of that application."""
    return itertools.cycle(random.Random(people).sample(range(people), min(people, 10_000)))


async def batch(store: Store, lookups: Lookups, chosen: list[int], address: str) -> None:
    people = [register.entry(index) for index in chosen]
    asked = [
        (NumberFormat(prefix="MJK").parse(one.number), Nik.parse(one.nik), one.masked_name) for one in people
    ]

    async def look_up(db: Writing) -> None:
        chat = await chats.meet(db, channel="web", account="bench", address=address, language="id")
        cpu, clock = time.process_time(), time.perf_counter()
        for number, proof, name in asked:
            found = await applications.find(db, number=number, proof=proof, chat=chat.id)
            if found is None or found.name != name:
                raise LookupError(f"a wrong answer for {number}")
        lookups.cpu.append((time.process_time() - cpu) / BATCH * 1e6)
        lookups.clock.append((time.perf_counter() - clock) / BATCH * 1e6)

    await store.write(look_up)


def table(measured: list[Lookups]) -> str:
    smallest = measured[0]
    lines = [
        "| register | look-up µs (CPU) | look-up µs (time) | × smallest (CPU) | × smallest (time) |",
        "|---" * 5 + "|",
    ]
    for one in measured:
        cpu, clock = median(one.cpu), median(one.clock)
        ratios = f"{cpu / median(smallest.cpu):.2f} | {clock / median(smallest.clock):.2f}"
        lines.append(f"| {one.people:,} | {cpu:.0f} | {clock:.0f} | {ratios} |")
    return "\n".join(lines)
