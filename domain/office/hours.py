"""Usual hours of a point, before closures; and quiet hours, in which the office starts no conversation."""

from datetime import date, datetime, timedelta

from domain.office.office import Office, Point
from domain.office.week import Span


def usual_hours(office: Office, point: Point, day: date) -> tuple[Span, ...]:
    """Spans of the day before closures: special hours, else the point's own, else the office's."""
    for special in office.special_hours:
        here = not special.points or point.id in special.points
        if here and special.first <= day <= special.last:
            return special.hours.on(day)
    return (point.hours or office.hours).on(day)


def after_quiet(moment: datetime, office: Office) -> datetime:
    """The moment, or the end of the quiet hours that contain it."""
    local = office.local(moment)
    if not office.quiet.covers(local.time()):
        return moment
    ends = datetime.combine(local.date(), office.quiet.ends, office.timezone)
    return ends if ends > local else ends + timedelta(days=1)


def before_quiet(moment: datetime, office: Office) -> datetime:
    """The moment, or the last minute before the quiet hours that contain it."""
    local = office.local(moment)
    if not office.quiet.covers(local.time()):
        return moment
    starts = datetime.combine(local.date(), office.quiet.starts, office.timezone)
    return (starts if starts <= local else starts - timedelta(days=1)) - timedelta(minutes=1)
