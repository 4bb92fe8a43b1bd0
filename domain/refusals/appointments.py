"""Refusals about appointments; the tree of all refusals is in __init__.py."""

from datetime import date, datetime

from domain.refusals.base import Refusal


class SlotFull(Refusal):
    """All seats of the slot are taken ("baru saja terisi")."""

    code = "slot-full"


class SlotGone(Refusal):
    """The time can no longer be booked: it begins too soon, or the point is closed then."""

    code = "slot-gone"


class HoldExpired(Refusal):
    """The resident confirmed after the hold expired."""

    code = "hold-expired"


class OfferOver(Refusal):
    """A seat offered to the waiting list was not taken in time."""

    code = "offer-over"


class AlreadyBooked(Refusal):
    """The person has an active booking of this service."""

    code = "already-booked"


class NotYourBooking(Refusal):
    """No booking of this person has that code; the answer is the same for somebody else's code."""

    code = "not-your-booking"


class BookingOver(Refusal):
    """The booking was served, missed or cancelled before."""

    code = "booking-over"


class BookingMoved(Refusal):
    """The appointment was moved since it was shown: it is `at` another time."""

    code = "booking-moved"

    at: datetime


class BadTicketCode(Refusal):
    """The text does not look like a ticket code; `example` does."""

    code = "bad-ticket-code"

    example: str


class TooYoung(Refusal):
    """The person is too young on that day, and old enough from `from_day`."""

    code = "too-young"

    from_day: date


class TooManyChanges(Refusal):
    """The booking was moved as often (`most`) as allowed."""

    code = "too-many-changes"

    most: int


class TooManyCancels(Refusal):
    """The person cancelled too often lately; booking here is possible again on `until`."""

    code = "too-many-cancels"

    until: date


class TooLateToChange(Refusal):
    """The appointment begins too soon to be changed here; it was possible until `until`."""

    code = "too-late-to-change"

    until: datetime


class NoShowRule(Refusal):
    """Too many no-shows; booking here is possible again on `until`, walking in at any time."""

    code = "no-show-rule"

    until: date


class DayRefused(Refusal):
    """That day cannot be booked."""


class DayClosed(DayRefused):
    """The point is closed on `day`; the next day with opening hours is `next_day`."""

    day: date
    next_day: date


class DayIsHoliday(DayClosed):
    """A public holiday or a day of collective leave, called `name`."""

    code = "day-holiday"

    name: str


class DayIsWeekend(DayClosed):
    """A Saturday or Sunday without opening hours."""

    code = "day-weekend"


class DayClosedByOffice(DayClosed):
    """Closed by the office, with its `reason`."""

    code = "day-closure"

    reason: str


class DayWithoutHours(DayClosed):
    """The point has no hours that day, without a given reason."""

    code = "day-closed"


class DayOver(DayClosed):
    """The day is open, but its remaining slots begin too soon to book."""

    code = "day-over"


class NoOpenDay(DayRefused):
    """The point does not open within a year."""

    code = "no-open-day"


class DayPast(DayRefused):
    """The day is over."""

    code = "day-past"

    day: date


class BeyondHorizon(DayRefused):
    """The day is beyond the booking horizon; it can be booked from `from_day`."""

    code = "day-beyond-horizon"

    day: date
    from_day: date


class BadDay(Refusal):
    """The text names no day."""


class NotADate(BadDay):
    """It could not be read as a day."""

    code = "not-a-date"


class NotATime(NotADate):
    """It could not be read as a time of the chosen day."""

    code = "not-a-time"


class NoSuchDay(BadDay):
    """That month is shorter: it ends on `last`."""

    code = "no-such-day"

    last: date


class OtherWeekday(BadDay):
    """Weekday and date contradict each other; `day` is the date."""

    code = "other-weekday"

    day: date


class UnknownPlace(Refusal):
    """The text is neither a known kecamatan nor a point; `example` is one."""

    code = "unknown-place"

    example: str


class OtherOffice(Refusal):
    """That kecamatan (`district`) belongs to the neighbouring office (`neighbour`)."""

    code = "other-office"

    district: str
    neighbour: str
