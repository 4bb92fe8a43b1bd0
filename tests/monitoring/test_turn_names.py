"""Every line of a turn names it: in the turn, at the courier, and at the console."""

import asyncio
import io
import json
import logging
from functools import partial

import httpx
import pytest
import structlog
from sqlalchemy import func, select

from bot.channel import Heard
from bot.setup.logs import begin_turn, set_up_logs, turn_name
from domain import codec
from handlers.engine.screen import Screen
from storage.post import errands
from storage.post import outbox as outbox_rows
from storage.schema import chats, outbox
from tests.support.resident import Phone


@pytest.fixture
def lines():
    """The lines that are logged from now on."""
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    set_up_logs(stream=stream)
    structlog.configure(cache_logger_on_first_use=False)  # a cached logger would outlast this test
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


async def last_reply(counter) -> str:
    return turn_name(await counter.store.read(lambda db: db.scalar(select(func.max(outbox.c.id)))))


async def writes(counter, resident) -> None:
    """Write something; the answer may be an apology."""
    await counter.hear(Heard(**resident._from(), text="menu"))


def broken(*_args, **_more):
    logging.getLogger("a-library").warning("below a turn")
    raise LookupError("Sri Aminah")


async def test_a_fault_and_a_library_below_it_name_the_turn(counter, sri, lines, monkeypatch):
    monkeypatch.setattr("bot.turns.turn.hearing.hear", broken)
    await writes(counter, sri)
    await counter.settle()
    assert [line["event"] for line in lines()] == ["below a turn", "turn.fault"]
    assert {line["turn"] for line in lines()} == {await last_reply(counter)}


async def test_the_courier_names_the_turn_whose_reply_it_sends(counter, sri, lines, monkeypatch):
    await sri.says("menu")
    chat = await counter.store.read(lambda db: db.scalar(select(chats.c.id)))
    monkeypatch.setattr(Phone, "send", broken)
    monkeypatch.setattr("bot.sending.attempts.FAULTS_AT_MOST", 1)
    left = partial(outbox_rows.put, chat=chat, channel="telegram", priority=0, due_at=counter.clock())
    row = await counter.store.write(lambda db: left(db, screen=codec.dump(Screen(text="halo"))))
    counter.courier.wake("telegram")  # another process had planned it
    await counter.settle()
    assert [line["event"] for line in lines()] == ["below a turn", "courier.fault"]
    assert {line["turn"] for line in lines()} == {turn_name(row)}


async def test_turns_that_share_a_commit_keep_their_own_names(counter, lines, monkeypatch):
    monkeypatch.setattr("bot.turns.turn.hearing.hear", broken)
    people = [counter.resident(f"Warga {n}") for n in range(5)]
    await asyncio.gather(*(writes(counter, one) for one in people))
    await counter.settle()
    faults = [line["turn"] for line in lines() if line["event"] == "turn.fault"]
    assert len(set(faults)) == 5
    assert {line["turn"] for line in lines()} == set(faults)


async def test_a_fault_of_a_page_names_its_request(counter, lines, monkeypatch):
    monkeypatch.setattr("bot.console.door.Door.form", broken)
    app = httpx.ASGITransport(counter.assembled.app)
    async with httpx.AsyncClient(transport=app, base_url="http://127.0.0.1") as http:
        for _ in range(2):
            assert (await http.get("/staf")).status_code == 500
    told = lines()
    assert [line["event"] for line in told] == ["below a turn", "web.request_failed"] * 2
    assert [line["turn"] for line in told][::2] == [line["turn"] for line in told][1::2]
    assert told[0]["turn"] != told[2]["turn"]


async def test_a_fault_of_an_errand_names_the_errand_and_no_message(counter, sri, lines, monkeypatch):
    await sri.says("menu")
    chat = await counter.store.read(lambda db: db.scalar(select(chats.c.id)))
    plan = partial(errands.plan, chat=chat, conversation="status", argument="", due_at=counter.clock())
    await counter.store.write(plan)
    monkeypatch.setattr("bot.turns.errands.playing.begin", broken)
    begin_turn(1)  # the task handled a message before
    counter.clock.move(minutes=5)
    await counter.errands.begin_due()
    (fault,) = [line for line in lines() if line["event"] == "errand.fault"]
    assert {line["turn"] for line in lines()} == {turn_name(fault["errand"])}
