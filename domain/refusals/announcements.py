"""Refusals about announcements; the tree of all refusals is in __init__.py."""

from datetime import datetime

from domain.refusals.base import Refusal


class AnnouncementRefused(Refusal):
    """A request about an announcement is refused."""


class BadText(AnnouncementRefused):
    """The text of an announcement cannot be sent."""


class TextEmpty(BadText):
    """There is no text, or no Indonesian one, which other languages fall back to."""

    code = "announcement-text-empty"


class TextTooLong(BadText):
    """The text has more than `most` characters and would not fit with a name and a number everywhere."""

    code = "announcement-text-too-long"

    most: int


class UnknownPlaceholder(BadText):
    """The text has an unknown placeholder in braces; `known` lists the valid ones."""

    code = "announcement-placeholder"

    known: str


class NeedsApprover(AnnouncementRefused):
    """An officer may reach at most `most` people alone; this would reach `count` ("tidak berwenang")."""

    code = "needs-approver"

    count: int
    most: int


class AlreadyAnnounced(AnnouncementRefused):
    """The same text was sent to the same applications before ("sudah menerima ini pada …")."""

    code = "already-announced"

    on: datetime


class UnknownAnnouncement(AnnouncementRefused):
    """No announcement has this number."""

    code = "unknown-announcement"


class AnnouncementOver(AnnouncementRefused):
    """The request is too late: the announcement has started, or nothing of it waits any more."""

    code = "announcement-over"


class NoWindows(AnnouncementRefused):
    """The counter's hours within a year are not enough for so many cards."""

    code = "announcement-no-windows"


class AlreadySwapped(AnnouncementRefused):
    """The resident has swapped the day already; once is allowed."""

    code = "already-swapped"
