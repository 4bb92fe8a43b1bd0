"""Sums that staff below approver are shown: none can be taken from others so that one answer set is left."""

from datetime import date
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ratings.disclosure import Guard
from domain.ratings.period import Period

LEAST, POINTS = 5, ("jetis", "mojosari", "sooko")
MONTHS = [date(2025, 11, 1), date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 5))]
a_month = st.dictionaries(st.sampled_from(POINTS), st.sampled_from([1, 2, 4, 5, 6, 9]))


def between(first: date, last: date) -> Period:
    return Period(first=first, last=Period.of_months(last, 1).last)


def shown(guard: Guard) -> list[tuple[str | None, Period]]:
    periods = [between(*pair) for pair in combinations_with_replacement(MONTHS, 2)]
    return [(at, one) for one in periods for at in (None, *POINTS) if guard.tells(one, at)]


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Bring rows into echelon form, without those that follow from the others."""
    done: list[list[Fraction]] = []
    for row in rows:
        left = row
        for other in done:
            place = next(index for index, value in enumerate(other) if value)
            left = [one - left[place] * two / other[place] for one, two in zip(left, other, strict=True)]
        if any(left):
            done.append(left)
    return done


@given(st.lists(a_month, min_size=len(MONTHS), max_size=len(MONTHS)))
def test_no_month_of_few_answers_follows_from_all_that_is_shown(answers):
    cells = {month: people for month, people in zip(MONTHS, answers, strict=True) if people}
    # Who has no answer in a whole year is not in the public tables of that year, which tells as much.
    known = {(month, at) for month in cells for at in POINTS
             if any(at in people for other, people in cells.items() if other.year == month.year)}  # fmt: skip
    places = sorted(known)

    def told(at: str | None, period: Period) -> list[Fraction]:
        return [
            Fraction(period.first <= month <= period.last and at in (None, point)) for month, point in places
        ]

    basis = reduced([told(*one) for one in shown(Guard(cells, LEAST))])
    for month, people in cells.items():
        few = [at for at, count in people.items() if count < LEAST]
        few += [None] if sum(people.values()) < LEAST else []
        for at in few:
            wanted = told(at, between(month, month))
            assert len(reduced([*basis, wanted])) > len(basis), (month, at)


@pytest.mark.parametrize(
    ("by_month", "first", "last", "point", "is_told"),
    [
        ({8: 9, 9: 9}, 8, 9, None, True),
        ({8: 9, 9: 9}, 8, 8, None, True),
        ({8: 9, 9: 1}, 8, 9, None, True),  # the whole year, as on the public page
        ({8: 9, 9: 1}, 8, 8, None, False),  # what it leaves of the year is one
        ({8: 9, 9: 1}, 9, 9, None, False),
        ({7: 9, 8: 9, 9: 4, 10: 1}, 7, 8, None, True),  # what is left are five of two months
        ({7: 9, 8: 9, 9: 4, 10: 1}, 7, 9, "sooko", False),
        ({8: 3}, 1, 12, None, False),
        ({}, 1, 12, "sooko", True),
    ],
)
def test_periods_are_told_where_what_they_leave_is_not_few(by_month, first, last, point, is_told):
    cells = {date(2026, month, 1): {"sooko": people} for month, people in by_month.items()}
    period = between(date(2026, first, 1), date(2026, last, 1))
    assert Guard(cells, LEAST).tells(period, point) is is_told


def test_a_period_in_whole_months_ends_with_the_running_one():
    given_days = Period(first=date(2026, 7, 14), last=date(2027, 3, 2))
    assert given_days.in_months(date(2026, 11, 23)) == between(date(2026, 7, 1), date(2026, 11, 1))
    ahead = Period(first=date(2027, 1, 5), last=date(2027, 3, 2))
    assert ahead.in_months(date(2026, 11, 23)) == between(date(2026, 11, 1), date(2026, 11, 1))
