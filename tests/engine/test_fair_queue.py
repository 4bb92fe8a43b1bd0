"""Browsers' turns when many want one."""

import asyncio

import pytest

from bot.channel import Busy, Heard
from bot.turns import fair_queue
from bot.turns.fair_queue import FairQueue


def message(address: str, source: str = "203.0.113.1") -> Heard:
    return Heard(channel="web", account=address, message_id="m", address=address, source=source)


class Turns:
    """Turns that end when the test says so."""

    def __init__(self, queue: FairQueue) -> None:
        self.queue, self.begun, self.end = queue, [], asyncio.Semaphore(0)

    async def turn(self, heard: Heard) -> None:
        async with self.queue.place(heard):
            self.begun.append(heard.address)
            await self.end.acquire()


@pytest.fixture(autouse=True)
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair_queue, "AT_ONCE", 1)


async def order(*waiting: Heard, factor: int = 20) -> list[str]:
    """Begin turns in this order while the first runs; give the order they ran in."""
    turns = Turns(FairQueue(factor=factor, clock=lambda: 0.0))
    async with asyncio.TaskGroup() as tasks:
        for one in waiting:
            tasks.create_task(turns.turn(one))
            await asyncio.sleep(0)
        for _ in waiting:
            turns.end.release()
    return turns.begun


async def test_a_newcomer_goes_before_the_next_message_of_somebody_busy():
    flood, newcomer = message("flood"), message("newcomer", "203.0.113.2")
    assert await order(flood, flood, flood, newcomer) == ["flood", "newcomer", "flood", "flood"]


async def test_an_address_with_many_cookies_waits_behind_a_neighbour():
    cookies = [message(f"cookie {n}") for n in range(4)]
    begun = await order(*cookies, message("newcomer", "203.0.113.2"), factor=1)
    assert begun.index("newcomer") == 1


async def test_a_village_behind_one_address_is_no_flood():
    village = [message(f"resident {n}") for n in range(4)]
    begun = await order(message("flood", "203.0.113.2"), message("flood", "203.0.113.2"), *village)
    assert begun[-1] == "flood"


async def test_waiting_too_long_for_a_place_raises_busy_and_loses_none(monkeypatch: pytest.MonkeyPatch):
    turns = Turns(queue := FairQueue(factor=20))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(turns.turn(message("sri")))
        await asyncio.sleep(0)
        monkeypatch.setattr(fair_queue, "WAIT_SECONDS", 0.01)
        with pytest.raises(Busy):
            async with queue.place(message("budi")):
                pass
        turns.end.release()
    async with queue.place(message("budi")):
        pass
    assert queue._running == 0


async def test_a_turn_that_is_cancelled_while_it_waits_leaves_the_queue():
    turns = Turns(queue := FairQueue(factor=20))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(turns.turn(message("sri")))
        await asyncio.sleep(0)
        gone = tasks.create_task(turns.turn(message("budi")))
        last = tasks.create_task(turns.turn(message("tono")))
        await asyncio.sleep(0)
        gone.cancel()
        turns.end.release()
        turns.end.release()
        await last
    assert turns.begun == ["sri", "tono"]
    assert queue._running == 0


def test_who_is_quiet_is_forgotten():
    now = [0.0]
    queue = FairQueue(factor=20, clock=lambda: now[0])
    for n in range(5000):
        now[0] += 1
        queue._count(message(f"made up {n}", f"2001:db8:{n:x}::/64"))
    assert len(queue._had) < 3000
