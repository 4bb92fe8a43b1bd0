"""Waits and ages from counts, and counts by week or month."""

from datetime import date, timedelta
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from domain.overview.figures import ages, by_step, hidden_if_few, lengths_by_step, percentile, spread_of
from domain.ratings.period import Period

MONDAY = date(2026, 11, 23)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_median_of_counts_is_the_median_of_the_cases(lengths):
    found = spread_of({length: lengths.count(length) for length in lengths})
    assert (found.cases, found.median, found.longest) == (len(lengths), median_low(lengths), max(lengths))
    assert found.ninetieth in lengths
    assert sum(length <= found.ninetieth for length in lengths) >= 0.9 * len(lengths)


def test_without_cases_nothing_is_told():
    assert percentile({}, 50) is None
    assert spread_of({7: 0}).longest is None


def test_ages_count_a_day_in_the_future_as_today():
    found = ages({MONDAY + timedelta(days=3): 1, MONDAY - timedelta(days=9): 1}, MONDAY)
    assert (found.median, found.longest) == (0, 9)


def test_weeks_and_months_without_any_count_are_zero():
    period = Period(first=date(2026, 10, 28), last=MONDAY)
    counts = {(date(2026, 10, 28), "a"): 2, (MONDAY, "b"): 3}
    by_week = by_step(counts, (), period, monthly=False)
    assert list(by_week.values()) == [2, 0, 0, 0, 3]
    assert next(iter(by_week)) == date(2026, 10, 26)
    assert by_step(counts, ("b",), period, monthly=True) == {date(2026, 10, 1): 0, date(2026, 11, 1): 3}


def test_lengths_are_counted_in_the_week_of_their_day():
    period = Period(first=MONDAY - timedelta(days=7), last=MONDAY)
    counts = {(MONDAY, "3"): 2, (MONDAY - timedelta(days=1), "3"): 4, (MONDAY, ""): 9}
    found = lengths_by_step(counts, period, monthly=False)
    assert found == {MONDAY - timedelta(days=7): {3: 4}, MONDAY: {3: 2}}


def test_few_people_are_hidden_and_none_is_not():
    assert [hidden_if_few(count, least=5) for count in (0, 1, 4, 5)] == [0, None, None, 5]
