"""The index over many answers: from stored sums, compared with counting all answers."""

import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

from bot.setup.clock import wall_clock
from domain.ratings.index import ELEMENTS, satisfaction_of
from domain.ratings.period import Period
from domain.ratings.survey import Profile, TimeBand
from storage.ratings import answers, tallies
from storage.store import Store
from storage.vault import Vault
from tests.support import postgres

FIRST_DAY = date(2024, 1, 1)
DAYS = 1095
PERIOD = Period(first=date(2024, 2, 10), last=date(2026, 11, 20))  # whole months, and days at both ends
POINTS = ("sooko", "mpp", "mojosari", "gondang", "jetis")
SERVICES = ("ktp_baru", "ktp_hilang", "ktp_rusak", "ktp_ubah", "ktp_pindah", "kia", "ikd")
CHUNK = 20_000
READS = 50


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds on one database, and whether both ways agree."""

    database: str
    people: int
    index_ms: float
    parts_ms: float
    recount_ms: float
    store_ms: float
    equal: bool


async def measure(folder: Path, people: int) -> list[Measured]:
    """Fill each available database, then measure."""
    measured = [await _measure("SQLite", f"sqlite+aiosqlite:///{folder / 'answers.db'}", people)]
    binaries = postgres.binaries()
    with postgres.running(binaries) if binaries else nullcontext() as server:
        if server is not None:
            measured.append(await _measure("PostgreSQL", server.url(server.create()), people))
    return measured


async def _measure(name: str, url: str, people: int) -> Measured:
    async with opened(url) as store:
        for chunk in _chunks(people):
            await store.write(lambda db, chunk=chunk: tallies.fill(db, chunk))
        await store.write(tallies.rebuild)
        index = await _times(store, lambda db: tallies.tally(db, period=PERIOD), READS)
        parts = await _times(store, lambda db: tallies.tallies_by(db, "point", period=PERIOD), READS)
        recount = await _times(store, lambda db: tallies.recount(db, period=PERIOD), 3)
        stored = [await _stored(store) for _ in range(READS)]
        kept = await store.read(lambda db: tallies.tally(db, period=PERIOD))
        anew = await store.read(lambda db: tallies.recount(db, period=PERIOD))
        return Measured(
            name, people, index, parts, recount, median(stored), kept == anew and bool(kept.people)
        )


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    vault = Vault([os.urandom(32)])
    store = await Store.open(url, vault=vault, clock=wall_clock())
    try:
        await store.migrate()
        yield store
    finally:
        await store.close()


async def _times(store: Store, read, times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        tally = await store.read(read)
        if not isinstance(tally, dict):
            satisfaction_of(tally).ikm  # noqa: B018  (includes the arithmetic)
        taken.append((time.perf_counter() - start) * 1e3)
    return median(taken)


async def _stored(store: Store) -> float:
    scores = dict.fromkeys(ELEMENTS, 4)
    place = {"on": PERIOD.last, "band": TimeBand.MORNING, "point": "sooko", "service": "kia"}
    start = time.perf_counter()
    await store.write(lambda db: answers.store_answers(db, scores=scores, **place))
    return (time.perf_counter() - start) * 1e3


def _chunks(people: int) -> Iterator[list[answers.AnswerSet]]:
    random = Random(people)
    for start in range(0, people, CHUNK):
        yield [_answers(random) for _ in range(min(CHUNK, people - start))]


def _answers(random: Random) -> answers.AnswerSet:
    return answers.AnswerSet(
        key=random.getrandbits(63),
        answered_on=FIRST_DAY + timedelta(days=random.randrange(DAYS)),
        band=TimeBand.MORNING,
        point=random.choice(POINTS),
        service=random.choice(SERVICES),
        scores=dict(zip(ELEMENTS, random.choices((1, 2, 3, 4), (1, 4, 40, 55), k=9), strict=True)),
        complete=True,
        profile=Profile(),
    )


def table(measured: list[Measured]) -> str:
    """The figures as a table."""
    lines = [
        "| database | answers | index (ms) | by point (ms) | counted anew (ms) | one more answer (ms) | the same |",
        "|---" * 7 + "|",
    ]
    lines += [
        f"| {one.database} | {one.people:,} | {one.index_ms:.2f} | {one.parts_ms:.2f} | {one.recount_ms:.0f}"
        f" | {one.store_ms:.2f} | {'yes' if one.equal else '**no**'} |"
        for one in measured
    ]
    return "\n".join(lines)
