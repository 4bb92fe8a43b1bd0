"""A5: kill -9 at random moments of an announcement: nobody gets it twice, and everybody is counted.

TORTURE_KILLS says how often (2 in the suite, 20 and 10,000 recipients under `make torture`), TORTURE_SEED repeats a run.
"""

import asyncio
import gc
import os
import random
import time
from itertools import pairwise

import pytest

from bot.setup.office_file import load_office
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.torture.announced import Office, taken
from tests.torture.processes import SEED, Loket

LONG = "TORTURE_KILLS" in os.environ
KILLS = min(int(os.environ.get("TORTURE_KILLS", "2")), 20)
RECIPIENTS = int(os.environ.get("TORTURE_RECIPIENTS", "10000" if LONG else "120"))
RATE = 28
# A second, as Telegram takes; the suite's emulator shares its cores, and reads late in a bunch what came in time.
TAKEN = 30 if LONG else 40
# Seconds until an answer, and the least share of the rate; none in the suite, where the machine has other tests to run meanwhile.
LEAST_SHARES = ((0.0, 0.99), (0.06, 0.97)) if LONG else ((0.0, 0.0),)
AHEAD = 15  # a third of a second at that rate is `sending`, and what left and is about to be recorded
LEASES_END = 75.0

pytestmark = [pytest.mark.torture, pytest.mark.timeout(120 + 40 * KILLS + RECIPIENTS // 10)]


@pytest.fixture
def uncollected():
    """No garbage collection: over thousands of calls it paused the emulator for 0.25 s, which then read six at once."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture
async def telegram(uncollected):
    async with Telegram() as telegram:
        telegram.rates.enforce(total=TAKEN)
        yield telegram


def office_file(folder):
    path = folder / "office.toml"
    path.write_text("[announcements]\nundo_seconds = 0\napprover_above = 100000\n")
    return path


async def settled(office: Office, announcement: int, *, within: float):
    until = time.monotonic() + within
    while True:
        counts, planned, state = await office.counts(announcement)
        assert counts.total == planned or state == "preparing"
        if state == "finished":
            return counts, planned
        assert time.monotonic() < until, (counts, state)
        await asyncio.sleep(0.5)


async def is_killed_at(share: int, loket: Loket, telegram: Telegram, chance: random.Random) -> None:
    """Kill it a random moment after so many have got the announcement."""
    await telegram.world.bell.until(
        lambda: sum(taken(telegram).values()) >= share, within=60, missing=lambda: loket.output[-3000:]
    )
    await loket.lives(chance.random() * 0.3)
    await loket.is_killed()


async def test_a5_after_kills_nobody_gets_it_twice_and_everybody_is_counted(telegram, tmp_path, database_url):
    print(f"TORTURE_SEED={SEED}")
    chance = random.Random(SEED)
    key, file = Vault.new_key(), office_file(tmp_path)
    settings = {"LOKET_OFFICE": str(file), "LOKET_TELEGRAM_RATE": str(RATE)}
    office = Office(database_url=database_url, key=key)
    await office.fill(telegram, RECIPIENTS)
    run = Loket(folder=tmp_path, database_url=database_url, telegram=telegram, key=key, settings=settings)
    async with run as loket:
        announcement = await office.announces(load_office(file))
        for kill in range(1, KILLS + 1):
            await is_killed_at(RECIPIENTS * kill // (KILLS + 2), loket, telegram, chance)
            # In the suite the leases of the dead process have ended by then; under `make torture` they are waited for.
            await loket.starts_again(after_seconds=0 if LONG else LEASES_END)
        counts, planned = await settled(office, announcement, within=LEASES_END + RECIPIENTS / RATE * 2)
    found = taken(telegram)
    print(f"{counts}, taken {len(found)}, 429s {telegram.rates.refused}")
    assert max(found.values()) == 1
    assert counts.sent + counts.unknown == planned == RECIPIENTS
    assert counts.unknown <= KILLS * AHEAD
    assert counts.sent <= len(found) <= counts.sent + counts.unknown
    assert not loket.traceback


@pytest.mark.parametrize(("answers_after", "least"), LEAST_SHARES)
async def test_without_kills_the_rate_is_used_up_and_never_exceeded(
    telegram, tmp_path, database_url, answers_after, least
):
    if answers_after:
        telegram.faults.late("sendMessage", answers_after)
    people = RECIPIENTS
    key, file = Vault.new_key(), office_file(tmp_path)
    settings = {"LOKET_OFFICE": str(file), "LOKET_TELEGRAM_RATE": str(RATE)}
    office = Office(database_url=database_url, key=key)
    await office.fill(telegram, people)
    async with Loket(
        folder=tmp_path, database_url=database_url, telegram=telegram, key=key, settings=settings
    ) as loket:
        announcement = await office.announces(load_office(file))
        counts, _ = await settled(office, announcement, within=60 + people / RATE * 2)
        assert await loket.stops() == 0
    times = sorted(
        call.at for call in telegram.journal.calls("sendMessage", ok=True) if call.text.startswith("Kartu S")
    )
    gaps = sorted((later - earlier for earlier, later in pairwise(times)), reverse=True)
    print(f"longest gaps {[round(gap, 3) for gap in gaps[:12]]}")
    rate = (len(times) - 1) / (times[-1] - times[0])
    print(f"{len(times)} messages, {rate:.2f} a second of {RATE}")
    assert counts.sent == people
    assert telegram.rates.refused == 0
    assert least * RATE <= rate <= 1.1 * RATE
    assert not loket.traceback
