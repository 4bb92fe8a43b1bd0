"""Store-wide figures for monitoring: how long somebody waits, what is overdue, and when the data was last renewed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, text

from storage import audit
from storage.handovers.views import queue
from storage.post.outbox import PUSH, REPLY, count_by_state
from storage.schema import audit as audit_table
from storage.schema import cases, imports, is_sending, outbox, waits
from storage.session import Reading, Writing
from storage.webhooks import deliveries

Present = Mapping[str, Sequence[int] | None]
"""Channels, each with the chats that can be reached now; None: all of them."""

_REPLICAS = text(
    "SELECT count(*) FILTER (WHERE state IS NULL), count(*) FILTER (WHERE state = 'streaming'), "
    "extract(epoch FROM coalesce(max(replay_lag), '0')) FROM pg_stat_replication"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replicas:
    """Standbys that follow this server, and how far the last one is behind."""

    count: int
    lag_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """The figures of one moment.

    `replies_since`: since when the longest-waiting reply of a channel waits; `pushes_since` the same of pushes, counted
    from when they were due. Messages that wait for the resident are in neither. `replicas`: None where the server has
    none to tell, or may not tell us.
    """

    states: Mapping[tuple[str, str], int]
    replies_since: Mapping[str, datetime]
    pushes_since: Mapping[str, datetime]
    waiting: int
    waits_since: datetime | None
    alarms: Mapping[str, int]
    overdue_cases: int
    imported_at: datetime | None
    backed_up_at: datetime | None
    webhooks: Mapping[str, int]
    replicas: Replicas | None


async def vitals(db: Reading, *, present: Present, today: date, alarms_since: datetime) -> Vitals:
    """Read all figures."""
    overdue = select(func.count()).where(text("cases.state = 'open'"), cases.c.due_on < today)
    imported = select(func.max(imports.c.finished_at)).where(imports.c.undone_at.is_(None))
    backed_up = select(func.max(audit_table.c.at)).where(audit_table.c.action == "backup-made")
    waiting, waits_since = await queue(db)
    return Vitals(
        states=await count_by_state(db),
        replies_since=await _since(db, present, _unanswered),
        pushes_since=await _since(db, present, lambda channel: _overdue_push(channel, db.now)),
        waiting=waiting,
        waits_since=waits_since,
        alarms=await audit.count_by_subject(db, action="alarm-wrong-pairs", since=alarms_since),
        overdue_cases=await db.scalar(overdue.select_from(cases)),
        imported_at=await db.scalar(imported),
        backed_up_at=await db.scalar(backed_up),
        webhooks=await deliveries.counts(db),
        replicas=await _replicas(db),
    )


async def note_backup(db: Writing) -> None:
    """Record that a backup was made."""
    await audit.record(db, audit.SYSTEM, "backup-made", "database")


async def _since(db: Reading, present: Present, oldest: Callable[[str], Select[Any]]) -> dict[str, datetime]:
    found = {}
    for channel, chats in present.items():
        query = oldest(channel)
        if chats is not None:
            query = query.where(outbox.c.chat_id.in_(chats))
        moment = None if chats == [] else await db.scalar(query)
        if moment is not None:
            found[channel] = moment
    return found


def _unanswered(channel: str) -> Select[Any]:
    """From when it was written: a retry moves the due time, and the resident waits all the same."""
    is_open = or_(waits(outbox), is_sending(outbox))
    return select(func.min(outbox.c.created_at)).where(*_of(channel, REPLY), is_open)


def _overdue_push(channel: str, now: datetime) -> Select[Any]:
    return select(func.min(outbox.c.due_at)).where(*_of(channel, PUSH), waits(outbox), outbox.c.due_at <= now)


def _of(channel: str, priority: int) -> tuple[ColumnElement[bool], ...]:
    """Rows of this kind; those with a reason are held until the resident writes, or until another day."""
    return outbox.c.channel == channel, outbox.c.priority == priority, outbox.c.reason.is_(None)


async def _replicas(db: Reading) -> Replicas | None:
    if db.dialect != "postgresql":
        return None
    ((hidden, count, lag),) = await db.rows(_REPLICAS)
    return None if hidden else Replicas(count=count, lag_seconds=float(lag))
