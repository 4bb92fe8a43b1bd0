"""What a member of staff wants to be told in their staff chats.

Always told: alarms, what concerns the member's own access, and a draft of theirs that was returned.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, select, update

from domain.staff.roles import Action
from storage.schema import staff
from storage.session import Reading, Writing


class StaffNews(StrEnum):
    """Kinds of messages that a member can turn off."""

    MORNINGS = "mornings"  # what waits, once a day
    TALKS = "talks"  # a resident asks for an officer
    CASES = "cases"  # a case opened or escalated
    DRAFTS = "drafts"  # an announcement waits for approval


NEEDED: Mapping[StaffNews, Action] = {
    StaffNews.MORNINGS: Action.ENTER,
    StaffNews.TALKS: Action.TALK,
    StaffNews.CASES: Action.HANDLE_CASES,
    StaffNews.DRAFTS: Action.APPROVE,
}
"""The right without which nothing of the kind is told."""
_COLUMNS: Mapping[StaffNews, Column[Any]] = {
    StaffNews.MORNINGS: staff.c.mornings,
    StaffNews.TALKS: staff.c.told_talks,
    StaffNews.CASES: staff.c.told_cases,
    StaffNews.DRAFTS: staff.c.told_drafts,
}


async def wishes_of(db: Reading, *, member: int) -> frozenset[StaffNews]:
    """What the member is told."""
    row = await db.one(select(*_COLUMNS.values()).where(staff.c.id == member))
    return (
        frozenset() if row is None else frozenset(kind for kind, on in zip(_COLUMNS, row, strict=True) if on)
    )


async def set_wishes(db: Writing, *, member: int, wanted: Mapping[StaffNews, bool]) -> None:
    """Turn some kinds on or off; the others stay."""
    values = {_COLUMNS[kind]: on for kind, on in wanted.items()}
    await db.run(update(staff).where(staff.c.id == member).values(values))
