from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.people.budget import Budget, alarms, delay_seconds, refused_until

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIVE = Budget(most=5, window=timedelta(minutes=15))


def minutes_ago(*minutes: int) -> list[datetime]:
    return [NOW - timedelta(minutes=number) for number in minutes]


def test_five_wrong_pairs_are_allowed_and_the_sixth_is_told_when() -> None:
    assert refused_until(FIVE, wrong=minutes_ago(4, 3, 2, 1), now=NOW) is None
    assert refused_until(FIVE, wrong=minutes_ago(5, 4, 3, 2, 1), now=NOW) == NOW + timedelta(minutes=10)


def test_old_tries_are_forgotten() -> None:
    assert refused_until(FIVE, wrong=minutes_ago(15, 4, 3, 2, 1), now=NOW) is None


def test_more_tries_than_the_budget_count_from_the_last_ones() -> None:
    assert refused_until(FIVE, wrong=minutes_ago(1, 14, 13, 12, 11, 10), now=NOW) == NOW + timedelta(
        minutes=2
    )


def test_a_budget_of_nothing_never_allows() -> None:
    assert refused_until(Budget(most=0, window=FIVE.window), wrong=[], now=NOW) == NOW + FIVE.window


def test_an_address_that_many_share_has_a_larger_budget() -> None:
    assert refused_until(FIVE.times(20), wrong=minutes_ago(*[1] * 99), now=NOW) is None
    assert refused_until(FIVE.times(20), wrong=minutes_ago(*[1] * 100), now=NOW) == NOW + timedelta(
        minutes=14
    )


@given(st.lists(st.integers(0, 40), max_size=30))
def test_a_try_is_allowed_after_the_wait(minutes: list[int]) -> None:
    wrong = minutes_ago(*minutes)
    until = refused_until(FIVE, wrong=wrong, now=NOW)
    if until is not None:
        assert until > NOW
        assert refused_until(FIVE, wrong=wrong, now=until) is None


@given(st.integers(0, 10_000), st.integers(0, 300))
def test_a_delay_grows_and_never_passes_three_seconds(wrong: int, free: int) -> None:
    delay = delay_seconds(wrong, free=free)
    assert 0 <= delay <= 3
    assert delay <= delay_seconds(wrong + 1, free=free)
    assert (delay == 0) == (wrong <= free)


def test_an_alarm_rings_once_at_the_threshold_and_at_each_multiple() -> None:
    assert [wrong for wrong in range(25) if alarms(wrong, threshold=10)] == [10, 20]
