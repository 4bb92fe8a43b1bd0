"""When a point is open: its week, special hours from a day to a day, and closed days."""

from datetime import date, datetime, timedelta

from domain.office import Office, Point
from domain.week import Span

_FURTHEST_DAYS = 366


def hours_on(office: Office, point: Point, day: date) -> tuple[Span, ...]:
    """Give the spans in which the point is open that day; none when it is closed.

    A closure wins over special hours, those over the point's own week, that over the office's.
    """
    if any(closure.day == day and _concerns(closure.points, point) for closure in office.closures):
        return ()
    return usual_hours(office, point, day)


def usual_hours(office: Office, point: Point, day: date) -> tuple[Span, ...]:
    """Give the spans of the day as far as closures leave them: special hours, the point's own, the office's."""
    for special in office.special_hours:
        if special.first <= day <= special.last and _concerns(special.points, point):
            return special.hours.on(day)
    return (point.hours or office.hours).on(day)


def is_open(office: Office, point: Point, now: datetime) -> bool:
    """Tell whether the point is open at this moment."""
    local = office.local(now)
    return any(span.holds(local.time()) for span in hours_on(office, point, local.date()))


def next_opening(office: Office, point: Point, now: datetime) -> datetime | None:
    """Give the moment the point opens next (after a break, too), or None if it does not within a year."""
    local = office.local(now)
    for ahead in range(_FURTHEST_DAYS + 1):
        day = local.date() + timedelta(days=ahead)
        for span in hours_on(office, point, day):
            opening = datetime.combine(day, span.opens, office.timezone)
            if opening > local:
                return opening
    return None


def _concerns(named: tuple[str, ...], point: Point) -> bool:
    return not named or point.id in named
