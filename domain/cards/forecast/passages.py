"""The past of applications, cut into waits for the card."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from domain.cards.forecast.outlook import scope_of
from domain.cards.stages import HANDED_OVER, Stage

READY = (Stage.READY_FOR_PICKUP, Stage.PRINTED)
"""Stages that mean ready, if the office records them; the first one that it does counts."""
_MADE = HANDED_OVER | {*READY}
Day = TypeVar("Day", date, date | None)


@dataclass(frozen=True, slots=True)
class Passage:
    """The stages of one application, oldest first, each with its first day. `order`: its day in the print order."""

    id: int
    service: str
    point: str
    order: date | None
    steps: Sequence[tuple[date, Stage | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What the whole history covers: its first day, the last one up to the day asked for, and the stages of late."""

    first: date
    last: date
    stages: frozenset[Stage]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wait:
    """From the first day in a queue or stage until the card is ready.

    `left` is the day on which the card left the queue or stage, and `printed` whether it was printed then. `ended`
    is the day on which it became ready or was given up; `is_ready` tells which.
    """

    id: int
    scope: str
    point: str
    order: date
    since: date
    left: date | None
    printed: bool
    ended: date | None
    is_ready: bool


def waits_of(passage: Passage, ready: frozenset[Stage]) -> Iterator[Wait]:
    """The waits of an application; one that comes back to a stage waits anew."""
    steps = passage.steps
    scopes = [scope_of(stage, passage.service, passage.point) for _, stage in steps]
    for at, (since, _) in enumerate(steps):
        scope = scopes[at]
        if scope is None or (at and scopes[at - 1] == scope):
            continue
        beyond = next((n for n in range(at, len(steps)) if scopes[n] != scope), None)
        left, left_to = steps[beyond] if beyond is not None else (None, None)
        ended, end = _end(steps[at:], ready)
        yield Wait(
            id=passage.id,
            scope=scope,
            point=passage.point,
            order=_one_object(passage.order or since),
            since=_one_object(since),
            left=_one_object(left),
            printed=left_to in _MADE,
            ended=_one_object(ended),
            is_ready=end in ready,
        )


def ready_stages(recorded: Container[Stage]) -> frozenset[Stage]:
    """The stage that means ready in this office's list: ready for pickup, else printed, else handed over.

    A card that is handed over without it was ready on some day before, which nobody knows.
    """
    for stage in READY:
        if stage in recorded:
            return frozenset({stage})
    return HANDED_OVER


@lru_cache(maxsize=4096)
def _one_object(day: Day) -> Day:
    """The same object for equal days, because a history has 100,000 waits of four days each."""
    return day


def _end(
    steps: Sequence[tuple[date, Stage | None]], ready: frozenset[Stage]
) -> tuple[date | None, Stage | None]:
    for day, stage in steps:
        if stage is not None and (stage in ready or stage.final):
            return day, stage
    return None, None
