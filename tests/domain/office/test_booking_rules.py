"""Rules for moving, cancelling and missing appointments; each rule is explained in the office file."""

import re
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.office.booking_rules import BookingRules
from domain.office.tables import BadOffice
from domain.refusals import NoShowRule, TooLateToChange, TooManyCancels, TooManyChanges
from tests.domain.appointments.calendars import SAMPLE

RULES = SAMPLE.booking
START = datetime(2026, 11, 30, 9, 0, tzinfo=SAMPLE.timezone)
PAGE = Path(__file__).parents[3] / "docs" / "operating.md"


def ago(days: int) -> datetime:
    return START - timedelta(days=days)


def test_the_operating_page_explains_every_key_with_the_samples_value() -> None:
    table = PAGE.read_text().partition("<!-- booking -->")[2].partition("<!-- end -->")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| `(.+?)` \|", table, re.MULTILINE))
    values = {field.name: getattr(RULES, field.name) for field in fields(BookingRules)}
    sample = {key: str(list(value) if isinstance(value, tuple) else value) for key, value in values.items()}
    assert told == sample


def test_an_appointment_can_be_moved_until_an_hour_before_and_five_times() -> None:
    RULES.check_move(starts_at=START, moves=4, now=START - timedelta(minutes=60))
    with pytest.raises(TooLateToChange) as late:
        RULES.check_move(starts_at=START, moves=0, now=START - timedelta(minutes=59))
    assert late.value.details == {"until": START - timedelta(minutes=60)}
    with pytest.raises(TooManyChanges) as often:
        RULES.check_move(starts_at=START, moves=5, now=ago(3))
    assert often.value.details == {"most": 5}
    replace(RULES, most_moves=0).check_move(starts_at=START, moves=99, now=ago(3))


def test_it_can_be_cancelled_until_it_begins() -> None:
    RULES.check_cancel(starts_at=START, now=START)
    with pytest.raises(TooLateToChange):
        RULES.check_cancel(starts_at=START, now=START + timedelta(seconds=1))


def test_half_an_hour_after_its_beginning_it_counts_as_missed() -> None:
    assert RULES.missed_at(START) == START + timedelta(minutes=30)


def test_from_the_second_no_show_on_one_waits_two_weeks() -> None:
    RULES.check_history(no_shows=[ago(1)], cancels=[], now=START)
    with pytest.raises(NoShowRule) as refused:
        RULES.check_history(no_shows=[ago(5), ago(100)], cancels=[], now=START)
    assert refused.value.until == date(2026, 12, 10)
    RULES.check_history(no_shows=[ago(14), ago(100)], cancels=[], now=START)
    RULES.check_history(no_shows=[ago(5), ago(180)], cancels=[], now=START)  # the first one is forgotten
    replace(RULES, most_no_shows=0).check_history(no_shows=[ago(1)] * 9, cancels=[], now=START)


def test_after_five_cancellations_one_waits_until_the_first_is_a_month_ago() -> None:
    RULES.check_history(no_shows=[], cancels=[ago(1)] * 4, now=START)
    with pytest.raises(TooManyCancels) as refused:
        RULES.check_history(no_shows=[], cancels=[ago(1), ago(2), ago(3), ago(4), ago(20)], now=START)
    assert refused.value.until == date(2026, 12, 11)
    RULES.check_history(no_shows=[], cancels=[ago(1), ago(2), ago(3), ago(4), ago(30)], now=START)


@given(no_shows=st.lists(st.integers(0, 200), max_size=6), cancels=st.lists(st.integers(0, 60), max_size=8))
def test_on_the_day_that_is_told_one_may_book_again(no_shows, cancels) -> None:
    history = {"no_shows": [ago(days) for days in no_shows], "cancels": [ago(days) for days in cancels]}
    now = START
    for _ in range(2):  # one rule may still hold when the other no longer does
        refused = refusal_of(now=now, **history)
        if refused is not None:
            assert refused.until > now.date()
            now = datetime.combine(refused.until, now.time().min, now.tzinfo)
    RULES.check_history(now=now, **history)


def refusal_of(**history) -> NoShowRule | TooManyCancels | None:
    try:
        RULES.check_history(**history)
    except (NoShowRule, TooManyCancels) as refused:
        return refused
    return None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('release = ["12:00", "08:00"]', "order of the day"),
        ('release = ["noon"]', "a time like"),
        ("remind_minutes = 60", "must be a list"),
        ("walk_in_share = 1.5", "at most 1"),
        ("most_moves = -1", "at least 0"),
    ],
)
def test_a_slip_in_the_rules_is_told_by_its_key(office_with, text: str, said: str) -> None:
    with pytest.raises(BadOffice, match=said) as told:
        office_with(f"[booking]\n{text}")
    assert told.value.key.startswith("booking")


@given(st.integers(0, 12), st.integers(0, 47), st.integers(1, 5))
def test_every_part_releases_more_and_the_last_one_everything(seats: int, number: int, parts: int) -> None:
    rules = replace(RULES, release=tuple(time(8 + part) for part in range(parts)))
    released = [rules.released_of(seats, number, part) for part in range(parts + 1)]
    assert released[0] == 0
    assert released == sorted(released)
    assert released[-1] == seats
