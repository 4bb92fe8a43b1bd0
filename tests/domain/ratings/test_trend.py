"""Confidence intervals, names of differences, samples, and public figures."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import codec
from domain.ratings.disclosure import shown_cells
from domain.ratings.index import ELEMENTS, Grade, Tally, satisfaction_of
from domain.ratings.period import Period, month_after
from domain.ratings.survey import AgeBand, Profile, Sex, TimeBand, band_of, sample_needed
from domain.ratings.trend import Trend, compare, interval_of, is_small, student


def people(**scores: int):
    """So many people that gave this score to every element: people(threes=5, fours=5)."""
    names = {"ones": 1, "twos": 2, "threes": 3, "fours": 4}
    rows = [dict.fromkeys(ELEMENTS, names[name]) for name, count in scores.items() for _ in range(count)]
    return satisfaction_of(Tally.of(rows))


@pytest.mark.parametrize(("freedom", "quantile"), [(9, "2.262"), (29, "2.045"), (99, "1.984")])
def test_the_quantile_is_that_of_the_printed_tables(freedom, quantile):
    assert round(student(freedom), 3) == Decimal(quantile)


def test_the_interval_is_the_one_that_a_statistics_book_gives():
    """Ten people at 75 and ten at 100: mean 87.5, deviation 12.825, times 2.093 / √20."""
    interval = interval_of(people(threes=10, fours=10))
    assert (interval.low, interval.high) == (Decimal("81.50"), Decimal("93.50"))
    assert interval.grades == (Grade.A, Grade.B)


def test_of_nine_people_nothing_is_claimed():
    assert interval_of(people(fours=9)) is None
    assert compare(people(fours=9), people(ones=40)) is Trend.TOO_FEW
    assert compare(None, people(ones=40)) is Trend.NO_DATA


def test_small_differences_are_noise_and_large_ones_a_trend():
    assert compare(people(threes=10, fours=11), people(threes=11, fours=10)) is Trend.NOISE
    assert compare(people(threes=20, fours=180), people(threes=180, fours=20)) is Trend.UP
    assert compare(people(threes=180, fours=20), people(threes=20, fours=180)) is Trend.DOWN


def test_ten_people_who_answer_alike_prove_no_perfect_office():
    """Rule of three: up to 3 in 10 of those who were not heard may think otherwise, by up to 75 points."""
    alike = interval_of(people(fours=10))
    assert (alike.low, alike.high) == (Decimal("77.50"), Decimal("100.00"))
    assert alike.grades == (Grade.A, Grade.B)
    assert interval_of(people(threes=30)).high == Decimal("77.50")


def test_two_small_groups_who_answer_alike_differ_by_no_more_than_chance():
    assert compare(people(fours=10), people(threes=10)) is Trend.NOISE
    assert compare(people(fours=400), people(threes=400)) is Trend.UP


@given(st.integers(10, 60), st.integers(0, 60))
def test_an_interval_holds_its_own_index_and_stays_on_the_scale(threes, fours):
    found = people(threes=threes, fours=fours)
    interval = interval_of(found)
    assert 25 <= interval.low <= found.ikm <= interval.high <= 100


@pytest.mark.parametrize(
    ("served", "needed"), [(100, 80), (500, 217), (1000, 278), (10_000, 370), (1, 1), (0, 0)]
)
def test_the_sample_is_that_of_krejcie_and_morgan(served, needed):
    assert sample_needed(served) == needed


def test_small_is_what_lies_below_the_sample_of_those_served():
    assert is_small(79, 100)
    assert not is_small(80, 100)
    assert is_small(383)
    assert not is_small(384)


@pytest.mark.parametrize(
    ("at", "band"),
    [
        (time(8), TimeBand.MORNING),
        (time(11, 59), TimeBand.MORNING),
        (time(12, 30), TimeBand.OTHER),
        (time(13), TimeBand.AFTERNOON),
        (time(17), TimeBand.OTHER),
        (time(21), TimeBand.OTHER),
    ],
)
def test_an_answer_has_the_time_band_of_the_form(at, band):
    assert band_of(at) is band


def test_a_profile_comes_back_as_it_was_told():
    told = Profile(sex=Sex.FEMALE, age_band=AgeBand.OLDER)
    assert codec.load(Profile, codec.dump(told)) == told


CELLS = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), max_size=8)


@given(CELLS, st.integers(2, 10))
def test_hidden_cells_cannot_be_computed_from_the_total(cells, least):
    shown = shown_cells(cells, least=least)
    assert all(cells[cell] >= least for cell in shown)
    hidden = [count for cell, count in cells.items() if cell not in shown and count]
    assert not hidden or not shown or (sum(hidden) >= least and len(hidden) > 1)


def test_a_single_small_cell_takes_the_smallest_shown_one_with_it():
    assert shown_cells({"sooko": 40, "mpp": 12, "jetis": 4}, least=5) == {"sooko"}
    assert shown_cells({"sooko": 40, "mpp": 12}, least=5) == {"sooko", "mpp"}
    assert shown_cells({"sooko": 4}, least=5) == frozenset()


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(DAYS, DAYS)
def test_whole_months_and_the_days_at_the_ends_are_every_day_once(one, other):
    period = Period(first=min(one, other), last=max(one, other))
    parts = [*period.edges, *([period.whole_months] if period.whole_months else [])]
    days = sorted(
        part.first.toordinal() + step for part in parts for step in range((part.last - part.first).days + 1)
    )
    assert days == list(range(period.first.toordinal(), period.last.toordinal() + 1))
    assert period.before.last.toordinal() + 1 == period.first.toordinal()


def test_months_are_compared_with_months_and_days_with_days():
    year = Period.of_months(date(2025, 12, 1), 12)
    assert (year.first, year.last) == (date(2025, 12, 1), date(2026, 11, 30))
    assert (year.before.first, year.before.last) == (date(2024, 12, 1), date(2025, 11, 30))
    week = Period(first=date(2026, 11, 16), last=date(2026, 11, 22))
    assert week.before == Period(first=date(2026, 11, 9), last=date(2026, 11, 15))
    assert month_after(date(2026, 11, 23), -11) == date(2025, 12, 1)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="end before"):
        Period(first=date(2026, 2, 2), last=date(2026, 2, 1))
