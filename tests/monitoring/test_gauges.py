"""What is looked up when the metrics are read: who waits, what is overdue, and how old the data is."""

import asyncio
import itertools
from datetime import UTC, date, datetime, timedelta
from unittest.mock import AsyncMock

import pytest

from bot.setup.gauges import Gauges
from bot.setup.heart import Heart
from bot.setup.metrics import Metrics
from bot.setup.office_file import load_office
from bot.web.channel import WebChannel
from storage.ids import new_id
from storage.keeping import vitals
from storage.people import chats
from storage.post import outbox, sending
from storage.post.outbox import PUSH, REPLY
from storage.schema import cases, imports
from storage.session import StoreDown
from storage.store import Store
from tests.support.clock import Clock
from tests.support.resident import Phone

TELEGRAM, WEB = "telegram", "web"


class Scrape:
    """The metrics of one process, by sample."""

    def __init__(self, store: Store, **channels) -> None:
        self.metrics = Metrics()
        # Readiness is asked at most once a second; a scrape of these tests is always later.
        seconds = itertools.count(step=10)
        self._look = Gauges(
            store=store,
            channels=channels,
            office=load_office(None),
            heart=Heart(store=store, doing="run", monotonic=lambda: next(seconds)),
        )

    async def __call__(self) -> dict[str, float]:
        await self._look(self.metrics)
        lines = self.metrics.written().decode().splitlines()
        return {
            name: float(value) for name, _, value in (one.rpartition(" ") for one in lines if one[0] != "#")
        }


@pytest.fixture
def phone() -> Phone:
    from bot.channels import CAPS

    return Phone(CAPS[TELEGRAM])


def oldest(channel: str, kind: str) -> str:
    return f'loket_oldest_unsent_seconds{{channel="{channel}",kind="{kind}"}}'


async def a_chat(db, channel: str, address: str = "sri") -> int:
    account = address if channel == WEB else "loket"
    chat = await chats.meet(
        db, channel=channel, account=account, address=address, language="id", identities=()
    )
    return chat.id


async def queued(
    store: Store, channel: str, priority: int, *, due_in: timedelta = timedelta(0), owner: str | None = None
) -> int:
    async def put(db) -> int:
        chat, due = await a_chat(db, channel), db.now + due_in
        said = {"chat": chat, "channel": channel, "screen": {}, "due_at": due}
        if owner is None:
            return await outbox.put(db, **said, priority=priority)
        row = new_id()
        assert await outbox.put_reply(db, **said, owner=owner, row=row)
        return row

    return await store.write(put)


@pytest.mark.parametrize(("reason", "seconds"), [(None, 600), ("window_closed", 0)])
async def test_a_reply_counts_from_the_message_unless_it_waits_for_the_resident(
    store, clock: Clock, phone, reason, seconds
):
    row = await queued(store, TELEGRAM, REPLY, owner="me")
    scrape = Scrape(store, telegram=phone)
    clock.move(minutes=10)
    again = sending.Outcome(
        id=row, chat=0, state="waiting", reason=reason, due_at=clock() + timedelta(minutes=1)
    )
    await store.write(lambda db: sending.record(db, [again]))
    assert (await scrape())[oldest(TELEGRAM, "reply")] == seconds


async def test_a_push_counts_once_due_and_never_in_quiet_hours(store, clock: Clock, phone):
    await queued(store, TELEGRAM, PUSH, due_in=timedelta(minutes=5))
    scrape = Scrape(store, telegram=phone)
    clock.move(minutes=5)
    assert (await scrape())[oldest(TELEGRAM, "push")] == 0
    clock.move(minutes=20)
    assert (await scrape())[oldest(TELEGRAM, "push")] == 1200
    clock.now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 22.00 in Mojokerto
    assert (await scrape())[oldest(TELEGRAM, "push")] == 0


async def test_a_closed_browser_is_not_waited_for(store, clock: Clock, monkeypatch):
    await queued(store, WEB, REPLY)
    channel = WebChannel()
    scrape = Scrape(store, web=channel)
    clock.move(minutes=10)
    assert (await scrape())[oldest(WEB, "reply")] == 0
    monkeypatch.setattr(channel, "present", lambda: frozenset({"sri"}))
    assert (await scrape())[oldest(WEB, "reply")] == 600


async def test_ages_are_infinite_until_the_first_import_and_backup(store, clock: Clock):
    scrape = Scrape(store)
    seen = await scrape()
    assert seen["loket_import_age_seconds"] == seen["loket_backup_age_seconds"] == float("inf")
    done = {"id": new_id(), "started_at": clock(), "finished_at": clock(), "file_digest": b"", "rows": 1}
    await store.write(lambda db: db.run(imports.insert(), done))
    clock.move(hours=1)
    await store.write(vitals.note_backup)
    clock.move(hours=2)
    seen = await scrape()
    assert (seen["loket_import_age_seconds"], seen["loket_backup_age_seconds"]) == (10_800, 7_200)


async def test_open_cases_after_their_last_day_are_counted(store, clock: Clock):
    yesterday, today = date(2026, 11, 22), date(2026, 11, 23)
    for place, (state, due) in enumerate([("open", yesterday), ("open", today), ("answered", yesterday)]):
        row = {"id": new_id(), "number": f"K{place}", "kind": "complaint", "opened_on": yesterday}
        await store.write(lambda db, row={**row, "state": state, "due_on": due}: db.run(cases.insert(), row))
    assert (await Scrape(store)())["loket_cases_overdue"] == 1


async def test_a_store_that_is_down_is_told_and_leaves_its_last_figures(store):
    await store.write(vitals.note_backup)
    scrape = Scrape(store)
    assert (await scrape())["loket_store_up"] == 1
    await store.close()
    seen = await scrape()
    assert seen["loket_store_up"] == 0
    assert seen['loket_store_failures_total{kind="read"}'] == 1
    assert seen["loket_backup_age_seconds"] == 0


async def test_a_store_that_takes_no_writes_is_not_up_although_it_answers(store, monkeypatch):
    scrape = Scrape(store)
    assert (await scrape())["loket_store_up"] == 1
    monkeypatch.setattr(store, "write", AsyncMock(side_effect=StoreDown("its disk is full")))
    assert (await scrape())["loket_store_up"] == 0


async def test_reading_the_metrics_looks_at_the_store_once(store, phone, monkeypatch):
    looks = []
    read = store.read
    monkeypatch.setattr(store, "read", lambda work: looks.append(work) or read(work))
    scrape = Scrape(store, telegram=phone, web=WebChannel())
    assert looks == []
    await scrape()
    assert len(looks) == 1


async def test_the_use_of_connections_is_told(store):
    scrape = Scrape(store)
    await scrape()
    seen = await scrape()
    most, idle = seen["loket_store_connections_most"], seen['loket_store_connections{state="idle"}']
    assert 0 < idle <= most
    assert seen['loket_store_connections{state="in_use"}'] == seen["loket_store_waiting"] == 0

    async def meanwhile(_db) -> dict[str, float]:
        pool = store.pool()
        return pool.in_use

    assert await store.write(meanwhile) == 1


@pytest.mark.postgres
async def test_standbys_are_counted_if_the_account_may_see_them(postgres_server, postgres_only, vault, clock):
    opened = await Store.open(postgres_only, vault=vault, clock=clock)
    scrape = Scrape(opened)
    assert (await scrape())["loket_replicas"] == 0
    with postgres_server.followed():
        async with asyncio.timeout(30):
            seen = await scrape()
            while not seen["loket_replicas"]:
                await asyncio.sleep(0.02)
                seen = await scrape()
        assert 0 <= seen["loket_replica_lag_seconds"] < 60
        postgres_server.sql("CREATE ROLE unprivileged LOGIN", "GRANT pg_read_all_data TO unprivileged")
        stranger = await Store.open(
            postgres_only.replace("//loket@", "//unprivileged@"), vault=vault, clock=clock
        )
        assert "loket_replicas" not in await Scrape(stranger)()
        await stranger.close()
        postgres_server.sql("DROP ROLE unprivileged")
    await opened.close()
