"""The torture tools themselves: a process that keeps its promises passes, one that breaks them is caught."""

import random
import sys

import pytest

from tests.emulators.telegram import Telegram
from tests.torture.ledger import (
    CutOff,
    assert_every_message_had_one_effect,
    assert_every_reply_arrived,
    read_ledger,
    settled_ledger,
)
from tests.torture.processes import Loket

STAND_IN = (sys.executable, "-m", "tests.torture.stand_in")


@pytest.fixture
async def telegram():
    async with Telegram() as telegram:
        yield telegram


@pytest.fixture
def stand_in(tmp_path, database_url, telegram):
    def stand_in(fault=""):
        settings = {"STAND_IN_FAULT": fault}
        return Loket(
            folder=tmp_path, database_url=database_url, telegram=telegram, settings=settings, command=STAND_IN
        )

    return stand_in


async def endure(loket: Loket, telegram: Telegram, *, kills: int) -> set[CutOff]:
    """Residents talk; at random moments the process is killed and started again; the answers that it was sending."""
    cut_off: set[CutOff] = set()
    chance = random.Random(20261123)
    people = [telegram.resident(f"Warga {number}") for number in range(4)]
    for kill in range(kills):
        for number, person in enumerate(people):
            for word in range(5):
                await person.says(f"{kill}-{number}-{word}")
        confirmed = len(telegram.queue.waiting) - chance.randint(0, 19)
        await telegram.world.bell.until(
            lambda wanted=confirmed: len(telegram.queue.waiting) <= wanted,
            within=20,
            missing=lambda: loket.output,
        )
        await loket.lives(chance.random() * 0.01)
        await loket.is_killed()
        cut_off |= (await read_ledger(database_url=loket.database_url, key=loket.key)).cut_off()
        await loket.starts_again()
    return cut_off


async def test_messages_survive_kills_with_one_effect_and_a_reply(stand_in, telegram) -> None:
    async with stand_in() as loket:
        cut_off = await endure(loket, telegram, kills=3)
        ledger = await settled_ledger(database_url=loket.database_url, key=loket.key, telegram=telegram)
    assert ledger.claims == 60
    assert_every_message_had_one_effect(ledger, telegram)
    assert_every_reply_arrived(ledger, telegram, cut_off=cut_off)


async def test_a_lost_message_is_noticed(stand_in, telegram) -> None:
    async with stand_in("forgets") as loket:
        await endure(loket, telegram, kills=3)
        ledger = await settled_ledger(database_url=loket.database_url, key=loket.key, telegram=telegram)
    with pytest.raises(AssertionError, match="answers planned per chat"):
        assert_every_message_had_one_effect(ledger, telegram)


async def test_a_second_effect_is_noticed(stand_in, telegram) -> None:
    async with stand_in("repeats") as loket:
        await telegram.resident().says("sekali", times=2)
        ledger = await settled_ledger(database_url=loket.database_url, key=loket.key, telegram=telegram)
    with pytest.raises(AssertionError, match="answers planned per chat"):
        assert_every_message_had_one_effect(ledger, telegram)


async def test_a_reply_that_was_seen_twice_or_never_is_noticed(stand_in, telegram) -> None:
    async with stand_in() as loket:
        sri = telegram.resident()
        await sri.says("halo")
        ledger = await settled_ledger(database_url=loket.database_url, key=loket.key, telegram=telegram)
    shown = list(sri.bubbles)
    sri.bubbles[:] = shown * 2
    with pytest.raises(AssertionError, match="no kill had cut off"):
        assert_every_reply_arrived(ledger, telegram, cut_off=set())
    sri.bubbles.clear()
    with pytest.raises(AssertionError, match="nobody saw"):
        assert_every_reply_arrived(ledger, telegram, cut_off=set())


async def test_a_process_that_ends_by_itself_is_told_with_its_output(tmp_path) -> None:
    program = (sys.executable, "-c", "print('no key'); raise SystemExit(3)")
    loket = Loket(folder=tmp_path, database_url="sqlite+aiosqlite:///x.db", command=program)
    with pytest.raises(AssertionError, match=r"ended with 3:\nno key"):
        await loket.starts()


async def test_a_process_that_is_never_ready_is_killed(tmp_path) -> None:
    program = (sys.executable, "-c", "import time; print('slow', flush=True); time.sleep(60)")
    loket = Loket(folder=tmp_path, database_url="sqlite+aiosqlite:///x.db", command=program)
    with pytest.raises(AssertionError, match=r"not ready within 1.0 s"):
        await loket.starts(within=1.0)
    assert not loket.running


async def test_sigterm_is_told_apart_from_a_kill(stand_in, telegram) -> None:
    loket = stand_in()
    await loket.starts()
    assert await loket.stops() == -15
    assert loket.kills == 0
