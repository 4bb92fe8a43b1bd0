"""How many cards were printed between two days, counted from the history of stages."""

from datetime import date

from sqlalchemy import bindparam, func, select

from domain.cards.stages import Stage
from storage.schema import applications, stage_history
from storage.session import Reading

_PRINTED = (Stage.PRINTED, Stage.READY_FOR_PICKUP, Stage.PICKED_UP, Stage.DELIVERED)
# Whatever was printed since the first day still has one of these stages, and changed since then; so the index on the stage
# is used instead of the whole history.
_first_printed = (
    select(func.min(stage_history.c.stage_on).label("day"))
    .join(applications, applications.c.id == stage_history.c.application_id)
    .where(applications.c.stage.in_(_PRINTED), applications.c.stage_on >= bindparam("first"))
    .where(stage_history.c.stage.in_(_PRINTED), stage_history.c.won)
    .where(applications.c.service != "ikd")  # is activated, not printed
    .group_by(stage_history.c.application_id)
    .subquery()
)
_count = (
    select(func.count())
    .select_from(_first_printed)
    .where(_first_printed.c.day >= bindparam("first"), _first_printed.c.day <= bindparam("last"))
)


async def printed_between(db: Reading, *, first: date, last: date) -> int:
    """Number of cards whose first stage after printing began on one of these days."""
    return int(await db.scalar(_count, {"first": first, "last": last}))
