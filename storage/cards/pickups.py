"""Cards to be fetched at a point: those that an announcement in waves called to a day, and all that are ready."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from domain.announcements.announcement import State
from domain.cards.stages import Stage
from domain.people.names import mask_name
from storage.schema import announcement_applications, announcements, applications, of_row
from storage.session import Reading

_CALLED = (State.PLANNED, State.SENDING, State.PAUSED, State.FINISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupLine:
    """A card to be fetched; `comes_at` until `comes_until` if an announcement called its owner to a window."""

    id: int
    number: str
    name: str
    service: str
    point: str | None
    stage: Stage | None
    stage_on: date
    comes_at: datetime | None = None
    comes_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Part of a point's calendar. Applications without a point belong to `elsewhere`, the office's first."""

    point: str
    elsewhere: str
    first: datetime
    until: datetime


async def called(db: Reading, *, span: Span) -> list[PickupLine]:
    """Cards whose owners were called to a window of the span, by window; each card once, in its latest window."""
    windows = (announcement_applications.c.comes_at, announcement_applications.c.comes_until)
    rows = await db.rows(_called(span, *applications.c, *windows))
    lines = {row.id: _line(db, row, row.comes_at, row.comes_until) for row in rows}
    return sorted(lines.values(), key=lambda line: (line.comes_at, line.number))


async def called_by_window(db: Reading, *, span: Span) -> dict[tuple[datetime, datetime], int]:
    """Number of cards whose owners were called to each window of the span, in the order of windows."""
    columns = (announcement_applications.c.comes_at, announcement_applications.c.comes_until)
    rows = await db.rows(_called(span, applications.c.id, *columns))
    windows = {row.id: (row.comes_at, row.comes_until) for row in rows}
    return dict(sorted(Counter(windows.values()).items()))


async def ready(db: Reading, *, span: Span, limit: int) -> list[PickupLine]:
    """Cards that are ready at the point of a span, those that lie longest first."""
    here = (applications.c.stage == Stage.READY_FOR_PICKUP.value, applications.c.withdrawn_at.is_(None))
    query = select(applications).where(*here, _is_at(span))
    rows = await db.rows(query.order_by(applications.c.stage_on, applications.c.id).limit(limit))
    return [_line(db, row) for row in rows]


def _called(span: Span, *columns: Any) -> Select[Any]:
    """Applications with a window in the span, the earlier announcements first."""
    return (
        select(*columns)
        .join(announcement_applications, announcement_applications.c.application_id == applications.c.id)
        .join(announcements, announcements.c.id == announcement_applications.c.announcement_id)
        .where(
            announcement_applications.c.comes_at >= span.first,
            announcement_applications.c.comes_at < span.until,
            announcements.c.state.in_(_CALLED),
            applications.c.withdrawn_at.is_(None),
            _is_at(span),
        )
        .order_by(announcements.c.id)
    )


def _is_at(span: Span) -> ColumnElement[bool]:
    return func.coalesce(applications.c.point, span.elsewhere) == span.point


def _line(
    db: Reading, row: Row[Any], comes_at: datetime | None = None, comes_until: datetime | None = None
) -> PickupLine:
    return of_row(
        PickupLine,
        row,
        name=mask_name(db.vault.open(row.name, at=f"applications.name:{row.id}")),
        stage=Stage(row.stage) if row.stage else None,
        comes_at=comes_at,
        comes_until=comes_until,
    )
