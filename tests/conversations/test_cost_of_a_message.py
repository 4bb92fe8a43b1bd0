"""Statements, commits and thread switches of a message, held at fixed numbers.

Counted on the writer's own SQLite connection, savepoints apart; sending and recording what was sent is counted with it.
"""

import asyncio
import gc
import sys
from collections import Counter as Tally

from bot.channel import Heard
from tests.support.people import SRI, row

# The fifth look of an answer is at what staff closed; only who is told to come is told the hours, and costs it.
EXPECTED = {
    "menu": {"INSERT": 2, "SELECT": 1, "UPDATE": 2, "commits": 2, "hops": 2},
    "1": {"INSERT": 2, "SELECT": 2, "UPDATE": 2, "commits": 2, "hops": 2},
    "number": {"INSERT": 2, "SELECT": 1, "UPDATE": 2, "commits": 2, "hops": 2},
    "nik": {"INSERT": 4, "SELECT": 5, "UPDATE": 2, "commits": 2, "hops": 2},
}


class Meter:
    """Counts what the writer's connection runs."""

    def __init__(self, engine) -> None:
        self.tally = Tally()
        engine._raw.set_trace_callback(self._ran)
        put = engine._thread._tx.put_nowait

        def hop(item) -> None:
            self.tally["hops"] += 1
            put(item)

        engine._thread._tx = _Queue(engine._thread._tx, hop)

    def _ran(self, sql: str) -> None:
        word = sql.split(maxsplit=1)[0].upper()
        if word in {"INSERT", "SELECT", "UPDATE", "DELETE"}:
            self.tally[word] += 1
        elif word == "COMMIT":
            self.tally["commits"] += 1

    def read(self) -> dict[str, int]:
        told, self.tally = dict(self.tally), Tally()
        return told


class _Queue:
    def __init__(self, queue, put) -> None:
        self._queue, self.put_nowait = queue, put

    def get(self):
        return self._queue.get()


async def test_a_message_costs_what_it_is_known_to_cost(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("menu")
    await counter.settle()
    meter = Meter(counter.store._engine)
    costs = [await conversation(counter, sri, meter) for _ in range(3)]
    # The courier's own looks at the clock run beside and only ever add: the least of three is what a message costs.
    least = {
        step: {what: min(cost[step][what] for cost in costs) for what in EXPECTED[step]} for step in EXPECTED
    }
    assert least == EXPECTED


async def test_a_waiting_card_costs_one_look_at_its_forecast(counter, sri):
    """Its order, its stages so far and its forecast, in place of what staff closed: two more than a card that is ready."""
    await counter.imports(row(SRI, "WAITING_BLANK", tanggal_lengkap="2026-11-20"))
    await sri.says("menu")
    await counter.settle()
    meter = Meter(counter.store._engine)
    costs = [await conversation(counter, sri, meter, hears="menunggu blangko") for _ in range(3)]
    assert min(cost["nik"]["SELECT"] for cost in costs) == EXPECTED["nik"]["SELECT"] + 2


async def conversation(counter, sri, meter: Meter, hears: str = "siap diambil") -> dict[str, dict[str, int]]:
    counter.looks_beside = True
    costs = {}
    for step, text in {"menu": "menu", "1": "1", "number": SRI["no_registrasi"], "nik": SRI["nik"]}.items():
        meter.read()
        await sri.says(text)
        await counter.courier.rest(5)
        costs[step] = meter.read()
    sri.hears(hears)
    return costs


async def test_a_reply_in_a_webhooks_answer_costs_one_commit_and_no_task(counter, sri):
    """What was written is recorded in the next message's transaction."""
    await sri.says("menu")
    await counter.settle()
    await counter.close()  # loops that look after some seconds are no part of a message
    meter = Meter(counter.store._engine)
    tasks = tasks_made_from_now_on()
    for number, said in enumerate(("menu", "1", "menu")):
        meter.read()
        tasks.clear()
        await answers_inside(counter, sri, said)
        cost = meter.read()
        assert (cost["commits"], cost["hops"], cost["UPDATE"]) == (1, 1, min(number, 1) + 1)
        assert tasks == []


async def test_a_message_leaves_nothing_behind_in_memory(counter, sri):
    """Caches are full after some messages; from then on nearly nothing stays."""
    for _ in range(30):
        await answers_inside(counter, sri, "menu")
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(100):
        await answers_inside(counter, sri, "menu")
    gc.collect()
    assert (sys.getallocatedblocks() - before) / 100 < 10


async def answers_inside(counter, sri, text: str) -> None:
    """Let the reply travel in a webhook's answer."""
    at = {"channel": "telegram", "account": sri.phone.account, "address": sri.name}
    turned = await counter.hear(Heard(**at, message_id=counter.next_message(), text=text), inline=True)
    await counter.hear.written(turned.inline)


def tasks_made_from_now_on() -> list[str]:
    """Names of what the loop makes a task of; the loops beside a message make none while they rest."""
    made: list[str] = []

    def make(loop, coroutine, **more):
        made.append(coroutine.__qualname__)
        return asyncio.Task(coroutine, loop=loop, **more)

    asyncio.get_running_loop().set_task_factory(make)
    return made
