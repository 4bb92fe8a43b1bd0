"""Covered applications: those whose pair was shown in the present sitting at a shared device.

What belongs to the chat is shown, changed, exported and erased only as far as they reach. None (a personal
device) means no limit.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from storage.schema import applications
from storage.session import Reading

Covered = Sequence[int] | None


def within(statement: Select[Any], application: ColumnElement[int], covered: Covered) -> Select[Any]:
    """Limit a statement to covered applications; without a limit it stays the prepared one."""
    return statement if covered is None else statement.where(application.in_(covered))


def whose_are(statement: Select[Any], applicant: ColumnElement[Any], covered: Covered) -> Select[Any]:
    """Limit a statement to people with a covered application."""
    if covered is None:
        return statement
    people = select(applications.c.applicant_id).where(applications.c.id.in_(covered))
    return statement.where(applicant.in_(people))


async def covers(db: Reading, *, applicant: int, covered: Sequence[int]) -> bool:
    """Whether an application of this person is covered."""
    theirs = (applications.c.applicant_id == applicant, applications.c.id.in_(covered))
    return await db.scalar(select(applications.c.id).where(*theirs).limit(1)) is not None
