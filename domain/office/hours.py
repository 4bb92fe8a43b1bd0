"""Usual hours of a point, from its week and special hours; the calendar subtracts closures."""

from datetime import date

from domain.office.office import Office, Point
from domain.office.week import Span


def usual_hours(office: Office, point: Point, day: date) -> tuple[Span, ...]:
    """Spans of the day before closures: special hours, else the point's own, else the office's."""
    for special in office.special_hours:
        if special.first <= day <= special.last and _concerns(special.points, point):
            return special.hours.on(day)
    return (point.hours or office.hours).on(day)


def _concerns(named: tuple[str, ...], point: Point) -> bool:
    return not named or point.id in named
