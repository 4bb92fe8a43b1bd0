"""The hours of one day at some points, or why they are closed then."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from domain.appointments.calendar import Calendar
from domain.appointments.dayplan import Because, DayPlan
from domain.office.office import Point
from domain.office.week import WEEKDAYS, Week
from handlers.engine.chat import Said
from handlers.shared.report import open_now


def hours_on(calendar: Calendar, points: Sequence[Point], day: date, now: datetime) -> Iterator[Said]:
    """Hours of a day at points, or why all are closed and when the next one opens."""
    plans = [calendar.day(point.id, day) for point in points]
    spans = dict.fromkeys(plan.open_spans for plan in plans if plan.open_spans)
    if not spans:
        yield from _closed(calendar, plans, day)
        return
    everywhere = len(spans) == 1 and all(plan.open_spans for plan in plans)
    for open_spans in spans:
        week = Week(**{WEEKDAYS[day.weekday()]: open_spans})
        names = [
            point.name for point, plan in zip(points, plans, strict=True) if plan.open_spans == open_spans
        ]
        where = "" if everywhere else ", ".join(names)
        yield Said("errand-day-open", {"day": day, "hours": week, "everywhere": everywhere, "places": where})
    if day == calendar.office.today(now):
        yield from open_now(calendar, points, now)


def _closed(calendar: Calendar, plans: list[DayPlan], day: date) -> Iterator[Said]:
    closed = next((plan.closed_because for plan in plans if plan.closed_because), None)
    because = closed.because if closed else Because.NO_HOURS
    why = closed.detail if closed else ""
    yield Said("errand-day-closed", {"day": day, "because": "named" if why else because.value, "why": why})
    later = [one for one in (calendar.next_open_day(plan.point, day) for plan in plans) if one]
    if later:
        yield Said("errand-day-next", {"day": min(later)})
