"""Reminders a day and two hours before, never in the quiet hours; and the push of a seventeenth birthday."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments.reminders import birthday_push, reminders
from domain.office.hours import after_quiet, before_quiet
from domain.office.rules import Quiet
from tests.domain.appointments.calendars import SAMPLE, clocks, moments

LONG_AGO = datetime(2026, 11, 1, 9, 0, tzinfo=SAMPLE.timezone)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SAMPLE.timezone)


def due(starts: str, now: datetime = LONG_AGO, office=SAMPLE) -> list[str]:
    return [f"{one.due_at:%d %H.%M}" for one in reminders(at(starts), now, office)]


def test_a_resident_is_reminded_a_day_and_two_hours_before() -> None:
    assert due("2026-11-30 09:00") == ["29 09.00", "30 07.00"]


def test_a_same_day_booking_gets_only_future_reminders() -> None:
    assert due("2026-11-30 14:00", at("2026-11-30 08:00")) == ["30 12.00"]
    assert due("2026-11-30 14:00", at("2026-11-30 12:00")) == []


def test_an_early_appointment_is_reminded_of_when_the_quiet_hours_end() -> None:
    assert due("2026-11-30 07:30") == ["29 07.30", "30 06.00"]


def test_an_appointment_at_dawn_is_reminded_of_on_the_evening_before() -> None:
    """An outreach event before the end of quiet hours: a reminder would come too late."""
    assert due("2026-11-30 06:30") == ["29 06.30", "29 20.59"]


def test_an_office_chooses_its_own_reminders() -> None:
    rules = replace(SAMPLE.booking, remind_minutes=(60, 2880))
    assert due("2026-11-30 09:00", office=replace(SAMPLE, booking=rules)) == ["28 09.00", "30 08.00"]
    none = replace(SAMPLE.booking, remind_minutes=())
    assert due("2026-11-30 09:00", office=replace(SAMPLE, booking=none)) == []


def test_the_birthday_message_waits_for_the_morning() -> None:
    assert birthday_push(date(2026, 12, 30), SAMPLE) == at("2026-12-30 08:00")
    late = replace(SAMPLE, quiet=Quiet(starts=time(20), ends=time(9)))
    assert birthday_push(date(2026, 12, 30), late) == at("2026-12-30 09:00")


quiets = st.builds(Quiet, starts=clocks, ends=clocks)


@given(starts=moments, quiet=quiets, lead=st.integers(0, 3000))
def test_no_reminder_comes_in_the_quiet_hours_or_after_the_beginning(starts, quiet, lead) -> None:
    office = replace(SAMPLE, quiet=quiet)
    now = starts - timedelta(minutes=lead)
    planned = reminders(starts, now, office)
    for one in planned:
        assert now < one.due_at < starts
        assert not quiet.covers(one.due_at.time())
    assert [one.due_at for one in planned] == sorted(one.due_at for one in planned)


@given(moment=moments, quiet=quiets)
def test_a_moment_in_the_quiet_hours_moves_to_their_nearest_edges(moment, quiet) -> None:
    office = replace(SAMPLE, quiet=quiet)
    later, earlier = after_quiet(moment, office), before_quiet(moment, office)
    if not quiet.covers(moment.time()):
        assert earlier == moment == later
        return
    assert timedelta(0) < later - moment <= timedelta(days=1)
    assert later.time() == quiet.ends
    assert timedelta(0) < moment - earlier <= timedelta(days=1, minutes=1)
    assert earlier + timedelta(minutes=1) == earlier.replace(
        hour=quiet.starts.hour, minute=quiet.starts.minute
    ) or (quiet.starts == time(0))


def test_equal_ends_mean_never_quiet() -> None:
    never = replace(SAMPLE, quiet=Quiet(starts=time(21), ends=time(21)))
    assert after_quiet(at("2026-11-30 21:00"), never) == at("2026-11-30 21:00")


@pytest.mark.parametrize("minutes", [1440, 120])
def test_a_reminder_is_planned_once_per_rule(minutes: int) -> None:
    kinds = [one.minutes_before for one in reminders(at("2026-11-30 09:00"), LONG_AGO, SAMPLE)]
    assert kinds.count(minutes) == 1
