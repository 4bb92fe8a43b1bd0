"""Lists of applications for officers: by stage, point, age and unknown code, with counts; and a search without a number.

Names stay masked, and every list, export and search is audited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from domain.cards.stages import Stage
from domain.people.names import mask_name
from storage import audit
from storage.schema import applications, of_row
from storage.session import Reading, Writing

UNKNOWN = "unknown"
"""What a list of unknown codes is called where a stage is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """What a list shows. `stage` may be UNKNOWN; `least_days` is how long the status stands at least."""

    stage: str = ""
    point: str | None = None
    least_days: int = 0

    @property
    def said(self) -> str:
        """The filter, for the audit."""
        return f"{self.stage or 'all'} {self.point or 'everywhere'} {self.least_days}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One application of a list."""

    id: int
    number: str
    name: str
    service: str
    stage: Stage | None
    raw_code: str
    stage_on: date
    point: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardList:
    """The oldest lines of a list, and how many there are of each stage (UNKNOWN for unknown codes)."""

    lines: list[CardLine]
    total: int
    by_stage: dict[str, int]


Place = tuple[date, int]
"""The last line of a part: the next one begins after it."""


async def card_list(db: Writing, *, wanted: CardFilter, today: date, limit: int, member: int) -> CardList:
    """The oldest lines that the filter wants, with the counts of every stage of the same point and age."""
    every = CardFilter(point=wanted.point, least_days=wanted.least_days)
    query = select(applications.c.stage, func.count().label("number")).where(_wanted(every, today))
    counted = await db.rows(query.group_by(applications.c.stage))
    by_stage = {row.stage or UNKNOWN: row.number for row in counted}
    total = by_stage.get(wanted.stage, 0) if wanted.stage else sum(by_stage.values())
    await note_list(db, wanted=wanted, member=member)
    lines = await some_lines(db, wanted=wanted, today=today, after=None, limit=limit)
    return CardList(lines=lines, total=total, by_stage=by_stage)


async def seen_lines(
    db: Writing,
    *,
    wanted: CardFilter,
    today: date,
    after: Place | None,
    limit: int,
    member: int,
    masked: bool,
) -> tuple[list[CardLine], bool]:
    """The lines after a place, and whether there are more.

    They are written to the audit: as a list, and line by line if names are shown in full.
    """
    found = await some_lines(db, wanted=wanted, today=today, after=after, limit=limit + 1, masked=masked)
    lines = found[:limit]
    await note_list(db, wanted=wanted, member=member)
    for line in [] if masked else lines:
        await audit.record(
            db, audit.by_staff(member), "register-seen", f"application:{line.id}", "whole-names"
        )
    return lines, len(found) > limit


async def some_lines(
    db: Reading, *, wanted: CardFilter, today: date, after: Place | None, limit: int, masked: bool = True
) -> list[CardLine]:
    """The lines after a place, oldest status first; not `masked`, with whole names."""
    query = select(applications).where(_wanted(wanted, today))
    if after:
        day, last = after
        later = and_(applications.c.stage_on == day, applications.c.id > last)
        query = query.where(or_(applications.c.stage_on > day, later))
    rows = await db.rows(query.order_by(applications.c.stage_on, applications.c.id).limit(limit))
    return [_line(db, row, masked=masked) for row in rows]


async def note_list(db: Writing, *, wanted: CardFilter, member: int) -> None:
    """Record that somebody looked at a list."""
    await audit.record(db, audit.by_staff(member), "register-listed", "applications", wanted.said)


async def note_export(db: Writing, *, wanted: CardFilter, member: int) -> None:
    """Record that somebody fetched a list."""
    await audit.record(db, audit.by_staff(member), "register-exported", "applications", wanted.said)


def niks_of(*, last_four: str, born: date, regencies: Sequence[str]) -> list[str]:
    """Possible NIKs of a man or a woman (day + 40) of this birth date, first issued in one of these regencies.

    Every district code counts, because districts were split and renumbered.
    """
    return [
        f"{regency}{district:02}{born.day + woman:02}{born:%m%y}{last_four}"
        for regency in regencies
        for district in range(1, 100)
        for woman in (0, 40)
    ]


def _wanted(wanted: CardFilter, today: date) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [applications.c.withdrawn_at.is_(None)]
    if wanted.stage == UNKNOWN:
        conditions.append(applications.c.stage.is_(None))
    elif wanted.stage:
        conditions.append(applications.c.stage == wanted.stage)
    if wanted.point:
        conditions.append(applications.c.point == wanted.point)
    if wanted.least_days:
        conditions.append(applications.c.stage_on <= today - timedelta(days=wanted.least_days))
    return and_(*conditions)


def _line(db: Reading, row: Row[Any], *, masked: bool) -> CardLine:
    name = db.vault.open(row.name, at=f"applications.name:{row.id}")
    return of_row(
        CardLine, row, name=mask_name(name) if masked else name, stage=Stage(row.stage) if row.stage else None
    )
