"""A reply in the webhook's answer is committed once; lost ones are written again when Telegram delivers again."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.sending import answers
from bot.telegram.channel import PATH, TelegramChannel
from storage.people import chats
from storage.post import sending
from storage.session import Writing
from storage.store import Store
from tests.channels.telegram.counter import SECRET, channel_of
from tests.emulators.telegram import Telegram
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.web.conftest import serving

NEVER = 3600.0
NOTHING: dict[str, object] = {}
WAITERS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


class Office:
    """One process: the whole office behind its webhook. `courier` runs only in tests that need it."""

    def __init__(self, counter: Counter, port: int) -> None:
        self.counter, self.port = counter, port

    async def post(self, number: int, said: str, *, read: int | None = None) -> dict[str, object]:
        """Deliver an update; the body of the answer. `read`: break the connection after so many bytes of it."""
        body = json.dumps(update(number, said)).encode()
        head = (
            f"POST {PATH} HTTP/1.1\r\nhost: loket\r\nx-telegram-bot-api-secret-token: {SECRET}\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head.encode() + body)
        if read is not None:
            await reader.readexactly(read)
            line = writer.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            return NOTHING
        told = await reader.readuntil(b"\r\n\r\n")
        length = int(told.lower().rpartition(b"content-length: ")[2].partition(b"\r")[0])
        answered = json.loads(await reader.readexactly(length))
        writer.close()
        return answered

    async def states(self) -> list[str]:
        rows = await self.counter.store.read(lambda db: db.rows(text("SELECT state FROM outbox ORDER BY id")))
        return [row.state for row in rows]

    async def cut_is_noticed(self) -> None:
        async with asyncio.timeout(60):
            while not self.counter.courier.answers._cut:  # noqa: ASYNC110 (nobody tells a test)
                await asyncio.sleep(0)


def update(number: int, said: str) -> dict[str, object]:
    person = {"id": 42, "is_bot": False, "first_name": "Sri"}
    message = {"message_id": number, "date": 1_790_000_000, "from": person, "text": said}
    return {"update_id": number, "message": message | {"chat": {"id": 42, "type": "private"}}}


@asynccontextmanager
async def process(telegram: Telegram, store: Store, clock: Clock, folder: Path) -> AsyncIterator[Office]:
    channel = channel_of(telegram, mode="webhook", public_url="https://loket.example", secret=SECRET)
    counter = counter_of(store, clock, folder, channel)
    await channel.listen(counter.hear)
    async with serving(counter.assembled.app) as running:
        yield Office(counter, int(running.address.rpartition(":")[2]))
    await channel.close()


@pytest.fixture
async def office(telegram: Telegram, store: Store, clock: Clock, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("bot.sending.courier.RECORDED_SECONDS", NEVER)
    monkeypatch.setattr("bot.sending.courier.REDELIVERED_SECONDS", NEVER)
    async with process(telegram, store, clock, tmp_path) as one:
        yield one


@pytest.fixture
async def running(office: Office):
    """The same with its courier."""
    await office.counter.open()
    yield office
    await office.counter.close()


@pytest.fixture
async def forgetful(office: Office, monkeypatch):
    """The same, whose courier records outcomes only when it is asked to rest, so not between an answer and its cut."""
    monkeypatch.setattr("bot.sending.courier.GATHER_SECONDS", NEVER)
    await office.counter.open()
    yield office
    await office.counter.close()


async def dies_before_it_answers(office: Office, number: int, said: str) -> None:
    """The message is committed, and nothing is written any more; the process's name is nobody's from now on."""
    channel = office.counter.phones["telegram"]
    assert isinstance(channel, TelegramChannel)
    noted = await channel._parser.read(json.dumps(update(number, said)).encode())
    assert (await office.counter.hear(noted.heard, inline=True)).inline is not None


async def test_a_written_answer_is_recorded_by_the_next_message(office: Office) -> None:
    assert (await office.post(1, "menu"))["method"] == "sendMessage"
    assert await office.states() == ["sending"], "no second commit"
    assert (await office.post(2, "menu"))["method"] == "sendMessage", "it does not wait for the first"
    assert await office.states() == ["sent", "sending"]
    assert not await office.post(1, "menu"), "written, and by somebody who lives"


async def test_a_written_answer_is_recorded_soon_and_at_the_end(running: Office, monkeypatch) -> None:
    monkeypatch.setattr("bot.sending.courier.RECORDED_SECONDS", 0.01)
    await running.post(1, "menu")
    async with asyncio.timeout(60):
        while await running.states() != ["sent"]:  # noqa: ASYNC110 (a commit has no event)
            await asyncio.sleep(0.01)
    monkeypatch.setattr("bot.sending.courier.RECORDED_SECONDS", NEVER)
    await running.post(2, "menu")
    await running.counter.courier.rest(5)
    assert await running.states() == ["sent", "sent"]


async def test_a_message_of_a_dead_process_is_answered_when_it_comes_again(
    telegram, office: Office, store, clock, tmp_path
) -> None:
    await dies_before_it_answers(office, 1, "menu")
    async with process(telegram, store, clock, tmp_path) as successor:
        copies = await asyncio.gather(*(successor.post(1, "menu") for _ in range(3)))
        assert sorted(len(one) > 0 for one in copies) == [False, False, True]
        await successor.counter.courier.rest(5)
        assert await successor.states() == ["sent"]
        assert not await successor.post(1, "menu")


async def test_an_answer_cut_in_the_middle_is_written_again(forgetful: Office, telegram) -> None:
    await forgetful.post(1, "menu", read=20)
    await forgetful.cut_is_noticed()
    copies = [await forgetful.post(1, "menu"), await forgetful.post(1, "menu")]
    assert ["text" in one for one in copies] == [True, False]
    await forgetful.counter.courier.rest(5)
    assert await forgetful.states() == ["sent"]
    assert not telegram.journal.calls("sendMessage"), "it was in an answer each time"


async def test_a_cut_answer_whose_message_does_not_come_again_is_sent(
    forgetful: Office, telegram, monkeypatch
) -> None:
    monkeypatch.setattr("bot.sending.courier.REDELIVERED_SECONDS", 0.0)
    await forgetful.post(1, "menu", read=20)
    [call] = await telegram.journal.until("sendMessage")
    assert "Ada yang bisa kami bantu" in call.values["text"]


async def test_a_connection_that_ends_after_the_answer_cuts_nothing(running: Office) -> None:
    assert await running.post(1, "menu")
    await running.counter.courier.rest(5)
    assert await running.states() == ["sent"]
    assert not running.counter.courier.answers._cut


async def test_two_processes_with_the_same_update_answer_once(
    telegram, office: Office, database_url, vault, clock, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(answers, "may_live", lambda _owner: True)
    second = await Store.open(database_url, vault=vault, clock=clock)
    async with process(telegram, second, clock, tmp_path) as other:
        for number in range(1, 6):
            copies = await asyncio.gather(office.post(number, "menu"), other.post(number, "menu"))
            assert sorted(len(one) > 0 for one in copies) == [False, True], copies
            for one in (office, other):
                await one.counter.courier.rest(5)
    await second.close()


async def test_copies_of_two_messages_at_once_show_no_answer_twice(
    telegram, postgres_only, vault, clock, tmp_path, monkeypatch
) -> None:
    """Both look for the chat's first open reply in transactions of their own, as only PostgreSQL allows."""
    claim_unread, shown, still_to_come = sending.claim_unread, [], [2]

    async def with_a_copy_meanwhile(db: Writing, **values: Any) -> sending.Row | None:
        row = await claim_unread(db, **values)
        while still_to_come:
            shown.append(await successor.post(still_to_come.pop(), "batal"))
        return row

    store = await Store.open(postgres_only, vault=vault, clock=clock)
    async with process(telegram, store, clock, tmp_path) as office:
        await dies_before_it_answers(office, 1, "menu")
        assert not await office.post(2, "batal"), "it waits for the first"
    monkeypatch.setattr(sending, "claim_unread", with_a_copy_meanwhile)
    async with process(telegram, store, clock, tmp_path) as successor:
        shown.append(await successor.post(1, "menu"))
        clock.move(seconds=11)
        await successor.counter.open()
        await successor.counter.settle()
        await successor.counter.close()
    await store.close()
    called = [call.values["text"] for call in telegram.journal.calls("sendMessage")]
    texts = [one["text"] for one in shown if one] + called
    assert len(texts) == len(set(texts)) == 2
    assert "Ada yang bisa kami bantu" in texts[0], "the first answer is shown first"


async def test_of_two_messages_at_once_one_answer_waits_for_the_other(
    telegram, postgres_only, vault, clock, tmp_path, monkeypatch
) -> None:
    """The second turn looks at the chat before the first one's commit, and gets its lock after it."""
    keep, overlapping = chats.keep, []
    store = await Store.open(postgres_only, vault=vault, clock=clock)

    async def until_the_next_waits(db: Writing, **values: Any) -> None:
        await keep(db, **values)
        if not overlapping:
            overlapping.append(asyncio.create_task(office.post(3, "batal")))  # noqa: TID251
            async with asyncio.timeout(60):
                while not await store.read(lambda db: db.scalar(text(WAITERS))):  # noqa: ASYNC110 (a lock has no event)
                    await asyncio.sleep(0)

    async with process(telegram, store, clock, tmp_path) as office:
        assert await office.post(1, "menu")
        await office.counter.courier.rest(5)
        monkeypatch.setattr(chats, "keep", until_the_next_waits)
        assert await office.post(2, "menu")
        assert not await overlapping[0], "it waits for the second"
        assert await office.states() == ["sent", "sending", "waiting"]
    await store.close()


async def test_an_answer_by_calls_is_not_sent_again_while_they_last(
    running: Office, telegram: Telegram, clock: Clock, monkeypatch
) -> None:
    monkeypatch.setattr("bot.telegram.webhook._hung_up", lambda _receive: True)
    telegram.faults.hang("sendMessage")
    delivery = asyncio.create_task(running.post(1, "menu"))  # noqa: TID251
    await telegram.journal.until("sendMessage")
    clock.move(seconds=11)
    await running.counter.courier._look_after_leases()
    assert await running.states() == ["sending"]
    telegram.faults.release()
    await asyncio.gather(delivery, return_exceptions=True)
