"""Events reach real receivers at least once, signed; failures are repeated, given up, and never block others."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from standardwebhooks import WebhookVerificationError

from bot.sending.http import Limits
from bot.webhooks.receivers import Receivers
from domain.staff.roles import Role
from domain.webhooks.webhook import DISABLE_AFTER, EventType
from storage import audit
from storage.audit import SYSTEM
from storage.keeping.purge import purge
from storage.people import chats
from storage.schema import chats as chats_table
from storage.schema import errands
from storage.staff import staff
from storage.webhooks import deliveries, targets
from tests.webhooks.conftest import OWN, Targets
from tests.webhooks.receiver import never, receiving, status, streams

SHORT = Limits(connect=5.0, total=1.0, most_bytes=16_384, cuts=True)


async def test_events_arrive_once_signed_and_in_order_over_one_connection(desk: Targets):
    async with receiving() as receiver:
        _, secret = await desk.target(receiver.url)
        await desk.happens(3)
        assert await desk.sends()
        assert not await desk.sends()
    bodies = [call.verified(secret) for call in receiver.calls]
    assert [one["data"]["case"] for one in bodies] == ["000000", "000001", "000002"]
    assert bodies[0]["type"] == "case.closed"
    assert bodies[0]["timestamp"] == "2026-11-23T02:00:00.000+00:00"
    assert len({call.id for call in receiver.calls}) == 3
    assert receiver.connections == 1
    assert receiver.calls[0].path == "/in?key=k"
    with pytest.raises(WebhookVerificationError):
        receiver.calls[0].verified("whsec_" + "A" * 43)


async def test_only_events_that_a_target_wants_are_sent(desk: Targets):
    async with receiving() as receiver, receiving() as other:
        await desk.target(receiver.url, EventType.CASE_CLOSED)
        await desk.target(other.url, EventType.BOOKED, EventType.CASE_OPENED)
        await desk.happens()
        await desk.happens(kind=EventType.CASE_OPENED)
        await desk.sends()
    assert (receiver.types(), other.types()) == (["case.closed"], ["case.opened"])


async def test_without_a_target_nothing_is_due_and_nothing_written(desk: Targets):
    await desk.happens()
    assert not await desk.sends()
    assert await desk.store.read(deliveries.counts) == {
        "waiting": 0, "given_up": 0, "failing": 0, "disabled": 0,
    }  # fmt: skip


async def test_a_rotated_secret_signs_beside_the_old_one_for_a_day(desk: Targets):
    async with receiving() as receiver:
        target, old = await desk.target(receiver.url)
        new = await desk.store.write(lambda db: targets.rotate(db, target=target, actor=SYSTEM))
        await desk.happens()
        await desk.sends()
        await desk.happens()
        await desk.sends(hours=25)
    first, second = receiver.calls
    assert first.verified(old) == first.verified(new)
    assert second.verified(new)
    with pytest.raises(WebhookVerificationError):
        second.verified(old)


async def test_every_secret_of_the_last_day_signs_after_several_rotations(desk: Targets):
    """A rotation whose answer was lost is repeated: the receiver still has the secret before both."""
    async with receiving() as receiver:
        target, first = await desk.target(receiver.url)
        second, third = [
            await desk.store.write(lambda db: targets.rotate(db, target=target, actor=SYSTEM))
            for _ in range(2)
        ]
        await desk.happens()
        await desk.sends(hours=23)
        for _ in range(9):
            await desk.store.write(lambda db: targets.rotate(db, target=target, actor=SYSTEM))
        await desk.happens()
        await desk.sends()
    early, late = receiver.calls
    assert early.verified(first) == early.verified(second) == early.verified(third)
    assert len(late.headers["webhook-signature"].split()) == 1 + targets.MOST_BEFORE


async def test_a_crash_between_call_and_record_repeats_the_same_id(desk: Targets):
    async with receiving() as receiver:
        await desk.target(receiver.url)
        await desk.happens()
        (leased,) = await desk.store.write(lambda db: deliveries.claim(db, owner="killed"))
        (event,) = await desk.store.read(lambda db: deliveries.due(db, target=leased.id, limit=9))
        dying = Receivers(allowed=OWN)
        assert await dying.send(leased, event) is None  # and kill -9
        await dying.close()
        assert not await desk.sends(seconds=20)  # the lease holds
        assert await desk.sends(seconds=11)
        assert not await desk.sends()
        late = {"delivered": [event.id], "failed": None, "ends": False}
        recorded = await desk.store.write(lambda db: deliveries.record(db, of=leased, **late))
        assert not recorded.goes_on
    assert len(receiver.calls) == 2
    assert len({call.id for call in receiver.calls}) == 1


async def test_two_processes_share_the_targets_and_send_each_event_once(desk: Targets):
    other = desk.process(owner="b")
    async with receiving() as one, receiving() as two:
        await desk.target(one.url)
        await desk.target(two.url)
        await desk.happens(20)
        await asyncio.gather(desk.sender.send_due(), other.send_due())
        await asyncio.gather(desk.sender.rest(), other.rest())
        assert not await desk.sends()
    assert len({call.id for call in one.calls}) == len(one.calls) == len(two.calls) == 20


async def test_a_failed_event_is_repeated_later_and_others_go_on(desk: Targets):
    async with receiving(status(500)) as receiver:
        await desk.target(receiver.url)
        await desk.happens(2)
        await desk.sends()
        assert not await desk.sends(seconds=4)
        assert await desk.sends(seconds=4)
        cases = [json.loads(call.body)["data"]["case"] for call in receiver.calls]
        assert sorted(cases) == ["000000", "000000", "000001"]
        assert receiver.calls[0].id in {call.id for call in receiver.calls[1:]}
        (target,) = await desk.listed()
        assert (target.failing_since, target.waiting) == (None, 0)


async def test_a_failing_event_is_given_up_and_sent_again_by_hand(desk: Targets):
    async with receiving() as receiver:
        receiver.always = status(500)
        target, _ = await desk.target(receiver.url)
        await desk.happens()
        for _ in range(300):
            await desk.sends(minutes=5)
        assert 6 <= len(receiver.calls) <= 12
        (dead,) = await desk.store.read(lambda db: deliveries.given_up(db, limit=9))
        assert (dead.type, dead.outcome) == ("case.closed", "http-500")
        assert f"evt_{dead.event}" == receiver.calls[0].id
        counts = await desk.store.read(deliveries.counts)
        assert counts == {"waiting": 0, "given_up": 1, "failing": 1, "disabled": 0}
        receiver.always = status(200)
        again = {"target": target, "event": dead.event, "actor": "staff:1"}
        assert await desk.store.write(lambda db: deliveries.resend(db, **again)) == 1
        assert await desk.sends()
        assert receiver.calls[-1].id == receiver.calls[0].id
        assert (await desk.store.read(deliveries.counts))["given_up"] == 0


async def test_after_days_off_one_failure_gives_nothing_up(desk: Targets):
    async with receiving() as receiver:
        await desk.target(receiver.url)
        await desk.happens(3)
        desk.clock.move(days=3)
        receiver.always = status(500)
        await desk.sends()
        assert (await desk.store.read(deliveries.counts))["given_up"] == 0
        receiver.always = status(200)
        for _ in range(3):
            await desk.sends(minutes=5)
        assert (await desk.store.read(deliveries.counts))["waiting"] == 0


async def test_what_was_given_up_is_purged_after_a_month(desk: Targets, store):
    from bot.setup.office_file import load_office

    async with receiving() as receiver:
        receiver.always = status(500)
        await desk.target(receiver.url)
        await desk.happens()
        await desk.sends()
        await desk.sends(days=1)
        kept = load_office(None).retention
        step = "events of webhooks"
        assert (await purge(store, kept, pause=lambda: asyncio.sleep(0)))[step] == 0
        desk.clock.move(days=38)
        assert (await purge(store, kept, pause=lambda: asyncio.sleep(0)))[step] == 1


async def test_a_target_that_is_gone_is_disabled_and_staff_are_told(desk: Targets, store):
    async with receiving(status(410)) as receiver:
        await _approver(store)
        target, _ = await desk.target(receiver.url)
        await desk.happens(3)
        await desk.sends()
        assert not await desk.sends(days=2)
        await desk.happens()  # not written
        (shown,) = await desk.listed()
        assert shown.disabled_at is not None
        assert (shown.outcome, shown.waiting) == ("http-410", 3)
        assert [one.conversation for one in await store.read(lambda db: db.rows(select(errands)))] == [
            "alarm"
        ]
        (entry,) = await store.read(lambda db: audit.entries(db, action="webhook-disabled"))
        assert (entry.subject, entry.details) == (f"webhook:{target}", "http-410")
        assert await store.write(lambda db: targets.enable(db, target=target, actor="staff:1"))
        assert await desk.sends()
    assert len(receiver.calls) == 4


async def test_a_target_that_fails_for_days_is_disabled(desk: Targets, store):
    async with receiving() as receiver:
        receiver.always = status(503)
        await _approver(store)
        await desk.target(receiver.url)
        for _ in range(DISABLE_AFTER // timedelta(hours=12) + 2):
            await desk.happens()
            await desk.sends(hours=12)
        (shown,) = await desk.listed()
        assert shown.disabled_at is not None
        alarms = await store.read(lambda db: audit.entries(db, action="alarm-webhook"))
        assert len(alarms) == 1


async def test_a_success_ends_the_count_of_failing_days(desk: Targets):
    async with receiving() as receiver:
        await desk.target(receiver.url)
        for _ in range(5):
            receiver.answers = [status(500)]
            await desk.happens()
            await desk.sends()
            await desk.sends(minutes=1)
            desk.clock.move(days=1)
        (shown,) = await desk.listed()
    assert (shown.disabled_at, shown.failing_since, shown.waiting) == (None, None, 0)


@pytest.mark.parametrize("code", [429, 503])
async def test_a_busy_receiver_is_left_alone_as_long_as_it_asks(desk: Targets, code):
    async with receiving(status(code, "Retry-After: 600")) as receiver:
        await desk.target(receiver.url)
        await desk.happens(2)
        await desk.sends()
        assert not await desk.sends(seconds=599)
        assert await desk.sends(seconds=120)
    assert len(receiver.calls) == 3


@pytest.mark.parametrize(
    "answer", [status(302, "Location: http://127.0.0.1:1/"), status(404), status(199 + 201)]
)
async def test_redirects_are_not_followed_and_other_answers_are_failures(desk: Targets, answer):
    async with receiving(answer) as receiver:
        await desk.target(receiver.url)
        await desk.happens()
        await desk.sends()
        (shown,) = await desk.listed()
    assert shown.outcome.startswith("http-")
    assert len(receiver.calls) == 1


async def test_a_silent_target_does_not_keep_others_waiting(desk: Targets):
    async with receiving(never) as slow, receiving() as quick:
        await desk.target(slow.url)
        await desk.target(quick.url)
        await desk.happens(3)
        await desk.sender.send_due()
        await slow.gets(1)
        await quick.gets(3)
        while len(desk.sender._working) > 1:
            await asyncio.wait(desk.sender._working, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0)
        for task in desk.sender._working:
            task.cancel()
        await desk.sender.rest()
        assert [one.waiting for one in await desk.listed()] == [3, 0]
        assert await desk.sends()  # the cancelled work released its lease
    assert len(slow.calls) == 4


async def test_a_receiver_that_never_answers_ends_in_time(desk: Targets):
    desk.sender = desk.process(receivers=Receivers(allowed=OWN, limits=SHORT))
    async with receiving(never) as receiver:
        await desk.target(receiver.url)
        await desk.happens()
        await desk.sends()
        (shown,) = await desk.listed()
    assert shown.outcome == "no-answer"


async def test_an_answer_without_an_end_counts_by_its_status(desk: Targets):
    desk.sender = desk.process(receivers=Receivers(allowed=OWN, limits=SHORT))
    endless = b"HTTP/1.1 %b X\r\nContent-Length: 999999999\r\n\r\n"
    answers = [streams(endless % b"200", b"x" * 9000), streams(endless % b"500", b"x" * 100)]
    async with receiving(*answers) as receiver:
        await desk.target(receiver.url)
        await desk.happens(2)
        await desk.sends()
        (shown,) = await desk.listed()
    assert (len(receiver.calls), shown.waiting, shown.outcome) == (2, 1, "http-500")


async def test_a_head_without_an_end_is_no_answer(desk: Targets):
    desk.sender = desk.process(receivers=Receivers(allowed=OWN, limits=SHORT))
    async with receiving(streams(b"HTTP/1.1 200 X\r\n", b"X-More: x\r\n" * 1000)) as receiver:
        await desk.target(receiver.url)
        await desk.happens()
        await desk.sends()
        (shown,) = await desk.listed()
    assert shown.outcome == "no-answer"


async def test_nobody_is_alarmed_of_a_target_that_was_disabled_on_purpose(desk: Targets, store):
    async def disables(writer) -> None:
        await store.write(lambda db: targets.disable(db, target=target, why="token-ended"))
        writer.write(status(500))

    async with receiving(disables) as receiver:
        target, _ = await desk.target(receiver.url)
        await desk.happens()
        await desk.sends()
    assert await store.read(lambda db: audit.entries(db, action="alarm-webhook")) == []


async def test_many_events_arrive_in_order_in_several_batches(desk: Targets):
    async with receiving() as receiver:
        await desk.target(receiver.url)
        await desk.happens(120)
        await desk.sends()
    cases = [json.loads(call.body)["data"]["case"] for call in receiver.calls]
    assert cases == [f"{number:06}" for number in range(120)]


async def test_a_target_disabled_during_a_call_gets_no_further_batch(desk: Targets):
    async def disables(writer) -> None:
        await desk.store.write(lambda db: targets.disable(db, target=target, why="token-ended"))
        writer.write(status(200))

    async with receiving(disables) as receiver:
        target, _ = await desk.target(receiver.url)
        await desk.happens(120)
        await desk.sends()
        (shown,) = await desk.listed()
    assert 0 < len(receiver.calls) <= 50
    assert shown.waiting == 120 - len(receiver.calls)


async def test_a_target_removed_during_a_call_ends_quietly(desk: Targets):
    async def removes(writer) -> None:
        await desk.store.write(lambda db: targets.remove(db, target=target, actor=SYSTEM))
        writer.write(status(200))

    async with receiving(removes) as receiver:
        target, _ = await desk.target(receiver.url)
        await desk.happens(5)
        await desk.sends()
    assert await desk.listed() == []
    assert await desk.store.read(deliveries.counts) == dict.fromkeys(
        ("waiting", "given_up", "failing", "disabled"), 0
    )


async def _approver(store) -> None:
    """An approver with a staff chat."""

    async def make(db) -> None:
        await staff.invite(db, name="Ayu", role=Role.APPROVER, point=None, actor=SYSTEM)
        member = await staff.find(db, name="Ayu")
        chat = await chats.meet(db, channel="telegram", account="a", address="b", language="id")
        link = chats_table.update().where(chats_table.c.id == chat.id)
        await db.run(link.values(staff_id=member.id))

    await store.write(make)
