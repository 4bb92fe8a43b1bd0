"""The pacer's promises: an even pace, replies first, rested chats, holds that are kept."""

import asyncio
import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.channels.traffic import ANNOUNCEMENT, PUSH, REPLY, Traffic, most_in_a_second, settle
from tests.support.exploring import examples


async def test_a_crowd_is_sent_evenly_and_never_faster_than_the_limit() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=28, answers_after=0.06, patience=60)
        for number in range(300):
            traffic.ask(f"{number}", PUSH)
        await traffic.hand.advance(12)
    times = [at for at, _, _ in traffic.left]
    assert len(times) == 300
    assert most_in_a_second(times) <= 28
    assert times[-1] - times[0] <= 299 / (28 * 0.99)


async def test_replies_pass_every_waiting_push() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=10)
        for number in range(30):
            traffic.ask(f"push {number}", PUSH)
        for number in range(5):
            traffic.ask(f"announcement {number}", ANNOUNCEMENT)
        await traffic.hand.advance(0.25)
        before = len(traffic.left)
        for number in range(4):
            traffic.ask(f"reply {number}")
        await traffic.hand.advance(9)
    order = [priority for _, _, priority in traffic.left]
    assert order[before : before + 4] == [REPLY] * 4
    assert order[before + 4 :] == sorted(order[before + 4 :])


async def test_replies_to_one_chat_burst_to_three_then_one_a_second() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=1000)
        for _ in range(5):
            traffic.ask("sri")
        await traffic.hand.advance(5)
    waits = [round(at - 1000.0, 1) for at, _, _ in traffic.left]
    assert waits == [0.0, 0.0, 0.0, 1.0, 2.0]


async def test_a_push_waits_until_its_chat_has_rested_a_second() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=1000)
        traffic.ask("sri")
        traffic.ask("sri", PUSH)
        traffic.ask("sri", PUSH)
        traffic.ask("tono", PUSH)
        await traffic.hand.advance(5)
    waits = [(chat, round(at - 1000.0, 1)) for at, chat, _ in traffic.left]
    assert waits == [("sri", 0.0), ("tono", 0.0), ("sri", 1.0), ("sri", 2.0)]


async def test_a_429_on_a_push_holds_all_pushes_while_replies_go_on() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=28)
        traffic.pacer.hold("sri", 5, push=True)
        traffic.ask("tono", PUSH)
        traffic.ask("sri")
        await traffic.hand.advance(4.9)
        assert [chat for _, chat, _ in traffic.left] == ["sri"]
        await traffic.hand.advance(0.2)
    assert [chat for _, chat, _ in traffic.left] == ["sri", "tono"]
    assert traffic.left[1][0] >= 1005.0


async def test_a_429_on_a_reply_holds_that_chat_alone() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=28)
        traffic.pacer.hold("sri", 3, push=False)
        assert traffic.pacer.held("sri")
        for chat, priority in [("sri", REPLY), ("tono", REPLY), ("wati", PUSH)]:
            traffic.ask(chat, priority)
        await traffic.hand.advance(2.9)
        assert {chat for _, chat, _ in traffic.left} == {"tono", "wati"}
        await traffic.hand.advance(0.2)
        assert not traffic.pacer.held("sri")
    assert traffic.left[-1][1] == "sri"


async def test_a_hold_is_never_shortened_by_a_later_one() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=28)
        traffic.pacer.hold("a", 6, push=True)
        traffic.pacer.hold("b", 1, push=True)
        traffic.ask("c", PUSH)
        await traffic.hand.advance(5.9)
        assert not traffic.left
        await traffic.hand.advance(0.2)
        assert len(traffic.left) == 1


async def test_a_long_hold_refuses_at_once_with_its_rest() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=28)
        traffic.pacer.hold("sri", 17, push=True)
        traffic.ask("tono", PUSH)
        await settle()
    (_, _, throttled) = traffic.refused[0]
    assert throttled.retry_after_seconds == pytest.approx(17)
    assert throttled.whole_channel


async def test_a_hold_sends_waiting_announcements_back_at_once_and_lets_pushes_wait() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=1)
        for chat, priority in [("sri", PUSH), ("tono", PUSH), ("wati", ANNOUNCEMENT), ("eko", ANNOUNCEMENT)]:
            traffic.ask(chat, priority)
        await settle()
        traffic.pacer.hold("sri", 3, push=True)
        traffic.ask("dewi", ANNOUNCEMENT)
        await settle()
        assert [chat for _, chat, _ in traffic.refused] == ["wati", "eko", "dewi"]
        assert {round(throttled.retry_after_seconds) for _, _, throttled in traffic.refused} == {3}
        assert all(throttled.whole_channel for _, _, throttled in traffic.refused)
        await traffic.hand.advance(4)
    assert [chat for _, chat, _ in traffic.left] == ["sri", "tono"]


async def test_who_waits_too_long_is_sent_back_before_its_lease_ends() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=1, patience=3)
        for number in range(9):
            traffic.ask(f"{number}", PUSH)
        await traffic.hand.advance(20)
    assert len(traffic.left) + len(traffic.refused) == 9
    assert all(at <= 1003.0 for at, _, _ in [*traffic.left, *traffic.refused])
    assert all(not throttled.whole_channel for _, _, throttled in traffic.refused)


async def test_pushes_without_answers_leave_room_for_replies() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=100, window=8, answers_after=None)
        for number in range(20):
            traffic.ask(f"push {number}", PUSH)
        await traffic.hand.advance(2)
        assert len(traffic.left) == 6
        traffic.ask("sri")
        await traffic.hand.advance(0.1)
        assert traffic.left[-1][1] == "sri"
        await traffic.hand.advance(10)


async def test_a_caller_who_is_cancelled_takes_no_slot() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=1, window=1, answers_after=None)
        traffic.ask("first")
        waiting = traffic.ask("second")
        await settle()
        waiting.cancel()
        await settle()
        traffic.ask("third")
        await traffic.hand.advance(0.5)
        traffic.pacer.done()
        await traffic.hand.advance(2)
    assert [chat for _, chat, _ in traffic.left] == ["first", "third"]


async def test_memory_of_chats_that_rest_is_let_go() -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=1e6)
        for number in range(9000):
            await traffic.pacer.turn(f"{number}")
            traffic.pacer.done()
            traffic.hand.now += 0.001
        assert len(traffic.pacer._rested_at) < 5000


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.sampled_from("abcde"), st.integers(0, 2)),
        st.tuples(st.just("hold"), st.sampled_from("abcde"), st.booleans(), st.floats(0.1, 12)),
        st.tuples(st.just("wait"), st.floats(0.0, 2.0)),
        st.tuples(st.just("cancel"), st.integers(0, 40)),
    ),
    max_size=60,
)


class Story:
    """Runs events against a pacer and records the holds."""

    def __init__(self, traffic: Traffic) -> None:
        self.traffic = traffic
        self.asked: list[asyncio.Task[None]] = []
        self.holds: list[tuple[float, float, str, bool]] = []

    async def play(self, event) -> None:
        match event:
            case ("ask", chat, priority):
                self.asked.append(self.traffic.ask(chat, priority))
            case ("hold", chat, push, seconds):
                now = self.traffic.hand.now
                self.traffic.pacer.hold(chat, seconds, push=push)
                self.holds.append((now, now + seconds, chat, push))
            case ("wait", seconds):
                await self.traffic.hand.advance(seconds)
            case ("cancel", number) if number < len(self.asked):
                self.asked[number].cancel()
        await settle()


@settings(max_examples=examples(200), deadline=None)
@given(EVENTS, st.sampled_from([1, 5, 28, 80]), st.sampled_from([0.0, 0.06, 0.8]))
async def test_whatever_happens_the_promises_hold(events, rate: int, answers_after: float) -> None:
    async with asyncio.TaskGroup() as tasks:
        traffic = Traffic(tasks, rate=rate, answers_after=answers_after)
        story = Story(traffic)
        for event in events:
            await story.play(event)
        await traffic.hand.advance(60)
    cancelled = sum(task.cancelled() for task in story.asked)
    assert len(traffic.left) + len(traffic.refused) + cancelled == len(story.asked)
    assert traffic.pacer._out == 0
    assert most_in_a_second([at for at, _, _ in traffic.left]) <= max(1, math.floor(rate * 0.998 + 1))
    for chat in "abcde":
        no_chat_is_flooded([(at, priority) for at, own, priority in traffic.left if own == chat])
    for at, chat, priority in traffic.left:
        for since, until, held, push in story.holds:
            concerns = priority > REPLY if push else held == chat
            assert not (concerns and since < at < until - 1e-9)


def no_chat_is_flooded(mine: list[tuple[float, int]]) -> None:
    assert most_in_a_second([at for at, _ in mine]) <= 3
    for (earlier, _), (later, priority) in itertools.pairwise(mine):
        assert priority == REPLY or later - earlier >= 1.0 - 1e-9
