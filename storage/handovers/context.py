"""What an officer may know of a resident who is handed over: the applications that were looked up here, masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.cards.known import known_to
from storage.people.coverage import Covered
from storage.schema import applications
from storage.session import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Number and masked name of each application; `point` is the one place that all of them are at."""

    applications: Sequence[tuple[str, str]]
    point: str | None


async def about(db: Reading, *, chat: int, since: datetime, covered: Covered = None) -> About:
    """Give what this chat looked up, follows or booked for since a moment: no NIK, no address, no whole name."""
    found = await known_to(db, chat=chat, since=since, booked_since=since, covered=covered)
    rows = await db.rows(
        select(applications.c.point).where(applications.c.id.in_([one.application for one in found]))
    )
    points = {row.point for row in rows}
    return About(
        applications=[(one.number, one.name) for one in found],
        point=points.pop() if len(points) == 1 else None,
    )
