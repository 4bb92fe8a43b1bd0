"""Nothing is looked for while nothing can be due, and what another process writes is noticed."""

import asyncio
import itertools
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.app import _workers
from bot.setup.office_file import load_office
from domain import codec
from domain.announcements.announcement import Audience, Order, Wording
from domain.cards.stages import Stage
from domain.staff.roles import Role
from domain.webhooks.webhook import EventType
from storage.announcements import drafts
from storage.post import outbox
from storage.staff import staff
from storage.store import Store
from storage.webhooks import targets
from storage.webhooks.events import Message, tell
from tests.support.counter import Counter
from tests.support.resident import Phone


class Process:
    """The background work of one process, and the transactions it begins; its seconds are counted by hand."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self._under_way = counter, 0
        self.begun: list[str] = []
        store = counter.store
        store.write, store.read = self._counted(store.write), self._counted(store.read)

    def _counted(self, run):
        async def counted(work, *args, **more):
            self.begun.append(getattr(work, "__qualname__", repr(work)))
            self._under_way += 1
            try:
                return await run(work, *args, **more)
            finally:
                self._under_way -= 1

        return counted

    async def open(self) -> None:
        work = _workers(self.counter.assembled)
        del work["agenda"], work["heart"]  # its ten seconds are real ones
        self._tasks = [asyncio.ensure_future(run()) for run in work.values()]
        async with asyncio.timeout(60):
            while await self.seconds(2):
                pass

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.counter.assembled.pictures.close()

    async def seconds(self, number: int) -> list[str]:
        """Let the agenda tick so often; the transactions that it, and what it woke, began."""
        before = len(self.begun)
        for _ in range(number):
            await self.counter.assembled.agenda.tick()
            seen = -1
            while seen != len(self.begun) or self._under_way:  # until all rest again
                seen = len(self.begun)
                await asyncio.sleep(0.02)
        return self.begun[before:]


ON_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
async def process(store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.setup.agenda.LOOK", timedelta(hours=1))  # nothing here is left to the slow look
    running = Process(Counter(store, clock, load_office(None), tmp_path))
    await running.open()
    yield running
    await running.close()


@pytest.fixture
async def other(database_url, vault, clock):
    """The store of another process."""
    opened = await Store.open(database_url, vault=vault, clock=clock)
    yield opened
    await opened.close()


async def planned(process: Process, other: Store, **when: float) -> Phone:
    """Let another process plan a push to a resident who has spoken; give their phone."""
    sri = process.counter.resident("Sri")
    await sri.says("halo")
    process.counter.clock.move(minutes=5)
    await process.seconds(3)
    chat = await other.read(lambda db: db.scalar(text("SELECT id FROM chats")))
    screen, due = codec.dump(sri.screen), process.counter.clock() + timedelta(**when)
    await other.write(
        lambda db: outbox.put(
            db, chat=chat, channel="telegram", priority=outbox.PUSH, screen=screen, due_at=due
        )
    )
    sri.phone.rings.clear()
    return sri.phone


async def test_an_idle_process_begins_no_transactions(process):
    assert await process.seconds(10) == []


async def test_what_another_process_wrote_is_sent_within_a_second(process, other):
    phone = await planned(process, other)
    async with asyncio.timeout(60):
        while not phone.rings.is_set():
            await process.seconds(1)


async def test_a_webhook_target_that_failed_is_left_alone_until_its_pause_ends(process, other):
    async def event(db) -> None:
        kinds, url = [EventType.CASE_CLOSED], "https://127.0.0.1/"  # refused before any connection
        await targets.add(db, url=url, events=kinds, numbers=False, actor="system")
        await tell(db, EventType.CASE_CLOSED, lambda: [Message({"case": "1"}), Message({"case": "2"})])

    await other.write(event)
    async with asyncio.timeout(60):
        while (await other.read(targets.listed))[0].failing_since is None:
            await process.seconds(1)
    await process.seconds(3)  # the look that follows what was written
    assert await process.seconds(5) == []
    process.counter.clock.move(seconds=7)
    assert await process.seconds(1) != []


async def test_what_is_due_later_wakes_when_its_moment_comes(process, other):
    phone = await planned(process, other, seconds=4)
    async with asyncio.timeout(60):
        while process.counter.assembled.agenda._next is None:
            await process.seconds(1)
    assert not phone.rings.is_set()
    process.counter.clock.move(seconds=4)
    await process.seconds(1)
    async with asyncio.timeout(60):
        await phone.rings.wait()


async def test_what_waits_is_due_at_once_while_the_clock_moves(process, other):
    """The clock of the other tests stands still, and hid that a look compared two moments of its own."""
    store, seconds = process.counter.store, itertools.count()
    begun = store.clock()

    async def release(db) -> None:
        await staff.invite(db, name="Bima", role=Role.APPROVER, actor="system")
        by = await staff.find(db, name="Bima")
        audience = Audience(stage=Stage.READY_FOR_PICKUP)
        order = Order(name="Siap", wording=Wording.read("Kartu Anda sudah jadi."), audience=audience)
        await drafts.draft(db, order=order, by=by)
        await db.run(text("UPDATE announcements SET state = 'preparing'"))

    await other.write(release)
    store.clock = lambda: begun + timedelta(microseconds=next(seconds))
    assert "announcing" in await process.counter.assembled.agenda.look()


@ON_POSTGRES
async def test_a_process_that_hears_nothing_looks_every_second(process):
    news = process.counter.store._engine._news
    await news.close()
    news._again_at = float("inf")
    assert len(await process.seconds(5)) == 5


@ON_POSTGRES
async def test_a_process_listens_again_after_its_connection_was_lost(process, other):
    await other.write(
        lambda db: db.run(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND query LIKE '%NOTIFY%'"
            )
        )
    )
    process.counter.store._engine._news._again_at = 0.0
    async with asyncio.timeout(60):
        while await process.seconds(3):
            pass
    await test_what_another_process_wrote_is_sent_within_a_second(process, other)
