"""Forecasts in the store: made by one process, read by key, and nobody's own wait among them."""

from datetime import date, timedelta
from functools import partial

import pytest

from bot.turns.forecasts import made, past
from domain.cards.forecast.forecast import Forecast, Worth
from domain.cards.forecast.outlook import Outlook
from domain.cards.forecast.passages import Extent
from domain.cards.forecast.workdays import WorkDays
from domain.cards.stages import Stage
from storage.cards import forecasts, shifts
from tests.support.counter import counter_of
from tests.support.past import give_past

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def office(store, clock, tmp_path):
    return counter_of(store, clock, tmp_path)


async def test_one_process_makes_forecasts_and_another_may_after_its_death(store, clock):
    claim = partial(forecasts.claim, today=MONDAY)
    assert await store.write(claim)
    assert await store.write(claim) is None
    clock.move(minutes=11)
    assert await store.write(claim)


async def test_forecasts_are_replaced_and_read_by_their_scope(store):
    days = WorkDays.of([FRIDAY, MONDAY])
    for number, scope in enumerate(("WAITING@sooko/ktp", "WAITING@mpp/ktp")):
        outlook = Outlook(cases=40 + number, fast=(0, 9), slow=(0, 4), order=(7,), places=(3,), low=0.25)
        worth = Worth(cases=40, coverage=0.9, late=0.05, median_width_days=6, told=0.8)
        source = await store.write(partial(forecasts.claim, today=MONDAY + timedelta(days=number)))
        keep = partial(
            forecasts.keep, source=source, as_of=FRIDAY, found={scope: Forecast(outlook, days)}, worth=worth
        )
        await store.write(keep)
        assert await store.read(partial(forecasts.forecast_in, scope=scope)) == (
            FRIDAY,
            Forecast(outlook, days),
        )
        assert await store.read(forecasts.worth) == worth
    assert await store.read(partial(forecasts.forecast_in, scope="WAITING@sooko/ktp")) is None


async def test_followers_are_looked_at_once_for_all_forecasts(store):
    assert not await store.read(shifts.are_new)
    source = await store.write(partial(forecasts.claim, today=MONDAY))
    keep = partial(forecasts.keep, source=source, as_of=FRIDAY, found={}, worth=Worth())
    await store.write(keep)
    assert await store.read(shifts.are_new)
    assert await store.write(shifts.claim)
    assert not await store.write(shifts.claim)
    assert await store.read(shifts.followers) == []


async def test_forecasts_are_made_from_the_history_of_the_register(office, store):
    await give_past(office, until=FRIDAY)
    as_of, found, _ = await made(store, office.office, MONDAY)
    assert as_of == FRIDAY
    assert found["WAITING@sooko/ktp"].outlook.cases == 132
    assert found["WAITING@sooko/ktp"].outlook.why is None


async def test_the_extent_of_a_history_has_the_ready_stages_recorded_of_late(office, store):
    extent = partial(forecasts.extent, until=FRIDAY)
    assert await store.read(partial(extent, since=MONDAY)) == Extent(
        first=FRIDAY, last=FRIDAY, stages=frozenset()
    )
    await give_past(office, until=FRIDAY)
    late, both = (
        await store.read(partial(extent, since=MONDAY)),
        await store.read(partial(extent, since=FRIDAY)),
    )
    assert late.stages == frozenset()
    assert both.stages == {Stage.PRINTED, Stage.READY_FOR_PICKUP}
    assert (late.first, late.last) == (date(2026, 9, 14), FRIDAY)


async def test_the_working_days_leave_out_holidays_and_closures(office, store):
    await give_past(office, until=FRIDAY)
    _, days, _ = await past(store, office.office, since=date(2026, 8, 1), until=FRIDAY)
    independence, christmas = date(2026, 8, 17), date(2026, 12, 25)
    assert days["sooko"].number(independence) == days["sooko"].number(independence - timedelta(days=1))
    assert days["sooko"].number(christmas) == days["sooko"].number(christmas - timedelta(days=1))
