"""One day of one point: opening hours, or the reason for closing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from domain.codec import light_dataclass
from domain.office.week import Span
from domain.refusals.appointments import (
    DayClosed,
    DayClosedByOffice,
    DayIsHoliday,
    DayIsWeekend,
    DayWithoutHours,
)


class Because(StrEnum):
    """Why a point is closed."""

    CLOSURE = "closure"  # the office closed it
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    NO_HOURS = "no-hours"  # no hours that weekday, or not a day of the outreach event
    BREAK = "break"  # between two spans: Friday prayer
    OUTSIDE = "outside"  # before it opens or after it closes


@light_dataclass(frozen=True, slots=True)
class Closed:
    """Why a point is closed; `detail` is the holiday's name or the office's reason, else empty."""

    because: Because
    detail: str = ""

    def refusal(self, day: date, next_day: date) -> DayClosed:
        """Refusal for a resident who asks for that day."""
        if self.because is Because.HOLIDAY:
            return DayIsHoliday(day, next_day, self.detail)
        if self.because is Because.CLOSURE and self.detail:
            return DayClosedByOffice(day, next_day, self.detail)
        return (DayIsWeekend if self.because is Because.WEEKEND else DayWithoutHours)(day, next_day)


@light_dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """Opening spans of a day, in order and not touching; without any, `closed_because` has the reason.

    `usual_spans` are the hours before closures.
    """

    point: str
    day: date
    open_spans: tuple[Span, ...] = ()
    usual_spans: tuple[Span, ...] = ()
    closed_because: Closed | None = None

    @property
    def breaks(self) -> tuple[Span, ...]:
        """Gaps between the usual spans."""
        return tuple(Span(first.closes, then.opens) for first, then in pairwise(self.usual_spans))

    def closed_at(self, moment: time) -> Closed | None:
        """Why the point is closed at that time, or None while open."""
        if self.closed_because is not None:
            return self.closed_because
        if any(span.holds(moment) for span in self.open_spans):
            return None
        if any(span.holds(moment) for span in self.usual_spans):
            return Closed(Because.CLOSURE)
        in_break = any(span.holds(moment) for span in self.breaks)
        return Closed(Because.BREAK if in_break else Because.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A bookable time in the office's zone, with `seats`; identified by point and begin."""

    point: str
    starts_at: datetime
    ends_at: datetime
    seats: int


def joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap or touch."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.opens <= apart[-1].closes:
            apart[-1] = Span(apart[-1].opens, max(apart[-1].closes, span.closes))
        else:
            apart.append(span)
    return tuple(apart)


FEWEST = 30
"""With fewer served appointments no hour is named."""
_FEWEST_AN_HOUR = 5
_NOTICEABLY = timedelta(minutes=5)


def quiet_hour(served: Iterable[tuple[datetime, datetime]]) -> int | None:
    """The hour (0 to 23) with the shortest mean wait; None without enough data.

    Each pair is begin and time of service in the office's zone; early service counts as no wait. The hour's
    mean must be at least five minutes below the overall mean.
    """
    waits: dict[int, list[timedelta]] = {}
    for begins, done in served:
        waits.setdefault(begins.hour, []).append(max(done - begins, timedelta()))
    known = [one for hour in waits.values() for one in hour]
    means = {hour: _mean(found) for hour, found in waits.items() if len(found) >= _FEWEST_AN_HOUR}
    if len(known) < FEWEST or not means:
        return None
    best = min(means, key=lambda hour: (means[hour], hour))
    return best if means[best] + _NOTICEABLY <= _mean(known) else None


def _mean(waits: list[timedelta]) -> timedelta:
    return sum(waits, timedelta()) / len(waits)
