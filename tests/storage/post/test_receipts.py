"""Receipts of providers, in any order."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storage.ids import new_id
from storage.people import chats
from storage.post import outbox, receipts, sending
from storage.post.receipts import _RUNG, Receipt, _apply, _Row
from storage.post.sending import Outcome
from storage.schema import chats as chat_rows
from storage.schema import outbox as rows
from tests.support.exploring import examples

STATES = ["sent", "delivered", "read", "failed"]


def receipt(state: str, **more) -> Receipt:
    return Receipt(channel="whatsapp", id="wamid.1", state=state, **more)


@pytest.fixture
async def row(store) -> int:
    """A reply that was handed to the provider, whose answer was recorded."""
    chat = await store.write(
        lambda db: chats.meet(db, channel="whatsapp", account="1", address="+62811", language="id")
    )
    where = {"chat": chat.id, "channel": "whatsapp", "screen": {}, "owner": "me", "row": new_id()}
    assert await store.write(lambda db: outbox.put_reply(db, due_at=db.now, **where))
    return where["row"]


async def sent(store, row: int, state: str = "sent", provider_id: str | None = "wamid.1") -> None:
    outcome = Outcome(id=row, chat=0, state=state, provider_id=provider_id)
    await store.write(lambda db: sending.record(db, [outcome]))


async def told(store, *heard: Receipt) -> list[str]:
    return await store.write(lambda db: receipts.record(db, heard))


async def state(store, row: int) -> tuple[str, str | None]:
    found = await store.read(lambda db: db.one(select(rows.c.state, rows.c.reason).where(rows.c.id == row)))
    return found.state, found.reason


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=8), st.sampled_from(list(_RUNG)))
@settings(max_examples=examples(300))
def test_the_ladder_ends_at_its_highest_rung_whatever_the_order(heard, start):
    ends = set()
    for order in itertools.islice(itertools.permutations(heard), 24):
        row = _Row(id=1, chat=1, state=start, reason="x" if start == "failed" else None, provider=b"")
        for one in order:
            _apply(row, receipt(one, reason="undeliverable" if one == "failed" else None))
        ends.add(row.state)
    assert ends == {max([start, *heard], key=_RUNG.__getitem__)}


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
async def test_a_read_message_is_read_in_any_order(store, row, order):
    await sent(store, row)
    for one in order:
        await told(store, receipt(one))
    assert await state(store, row) == ("read", None)


async def test_a_whole_batch_is_recorded_at_once(store, row):
    await sent(store, row)
    await told(store, receipt("read"), receipt("sent"), receipt("delivered"), receipt("read"))
    assert await state(store, row) == ("read", None)


async def test_failed_is_final_and_has_its_reason(store, row):
    await sent(store, row)
    await told(store, receipt("failed", reason="undeliverable"))
    await told(store, receipt("delivered"))
    assert await state(store, row) == ("failed", "undeliverable")


async def test_a_returned_row_id_resolves_an_unknown_outcome(store, row):
    await sent(store, row, state="unknown", provider_id=None)
    await told(store, receipt("delivered", row=row))
    assert await state(store, row) == ("delivered", None)
    await told(store, receipt("read"))  # and from its id ever after
    assert await state(store, row) == ("read", None)


async def test_a_receipt_that_overtakes_our_own_record_is_not_undone_by_it(store, row):
    await told(store, receipt("delivered", row=row))
    await sent(store, row)
    assert await state(store, row) == ("delivered", None)


async def test_the_receipt_of_another_bubble_changes_nothing(store, row):
    await sent(store, row)
    await told(store, replace(receipt("failed", row=row), id="wamid.picture"))
    assert await state(store, row) == ("sent", None)


async def test_a_receipt_for_a_message_that_is_not_ours_is_passed_over(store, row):
    assert await told(store, receipt("delivered", row=row + 1, billed="utility")) == []
    assert await state(store, row) == ("sending", None)


async def test_another_channels_row_is_never_touched(store, row):
    await told(store, replace(receipt("delivered", row=row), channel="web"))
    assert await state(store, row) == ("sending", None)


async def test_a_delivered_message_is_billed_once(store, row):
    await sent(store, row)
    assert await told(store, receipt("sent", billed="utility")) == []
    assert await told(store, receipt("delivered", billed="utility")) == ["utility"]
    assert await told(store, receipt("delivered", billed="utility"), receipt("read", billed="utility")) == []


async def test_a_closed_window_puts_the_message_back_and_loses_nothing(store, row, clock):
    await sent(store, row)
    clock.move(minutes=3)
    await told(store, receipt("sent"), receipt("failed", reason="window_closed"))
    assert await state(store, row) == ("waiting", "window_closed")
    heard_at = await store.read(lambda db: db.scalar(select(chat_rows.c.heard_at)))
    assert (clock.now - heard_at).total_seconds() >= 24 * 3600
    await told(store, receipt("sent", row=row), receipt("sent"))  # of the message that failed, late
    assert await state(store, row) == ("waiting", "window_closed")
    (again,) = await store.write(
        lambda db: sending.claim_due(db, channel="whatsapp", owner="me", limit=1, priorities=[0])
    )
    assert again.id == row
    await told(store, receipt("sent"))
    await sent(store, row, provider_id="wamid.template")
    await told(store, replace(receipt("delivered"), id="wamid.template"))
    assert await state(store, row) == ("delivered", None)
