"""When a resident is reminded of an appointment, and told that the card of a seventeenth birthday can be printed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.office.office import Office
from domain.office.quiet_hours import after_quiet, before_quiet

BIRTHDAY_HOUR = time(8)
"""Nobody is congratulated in the night; an office in its quiet hours waits for their end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder of an appointment: it is due at `due_at`, and known by how long before the rule has it."""

    minutes_before: int
    due_at: datetime


def reminders(starts_at: datetime, now: datetime, office: Office) -> tuple[Reminder, ...]:
    """Give the reminders of an appointment that are still to come, in the order of time.

    One that falls into the quiet hours comes as they end; if the appointment begins before that, or less than half of
    the rule's time would be left, it comes the minute before they begin. What would be due by now is left out: who
    books for the same day has just read the time.
    """
    due = (
        Reminder(minutes_before=minutes, due_at=_due(starts_at, timedelta(minutes=minutes), office))
        for minutes in office.booking.remind_minutes
    )
    return tuple(sorted((one for one in due if one.due_at > now), key=lambda one: one.due_at))


def birthday_push(card_on: date, office: Office) -> datetime:
    """Give the moment of that day at which the person is told that the card can be printed."""
    return after_quiet(datetime.combine(card_on, BIRTHDAY_HOUR, office.timezone), office)


def _due(starts_at: datetime, before: timedelta, office: Office) -> datetime:
    due = office.local(starts_at - before)
    later = after_quiet(due, office)
    return later if starts_at - later >= before / 2 else before_quiet(due, office)
