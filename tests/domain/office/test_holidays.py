"""National holidays and collective leave as the library has them, and what nobody knows yet."""

from datetime import UTC, date, datetime

from bot.setup.holidays import calendar_of, holidays_around
from domain.appointments.closures import Closure
from tests.domain.appointments.calendars import SAMPLE


def test_christmas_2026_is_closed_and_28_december_open() -> None:
    calendar = calendar_of(SAMPLE, (), date(2026, 11, 24))
    names = [calendar.day("sooko", date(2026, 12, day)).closed_because.detail for day in (24, 25)]
    assert names == ["Cuti Bersama Hari Raya Natal", "Hari Raya Natal"]
    for point in calendar.points(date(2026, 12, 1)):
        assert calendar.next_open_day(point, date(2026, 12, 23)) == date(2026, 12, 28)


def test_the_turn_of_the_year_is_known_in_both_years() -> None:
    calendar = calendar_of(SAMPLE, (), date(2026, 12, 20))
    assert calendar.slots("sooko", date(2026, 12, 31))
    assert calendar.slots("sooko", date(2027, 1, 1)) == ()


def test_collective_leave_of_2028_is_not_decided_yet_and_staff_are_warned() -> None:
    assert holidays_around(date(2026, 11, 24), 30).known_until_year == 2027
    calendar = calendar_of(SAMPLE, (), date(2027, 12, 10))
    assert not calendar.outruns_holidays(datetime(2027, 12, 1, 2, 0, tzinfo=UTC))
    assert calendar.outruns_holidays(datetime(2027, 12, 10, 2, 0, tzinfo=UTC))
    assert calendar_of(SAMPLE, (), date(2028, 3, 1)).last_known_year == 2027


def test_a_closure_by_staff_is_told_instead_of_the_holiday() -> None:
    closed = Closure(day=date(2026, 12, 25), reason="Kantor dicat")
    calendar = calendar_of(SAMPLE, (closed,), date(2026, 12, 1))
    assert calendar.day("sooko", date(2026, 12, 25)).closed_because.detail == "Kantor dicat"


def test_the_language_of_the_machine_does_not_change_the_names(monkeypatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    assert holidays_around(date(2031, 1, 1), 7).days[date(2031, 12, 25)] == "Hari Raya Natal"
