"""The time standard: a card within 24 hours after complete requirements (Permendagri 19/2018 Art. 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from domain.cards.stages import Stage

STANDARD = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardClock:
    """Time used of the 24 hours. `paused`: the office can do nothing now. `stopped`: the card is ready."""

    used: timedelta
    paused: bool
    stopped: bool

    @property
    def overdue(self) -> bool:
        """Whether the standard is exceeded."""
        return self.used > STANDARD

    @property
    def left(self) -> timedelta:
        """Remaining time, never negative."""
        return max(STANDARD - self.used, timedelta())


def standard_clock(
    *, complete_at: datetime | None, history: Sequence[tuple[datetime, Stage | None]], now: datetime
) -> StandardClock | None:
    """The clock of an application; None before its requirements are complete.

    `history` has every status with its begin. Unknown codes do not stop the clock.
    """
    if complete_at is None or complete_at > now:
        return None
    past = sorted((entry for entry in history if entry[0] <= now), key=lambda entry: entry[0])
    before = [stage for since, stage in past if since <= complete_at]
    running = [(complete_at, before[-1] if before else None), *past[len(before) :]]
    used = timedelta()
    for (since, stage), (until, _) in pairwise([*running, (now, None)]):
        if not (_pauses(stage) or _stops(stage)):
            used += until - since
    stage = running[-1][1]
    return StandardClock(used=used, paused=_pauses(stage), stopped=_stops(stage))


def _pauses(stage: Stage | None) -> bool:
    return stage is not None and stage.pauses_clock


def _stops(stage: Stage | None) -> bool:
    return stage is not None and (stage is Stage.READY_FOR_PICKUP or stage.final)
