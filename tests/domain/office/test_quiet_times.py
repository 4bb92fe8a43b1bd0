"""The quietest hour, told only if the office has enough data."""

from datetime import UTC, datetime, timedelta

from domain.appointments.dayplan import FEWEST, quiet_hour

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def served(hour: int, *, minutes: int, people: int) -> list[tuple[datetime, datetime]]:
    begins = NINE.replace(hour=hour)
    return [(begins, begins + timedelta(minutes=minutes))] * people


def test_the_hour_with_the_shortest_waits_is_told():
    assert quiet_hour([*served(9, minutes=40, people=20), *served(13, minutes=5, people=20)]) == 13


def test_a_new_counter_tells_nothing():
    assert quiet_hour([]) is None
    assert quiet_hour([*served(9, minutes=40, people=FEWEST - 6), *served(13, minutes=5, people=5)]) is None


def test_a_difference_that_nobody_notices_is_not_told():
    assert quiet_hour([*served(9, minutes=12, people=20), *served(13, minutes=8, people=20)]) is None


def test_an_hour_of_few_people_is_no_promise():
    assert quiet_hour([*served(9, minutes=40, people=40), *served(14, minutes=0, people=4)]) is None


def test_early_service_counts_as_no_wait():
    early = [(NINE.replace(hour=14), NINE.replace(hour=13))] * 10
    assert quiet_hour([*served(9, minutes=30, people=30), *early]) == 14
