from datetime import UTC, datetime, timedelta

from domain.cards.stages import Stage
from domain.cards.time_standard import STANDARD, standard_clock

COMPLETE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def after(hours: float) -> datetime:
    return COMPLETE + timedelta(hours=hours)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_the_clock_starts_when_the_requirements_are_complete() -> None:
    submitted = [(after(-50), Stage.SUBMITTED)]
    assert standard_clock(complete_at=None, history=submitted, now=after(5)) is None
    assert standard_clock(complete_at=COMPLETE, history=submitted, now=after(-1)) is None
    clock = standard_clock(complete_at=COMPLETE, history=submitted, now=after(5))
    assert clock is not None
    assert (clock.used, clock.left, clock.paused, clock.stopped) == (hours(5), hours(19), False, False)


def test_an_application_without_history_runs() -> None:
    clock = standard_clock(complete_at=COMPLETE, history=[], now=after(25))
    assert clock is not None
    assert clock.overdue
    assert clock.left == hours(0)


def test_exactly_24_hours_are_still_within_the_standard() -> None:
    clock = standard_clock(complete_at=COMPLETE, history=[], now=COMPLETE + STANDARD)
    assert clock is not None
    assert not clock.overdue


def test_the_clock_pauses_while_the_office_can_do_nothing() -> None:
    history = [  # in disorder, as imports come
        (after(2), Stage.SENT_TO_CENTER),
        (after(0), Stage.RECORDED),
        (after(102), Stage.PRINT_READY),
        (after(103), Stage.WAITING_BLANK),
    ]
    clock = standard_clock(complete_at=COMPLETE, history=history, now=after(500))
    assert clock is not None
    assert (clock.used, clock.paused, clock.overdue) == (hours(3), True, False)


def test_a_pause_that_began_before_the_requirements_were_complete_counts_from_then() -> None:
    history = [(after(-5), Stage.NEEDS_REVIEW), (after(4), None)]  # None: a code nobody knows lets it run
    clock = standard_clock(complete_at=COMPLETE, history=history, now=after(6))
    assert clock is not None
    assert (clock.used, clock.paused) == (hours(2), False)


def test_the_clock_stops_when_the_card_is_ready_or_nothing_more_happens() -> None:
    for stage in (Stage.READY_FOR_PICKUP, Stage.PICKED_UP, Stage.REJECTED):
        history = [(after(0), Stage.PRINT_READY), (after(10), stage)]
        clock = standard_clock(complete_at=COMPLETE, history=history, now=after(900))
        assert clock is not None
        assert (clock.used, clock.stopped, clock.paused) == (hours(10), True, False)
