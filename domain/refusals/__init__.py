"""Refusals that the person can act on: one class and code each, worded in Fluent as `refusal-<code>`.

    Refusal
    ├── BadNik
    │   ├── NikNot16Digits     nik-not-16-digits     (count)
    │   ├── NikBadDate         nik-bad-date
    │   ├── NikBadRegion       nik-bad-region
    │   └── NikBadSerial       nik-bad-serial
    ├── BadLastFour            bad-last-four
    ├── BadNumber
    │   ├── NumberBadShape     number-bad-shape      (example)
    │   └── NumberBadCheck     number-bad-check
    ├── BadPhone               bad-phone
    ├── TooManyTries           too-many-tries        (until)
    ├── TooManyRequests        too-many-requests     (until)
    ├── NotAllowed             not-allowed
    ├── BadCode                bad-code
    ├── AlreadyRated           already-rated
    ├── UnknownCase            unknown-case
    ├── TooShort               too-short
    ├── UnknownService         unknown-service
    ├── DayRefused
    │   ├── DayClosed
    │   │   ├── DayIsHoliday       day-holiday         (day, next_day, name)
    │   │   ├── DayIsWeekend       day-weekend         (day, next_day)
    │   │   ├── DayClosedByOffice  day-closure         (day, next_day, reason)
    │   │   ├── DayWithoutHours    day-closed          (day, next_day)
    │   │   └── DayOver            day-over            (day, next_day)
    │   ├── NoOpenDay          no-open-day
    │   ├── DayPast            day-past              (day)
    │   └── BeyondHorizon      day-beyond-horizon    (day, from_day)
    ├── BadDay
    │   ├── NotADate           not-a-date
    │   │   └── NotATime       not-a-time
    │   ├── NoSuchDay          no-such-day           (last)
    │   └── OtherWeekday       other-weekday         (day)
    ├── SlotFull               slot-full
    ├── SlotGone               slot-gone
    ├── HoldExpired            hold-expired
    ├── OfferOver              offer-over
    ├── AlreadyBooked          already-booked
    ├── NotYourBooking         not-your-booking
    ├── BookingOver            booking-over
    ├── BookingMoved           booking-moved         (at)
    ├── BadTicketCode          bad-ticket-code       (example)
    ├── TooYoung               too-young             (from_day)
    ├── TooManyChanges         too-many-changes      (most)
    ├── TooManyCancels         too-many-cancels      (until)
    ├── TooLateToChange        too-late-to-change    (until)
    ├── NoShowRule             no-show-rule          (until)
    ├── AnnouncementRefused
    │   ├── BadText
    │   │   ├── TextEmpty          announcement-text-empty
    │   │   ├── TextTooLong        announcement-text-too-long (most)
    │   │   └── UnknownPlaceholder announcement-placeholder (known)
    │   ├── NeedsApprover      needs-approver        (count, most)
    │   ├── AlreadyAnnounced   already-announced     (on)
    │   ├── UnknownAnnouncement unknown-announcement
    │   ├── AnnouncementOver   announcement-over
    │   ├── NoWindows          announcement-no-windows
    │   └── AlreadySwapped     already-swapped
    ├── UnknownPlace           unknown-place         (example)
    └── OtherOffice            other-office          (district, neighbour)

No detail holds what a person typed: details reach texts and the transcript, and may reach a log.
"""

from datetime import datetime

# Refusals of one subject have their own file; import them from here.
from domain.refusals.announcements import *  # noqa: F403 (the tree above lists them)
from domain.refusals.appointments import *  # noqa: F403 (likewise)
from domain.refusals.base import Detail as Detail
from domain.refusals.base import Refusal as Refusal


class BadNik(Refusal):
    """The text is no valid NIK."""


class NikNot16Digits(BadNik):
    """The digits are not sixteen, but `count`."""

    code = "nik-not-16-digits"

    count: int


class NikBadDate(BadNik):
    """The middle six digits are no date in any century."""

    code = "nik-bad-date"


class NikBadRegion(BadNik):
    """Regency or district is 00."""

    code = "nik-bad-region"


class NikBadSerial(BadNik):
    """The last four digits are 0000."""

    code = "nik-bad-serial"


class BadLastFour(Refusal):
    """The text is neither four digits nor a whole NIK."""

    code = "bad-last-four"


class BadNumber(Refusal):
    """The text is no registration number."""


class NumberBadShape(BadNumber):
    """It does not look like a registration number; `example` does."""

    code = "number-bad-shape"

    example: str


class NumberBadCheck(BadNumber):
    """The check character does not fit: one character is wrong or two are swapped."""

    code = "number-bad-check"


class BadPhone(Refusal):
    """The text is no Indonesian phone number."""

    code = "bad-phone"


class TooManyTries(Refusal):
    """The chat gave too many wrong pairs; it may try again at `until`."""

    code = "too-many-tries"

    until: datetime


class TooManyRequests(Refusal):
    """Staff were asked too often from a chat or its network address; it may ask again at `until`."""

    code = "too-many-requests"

    until: datetime


class AlreadyRated(Refusal):
    """The service was rated already; each event counts once."""

    code = "already-rated"


class UnknownService(Refusal):
    """The office has no service of this name."""

    code = "unknown-service"


class TooShort(Refusal):
    """The text is too short to know what it is about."""

    code = "too-short"


class UnknownCase(Refusal):
    """No case has this number."""

    code = "unknown-case"


class NotAllowed(Refusal):
    """The person's role does not permit this ("tidak berwenang")."""

    code = "not-allowed"


class BadCode(Refusal):
    """The staff code is unknown, used up or too old."""

    code = "bad-code"
