"""Makes forecasts anew when there is new data, and tells followers of a range that shifted far."""

import asyncio
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.setup.holidays import calendar_of
from bot.setup.loops import Loops, resting
from bot.turns.timers import Timers
from domain.cards.forecast.forecast import (
    COMING_DAYS,
    HISTORY_DAYS,
    Forecast,
    Worth,
    answer,
    forecasts_of,
    scope_of_application,
    shift,
)
from domain.cards.forecast.outlook import Range
from domain.cards.forecast.passages import ready_stages
from domain.cards.forecast.replay import Replay
from domain.cards.forecast.workdays import WorkDays
from domain.office.office import Office
from handlers.cards.pushes import approved_shift, shift_of
from storage.appointments import closures
from storage.cards import applications, forecasts, shifts
from storage.cards.shifts import ShiftedWait
from storage.session import Reading, Writing
from storage.store import Store

LOOK_SECONDS = 60.0
FAR = 3
"""Working days by which a range must shift to be news."""


class Forecasts:
    """Keeps the forecasts up to date; one process at a time makes them."""

    def __init__(self, *, store: Store, office: Office, timers: Timers, loops: Loops) -> None:
        self._store, self._office, self._timers, self._loops = store, office, timers, loops

    async def run(self) -> None:
        """Run until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for name, step in (("forecasts", self.refresh), ("forecast-shifts", self.tell_shifts)):
                tasks.create_task(self._loops.keep(name, step, rest=resting(LOOK_SECONDS)))

    async def refresh(self) -> None:
        """Make the forecasts if there was an import, or a new day began."""
        today = self._office.today(self._store.clock())
        if not await self._store.read(partial(forecasts.needed, today=today)):
            return
        source = await self._store.write(partial(forecasts.claim, today=today))
        if source is None:
            return
        as_of, found, worth = await made(self._store, self._office, today)
        await self._store.write(partial(forecasts.keep, source=source, as_of=as_of, found=found, worth=worth))

    async def tell_shifts(self) -> None:
        """Push to followers whose range shifted since they were told, once for all forecasts; not in quiet hours."""
        if self._office.quiet.covers(self._office.local(self._store.clock()).time()):
            return
        if not await self._store.read(shifts.are_new) or not await self._store.write(shifts.claim):
            return
        known: dict[str, tuple[date, Forecast] | None] = {}
        for one in await self._store.read(shifts.followers):
            scope = scope_of_application(one, self._office)
            if scope is None:
                continue
            if scope not in known:
                known[scope] = await self._store.read(partial(forecasts.forecast_in, scope=scope))
            as_of, forecast = known[scope] or (None, None)
            told = answer(forecast, as_of, one, self._office, self._office.today(self._store.clock()))
            if forecast is not None and isinstance(told, Range):
                await self._compare(one, told, forecast.days)

    async def _compare(self, one: ShiftedWait, told: Range, days: WorkDays) -> None:
        """Push if the range shifted far; the first range of a follow is only kept."""
        if one.told_before is None:
            await self._store.write(partial(shifts.note, follower=one, before=told.before, is_pushed=False))
            return
        is_recent = one.shifted_at and self._store.clock() < one.shifted_at + shifts.AT_MOST_EVERY
        if abs(shift(one.told_before, told.before, days)) > FAR and not is_recent:
            await self._store.write(partial(self._push, one=one, told=told))

    async def _push(self, db: Writing, *, one: ShiftedWait, told: Range) -> None:
        application = await applications.for_push(db, application=one.id, chat=one.news.chat)
        if application is None or application.stage is not one.stage:
            return
        await shifts.note(db, follower=one, before=told.before, is_pushed=True)
        full, idle = (
            shift_of(application, told, self._office, shared_device=shared) for shared in (False, True)
        )
        await self._timers.push(db, one.news, full, idle, approved_shift(application, told))


async def made(store: Store, office: Office, today: date) -> tuple[date, dict[str, Forecast], Worth]:
    """Forecasts from the history up to yesterday: today's printing is not over yet."""
    replay, days, latest = await past(
        store, office, since=today - timedelta(days=HISTORY_DAYS), until=today - timedelta(days=1)
    )
    found, worth = await asyncio.to_thread(forecasts_of, replay, days, latest=latest)
    return latest, found, worth


async def past(
    store: Store, office: Office, *, since: date, until: date
) -> tuple[Replay, dict[str, WorkDays], date]:
    """A walk through what happened to applications since a day, and the working days of each point, past and coming.

    The third is the last day of the data up to `until`.
    """
    extent = await store.read(partial(forecasts.extent, since=since, until=until))
    days = await store.read(partial(_work_days, office=office, first=max(extent.first, since), until=until))
    replay = Replay(days, ready=ready_stages(extent.stages))
    async for chunk in forecasts.passages(store, office=office, since=since):
        replay.add(chunk)
        await asyncio.sleep(0)
    return replay, days, extent.last


async def _work_days(db: Reading, *, office: Office, first: date, until: date) -> dict[str, WorkDays]:
    last = until + timedelta(days=COMING_DAYS)
    begin = datetime.combine(first, time(), office.timezone)
    closed = tuple(await closures.closed_times(db, since=begin))
    calendar = calendar_of(office, closed, first, (last - first).days)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {
        point.id: WorkDays.of(day for day in every if calendar.day(point.id, day).open_spans)
        for point in office.points
    }
