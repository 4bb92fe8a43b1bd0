"""What is no longer needed goes: the retention periods of domain.md § 6, in small transactions beside the work."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, or_, select, tuple_, update

from domain.rules import Retention
from domain.stages import Stage
from storage.announcements.results import keep_results
from storage.errands import KEPT as ERRANDS_KEPT
from storage.jobs import KEPT as JOB_FILES_KEPT
from storage.schema import (
    applications,
    audit,
    chats,
    errands,
    follows,
    heard,
    job_files,
    jobs,
    looked_up,
    media,
    outbox,
    staff_codes,
    staff_forms,
    staff_sessions,
    tries,
)
from storage.sessions import LONGEST
from storage.store import Store, Writing

CHUNK = 500  # rows of one transaction: well under 100 ms, so that a resident's turn never waits for a purge
_LONGEST_BUDGET = timedelta(days=2)
_SENT_TEXT = timedelta(days=1)
_SENT = timedelta(days=30)
_FINAL = ("sent", "delivered", "read", "failed", "unknown")

Step = Callable[[Writing], Awaitable[int]]


async def purge(
    store: Store, retention: Retention, *, pause: Callable[[], Awaitable[None]]
) -> dict[str, int]:
    """Apply the retention periods; give how many rows went, by what they were.

    A purge that is killed goes on where it was when it is run again. `pause` lets others write in between.
    """
    gone = {}
    for what, step in _steps(store.clock(), retention).items():
        gone[what] = 0
        while done := await store.write(step):
            gone[what] += done
            await pause()
    return gone


def _steps(now: datetime, kept: Retention) -> dict[str, Step]:
    looked_up_until = now - timedelta(days=kept.lookups_days)
    handed_over = select(applications.c.id).where(
        applications.c.stage.in_([Stage.PICKED_UP, Stage.DELIVERED]),
        applications.c.stage_on < (now - timedelta(days=kept.chat_link_days)).date(),
    )
    fetched = follows.c.application_id.in_(handed_over)
    final = outbox.c.state.in_(_FINAL)
    return {
        "look-ups": _dropped(looked_up, looked_up.c.at < looked_up_until),
        "follows": _dropped(follows, fetched),
        "tries": _dropped(tries, tries.c.at < now - _LONGEST_BUDGET),
        "conversations": _changed(chats, chats.c.dialogue_until < now, dialogue=None, dialogue_until=None),
        "message ids": _dropped(heard, heard.c.heard_at < now - timedelta(days=kept.message_ids_days)),
        "photos": _dropped(media, media.c.due_at < now - timedelta(days=1)),
        "texts of messages sent": _changed(
            outbox,
            and_(final, outbox.c.body.is_not(None), outbox.c.created_at < now - _SENT_TEXT),
            body=None,
        ),
        "results of announcements": lambda db: keep_results(db, before=now - _SENT, limit=CHUNK),
        "messages sent": _dropped(outbox, and_(final, outbox.c.created_at < now - _SENT)),
        "errands": _dropped(
            errands, and_(errands.c.outcome.is_not(None), errands.c.until < now - ERRANDS_KEPT)
        ),
        "staff codes": _dropped(staff_codes, staff_codes.c.expires_at < now),
        "staff sessions": _dropped(
            staff_sessions,
            or_(staff_sessions.c.closed_at.is_not(None), staff_sessions.c.opened_at < now - LONGEST),
        ),
        "staff forms": _dropped(staff_forms, staff_forms.c.used_at < now - LONGEST),
        "files of imports": _dropped(
            job_files,
            job_files.c.job_id.in_(select(jobs.c.id).where(jobs.c.created_at < now - JOB_FILES_KEPT)),
        ),
        "audit": _dropped(audit, audit.c.at < now - timedelta(days=kept.audit_days)),
    }


def _dropped(table: Table, old: ColumnElement[bool]) -> Step:
    async def step(db: Writing) -> int:
        return await db.run(delete(table).where(_some(table, old)))

    return step


def _changed(table: Table, old: ColumnElement[bool], **values: Any) -> Step:
    async def step(db: Writing) -> int:
        return await db.run(update(table).where(_some(table, old)).values(**values))

    return step


def _some(table: Table, old: ColumnElement[bool]) -> ColumnElement[bool]:
    """A chunk of the rows, by primary key: neither database deletes with a limit."""
    key = tuple_(*table.primary_key.columns)
    return key.in_(select(*table.primary_key.columns).where(old).limit(CHUNK))
