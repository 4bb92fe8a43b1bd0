"""The time standard: a card within 24 hours after complete requirements (Permendagri 19/2018 Art. 3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from domain.cards.stages import Stage

STANDARD = timedelta(hours=24)
"""What takes exactly so long is still within it."""


def time_used(
    *, complete_at: datetime, history: Sequence[tuple[datetime, Stage | None]], now: datetime
) -> timedelta:
    """Time since the requirements were complete, without that in which the office could do nothing.

    `history` has every status with its begin. Unknown codes do not stop the clock; a card that is ready does.
    While `complete_at` lies ahead, nothing is used: zero, or less.
    """
    past = sorted((entry for entry in history if entry[0] <= now), key=lambda entry: entry[0])
    before = [stage for since, stage in past if since <= complete_at]
    running = [(complete_at, before[-1] if before else None), *past[len(before) :]]
    return sum(
        (until - since for (since, stage), (until, _) in pairwise([*running, (now, None)]) if _runs(stage)),
        timedelta(),
    )


def _runs(stage: Stage | None) -> bool:
    return stage is None or not (stage.pauses_clock or stage is Stage.READY_FOR_PICKUP or stage.final)
