"""When an office can be visited: never outside its hours, whatever its calendar looks like."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments.calendar import Calendar, nearest
from domain.appointments.closures import Closure
from domain.appointments.dayplan import Because, Closed
from domain.office.week import Span
from domain.refusals import (
    BeyondHorizon,
    DayClosed,
    DayClosedByOffice,
    DayIsHoliday,
    DayIsWeekend,
    DayOver,
    DayPast,
    DayRefused,
    DayWithoutHours,
    NoOpenDay,
)
from tests.domain.appointments.calendars import SAMPLE, calendars, days, moments

NATAL = {date(2026, 12, 24): "Cuti Bersama Hari Raya Natal", date(2026, 12, 25): "Hari Raya Natal"}
THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)
MONDAY = date(2026, 11, 30)
places = st.sampled_from(["a", "b", "desa"])


def at(day: date, clock: str) -> datetime:
    hour, minute = map(int, clock.split("."))
    return datetime.combine(day, time(hour, minute), SAMPLE.timezone)


def clocks_of(slots) -> list[str]:
    return [f"{slot.starts_at:%H.%M}" for slot in slots]


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(office=SAMPLE, holidays=NATAL)


def test_all_sample_points_are_open_monday_to_thursday_at_nine(calendar) -> None:
    for point in calendar.points(MONDAY):
        for ahead in range(4):
            assert "09.00" in clocks_of(calendar.slots(point, MONDAY + timedelta(days=ahead)))


def test_nobody_is_asked_to_come_during_friday_prayer(calendar) -> None:
    clocks = clocks_of(calendar.slots("sooko", FRIDAY))
    assert clocks == [
        "08.00",
        "08.30",
        "09.00",
        "09.30",
        "10.00",
        "10.30",
        "13.00",
        "13.30",
        "14.00",
        "14.30",
    ]
    plan = calendar.day("sooko", FRIDAY)
    assert plan.breaks == (Span(time(11), time(13)),)
    assert plan.closed_at(time(12)).because is Because.BREAK
    assert plan.closed_at(time(13)) is None
    assert plan.closed_at(time(15)).because is Because.OUTSIDE


def test_times_are_told_in_the_offices_zone(calendar) -> None:
    first = calendar.slots("sooko", MONDAY)[0]
    assert first.starts_at == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    assert first.starts_at.tzname() == "WIB"
    assert first.ends_at - first.starts_at == timedelta(minutes=30)


def test_christmas_is_closed_and_the_next_open_day_is_the_monday_after(calendar) -> None:
    for day, name in NATAL.items():
        plan = calendar.day("sooko", day)
        assert plan.open_spans == ()
        assert (plan.closed_because.because, plan.closed_because.detail) == ("holiday", name)
        with pytest.raises(DayIsHoliday) as refused:
            calendar.check_day("sooko", day, at(date(2026, 12, 1), "09.00"))
        assert refused.value.details == {"day": day, "next_day": date(2026, 12, 28), "name": name}
    assert calendar.next_open_day("sooko", date(2026, 12, 23)) == date(2026, 12, 28)


def test_an_office_may_work_on_a_holiday() -> None:
    office = replace(SAMPLE, working_days=(date(2026, 12, 24),))
    assert Calendar(office=office, holidays=NATAL).slots("sooko", date(2026, 12, 24))


def test_a_closure_by_staff_wins_over_the_holiday_and_over_working_days() -> None:
    day = date(2026, 12, 24)
    closed = (Closure(day=day, reason="Kantor dicat"),)
    calendar = Calendar(
        office=replace(SAMPLE, working_days=(day,)), holidays=NATAL, closures=closed, known_until_year=2027
    )
    plan = calendar.day("sooko", day)
    assert (plan.closed_because.because, plan.closed_because.detail) == (Because.CLOSURE, "Kantor dicat")


def test_a_closed_morning_leaves_the_afternoons_times_where_they_were(calendar) -> None:
    closed = Closure(day=MONDAY, point="sooko", starts=time(8), ends=time(12, 10), reason="Rapat")
    cut = replace(calendar, closures=(closed,))
    assert clocks_of(cut.slots("sooko", MONDAY)) == ["12.30", "13.00", "13.30", "14.00", "14.30"]
    assert cut.slots("mpp", MONDAY) == calendar.slots("mpp", MONDAY)
    assert cut.day("sooko", MONDAY).closed_at(time(9)).because is Because.CLOSURE
    assert closed.touches(time(12), time(12, 30))
    assert not closed.touches(time(12, 10), time(12, 40))


def test_pieces_that_close_a_whole_day_give_the_offices_reason(calendar) -> None:
    halves = (
        Closure(day=MONDAY, ends=time(11), reason="Rapat"),
        Closure(day=MONDAY, starts=time(11), reason="Listrik padam"),
    )
    with pytest.raises(DayClosedByOffice) as refused:
        replace(calendar, closures=halves).check_day("jetis", MONDAY, at(FRIDAY, "09.00"))
    assert refused.value.details["reason"] == "Rapat"


def test_each_day_that_cannot_be_booked_says_why(calendar) -> None:
    now = at(THURSDAY, "14.20")
    with pytest.raises(DayPast):
        calendar.check_day("sooko", THURSDAY - timedelta(days=1), now)
    with pytest.raises(DayOver) as over:  # 14.30 begins in ten minutes
        calendar.check_day("sooko", THURSDAY, now)
    assert over.value.next_day == FRIDAY
    with pytest.raises(DayIsWeekend) as weekend:
        calendar.check_day("sooko", SATURDAY, now)
    assert weekend.value.next_day == MONDAY
    with pytest.raises(BeyondHorizon) as far:
        calendar.check_day("sooko", date(2026, 12, 29), now)
    assert far.value.from_day == date(2026, 11, 29)
    calendar.check_day("sooko", FRIDAY, now)


def test_a_closed_day_that_nobody_explained_is_just_closed(calendar) -> None:
    closed = replace(calendar, closures=(Closure(day=MONDAY),))
    with pytest.raises(DayWithoutHours):
        closed.check_day("sooko", MONDAY, at(FRIDAY, "09.00"))


def test_a_point_that_left_the_office_file_has_no_hours(calendar) -> None:
    assert calendar.day("pacet", MONDAY).closed_because == Closed(Because.NO_HOURS)
    assert calendar.slots("pacet", MONDAY) == calendar.slots("pacet", MONDAY, whole=True) == ()


def test_a_point_that_never_opens_again_says_so(office_with) -> None:
    office = office_with(
        """
        [[outreach]]
        id = "desa"
        name = "Balai Desa"
        address = "Balai Desa"
        dates = [2026-11-28]
        hours = ["08:00-10:00"]
        quota = 10
        """
    )
    calendar = Calendar(office=office)
    assert [slot.seats for slot in calendar.slots("desa", SATURDAY)] == [3, 3, 2, 2]
    assert calendar.points(SATURDAY)[-1] == "desa"
    assert "desa" not in calendar.points(MONDAY)
    with pytest.raises(NoOpenDay):
        calendar.check_day("desa", MONDAY, at(SATURDAY, "11.00"))


def test_lead_time_and_horizon_bound_what_can_be_booked(calendar) -> None:
    assert clocks_of(calendar.bookable("sooko", THURSDAY, at(THURSDAY, "13.00")))[0] == "14.00"
    assert clocks_of(calendar.bookable("sooko", THURSDAY, at(THURSDAY, "13.01")))[0] == "14.30"
    now = at(date(2026, 11, 24), "07.00")
    open_days = calendar.open_days("sooko", now)
    assert open_days[0] == date(2026, 11, 24)
    assert open_days[-1] == date(2026, 12, 23)  # the thirtieth day is the 24th, a day of collective leave


def test_the_calendar_says_when_holidays_are_unknown() -> None:
    calendar = Calendar(office=SAMPLE, holidays=NATAL)
    assert calendar.last_known_year == 2026
    assert not calendar.outruns_holidays(at(date(2026, 12, 1), "09.00"))
    assert calendar.outruns_holidays(at(date(2026, 12, 2), "09.00"))
    assert Calendar(office=SAMPLE).last_known_year is None


def test_a_share_of_the_seats_is_kept_for_walk_ins(office_with) -> None:
    for share, seats in ((0, 4), (0.25, 3), (0.3, 2), (0.9, 0), (1, 0)):
        office = office_with(f"[booking]\nwalk_in_share = {share}")
        assert {slot.seats for slot in Calendar(office=office).slots("sooko", MONDAY)} == {seats}


def test_each_released_part_has_early_and_late_times(office_with) -> None:
    calendar = Calendar(office=office_with('[booking]\nrelease = ["08:00", "12:00", "16:00"]'))
    today, newest = MONDAY - timedelta(days=30), MONDAY
    totals = []
    for clock in ("07.59", "08.00", "12.00", "16.00"):
        slots = calendar.bookable("sooko", newest, at(today, clock))
        totals.append(sum(slot.seats for slot in slots))
    assert totals[0] == 0
    assert totals[3] == 14 * 4
    assert totals[1] == pytest.approx(totals[3] / 3, abs=1)
    assert totals[2] == pytest.approx(totals[3] * 2 / 3, abs=1)
    assert len(calendar.bookable("sooko", newest, at(today, "08.00"))) == 14
    assert calendar.bookable("sooko", newest, at(today + timedelta(days=1), "00.00")) == calendar.slots(
        "sooko", newest
    )


def test_the_nearest_times_come_in_their_order(calendar) -> None:
    free = [slot for slot in calendar.slots("sooko", MONDAY) if f"{slot.starts_at:%H.%M}" != "10.00"]
    assert clocks_of(nearest(at(MONDAY, "10.00"), free)) == ["09.00", "09.30", "10.30"]
    assert clocks_of(nearest(at(MONDAY, "10.00"), free[:2])) == ["08.00", "08.30"]


# What must hold for every calendar that can be made. The hours are looked up here again, minute by minute.


def hours_minute_by_minute(calendar: Calendar, point: str, day: date) -> set[int]:
    """The open minutes of a day, as a clerk would find them with the rules beside him."""
    office = calendar.office
    place = calendar.place(point)
    if point == "desa":
        spans = place.hours if day in place.dates else ()
    elif day in calendar.holidays and day not in office.working_days:
        spans = ()
    else:
        week = place.hours or office.hours
        for special in reversed(office.special_hours):
            if special.first <= day <= special.last and (not special.points or point in special.points):
                week = special.hours
        spans = week.days[day.weekday()]
    minutes = {
        minute
        for span in spans
        for minute in range(
            span.opens.hour * 60 + span.opens.minute, span.closes.hour * 60 + span.closes.minute
        )
    }
    if any(closed.day == day for closed in office.closures):
        return set()
    for closure in calendar.closures:
        if closure.day == day and closure.point in {None, point}:
            first = 0 if closure.starts is None else closure.starts.hour * 60 + closure.starts.minute
            last = 1440 if closure.ends is None else closure.ends.hour * 60 + closure.ends.minute
            minutes -= set(range(first, last))
    return minutes


def minutes_of(slot) -> set[int]:
    first = slot.starts_at.hour * 60 + slot.starts_at.minute
    return set(range(first, first + int((slot.ends_at - slot.starts_at).total_seconds()) // 60))


@given(calendars(), places, days)
def test_no_slot_is_outside_hours_in_a_break_or_a_closure(calendar, point, day) -> None:
    open_minutes = hours_minute_by_minute(calendar, point, day)
    for slot in calendar.slots(point, day):
        assert slot.starts_at.date() == slot.ends_at.date() == day
        assert minutes_of(slot) <= open_minutes
        assert slot.seats >= 0
        assert slot.point == point


@given(calendars(), places, days)
def test_slots_fill_the_hours_from_their_beginning(calendar, point, day) -> None:
    usual = hours_minute_by_minute(replace(calendar, closures=()), point, day)
    open_minutes = hours_minute_by_minute(calendar, point, day)
    length = calendar.office.booking.slot_minutes
    expected = []
    for opening in (minute for minute in sorted(usual) if minute - 1 not in usual):
        closing = next(minute for minute in range(opening, 1441) if minute not in usual)
        times = range(opening, closing - length + 1, length)
        expected += [one for one in times if set(range(one, one + length)) <= open_minutes]
    offered = [min(minutes_of(slot)) for slot in calendar.slots(point, day)]
    assert offered == expected


@given(calendars(), places, days)
def test_the_plan_of_a_day_is_open_in_exactly_those_minutes(calendar, point, day) -> None:
    plan = calendar.day(point, day)
    open_minutes = hours_minute_by_minute(calendar, point, day)
    for minute in range(0, 1440, 5):
        assert (plan.closed_at(time(*divmod(minute, 60))) is None) == (minute in open_minutes)
    assert (plan.closed_because is None) == bool(open_minutes)
    assert all(first.closes < then.opens for first, then in pairwise(plan.usual_spans))


@given(calendars(), places, days)
def test_times_neither_overlap_nor_differ_in_length(calendar, point, day) -> None:
    slots = calendar.slots(point, day)
    for first, then in pairwise(slots):
        assert first.ends_at <= then.starts_at
    assert {slot.ends_at - slot.starts_at for slot in slots} <= {
        timedelta(minutes=calendar.office.booking.slot_minutes)
    }


@given(calendars(), places, days)
def test_a_closure_takes_times_away_and_moves_none(calendar, point, day) -> None:
    before = replace(calendar, closures=()).slots(point, day)
    assert set(calendar.slots(point, day)) <= set(before)


@given(calendars(), days)
def test_an_outreach_event_never_has_more_seats_than_its_quota(calendar, day) -> None:
    slots = replace(calendar, closures=(), office=replace(calendar.office, closures=())).slots("desa", day)
    rules = calendar.office.booking
    quota = rules.bookable_of(calendar.place("desa").quota)
    assert sum(slot.seats for slot in slots) == (quota if slots else 0)


@given(calendars(), places, days, moments)
def test_bookable_slots_respect_lead_time_and_horizon(calendar, point, day, now) -> None:
    rules = calendar.office.booking
    whole = {slot.starts_at: slot.seats for slot in calendar.slots(point, day)}
    for slot in calendar.bookable(point, day, now):
        assert 0 < slot.seats <= whole[slot.starts_at]
        assert slot.starts_at >= now + timedelta(minutes=rules.lead_minutes)
        assert now.date() <= day <= now.date() + timedelta(days=rules.horizon_days)


@given(calendars(), places, days, moments)
def test_a_refused_day_has_a_reason_and_a_later_day(calendar, point, day, now) -> None:
    refused = None
    try:
        calendar.check_day(point, day, now)
    except DayRefused as refusal:
        refused = refusal
    assert (refused is None) == bool(calendar.bookable(point, day, now))
    if isinstance(refused, DayClosed):
        assert refused.next_day > day
        assert calendar.slots(point, refused.next_day)


@given(calendars(), places, days)
def test_the_next_open_day_skips_only_closed_days(calendar, point, day) -> None:
    following = calendar.next_open_day(point, day)
    until = following or day + timedelta(days=40)
    between = [day + timedelta(days=ahead) for ahead in range(1, (until - day).days)]
    assert not any(calendar.slots(point, one) for one in between)
    assert following is None or calendar.slots(point, following)


def test_walk_ins_may_take_all_remaining_seats_of_today() -> None:
    """Of four seats one is kept for them; a quarter to nine is still somebody's turn at half past eight."""
    rules = replace(SAMPLE.booking, seats_per_slot=4, walk_in_share=0.25)
    calendar = Calendar(office=replace(SAMPLE, booking=rules))
    left = calendar.walk_in_times("sooko", at(MONDAY, "08.45"))
    assert clocks_of(left)[0] == "08.30"
    assert clocks_of(left)[-1] == "14.30"
    assert {slot.seats for slot in left} == {4}
    assert {slot.seats for slot in calendar.slots("sooko", MONDAY)} == {3}
    assert calendar.walk_in_times("sooko", at(MONDAY, "15.00")) == ()
    assert calendar.walk_in_times("sooko", at(SATURDAY, "09.00")) == ()
