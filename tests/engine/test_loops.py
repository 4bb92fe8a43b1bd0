"""What every background loop has in common: no failure ends it, and each is counted, told once and waited out."""

import asyncio
import re

import pytest
from structlog.testing import capture_logs

from bot.setup.loops import DOWN_SECONDS, FAULT_SECONDS, Loops, resting
from bot.setup.metrics import Metrics
from storage.session import StoreDown


class Sleeps:
    """Notes how long somebody wanted to sleep, and lets them go on at once."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(0)


class Enough(BaseException):
    """Ends a loop from within, as nothing in the product does."""


def failing(*faults: Exception):
    """A step that raises these one after the other, and then ends the test's loop."""
    left = list(faults)

    async def step() -> None:
        if not left:
            raise Enough
        raise left.pop(0)

    return step


async def kept(loops: Loops, step) -> None:
    with pytest.raises(Enough):
        await loops.keep("timers", step, rest=resting(0))


async def test_no_fault_and_no_database_ends_a_loop():
    loops = Loops(sleep=Sleeps())
    await kept(
        loops, failing(StoreDown("away"), RuntimeError("bug"), OSError(), ExceptionGroup("", [ValueError()]))
    )
    assert loops.tallies["timers"].failures == 4


async def test_the_pause_grows_differs_and_has_an_end():
    sleeps = Sleeps()
    await kept(Loops(sleep=sleeps), failing(*[StoreDown("away")] * 30))
    assert max(sleeps.asked) <= DOWN_SECONDS
    assert sleeps.asked[0] < sleeps.asked[-1]
    assert len(set(sleeps.asked[10:])) > 10, "not everybody comes back at the same moment"
    sleeps = Sleeps()
    await kept(Loops(sleep=sleeps), failing(*[RuntimeError()] * 30))
    assert DOWN_SECONDS < max(sleeps.asked) <= FAULT_SECONDS


async def test_a_kind_of_fault_is_told_once_without_its_words():
    with capture_logs() as told:
        await kept(
            Loops(sleep=Sleeps()), failing(*[RuntimeError("NIK 3516994107900001")] * 5, StoreDown("away"))
        )
    assert [one["event"] for one in told] == ["loop.fault"]
    assert told[0]["loop"] == "timers"
    assert "3516994107900001" not in str(told)


async def test_an_outage_is_told_at_its_beginning_and_at_its_end():
    outcomes = iter([StoreDown("away"), StoreDown("away"), None, StoreDown("away"), None, Enough()])

    async def step() -> None:
        outcome = next(outcomes)
        if outcome is not None:
            raise outcome

    with capture_logs() as told:
        await kept(Loops(sleep=Sleeps()), step)
    assert [one["event"] for one in told] == ["loop.store_down", "loop.recovered"] * 2


async def test_what_has_more_to_do_goes_on_without_a_rest():
    rests, rounds = [], iter([True, True, False, None, True])

    async def step() -> bool | None:
        try:
            return next(rounds)
        except StopIteration:
            raise Enough from None

    async def rest() -> None:
        rests.append(1)

    with pytest.raises(Enough):
        await Loops().keep("photos", step, rest=rest)
    assert len(rests) == 2


async def test_a_loop_ends_even_if_its_step_swallows_the_cancellation():
    begun = asyncio.Event()

    async def stubborn() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise StoreDown("could not give back what it had") from None

    task = asyncio.ensure_future(Loops().keep("work", stubborn, rest=resting(0)))
    await begun.wait()
    task.cancel()
    async with asyncio.timeout(60):
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_what_lasts_is_started_again_until_it_ends_by_itself():
    starts = iter([RuntimeError(), StoreDown("away"), ExceptionGroup("", [StoreDown("away")]), None])
    loops = Loops(sleep=Sleeps())

    async def run() -> None:
        outcome = next(starts)
        if outcome is not None:
            raise outcome

    await loops.lasting("courier", run)
    assert loops.tallies["courier"].failures == 3


async def test_a_rest_ends_when_it_is_woken():
    bell = Loops().bell("errands", "errands")
    bell.set()
    async with asyncio.timeout(60):
        await bell.rest(3600)
    assert not bell.is_set()


async def test_the_agenda_ends_the_rest_of_what_is_due():
    loops = Loops()
    rests = [
        asyncio.ensure_future(loops.bell(name, name).rest(3600)) for name in ("errands", "photos", "work")
    ]
    await asyncio.sleep(0)
    loops.tell({"photos", "relay"})
    async with asyncio.timeout(60):
        await rests[1]
    assert [rest.done() for rest in rests] == [False, True, False]
    for rest in rests:
        rest.cancel()


async def test_a_loop_with_nothing_due_counts_as_well():
    loops = Loops()
    rest = asyncio.ensure_future(loops.bell("errands", "errands").rest(3600))
    await asyncio.sleep(0)
    loops.tell(set())
    assert loops.tallies["errands"].succeeded_at > 0
    rest.cancel()


async def test_loops_look_by_themselves_when_no_agenda_tells_them_anything(monkeypatch):
    bell = Loops().bell("errands", "errands")
    async with asyncio.timeout(60):
        await bell.rest(0.001)
    monkeypatch.setattr("bot.setup.loops.SILENT_SECONDS", 0.001)
    bell.tell(set())
    async with asyncio.timeout(60):
        await bell.rest(0.001)


async def test_a_slow_loop_is_not_hurried_by_the_agenda():
    bell = Loops().bell("courier-leases", "leases", least=3600)
    rest = asyncio.ensure_future(bell.rest(3600))
    await asyncio.sleep(0)
    bell.tell({"leases"})
    assert not bell.is_set()
    rest.cancel()


async def test_a_loop_that_hangs_is_told_apart_from_one_that_rests():
    metrics, loops, ever, rests = Metrics(), Loops(), asyncio.Event(), asyncio.Event()
    metrics.watch(loops)

    async def rest() -> None:
        rests.set()
        await ever.wait()

    running = [
        asyncio.ensure_future(loops.keep("photos", ever.wait, rest=rest)),
        asyncio.ensure_future(loops.keep("errands", lambda: asyncio.sleep(0), rest=rest)),
        asyncio.ensure_future(loops.lasting("courier", failing(RuntimeError()))),
    ]
    async with asyncio.timeout(60):
        await rests.wait()
    for tally in loops.tallies.values():
        tally.well_at = tally.well_at and tally.well_at - 600
    written = metrics.written().decode()
    (stuck,) = re.findall(r'^loket_loop_stuck_seconds\{loop="photos"\} (.*)$', written, re.MULTILINE)
    assert float(stuck) >= 600
    assert 'loket_loop_stuck_seconds{loop="errands"} 0.0' in written
    assert 'loket_loop_stuck_seconds{loop="courier"}' not in written  # its own loops are watched
    for one in running:
        one.cancel()


async def test_every_loop_is_counted_in_the_metrics():
    metrics, loops = Metrics(), Loops(sleep=Sleeps())
    metrics.watch(loops)
    await kept(loops, failing(StoreDown("away"), RuntimeError()))
    await loops.guard("courier-web", asyncio.sleep(0))
    await loops.lasting("relay", lambda: asyncio.sleep(0))
    written = metrics.written().decode()
    assert 'loket_loop_failures_total{loop="timers"} 2.0' in written
    assert 'loket_loop_last_success_timestamp_seconds{loop="timers"} 0.0' in written
    assert 'loket_loop_failures_total{loop="relay"} 0.0' in written
