"""What is refused around an appointment; the tree of all refusals, with their details, stands in refusals.py."""

from datetime import date, datetime

from domain.refusals.base import Refusal


class SlotFull(Refusal):
    """Every seat of the slot is taken ("baru saja terisi")."""

    code = "slot-full"


class SlotGone(Refusal):
    """The time can no longer be booked: it begins too soon, or the point closes then."""

    code = "slot-gone"


class HoldExpired(Refusal):
    """The resident took longer to confirm than a seat is held."""

    code = "hold-expired"


class OfferOver(Refusal):
    """A seat offered to the waiting list was not taken in time."""

    code = "offer-over"


class AlreadyBooked(Refusal):
    """The person has an active booking of this service."""

    code = "already-booked"


class NotYourBooking(Refusal):
    """No booking of this person has that code; told alike for somebody else's and for nobody's."""

    code = "not-your-booking"


class BookingOver(Refusal):
    """The booking was served, missed or cancelled before."""

    code = "booking-over"


class BadTicketCode(Refusal):
    """What was typed has not the shape of a ticket code; `example` has."""

    code = "bad-ticket-code"

    example: str


class TooYoung(Refusal):
    """The person is too young that day, and old enough from `from_day` on."""

    code = "too-young"

    from_day: date


class TooManyChanges(Refusal):
    """The booking was moved as often (`most`) as the office permits."""

    code = "too-many-changes"

    most: int


class TooManyCancels(Refusal):
    """The person cancelled too often of late; may book here again on `until`."""

    code = "too-many-cancels"

    until: date


class TooLateToChange(Refusal):
    """The appointment is so near that it cannot be changed here; it could be up to `until`."""

    code = "too-late-to-change"

    until: datetime


class NoShowRule(Refusal):
    """The person did not come too often; may book here again on `until`, and may come without booking."""

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
    """A Saturday or Sunday on which the point does not work."""

    code = "day-weekend"


class DayClosedByOffice(DayClosed):
    """The office closed it, for a `reason` that it told."""

    code = "day-closure"

    reason: str


class DayWithoutHours(DayClosed):
    """The point does not work that day, without a reason told."""

    code = "day-closed"


class DayOver(DayClosed):
    """The day is open, but the times left begin too soon to book."""

    code = "day-over"


class NoOpenDay(DayRefused):
    """The point does not open any more within a year."""

    code = "no-open-day"


class DayPast(DayRefused):
    """The day is over."""

    code = "day-past"

    day: date


class BeyondHorizon(DayRefused):
    """The day is further ahead than can be booked; from `from_day` on it can."""

    code = "day-beyond-horizon"

    day: date
    from_day: date


class BadDay(Refusal):
    """What was typed names no day."""


class NotADate(BadDay):
    """It could not be read as a day."""

    code = "not-a-date"


class NoSuchDay(BadDay):
    """That month is shorter: it ends on `last`."""

    code = "no-such-day"

    last: date


class OtherWeekday(BadDay):
    """Weekday and date contradict each other; `day` is the date."""

    code = "other-weekday"

    day: date


class UnknownPlace(Refusal):
    """What was typed is no kecamatan and no point that we know; `example` is one."""

    code = "unknown-place"

    example: str


class OtherOffice(Refusal):
    """That kecamatan (`district`) belongs to the office next door (`neighbour`)."""

    code = "other-office"

    district: str
    neighbour: str
