"""A point's usual hours: its week, and special hours from a day to a day. The calendar knows what closes it."""

from datetime import date

from domain.office.office import Office, Point
from domain.office.week import Span


def usual_hours(office: Office, point: Point, day: date) -> tuple[Span, ...]:
    """Give the spans of the day as far as closures leave them: special hours, the point's own, the office's."""
    for special in office.special_hours:
        if special.first <= day <= special.last and _concerns(special.points, point):
            return special.hours.on(day)
    return (point.hours or office.hours).on(day)


def _concerns(named: tuple[str, ...], point: Point) -> bool:
    return not named or point.id in named
