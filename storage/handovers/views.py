"""Handovers as staff see them: who waits, who talks with whom, and the usual wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from statistics import median
from typing import Any

from sqlalchemy import func, select

from domain.staff.roles import Action, StaffMember, may
from storage.schema import handover_lines, handovers, is_living, of_row, staff
from storage.session import Reading

_MEASURED = timedelta(days=30)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A handover as staff see it, without chat, name or address. `waits_since` is when the resident asked."""

    id: int
    state: str
    why: str
    point: str | None
    waits_since: datetime
    taken_by: int | None
    taken_by_name: str | None
    lines: int
    ended_at: datetime | None

    @property
    def code(self) -> str:
        """Short code by which staff call it."""
        return code_of(self.id)

    def is_held_by(self, member: int) -> bool:
        """Whether this member may read its words: they have it, or had it when it ended."""
        return self.taken_by == member


def code_of(handover: int) -> str:
    """Four letters and digits that tell living handovers apart for readers; nothing is looked up by them."""
    rest, letters = handover >> 11, ""
    for _ in range(4):
        rest, place = divmod(rest, len(_LETTERS))
        letters = _LETTERS[place] + letters
    return letters


async def living(db: Reading, *, member: StaffMember | None = None) -> list[Handover]:
    """Waiting and taken handovers, longest wait first; for a member, those they have or may take."""
    found = await db.rows(_listed().where(is_living()).order_by(handovers.c.opened_at, handovers.c.id))
    return [
        _read(row)
        for row in found
        if member is None or row.taken_by == member.id or may(member, Action.TALK, row.point)
    ]


async def finished(db: Reading, *, member: StaffMember, limit: int) -> list[Handover]:
    """Handovers that ended lately, newest first: those the member had, and those they could have taken."""
    over = _listed().where(handovers.c.state == "over", handovers.c.opened_at > db.now - _MEASURED)
    found = await db.rows(over.order_by(handovers.c.ended_at.desc(), handovers.c.id.desc()))
    theirs = (row for row in found if row.taken_by == member.id or may(member, Action.TALK, row.point))
    return [_read(row) for row in islice(theirs, limit)]


async def show(db: Reading, *, handover: int) -> Handover | None:
    """One handover, also after its end; None if unknown."""
    row = await db.one(_listed().where(handovers.c.id == handover))
    return None if row is None else _read(row)


async def usual_wait(db: Reading) -> timedelta | None:
    """Median wait of the last 30 days; None if none was taken."""
    query = select(handovers.c.opened_at, handovers.c.taken_at)
    found = await db.rows(
        query.where(handovers.c.taken_at.is_not(None), handovers.c.opened_at > db.now - _MEASURED)
    )
    waits = [(row.taken_at - row.opened_at).total_seconds() for row in found]
    return timedelta(seconds=median(waits)) if waits else None


async def queue(db: Reading) -> tuple[int, datetime | None]:
    """Number of residents waiting for a human, and since when the first one waits."""
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
    return of_row(Handover, row, waits_since=row.opened_at, taken_by_name=row.officer, lines=row.said)
