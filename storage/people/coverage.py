"""Covered applications: those whose pair was shown at a shared device since somebody sat down there.

What belongs to the chat is told, changed, exported and erased only as far as they reach. None, on a personal device: all of it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from storage.schema import applications
from storage.session import Reading

Covered = Sequence[int] | None


def within(statement: Select[Any], application: ColumnElement[int], covered: Covered) -> Select[Any]:
    """Narrow a statement to applications that are covered; where all are it stays the prepared one."""
    return statement if covered is None else statement.where(application.in_(covered))


def whose_are(statement: Select[Any], applicant: ColumnElement[Any], covered: Covered) -> Select[Any]:
    """Narrow a statement to people whose application is covered."""
    if covered is None:
        return statement
    people = select(applications.c.applicant_id).where(applications.c.id.in_(covered))
    return statement.where(applicant.in_(people))


async def covers(db: Reading, *, applicant: int, covered: Sequence[int]) -> bool:
    """Tell whether an application of this person is covered."""
    theirs = (applications.c.applicant_id == applicant, applications.c.id.in_(covered))
    return await db.scalar(select(applications.c.id).where(*theirs).limit(1)) is not None
