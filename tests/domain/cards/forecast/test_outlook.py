"""Kaplan-Meier and the conformal correction, against small independent calculations."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from bot.setup.office_file import load_office
from domain.cards.application import Application
from domain.cards.forecast.conformal import LATE, Tail
from domain.cards.forecast.forecast import Forecast, answer
from domain.cards.forecast.outlook import (
    Outlook,
    Question,
    Range,
    Untold,
    days_left,
    estimate,
    scope_of,
    survival,
)
from domain.cards.forecast.workdays import WorkDays
from domain.cards.stages import Stage

DAYS = WorkDays.of(date(2026, 1, 1) + timedelta(days=n) for n in range(400))


def product_limit(waits: list[tuple[int, bool]], until: int) -> Fraction:
    """Kaplan and Meier's formula, wait by wait and exact: the oracle in place of lifelines."""
    share = Fraction(1)
    for length in range(until + 1):
        ended = sum(wait == length and finished for wait, finished in waits)
        at_risk = sum(wait >= length for wait, _ in waits)
        share *= 1 - Fraction(ended, at_risk) if at_risk else 1
    return share


def test_survival_is_the_product_limit():
    chance = Random(7)
    for _ in range(100):
        waits = [(chance.randint(0, 9), chance.random() < 0.7) for _ in range(chance.randint(1, 30))]
        finished = Counter(wait for wait, ended in waits if ended)
        unfinished = Counter(wait for wait, ended in waits if not ended)
        curve = survival(finished, unfinished)
        for length, share in enumerate(curve):
            assert share == pytest.approx(float(product_limit(waits, length)))


def test_survival_of_the_textbook_example():
    """Freireich's 6-MP group as in Kaplan-Meier textbooks: 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448."""
    finished = Counter({6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1})
    unfinished = Counter({6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1})
    curve = survival(finished, unfinished)
    told = [round(curve[length], 3) for length in (6, 7, 10, 13, 16, 22, 23)]
    assert told == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]


def test_days_left_count_from_the_days_already_waited():
    curve = survival(Counter(range(1, 11)), Counter())  # one wait of each length from 1 to 10
    assert days_left(curve, 0.5, waited=0) == pytest.approx(6.0)
    assert days_left(curve, 0.5, waited=6) == pytest.approx(3.0)
    assert days_left(curve, 0.5, waited=10) is None
    assert days_left(curve, 0.5, waited=99) is None  # nobody waited so long before


def test_a_share_that_nobody_reached_is_not_known():
    assert days_left(survival(Counter({3: 1}), Counter({9: 9})), 0.95, waited=0) is None


def test_the_correction_is_the_quantile_of_past_errors():
    chance = Random(3)
    tail, errors = Tail(LATE), []
    for _ in range(500):
        errors.append(chance.gauss(0.5, 0.4))
        tail.add(errors[-1])
    wanted = sorted(errors)[int(len(errors) * (1 - LATE))]
    assert tail.correction == pytest.approx(wanted, abs=0.1)


def test_the_level_keeps_its_share_of_misses_when_the_world_shifts():
    """Gibbs and Candès, proposition 4.1, with errors that grow threefold in the middle."""
    chance, tail, misses = Random(5), Tail(LATE), 0
    days, a_day = 900, 20
    for day in range(days):
        spread = 1.0 if day < days // 2 else 3.0
        scored = [chance.gauss(0, spread) for _ in range(a_day)]
        missed = sum(error > tail.correction for error in scored)
        for error in scored:
            tail.add(error)
        tail.learn(a_day, missed)
        misses += missed
    assert misses / (days * a_day) == pytest.approx(LATE, abs=0.01)


def test_a_range_has_always_two_days():
    queue = Outlook(cases=40, fast=(0, 100), slow=(0, 100), order=(1,), places=(1,))
    for number in range(50):
        question = Question(id=number, order=date(2026, 1, 5), since=date(2026, 1, 5))
        found = estimate(queue, question, DAYS, date(2026, 2, 1))
        assert isinstance(found, Range)
        assert date(2026, 2, 1) < found.earliest < found.before


def test_the_same_question_on_a_day_gets_the_same_range():
    queue = Outlook(cases=40, fast=(0, 20, 45, 70), slow=(0, 7, 21, 33, 50), order=(739000,), places=(25,))
    question = Question(id=4, order=date(2026, 1, 5), since=date(2026, 1, 5))
    first, again = (estimate(queue, question, DAYS, date(2026, 2, 1)) for _ in range(2))
    assert first == again


def test_a_range_of_more_than_two_months_is_not_told():
    slow = tuple(range(90))
    queue = Outlook(cases=40, fast=(0, 100), slow=slow, order=(1,), places=(80,))
    question = Question(id=4, order=date(2026, 1, 5), since=date(2026, 1, 5))
    assert estimate(queue, question, DAYS, date(2026, 2, 1)) == Untold(why="wide")


def test_a_range_never_starts_before_today():
    queue = Outlook(cases=40, fast=(0, 100), slow=(0, 0, 0, 0, 100), order=(1,), places=(1,))
    forecast, office, as_of = Forecast(queue, DAYS), load_office(None), date(2026, 2, 1)
    card = Application(
        id=4, number="MJK-261102-0007-Z", name="S*** A***", service="ktp_baru", stage=Stage.WAITING_BLANK,
        raw_code="", stage_on=date(2026, 1, 5), complete_on=None, point="sooko",
        data_at=datetime(2026, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    told = answer(forecast, as_of, card, office, as_of)
    assert isinstance(told, Range)
    last = told.before - timedelta(days=1)
    assert told.earliest < last, "it has a middle"
    assert answer(forecast, as_of, card, office, last) == Range(earliest=last, before=told.before, cases=40)
    assert answer(forecast, as_of, card, office, told.before) == Untold(why="old")


def test_beyond_the_known_calendar_no_day_is_told():
    queue = Outlook(cases=40, fast=(0, 100), slow=(0, 100), order=(1,), places=(1,))
    question = Question(id=4, order=date(2026, 1, 5), since=date(2026, 1, 5))
    assert estimate(queue, question, DAYS, date(2027, 2, 4)) == Untold(why="far")
    week = WorkDays.of(date(2026, 11, 23) + timedelta(days=n) for n in range(5))
    assert [week.weekday(number) for number in (1, 5, 6, 7)] == [0, 4, 0, 1]


@pytest.mark.parametrize(
    ("stage", "service", "scope"),
    [
        (Stage.PRINT_READY, "ktp_baru", "WAITING@sooko/ktp"),
        (Stage.WAITING_BLANK, "kia", "WAITING@sooko/kia"),
        (Stage.SENT_TO_CENTER, "ktp_hilang", "SENT_TO_CENTER@sooko/ktp"),
        (Stage.SENT_TO_CENTER, "ikd", None),
        (Stage.PRINT_READY, "ktp_rekam_16", None),
        (Stage.NOT_RECORDED, "ktp_baru", None),
        (Stage.READY_FOR_PICKUP, "ktp_baru", None),
        (None, "ktp_baru", None),
    ],
)
def test_which_cards_are_forecast_together(stage, service, scope):
    assert scope_of(stage, service, "sooko") == scope
