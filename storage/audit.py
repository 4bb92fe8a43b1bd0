"""The audit: who looked at or changed what. Rows are only added; storage/keeping/purge.py deletes them after a year.

No column holds a NIK, name, address or text: actors and subjects are row ids, details are codes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from storage.ids import new_id
from storage.schema import audit, of_row
from storage.session import Reading, Writing

SYSTEM = "system"
_add = audit.insert()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the audit."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: str


def by_chat(chat: int) -> str:
    """Name a resident's chat as actor or subject."""
    return f"chat:{chat}"


def by_staff(member: int) -> str:
    """Name a member of staff as actor or subject."""
    return f"staff:{member}"


async def record(db: Writing, actor: str, action: str, subject: str, details: str = "") -> None:
    """Add one line in the transaction of the action it records."""
    line = {
        "id": new_id(),
        "at": db.now,
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": details,
    }
    await db.run(_add, line)


async def entries(db: Reading, *, action: str | None = None, limit: int = 100) -> list[AuditEntry]:
    """Newest entries of one action or of all."""
    query = select(audit.c.at, audit.c.actor, audit.c.action, audit.c.subject, audit.c.details)
    if action is not None:
        query = query.where(audit.c.action == action)
    found = await db.rows(query.order_by(audit.c.id.desc()).limit(limit))
    return [of_row(AuditEntry, row) for row in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine(AuditEntry):
    """An entry with its row id, which marks the end of a page."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are wanted; empty: all. `subjects`: names of the same thing. `until` is not included."""

    actor: str = ""
    action: str = ""
    subjects: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


async def page(
    db: Reading, *, wanted: AuditFilter, before: int | None = None, limit: int = 50
) -> list[AuditLine]:
    """One page of the audit, newest first, before a row id."""
    query = select(audit)
    if wanted.actor:
        query = query.where(audit.c.actor == wanted.actor)
    if wanted.action:
        query = query.where(audit.c.action == wanted.action)
    if wanted.subjects:
        query = query.where(audit.c.subject.in_(wanted.subjects))
    if wanted.since is not None:
        query = query.where(audit.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(audit.c.at < wanted.until)
    if before is not None:
        query = query.where(audit.c.id < before)
    return [of_row(AuditLine, row) for row in await db.rows(query.order_by(audit.c.id.desc()).limit(limit))]


async def actions(db: Reading) -> list[str]:
    """Names of all actions in the audit."""
    return [row[0] for row in await db.rows(select(audit.c.action).distinct().order_by(audit.c.action))]


async def is_noted(db: Reading, *, actor: str, action: str, subject: str, since: datetime) -> bool:
    """Whether this actor did this to this subject since a moment."""
    mine = (audit.c.actor == actor, audit.c.action == action, audit.c.subject == subject)
    return await db.one(select(audit.c.id).where(*mine, audit.c.at >= since).limit(1)) is not None


async def count_by_subject(db: Reading, *, action: str, since: datetime) -> dict[str, int]:
    """Number of times something happened to each subject since a moment."""
    query = (
        select(audit.c.subject, func.count())
        .where(audit.c.at >= since, audit.c.action == action)
        .group_by(audit.c.subject)
    )
    return {row[0]: row[1] for row in await db.rows(query)}


_MARK = "demo-loaded"


async def mark_as_demo(db: Writing, *, day: date) -> None:
    """Record that this database was filled with the demo register of that day."""
    await record(db, actor=SYSTEM, action=_MARK, subject=f"day:{day.isoformat()}")


async def day_of_the_demo(db: Reading) -> date | None:
    """Day of the demo register in this database, or None."""
    marks = await entries(db, action=_MARK, limit=1)
    return date.fromisoformat(marks[0].subject.removeprefix("day:")) if marks else None
