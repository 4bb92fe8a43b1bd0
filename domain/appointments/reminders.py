"""When residents are reminded of an appointment, and told about a card on their 17th birthday."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.office.hours import after_quiet, before_quiet
from domain.office.office import Office

BIRTHDAY_HOUR = time(8)
"""Never at night; in quiet hours it waits for their end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder, due at `due_at`; identified by its rule's minutes."""

    minutes_before: int
    due_at: datetime


def reminders(starts_at: datetime, now: datetime, office: Office) -> tuple[Reminder, ...]:
    """Future reminders of an appointment, by time.

    A reminder in quiet hours is sent at their end. If the appointment begins before that, or less than half of
    the rule's time would be left, it is sent the minute before they begin. Reminders already due are left out:
    a resident who books for the same day has just read the time.
    """
    due = (
        Reminder(minutes_before=minutes, due_at=_due(starts_at, timedelta(minutes=minutes), office))
        for minutes in office.booking.remind_minutes
    )
    return tuple(sorted((one for one in due if one.due_at > now), key=lambda one: one.due_at))


def birthday_push(card_on: date, office: Office) -> datetime:
    """When the person is told that the card can be printed."""
    return after_quiet(datetime.combine(card_on, BIRTHDAY_HOUR, office.timezone), office)


def _due(starts_at: datetime, before: timedelta, office: Office) -> datetime:
    due = office.local(starts_at - before)
    later = after_quiet(due, office)
    return later if starts_at - later >= before / 2 else before_quiet(due, office)
