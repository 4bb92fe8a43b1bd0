"""Hand-overs as staff see them: who waits since when, who talks with whom, and how long people usually wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select

from domain.staff.roles import Action, StaffMember, may
from storage.schema import handover_lines, handovers, is_living, staff
from storage.session import Reading

_MEASURED = timedelta(days=30)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A hand-over as staff see it: no chat, no name, no address. `waits_since` is when the resident asked."""

    id: int
    state: str
    why: str
    point: str | None
    waits_since: datetime
    taken_by: int | None
    taken_by_name: str | None
    lines: int

    @property
    def code(self) -> str:
        """What staff call it."""
        return code_of(self.id)

    def is_held_by(self, member: int) -> bool:
        """Tell whether its words are this member's to read: they have it, or had it until it was over."""
        return self.taken_by == member


def code_of(handover: int) -> str:
    """Give four letters and digits that tell the living hand-overs apart for a reader; nothing is found by them."""
    rest, letters = handover >> 11, ""
    for _ in range(4):
        rest, place = divmod(rest, len(_LETTERS))
        letters = _LETTERS[place] + letters
    return letters


async def living(db: Reading, *, member: StaffMember | None = None) -> list[Handover]:
    """Give what waits and what is taken, the longest wait first; for a member of one point, what they may take."""
    found = await db.rows(_listed().where(is_living()).order_by(handovers.c.opened_at, handovers.c.id))
    return [
        _read(row)
        for row in found
        if member is None or row.taken_by == member.id or may(member, Action.TALK, row.point)
    ]


async def show(db: Reading, *, handover: int) -> Handover | None:
    """Give one hand-over, also when it is over; None when there is none."""
    row = await db.one(_listed().where(handovers.c.id == handover))
    return None if row is None else _read(row)


async def talks_of(db: Reading, *, member: int) -> list[int]:
    """Give the hand-overs that a member of staff has, the latest last."""
    mine = select(handovers.c.id).where(handovers.c.taken_by == member, is_living())
    return [row.id for row in await db.rows(mine.order_by(handovers.c.opened_at))]


async def usual_wait(db: Reading) -> timedelta | None:
    """Give the median wait of the last 30 days; None when nobody was taken."""
    query = select(handovers.c.opened_at, handovers.c.taken_at)
    found = await db.rows(
        query.where(handovers.c.taken_at.is_not(None), handovers.c.opened_at > db.now - _MEASURED)
    )
    waits = [(row.taken_at - row.opened_at).total_seconds() for row in found]
    return timedelta(seconds=median(waits)) if waits else None


async def queue(db: Reading) -> tuple[int, datetime | None]:
    """Give how many residents wait for a human, and since when the first of them does."""
    waiting = select(func.count(), func.min(handovers.c.opened_at)).where(
        is_living(), handovers.c.state == "waiting"
    )
    row = await db.one(waiting)
    return (row[0], row[1]) if row is not None else (0, None)


def _listed() -> Any:
    said = select(func.count()).where(
        handover_lines.c.handover_id == handovers.c.id, handover_lines.c.actor == "resident"
    )
    return select(handovers, staff.c.name.label("officer"), said.scalar_subquery().label("said")).outerjoin(
        staff, staff.c.id == handovers.c.taken_by
    )


def _read(row: Any) -> Handover:
    return Handover(
        id=row.id,
        state=row.state,
        why=row.why,
        point=row.point,
        waits_since=row.opened_at,
        taken_by=row.taken_by,
        taken_by_name=row.officer,
        lines=row.said,
    )
