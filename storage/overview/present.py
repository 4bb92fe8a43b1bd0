"""What stands open in the office now."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select, text

from storage.schema import cases, waiting
from storage.session import Reading


async def open_cases(db: Reading) -> Mapping[date, int]:
    """Number of unanswered cases by the day on which they were opened."""
    query = (
        select(cases.c.opened_on, func.count())
        .where(text("cases.state = 'open'"))
        .group_by(cases.c.opened_on)
    )
    return {row[0]: row[1] for row in await db.rows(query)}


async def on_waiting_list(db: Reading, *, point: str | None) -> int:
    """Number of people who wait for a seat, at a point or at all."""
    query = select(func.count()).select_from(waiting).where(text("waiting.state = 'waiting'"))
    return int(await db.scalar(query if point is None else query.where(waiting.c.point == point)))
