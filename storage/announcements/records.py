"""Announcement records read from the database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from domain import codec
from domain.announcements.announcement import Audience, State, Wording
from domain.announcements.waves import Waves
from domain.refusals.announcements import UnknownAnnouncement
from domain.staff.roles import WHOLE_OFFICE
from storage.schema import announcements, of_row
from storage.session import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One announcement. `created_by` and `approved_by` are staff ids; `point` is its service point, `*` for all.

    `note` is why an approver returned the draft.
    """

    id: int
    name: str
    state: State
    wording: Wording = field(repr=False)
    audience: Audience
    waves: Waves | None
    point: str | None
    created_by: int
    approved_by: int | None
    created_at: datetime
    frozen_at: datetime | None
    not_before: datetime | None
    starts_at: datetime | None
    finished_at: datetime | None
    urgent: bool
    override: bool
    planned: int
    returned_at: datetime | None = None
    note: str = field(default="", repr=False)


_by_id = select(announcements).where(announcements.c.id == bindparam("id"))
_locked = _by_id.with_for_update(of=announcements)


def point_of(one: Announcement) -> str | None:
    """Point of an announcement; None for a list that is not released yet."""
    if one.point is not None:
        return one.point
    return None if one.audience.stage is None else one.audience.point or WHOLE_OFFICE


async def find(db: Reading, *, announcement: int) -> Announcement:
    """One announcement.

    Raises:
        UnknownAnnouncement: there is none of this id.
    """
    return _found(db, await db.rows(_by_id, {"id": announcement}))


async def locked(db: Writing, *, announcement: int) -> Announcement:
    """One announcement, locked until the commit.

    Raises:
        UnknownAnnouncement: there is none of this id.
    """
    return _found(db, await db.rows(_locked, {"id": announcement}))


async def every(db: Reading, *, states: Sequence[State] | None = None) -> list[Announcement]:
    """All announcements, or those of some states, the newest first."""
    query = select(announcements).order_by(announcements.c.created_at.desc(), announcements.c.id.desc())
    if states is not None:
        query = query.where(announcements.c.state.in_(states))
    return [read(db, row) for row in await db.rows(query)]


def read(db: Reading, row: Any) -> Announcement:
    """Record of a table row."""
    wording = db.vault.open(row.wording, at=f"announcements.wording:{row.id}")
    return of_row(
        Announcement,
        row,
        state=State(row.state),
        wording=codec.load(Wording, json.loads(wording)),
        audience=codec.load(Audience, json.loads(row.audience)),
        waves=codec.load(Waves, json.loads(row.waves)) if row.waves else None,
        urgent=bool(row.urgent),
        override=bool(row.override),
        note=db.vault.open(row.note, at=f"announcements.note:{row.id}") if row.note else "",
    )


def _found(db: Reading, rows: Sequence[Any]) -> Announcement:
    if not rows:
        raise UnknownAnnouncement
    return read(db, rows[0])
