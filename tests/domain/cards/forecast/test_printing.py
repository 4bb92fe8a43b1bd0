"""Simulated printing, and when daily counts allow none."""

from random import Random

import pytest

from domain.cards.forecast.printing import HORIZON, days_until, simulate, why_not


def weekday(ahead: int) -> int:
    """As if the last count were of a Friday."""
    return (ahead - 1) % 5


def test_an_even_office_prints_the_same_in_every_draw():
    reach = simulate([10] * 60, weekday=weekday, delays=[], most=35, seed="s", draws=50)
    assert reach.fast[:5] == reach.slow[:5] == (0, 10, 20, 30, 40)
    assert days_until(0, reach.slow) == 1.0
    assert days_until(35, reach.slow) == 4.5
    assert days_until(40, reach.slow) is None


def test_what_is_not_printed_within_the_horizon_stays_open():
    reach = simulate([1] * 60, weekday=weekday, delays=[], most=100_000, seed="s", draws=50)
    assert len(reach.slow) == HORIZON + 1
    assert days_until(100_000, reach.slow) is None


def test_deliveries_keep_their_weekday():
    counts = [0, 50, 0, 0, 0] * 12
    reach = simulate(counts, weekday=weekday, delays=[], most=60, seed="s", draws=50)
    assert reach.slow[1] == 0
    assert reach.slow[2] == reach.fast[2] == reach.slow[6] == 50
    assert reach.slow[7] == 100


def test_the_days_after_printing_are_added():
    reach = simulate([10] * 60, weekday=weekday, delays=[2], most=15, seed="s", draws=50)
    assert reach.slow[:5] == (0, 0, 0, 10, 20)


def test_few_weeks_make_a_distant_end_less_certain_than_their_days_alone():
    chance = Random(1)
    counts = [chance.randint(5, 15) for _ in range(30)]
    reach = simulate(counts, weekday=weekday, delays=[], most=600, seed="s", draws=400)
    width = reach.fast[60] - reach.slow[60]
    of_days_alone = 2 * 1.64 * (60 * 10) ** 0.5  # variance of 5 to 15 is 10
    assert width > of_days_alone


def test_draws_are_repeated_for_the_same_seed():
    counts = Random(2).choices(range(20), k=60)
    first, again, other = (
        simulate(counts, weekday=weekday, delays=[0, 1], most=80, seed=seed, draws=50) for seed in "aab"
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        pytest.param([10] * 29, "few", id="a short record"),
        pytest.param([0] * 60, "few", id="nothing printed"),
        pytest.param([10] * 60, None, id="an even office"),
        pytest.param([0, 50, 0, 0, 0] * 12, None, id="one delivery a week"),
        pytest.param([10] * 57 + [0] * 3, "stalled", id="no card for three days where there is always one"),
        pytest.param([0, 50, 0, 0, 0] * 11 + [0] * 5, "stalled", id="a delivery that failed"),
        pytest.param([10] * 30 + [0] * 20 + [10] * 3, "restarted", id="three days after a stock-out"),
        pytest.param([10] * 30 + [0] * 20 + [10] * 8, None, id="eight days after a stock-out"),
        pytest.param([10] * 55 + [25] * 5, "jump", id="more than twice as fast as ever"),
        pytest.param([10] * 55 + [4] * 5, "jump", id="less than half as fast as ever"),
    ],
)
def test_why_nothing_is_told(counts, why):
    assert why_not(counts) == why
