"""What is refused around an announcement; the tree of all refusals, with their details, stands in refusals.py."""

from datetime import datetime

from domain.refusals.base import Refusal


class AnnouncementRefused(Refusal):
    """What was asked of an announcement is not done."""


class BadText(AnnouncementRefused):
    """The text of an announcement cannot be sent."""


class TextEmpty(BadText):
    """There is no text, or none in Indonesian, which every other language falls back to."""

    code = "announcement-text-empty"


class TextTooLong(BadText):
    """The text has more than `most` characters: it would not fit beside a name and a number everywhere."""

    code = "announcement-text-too-long"

    most: int


class UnknownPlaceholder(BadText):
    """Something stands in braces that nobody can fill in; `known` lists what can be."""

    code = "announcement-placeholder"

    known: str


class NeedsApprover(AnnouncementRefused):
    """An officer may write to at most `most` people alone; this would reach `count` ("tidak berwenang")."""

    code = "needs-approver"

    count: int
    most: int


class AlreadyAnnounced(AnnouncementRefused):
    """The same text went to the same applications before ("sudah menerima ini pada …")."""

    code = "already-announced"

    on: datetime


class UnknownAnnouncement(AnnouncementRefused):
    """No announcement has this number."""

    code = "unknown-announcement"


class AnnouncementOver(AnnouncementRefused):
    """What was asked comes too late for this announcement: it has begun, or nothing of it waits any more."""

    code = "announcement-over"


class NoWindows(AnnouncementRefused):
    """The counter is not open often enough within a year for so many cards."""

    code = "announcement-no-windows"


class AlreadySwapped(AnnouncementRefused):
    """The resident has had another day already: once is what everybody gets."""

    code = "already-swapped"
