"""Sittings at a shared device, and the applications that a sitting covers.

A sitting lasts from a person's first word until they leave or stay silent for too long. The chat of a shared device is
one row for all users; `chats.sat_at` is the start of the present sitting. Covered applications are those whose pair was
shown in it (handlers/engine/dialogue.py, `Dialogue.proven`). What belongs to the chat is shown, changed, exported and
erased only as far as they reach; None (a personal device) means no limit.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update

from storage.schema import applications, chats, is_sending, media, outbox, waits
from storage.session import Reading, Writing

LEFT = "left"
"""Reason of rows that were not sent because their reader had left."""


async def begin(db: Writing, *, chat: int, forgets: bool) -> None:
    """Start a sitting; `forgets` deletes a dialogue that the previous person left open."""
    values = {"sat_at": db.now, "heard_at": db.now, "staff_ended_at": None}
    if forgets:
        values |= {"dialogue": None, "dialogue_until": None}
    await db.run(update(chats).where(chats.c.id == chat).values(values))


async def drop_unsaid(db: Writing, *, chat: int) -> None:
    """Cancel replies and photos in progress, because their reader leaves. Later pushes name nobody."""
    replies = (outbox.c.chat_id == chat, outbox.c.priority == 0)
    unsaid = update(outbox).where(*replies, waits(outbox))
    await db.run(unsaid.values(state="failed", reason=LEFT, body=None))
    # Rows being sent or padded are checked once more before they are sent (bot/sending/courier.py).
    await db.run(update(outbox).where(*replies, is_sending(outbox)).values(body=None))
    await db.run(delete(media).where(media.c.chat_id == chat))


async def leave(db: Writing, *, chat: int, silent: timedelta) -> None:
    """End the sitting; the chat counts as silent for that long already."""
    await db.run(update(chats).where(chats.c.id == chat).values(heard_at=db.now - silent, sat_at=None))


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
