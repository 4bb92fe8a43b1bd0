"""Stage of an invented application: a random walk through the stages, day by day, until today."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from domain.cards.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A possible next stage, with its relative probability and its delay in days, from `least` to `days`."""

    to: Stage
    weight: float = 1
    days: int = 1
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """Result of a walk on the demo's day."""

    stage: Stage
    since: date
    complete_on: date | None
    recorded_on: date | None = None
    queued_on: date | None = None  # if it has left the print queue
    ready_on: date | None = None  # if it was fetched


_STEPS: dict[Stage, tuple[Step, ...]] = {
    Stage.SUBMITTED: (
        Step(to=Stage.DOCS_INCOMPLETE, weight=0.1),
        Step(to=Stage.NOT_RECORDED, weight=0.45, days=2),
        Step(to=Stage.PRINT_READY, weight=0.4, days=2),
        Step(to=Stage.REJECTED, weight=0.015, days=3),
        Step(to=Stage.CANCELLED, weight=0.015, days=9),
    ),
    Stage.DOCS_INCOMPLETE: (
        Step(to=Stage.NOT_RECORDED, weight=0.5, days=25),
        Step(to=Stage.PRINT_READY, weight=0.4, days=25),
        Step(to=Stage.CANCELLED, weight=0.1, days=30),
    ),
    Stage.NOT_RECORDED: (Step(to=Stage.RECORDED, days=20),),
    Stage.RECORDED: (Step(to=Stage.SENT_TO_CENTER, days=3),),
    Stage.SENT_TO_CENTER: (
        Step(to=Stage.PRINT_READY, weight=0.9, days=14),
        Step(to=Stage.NEEDS_REVIEW, weight=0.05, days=6),
        Step(to=Stage.RECORD_FAILED, weight=0.03, days=6),
        Step(to=Stage.DUPLICATE, weight=0.02, days=6),
    ),
    Stage.NEEDS_REVIEW: (Step(to=Stage.PRINT_READY, weight=0.8, days=40), Step(to=Stage.DUPLICATE, weight=0.2, days=40)),
    Stage.RECORD_FAILED: (Step(to=Stage.RECORDED, days=40),),
    Stage.DUPLICATE: (Step(to=Stage.REJECTED, weight=0.5, days=60), Step(to=Stage.PRINT_READY, weight=0.5, days=60)),
    Stage.PRINT_READY: (Step(to=Stage.WAITING_BLANK, weight=0.95), Step(to=Stage.PRINTED, weight=0.05, days=4)),
    Stage.WAITING_BLANK: (Step(to=Stage.PRINTED, days=19, least=14),),  # nearly in the order of the queue
    Stage.PRINTED: (Step(to=Stage.READY_FOR_PICKUP, days=3),),
    Stage.READY_FOR_PICKUP: (
        Step(to=Stage.PICKED_UP, weight=0.75, days=15),
        Step(to=Stage.DELIVERED, weight=0.05, days=5),
        Step(to=Stage.PICKED_UP, weight=0.2, days=200),  # made, but never fetched
    ),
}  # fmt: skip

_AT_THE_DESK = (Stage.SUBMITTED, Stage.DOCS_INCOMPLETE)


def walk(chance: Random, *, submitted_on: date, today: date, recorded: bool) -> Walked:
    """Walk from the submission to the last stage reached by today.

    `recorded`: the person was recorded earlier, as for a lost card; printing comes next.
    """
    stage, since, complete_on = Stage.SUBMITTED, submitted_on, None
    days: dict[Stage, date] = {}
    shut = Stage.NOT_RECORDED if recorded else Stage.PRINT_READY
    while steps := _STEPS.get(stage):
        if stage in _AT_THE_DESK:
            steps = tuple(step for step in steps if step.to is not shut)
        step = chance.choices(steps, weights=[step.weight for step in steps])[0]
        reached = working_day(since + timedelta(days=chance.randint(step.least, step.days)))
        if reached > today:
            break
        if complete_on is None and step.to not in {Stage.DOCS_INCOMPLETE, Stage.CANCELLED, Stage.REJECTED}:
            complete_on = since
        stage, since = step.to, reached
        days.setdefault(stage, since)
    recorded_on = days.get(Stage.RECORDED)
    queued_on = None if stage.waits_for_print else days.get(Stage.PRINT_READY)
    ready_on = days.get(Stage.READY_FOR_PICKUP) if stage.handed_over else None
    return Walked(
        stage=stage,
        since=since,
        complete_on=complete_on,
        recorded_on=recorded_on,
        queued_on=queued_on,
        ready_on=ready_on,
    )


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 (Friday)
