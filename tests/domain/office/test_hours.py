from datetime import UTC, date, datetime, time

import pytest

from domain.appointments.calendar import Calendar
from domain.appointments.opening import Opening, opening
from domain.office.week import Span, Week

MONDAY, FRIDAY, SUNDAY = date(2026, 11, 30), date(2026, 11, 27), date(2026, 11, 29)
CLOSED = """
[[closures]]
date = 2026-11-30
reason = "Pelantikan"
points = ["sooko"]
[[closures]]
date = 2026-12-24
[[special_hours]]
from = 2027-02-08
to = 2027-03-09
hours = { mon = ["08:30-14:00"] }
points = ["mpp"]
"""


def spans(*texts: str) -> tuple[Span, ...]:
    return tuple(map(Span.parse, texts))


def at(day: date, clock: str) -> datetime:
    """A moment by the clock on the wall in Mojokerto, told in UTC."""
    hour, minute = map(int, clock.split("."))
    return datetime.combine(day, time(hour, minute), UTC).replace(hour=(hour - 7) % 24)


def hours_on(office, point, day: date) -> tuple[Span, ...]:
    return Calendar(office=office).day(point.id, day).open_spans


def hours_at(office, point, now: datetime) -> Opening:
    return opening(Calendar(office=office), [point.id], now)


def test_the_sample_is_open_from_monday_to_thursday_and_around_friday_prayer(office_with) -> None:
    office = office_with()
    for point in office.points:
        assert hours_on(office, point, MONDAY) == spans("08:00-15:00")
        assert hours_on(office, point, FRIDAY) == spans("08:00-11:00", "13:00-15:00")
        assert hours_on(office, point, SUNDAY) == ()


def test_a_closure_concerns_the_named_points_or_all(office_with) -> None:
    office = office_with(CLOSED)
    sooko, mpp = office.point("sooko"), office.point("mpp")
    assert hours_on(office, sooko, MONDAY) == ()
    assert hours_on(office, mpp, MONDAY) == spans("08:00-15:00")
    assert hours_on(office, mpp, date(2026, 12, 24)) == ()


def test_special_hours_hold_from_a_day_to_a_day(office_with) -> None:
    office = office_with(CLOSED)
    sooko, mpp = office.point("sooko"), office.point("mpp")
    assert hours_on(office, mpp, date(2027, 2, 8)) == spans("08:30-14:00")
    assert hours_on(office, mpp, date(2027, 2, 9)) == ()
    assert hours_on(office, mpp, date(2027, 3, 15)) == spans("08:00-15:00")
    assert hours_on(office, sooko, date(2027, 2, 8)) == spans("08:00-15:00")


def test_a_point_may_have_hours_of_its_own(office_with) -> None:
    office = office_with(
        """
        [[points]]
        id = "pasar"
        name = "Pasar"
        address = "Pasar"
        hours = { sun = ["07.00 – 09.00"] }
        """
    )
    assert hours_on(office, office.points[0], SUNDAY) == spans("07:00-09:00")
    assert hours_on(office, office.points[0], MONDAY) == ()


def test_open_means_between_opening_and_closing_on_the_wall_clock(office_with) -> None:
    office = office_with()
    sooko = office.point("sooko")
    assert hours_at(office, sooko, at(FRIDAY, "07.59")).closes_at is None
    assert hours_at(office, sooko, at(FRIDAY, "08.00")).closes_at
    assert hours_at(office, sooko, at(FRIDAY, "11.00")).closes_at is None
    assert hours_at(office, sooko, at(FRIDAY, "13.30")).closes_at
    assert hours_at(office, sooko, at(FRIDAY, "15.00")).closes_at is None


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(FRIDAY, "07.00"), at(FRIDAY, "08.00")),
        (at(FRIDAY, "11.00"), at(FRIDAY, "13.00")),
        (at(FRIDAY, "15.00"), at(MONDAY, "08.00")),
        (at(SUNDAY, "12.00"), at(MONDAY, "08.00")),
    ],
)
def test_the_next_opening_is_after_the_break_or_the_weekend(
    office_with, now: datetime, opens: datetime
) -> None:
    office = office_with()
    told = hours_at(office, office.point("jetis"), now)
    assert (told.closes_at, told.opens_at) == (None, opens)


def test_a_point_that_never_opens_has_no_next_opening(office_with) -> None:
    closed = "\n".join(f"{day} = []" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    office = office_with(f"[hours]\n{closed}")
    assert hours_at(office, office.points[0], at(MONDAY, "08.00")) == Opening()


def test_spans_come_in_the_order_of_the_day() -> None:
    assert Week(mon=spans("13:00-15:00", "08:00-11:00")).on(MONDAY) == spans("08:00-11:00", "13:00-15:00")


@pytest.mark.parametrize("text", ["8-15", "15:00-08:00", "08:00-08:00", "", "25:00-26:00"])
def test_an_invalid_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|ends|hour"):
        Span.parse(text)
