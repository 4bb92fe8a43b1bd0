"""Jemput bola: points for some days, and what is said of a slip in their description."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments.closures import Closure, opened
from domain.office.outreach import spread
from domain.office.tables import BadOffice
from domain.office.week import Span

EVENT = """
[[outreach]]
id = "balai"
name = "Balai Desa Kemlagi"
address = "Balai Desa Kemlagi"
dates = [2026-12-05, 2026-12-25]
hours = ["13:00-15:00", "08:00-11:00"]
quota = 20
lat = -7.38
lon = 112
"""


def test_an_event_is_read_with_its_dates_hours_and_quota(office_with) -> None:
    (event,) = office_with(EVENT).outreach
    assert event.last_day == date(2026, 12, 25)
    assert event.hours_on(date(2026, 12, 5)) == (Span(time(8), time(11)), Span(time(13), time(15)))
    assert event.hours_on(date(2026, 12, 7)) == ()
    assert event.quota == 20
    assert event.pin == (-7.38, 112)


def test_sample_points_have_pins_which_are_optional(office_with) -> None:
    for point in office_with().points:
        lat, lon = point.pin
        assert -7.8 < lat < -7.2
        assert 112.2 < lon < 112.8
    assert office_with('[[points]]\nid = "a"\nname = "A"\naddress = "A"').points[0].pin is None


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (("dates = [2026-12-05, 2026-12-25]", "dates = []"), "outreach[1]", "dates needs at least one day"),
        (("2026-12-25", "2026-12-05"), "outreach[1]", "the same day twice"),
        (('["13:00-15:00", "08:00-11:00"]', "[]"), "outreach[1]", "hours needs at least one span"),
        (('"13:00-15:00"', '"15:00-13:00"'), "outreach[1].hours[1]", "ends before it begins"),
        (("quota = 20", "quota = 0"), "outreach[1].quota", "at least 1"),
        (("quota = 20", ""), "outreach[1].quota", "is missing"),
        (("lat = -7.38", "lat = -97.38"), "outreach[1].lat", "at least -90"),
        (("quota = 20", f'quota = 20\nshort = "{"x" * 21}"'), "outreach[1]", "room for 20"),
        (('id = "balai"', 'id = "mpp"'), "outreach", "the same entry twice"),
    ],
)
def test_a_slip_in_the_office_file_is_told_by_its_key(office_with, change, key: str, said: str) -> None:
    with pytest.raises(BadOffice, match=said) as told:
        office_with(EVENT.replace(*change))
    assert told.value.key == key


@given(st.integers(0, 500), st.integers(1, 60))
def test_a_quota_is_spread_evenly_and_wholly(quota: int, slots: int) -> None:
    seats = list(spread(quota, slots))
    assert sum(seats) == quota
    assert len(seats) == slots
    assert max(seats) - min(seats) <= 1


def test_a_closure_leaves_what_it_does_not_touch() -> None:
    day, hours = date(2026, 12, 5), (Span(time(8), time(15)),)
    noon = Closure(day=day, starts=time(11), ends=time(13))
    assert opened(hours, (noon,)) == (Span(time(8), time(11)), Span(time(13), time(15)))
    assert opened(hours, (Closure(day=day, ends=time(8)),)) == hours
    assert opened(hours, (Closure(day=day, ends=time(9)),)) == (Span(time(9), time(15)),)
    assert opened(hours, (noon, Closure(day=day))) == ()


def test_a_closure_that_ends_before_it_begins_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Closure(day=date(2026, 12, 5), starts=time(12), ends=time(12))
