"""One day of one point: when it is open, and if it is not, why."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise

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
    NO_HOURS = "no-hours"  # a weekday on which this point does not work, or no day of an outreach event
    BREAK = "break"  # between two spans: Friday prayer
    OUTSIDE = "outside"  # before it opens or after it closes


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a point is closed; `detail` is the holiday's name or the office's reason, else empty."""

    because: Because
    detail: str = ""

    def refusal(self, day: date, next_day: date) -> DayClosed:
        """Give what a resident is told who asks for that day."""
        if self.because is Because.HOLIDAY:
            return DayIsHoliday(day, next_day, self.detail)
        if self.because is Because.CLOSURE and self.detail:
            return DayClosedByOffice(day, next_day, self.detail)
        return (DayIsWeekend if self.because is Because.WEEKEND else DayWithoutHours)(day, next_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """`open_spans` in order, apart from each other; `closed_because` tells why there are none, and is None if there are.

    `usual_spans` are the day's hours before closures cut them.
    """

    point: str
    day: date
    open_spans: tuple[Span, ...] = ()
    usual_spans: tuple[Span, ...] = ()
    closed_because: Closed | None = None

    @property
    def breaks(self) -> tuple[Span, ...]:
        """The gaps between the usual spans."""
        return tuple(Span(first.closes, then.opens) for first, then in pairwise(self.usual_spans))

    def closed_at(self, moment: time) -> Closed | None:
        """Tell why the point is closed at that time of the day, or None while it is open."""
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
    """A time to come, in the office's zone; `seats` of it can be booked. Known by its point and beginning."""

    point: str
    starts_at: datetime
    ends_at: datetime
    seats: int


def joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give the spans in order; those that overlap or touch become one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.opens <= apart[-1].closes:
            apart[-1] = Span(apart[-1].opens, max(apart[-1].closes, span.closes))
        else:
            apart.append(span)
    return tuple(apart)
