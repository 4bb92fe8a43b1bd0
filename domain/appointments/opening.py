"""Opening now: until when the office is open, or when it opens next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.appointments.calendar import FURTHEST_DAYS, Calendar
from domain.appointments.dayplan import Because, Closed

_OUT_OF_THE_ORDINARY = frozenset({Because.HOLIDAY, Because.CLOSURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Open until `closes_at`, or closed until `opens_at`; neither: it does not open within a year.

    `closed_today` is a special reason for a closed day: a holiday, or a closure by the office.
    """

    closes_at: datetime | None = None
    opens_at: datetime | None = None
    closed_today: Closed | None = None


def opening(calendar: Calendar, points: Iterable[str], now: datetime) -> Opening:
    """When somebody is at one of these points, considering holidays, closures and breaks."""
    places, today = tuple(points), calendar.office.today(now)
    open_now = [closes for opens, closes in _spans(calendar, places, today) if opens <= now < closes]
    if open_now:
        return Opening(closes_at=max(open_now))
    days = (today + timedelta(days=ahead) for ahead in range(FURTHEST_DAYS))
    later = (opens for day in days for opens, _ in _spans(calendar, places, day) if opens > now)
    return Opening(opens_at=next(later, None), closed_today=_closed_today(calendar, places, today))


def _closed_today(calendar: Calendar, places: tuple[str, ...], today: date) -> Closed | None:
    reasons = [calendar.day(place, today).closed_because for place in places]
    first = reasons[0] if reasons and all(reasons) else None
    return first if first is not None and first.because in _OUT_OF_THE_ORDINARY else None


def _spans(calendar: Calendar, places: tuple[str, ...], day: date) -> list[tuple[datetime, datetime]]:
    """Hours of a day at all these places, by time."""
    zone = calendar.office.timezone
    spans = {span for place in places for span in calendar.day(place, day).open_spans}
    times = [
        (datetime.combine(day, span.opens, zone), datetime.combine(day, span.closes, zone)) for span in spans
    ]
    return sorted(times)
