"""A message that may not be sent now keeps its reason and goes out after the resident's next message."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channel import Channel, Held, Parcel, Sent
from bot.sending.attempts import Deliveries
from bot.setup.gauges import Gauges
from bot.setup.heart import Heart
from bot.setup.metrics import Metrics
from bot.setup.office_file import load_office
from bot.turns.wording import unmarked
from bot.whatsapp.caps import WHATSAPP
from handlers.engine.screen import Screen
from storage.people import chats
from storage.post import outbox, sending
from storage.post.receipts import WINDOW, WINDOW_CLOSED
from storage.schema import chats as chat_rows
from storage.schema import outbox as rows
from tests.support.counter import counter_of

SRI = {"channel": "whatsapp", "account": "1", "address": "+62811", "language": "id"}


class Shut(Channel):
    """A channel that may say nothing now."""

    caps = WHATSAPP
    trouble = "access"

    def __init__(self, reason: str) -> None:
        self.reason = reason

    async def send(self, _parcel: Parcel) -> Sent:
        raise Held(self.reason, again_after_seconds=60)


@pytest.fixture
async def chat(store) -> int:
    return (await store.write(lambda db: chats.meet(db, **SRI))).id


async def claimed(db, chat: int, *, priority: int = outbox.PUSH) -> int:
    """Plan a screen, and lease it as the courier does."""
    row = await outbox.put(db, chat=chat, channel="whatsapp", priority=priority, screen={}, due_at=db.now)
    leased = await sending.claim_due(db, channel="whatsapp", owner="me", limit=9, priorities=(priority,))
    assert [one.id for one in leased] == [row]
    return row


async def tried(store, chat: int, folder, *, reason: str, priority: int = outbox.PUSH):
    """Plan a screen, send it once on the closed channel, record the outcome, and return the row."""
    office = counter_of(store, store.clock, folder).office
    row = await store.write(claimed, chat, priority=priority)
    parcel = Parcel(
        id=row, chat=chat, channel="whatsapp", account="1", address="+62811", priority=priority,
        screen=Screen(text="x"), attempts=1, due_at=store.clock(), heard_at=store.clock(),
    )  # fmt: skip
    outcome = await Deliveries(store.clock, office).attempt(Shut(reason), parcel)
    await store.write(lambda db: sending.record(db, [outcome]))
    return await store.read(lambda db: db.one(select(rows).where(rows.c.id == row)))


@pytest.mark.parametrize("reason", [WINDOW_CLOSED, "daily_limit", "template_missing"])
@pytest.mark.parametrize("priority", [outbox.REPLY, outbox.PUSH])
async def test_it_waits_with_its_reason(store, chat, tmp_path, reason, priority):
    row = await tried(store, chat, tmp_path, reason=reason, priority=priority)
    assert (row.state, row.reason) == ("waiting", reason)
    assert row.due_at == store.clock() + timedelta(seconds=60)


async def test_a_held_announcement_keeps_its_day_and_waits_for_the_daily_limit(store, chat, tmp_path):
    failed = await tried(store, chat, tmp_path, reason=WINDOW_CLOSED, priority=outbox.ANNOUNCEMENT)
    assert (failed.state, failed.reason) == ("failed", WINDOW_CLOSED)
    waits = await tried(store, chat, tmp_path, reason="daily_limit", priority=outbox.ANNOUNCEMENT)
    assert waits.state == "waiting"


async def test_the_providers_clock_closes_the_window_and_a_message_opens_it(store, chat, tmp_path, clock):
    held = await tried(store, chat, tmp_path, reason=WINDOW_CLOSED)
    heard_at = select(chat_rows.c.heard_at).where(chat_rows.c.id == chat)
    assert await store.read(lambda db: db.scalar(heard_at)) <= clock() - WINDOW
    clock.move(seconds=5)
    await store.write(lambda db: chats.meet(db, **SRI))
    assert (
        await store.read(lambda db: db.scalar(select(rows.c.due_at).where(rows.c.id == held.id))) == clock()
    )


async def test_a_word_within_the_day_lets_nothing_go(store, chat, tmp_path, clock):
    held = await tried(store, chat, tmp_path, reason="daily_limit")
    clock.move(seconds=5)
    await store.write(lambda db: chats.meet(db, **SRI))
    assert (
        await store.read(lambda db: db.scalar(select(rows.c.due_at).where(rows.c.id == held.id)))
        == held.due_at
    )


async def test_what_waited_for_a_month_is_given_up(store, chat, tmp_path, clock):
    row = await tried(store, chat, tmp_path, reason=WINDOW_CLOSED)
    counter = counter_of(store, clock, tmp_path, Shut(WINDOW_CLOSED))
    clock.move(days=30, hours=14)  # at night, when no push is tried
    await counter.open()
    await counter.settle()
    await counter.close()
    left = await store.read(lambda db: db.one(select(rows).where(rows.c.id == row.id)))
    assert (left.state, left.reason) == ("failed", "waited_too_long")


async def test_a_row_that_waits_for_nothing_keeps_its_time(store, chat, clock):
    later = clock() + timedelta(hours=30)
    row = await store.write(
        lambda db: outbox.put(db, chat=chat, channel="whatsapp", priority=1, screen={}, due_at=later)
    )
    clock.move(hours=25)
    await store.write(lambda db: chats.meet(db, **SRI))
    assert await store.read(lambda db: db.scalar(select(rows.c.due_at).where(rows.c.id == row))) == later


async def test_only_what_was_said_first_counts_and_its_newest_time(store, chat, clock):
    for how in (None, outbox.TEMPLATE, outbox.TEMPLATE):
        clock.move(hours=1)
        row = await store.write(claimed, chat)
        outcome = sending.Outcome(id=row, chat=chat, state="sent", reason=how)
        await store.write(lambda db, one=outcome: sending.record(db, [one]))

    async def since(hours: float):
        moment = clock() - timedelta(hours=hours)
        return await store.read(lambda db: sending.written_first(db, channel="whatsapp", since=moment))

    assert await since(24) == {chat: clock()}
    assert await since(0) == {}


async def test_the_metrics_say_that_a_provider_refuses_us_until_it_does_not(store):
    metrics, channel = Metrics(), Shut("x")
    heart = Heart(store=store, doing="run")
    count = Gauges(store=store, channels={"whatsapp": channel}, office=load_office(None), heart=heart)
    await count(metrics)
    assert 'loket_channel_refused{channel="whatsapp",why="access"} 1.0' in metrics.written().decode()
    channel.trouble = None
    await count(metrics)
    assert "loket_channel_refused{" not in metrics.written().decode()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("S*** A***", "S*** A***"),
        ("3516********0001", "3516********0001"),
        ("*tebal*", "∗tebal∗"),
        ("awas *", "awas ∗"),
        ("2*3", "2*3"),
        ("biasa", "biasa"),
        (7, 7),
    ],
)
def test_a_value_makes_nothing_bold_and_masks_stay(value, said):
    assert unmarked({"x": value}) == {"x": said}
