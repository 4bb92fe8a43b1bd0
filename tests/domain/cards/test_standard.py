from datetime import UTC, datetime, timedelta

from domain.cards.stages import Stage
from domain.cards.time_standard import STANDARD, time_used

COMPLETE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def after(hours: float) -> datetime:
    return COMPLETE + timedelta(hours=hours)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def used(history: list[tuple[datetime, Stage | None]], now: datetime) -> timedelta:
    return time_used(complete_at=COMPLETE, history=history, now=now)


def test_the_clock_starts_when_the_requirements_are_complete() -> None:
    submitted = [(after(-50), Stage.SUBMITTED)]
    assert used(submitted, after(-1)) <= hours(0)
    assert used(submitted, after(5)) == hours(5)


def test_an_application_without_history_runs() -> None:
    assert used([], after(25)) == hours(25) > STANDARD


def test_the_clock_pauses_while_the_office_can_do_nothing() -> None:
    history = [  # in disorder, as imports come
        (after(2), Stage.SENT_TO_CENTER),
        (after(0), Stage.RECORDED),
        (after(102), Stage.PRINT_READY),
        (after(103), Stage.WAITING_BLANK),
    ]
    assert used(history, after(500)) == hours(3)


def test_a_pause_that_began_before_the_requirements_were_complete_counts_from_then() -> None:
    history = [(after(-5), Stage.NEEDS_REVIEW), (after(4), None)]  # None: a code nobody knows lets it run
    assert used(history, after(6)) == hours(2)


def test_the_clock_stops_when_the_card_is_ready_or_nothing_more_happens() -> None:
    for stage in (Stage.READY_FOR_PICKUP, Stage.PICKED_UP, Stage.REJECTED):
        assert used([(after(0), Stage.PRINT_READY), (after(10), stage)], after(900)) == hours(10)
