"""When the counters are open, for waves: holidays, collective leave, special hours and staff's closures included."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.setup.holidays import calendar_of
from domain.announcements.waves import FURTHEST_DAYS, OpenSpans
from domain.office.office import Office
from domain.office.week import Span
from storage.appointments.closures import closed_times
from storage.store import Store


async def open_spans_of(store: Store, office: Office) -> OpenSpans:
    """Give the hours of any point and day, as they are known now."""
    now = store.clock()
    closures = await store.read(partial(closed_times, since=now))
    calendar = calendar_of(office, tuple(closures), office.today(now), FURTHEST_DAYS)

    def open_spans(point: str, day: date) -> Sequence[Span]:
        return calendar.day(point, day).open_spans

    return open_spans
