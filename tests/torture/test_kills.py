"""kill -9 at random moments under load: no message without its effect and reply, none twice in the store.

TORTURE_KILLS says how often (a few in CI, 50 under `make torture`), TORTURE_SEED repeats a run.
"""

import os
import random

import pytest

from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.torture.ledger import (
    CutOff,
    Ledger,
    assert_every_message_had_one_effect,
    assert_every_reply_arrived,
    read_ledger,
    settled_ledger,
)
from tests.torture.processes import SEED, Loket

KILLS = int(os.environ.get("TORTURE_KILLS", "2"))
PEOPLE = 60
SPEAKERS = 12
SETTLED_WITHIN = 120.0  # answers to one chat leave one a second, and the killed one's leases are looked after
WORDS = [  # none that leads to an officer: what is said to officers gets no answer
    "/start",
    "cek status",
    "12",
    "bantuan",
    "MJK-261102-0007-Z",
    "kembali",
    "menu",
    "batal",
    "halo",
    "/bahasa",
    "7",
]

pytestmark = [pytest.mark.torture, pytest.mark.timeout(200 + 30 * KILLS)]


@pytest.fixture
async def telegram():
    async with Telegram() as telegram:
        yield telegram


async def everybody_talks(telegram: Telegram, chance: random.Random) -> None:
    """Some say a few things without waiting for answers; some updates come twice, some of them at once."""
    for number in chance.sample(range(PEOPLE), SPEAKERS):
        person = telegram.resident(f"Warga {number}")
        for word in chance.choices(WORDS, k=3):
            await person.says(word, times=chance.choice([1, 1, 1, 2]), at_once=chance.random() < 0.5)


async def is_killed_in_the_middle(loket: Loket, telegram: Telegram, chance: random.Random) -> set[CutOff]:
    """Kill it a random moment after it confirmed a random share of what waits; the answers that it was sending."""
    left = chance.randint(0, len(telegram.queue.waiting) - 1)
    await telegram.world.bell.until(
        lambda: len(telegram.queue.waiting) <= left, within=30, missing=lambda: loket.output[-3000:]
    )
    await loket.lives(chance.random() * 0.03)
    await loket.is_killed()
    return await cut_off_by(loket)


async def cut_off_by(loket: Loket) -> set[CutOff]:
    return (await read_ledger(database_url=loket.database_url, key=loket.key)).cut_off()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_nothing_is_lost_or_done_twice_when_the_process_is_killed(
    mode, telegram, tmp_path, database_url
) -> None:
    print(f"TORTURE_SEED={SEED}")
    chance = random.Random(SEED)
    cut_off: set[CutOff] = set()
    async with Loket(folder=tmp_path, database_url=database_url, telegram=telegram, mode=mode) as loket:
        for _ in range(KILLS):
            await everybody_talks(telegram, chance)
            cut_off |= await is_killed_in_the_middle(loket, telegram, chance)
            await loket.starts_again()
            telegram.retries_now()
        ledger = await settled(loket.key, database_url, telegram)
    assert_nothing_was_lost_or_done_twice(ledger, telegram, cut_off)
    assert not loket.traceback


async def test_two_processes_share_one_database_and_each_may_be_killed(
    telegram, tmp_path, postgres_only
) -> None:
    print(f"TORTURE_SEED={SEED}")
    chance = random.Random(SEED)
    shared = {"folder": tmp_path, "database_url": postgres_only, "telegram": telegram, "key": Vault.new_key()}
    cut_off: set[CutOff] = set()
    async with Loket(**shared) as first, Loket(**shared) as second:
        for _ in range(KILLS):
            await everybody_talks(telegram, chance)
            victim = chance.choice([first, second])
            cut_off |= await is_killed_in_the_middle(victim, telegram, chance)
            await victim.starts_again(after_seconds=0)  # clocks apart would take the living one's leases away
        await first.is_killed()
        await second.is_killed()
        cut_off |= await cut_off_by(first)
        await first.starts_again()
        ledger = await settled(first.key, postgres_only, telegram)
    assert_nothing_was_lost_or_done_twice(ledger, telegram, cut_off)
    assert not first.traceback + second.traceback


async def settled(key: str, database_url: str, telegram: Telegram) -> Ledger:
    return await settled_ledger(database_url=database_url, key=key, telegram=telegram, within=SETTLED_WITHIN)


def assert_nothing_was_lost_or_done_twice(ledger: Ledger, telegram: Telegram, cut_off: set[CutOff]) -> None:
    assert_every_message_had_one_effect(ledger, telegram)
    assert_every_reply_arrived(ledger, telegram, cut_off=cut_off)
