"""What a look-up costs as the register grows: two registers side by side, in turn."""

import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import bots, register
from bot.clock import wall_clock
from domain.nik import Nik
from domain.registration import RegistrationNumber
from storage import applications, chats
from storage.store import Store, Writing
from storage.vault import Vault

BATCH = 50  # look-ups that share a commit, so that the disk's mood is not what is measured


@dataclass(slots=True)
class Lookups:
    """Microseconds of CPU and of time for one look-up, one figure per batch."""

    people: int
    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)


async def compare(files: dict[int, Path], batches: int) -> list[Lookups]:
    """Look applications up in every register in turn, the same way that the status conversation does."""
    async with AsyncExitStack() as stack:
        stores = []
        for people, file in sorted(files.items()):
            settings = bots.loket_settings(file)
            vault = Vault.from_base64(settings["LOKET_SECRET_KEY"])
            store = await Store.open(settings["LOKET_DATABASE_URL"], vault=vault, clock=wall_clock())
            stack.push_async_callback(store.close)
            stores.append((store, Lookups(people), random.Random(people)))
        for number in range(batches + 3):
            for store, lookups, pick in stores:
                await batch(store, lookups, [pick.randrange(lookups.people) for _ in range(BATCH)])
                if number < 3:  # warm-up
                    lookups.cpu.clear()
                    lookups.clock.clear()
        return [lookups for _, lookups, _ in stores]


async def batch(store: Store, lookups: Lookups, chosen: list[int]) -> None:
    people = [register.entry(index) for index in chosen]
    asked = [(RegistrationNumber.parse(one.number), Nik.parse(one.nik), one.masked_name) for one in people]

    async def look_up(db: Writing) -> None:
        chat = await chats.meet(db, channel="web", account="bench", address="bench", language="id")
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
