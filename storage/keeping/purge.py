"""Retention: deletes what is no longer needed (D5), in small transactions during normal work."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, tuple_, update

from domain.cards.stages import Stage
from domain.office.rules import Retention
from storage.announcements.results import keep_results
from storage.cards.register_undo import KEPT as CHANGES_KEPT
from storage.engines.sqlite_files import schema_copies
from storage.keeping import erasure
from storage.keeping.processes import KEPT as PROCESSES_KEPT
from storage.post.errands import KEPT as ERRANDS_KEPT
from storage.post.idempotency import KEPT as ANSWERS_KEPT
from storage.schema import (
    api_answers,
    applications,
    audit,
    booking_history,
    bookings,
    cases,
    chats,
    erasures,
    errands,
    follows,
    free_words,
    handover_lines,
    handovers,
    heard,
    import_changes,
    job_files,
    jobs,
    looked_up,
    media,
    offers,
    outbox,
    processes,
    seats,
    staff_codes,
    staff_forms,
    staff_sessions,
    tries,
    waiting,
    webhook_deliveries,
)
from storage.session import Reading, Writing
from storage.staff.jobs import KEPT as JOB_FILES_KEPT
from storage.staff.sessions import LONGEST
from storage.store import Store

_SETTLED = timedelta(days=1)
_QUIET_AT_MOST = timedelta(days=14)  # longer than any holidays
_WRITTEN_BY_CLOCK = (audit.c.at, heard.c.heard_at, processes.c.started_at)
CHUNK = 500  # rows per transaction: well under 100 ms, so that turns do not wait for a purge
_LONGEST_BUDGET = timedelta(days=2)
_SENT_TEXT = timedelta(days=1)
_SENT = timedelta(days=30)
_COPIES = timedelta(days=14)
_WORK_KEPT = timedelta(days=30)
_UNTOLD = timedelta(days=30)
_MEASURED = timedelta(days=31)  # past waits are used to estimate the next one
_FINAL = ("sent", "delivered", "read", "failed", "unknown")

Step = Callable[[Writing], Awaitable[int]]


async def last_before_gap(db: Reading) -> datetime | None:
    """Newest entry that is older than a day, if it is so old that the clock may be wrong; else None.

    What was written in the last day proves nothing: the same clock dated it. So a clock that jumped ahead is doubted
    for a day, and an office that was closed for months waits as long (docs/decisions/0079).
    """
    found = [
        await db.scalar(select(func.max(column)).where(column <= db.now - _SETTLED))
        for column in _WRITTEN_BY_CLOCK
    ]
    last: datetime | None = max((one for one in found if one is not None), default=None)
    return last if last is not None and db.now - last > _QUIET_AT_MOST else None


async def purge(
    store: Store, retention: Retention, *, pause: Callable[[], Awaitable[None]]
) -> dict[str, int]:
    """Apply the retention periods; return the number of rows deleted or emptied per step.

    A killed purge can be run again. `pause` lets others write between transactions.
    """
    gone = {}
    for what, step in steps(store.clock(), retention).items():
        gone[what] = 0
        while done := await store.write(step):
            gone[what] += done
            await pause()
    gone["schema_copies"] = _remove_copies(store)
    return gone


def _remove_copies(store: Store) -> int:
    """Delete old copies of the file that were made before its schema changed: they hold what was erased since."""
    copies = schema_copies(store.file) if store.file else []
    old = [one for one in copies if one.stat().st_mtime < (store.clock() - _COPIES).timestamp()]
    for one in old:
        one.unlink(missing_ok=True)
    return len(old)


def steps(now: datetime, kept: Retention) -> dict[str, Step]:
    """Purge steps by name, in order: dependent rows first."""
    old_audit = now - timedelta(days=kept.audit_days)
    return {
        **_of_chats(now, kept),
        **_of_messages(now, kept),
        **_of_services(now, kept),
        **_of_staff(now),
        "events of webhooks": _dropped(webhook_deliveries, _untold(now - _UNTOLD)),
        "receipts of erasures": _dropped(erasures, erasures.c.erased_at < old_audit),
        "audit": _dropped(audit, audit.c.at < old_audit),
        "processes": _dropped(processes, processes.c.seen_at < now - PROCESSES_KEPT),
    }


def _of_chats(now: datetime, kept: Retention) -> dict[str, Step]:
    handed_over = select(applications.c.id).where(
        applications.c.stage.in_([Stage.PICKED_UP, Stage.DELIVERED]),
        applications.c.stage_on < (now - timedelta(days=kept.chat_link_days)).date(),
    )
    talked = select(handovers.c.id).where(handovers.c.ended_at < now - timedelta(hours=kept.unfinished_hours))
    looked_up_until = now - timedelta(days=kept.lookups_days)
    return {
        "look-ups": _dropped(looked_up, looked_up.c.at < looked_up_until),
        "follows": _dropped(follows, follows.c.application_id.in_(handed_over)),
        "tries": _dropped(tries, tries.c.at < now - _LONGEST_BUDGET),
        "conversations": _changed(chats, chats.c.dialogue_until < now, dialogue=None, dialogue_until=None),
        "words of hand-overs": _dropped(handover_lines, handover_lines.c.handover_id.in_(talked)),
        "hand-overs": _dropped(
            handovers, and_(handovers.c.state == "over", handovers.c.opened_at < now - _MEASURED)
        ),
        "errands": _dropped(
            errands, and_(errands.c.outcome.is_not(None), errands.c.until < now - ERRANDS_KEPT)
        ),
        "chats that nobody uses": lambda db: erasure.forget_idle(
            db, before=now - timedelta(days=kept.idle_chats_days)
        ),
    }


def _of_messages(now: datetime, kept: Retention) -> dict[str, Step]:
    final = outbox.c.state.in_(_FINAL)
    return {
        "message ids": _dropped(heard, heard.c.heard_at < now - timedelta(days=kept.message_ids_days)),
        "photos": _dropped(media, media.c.due_at < now - timedelta(days=1)),
        "texts of messages sent": _changed(
            outbox,
            and_(final, outbox.c.body.is_not(None), outbox.c.created_at < now - _SENT_TEXT),
            body=None,
        ),
        "results of announcements": lambda db: keep_results(db, before=now - _SENT, limit=CHUNK),
        "messages sent": _dropped(outbox, and_(final, outbox.c.created_at < now - _SENT)),
    }


def _of_services(now: datetime, kept: Retention) -> dict[str, Step]:
    """Past appointments with their rows, closed cases, free words."""
    over = now - timedelta(days=kept.bookings_days)
    old_bookings = select(bookings.c.id).where(bookings.c.starts_at < over)
    old_lines = select(waiting.c.id).where(waiting.c.state != "waiting", waiting.c.joined_at < over)
    last_day = (now - timedelta(days=kept.words_days)).date()
    return {
        "seats": _dropped(seats, seats.c.starts_at < over),
        "history of bookings": _dropped(booking_history, booking_history.c.booking_id.in_(old_bookings)),
        "bookings": _dropped(bookings, bookings.c.starts_at < over),
        "offers of seats": _dropped(offers, offers.c.waiting_id.in_(old_lines)),
        "waiting lists": _dropped(waiting, waiting.c.id.in_(old_lines)),
        "cases": _dropped(cases, and_(cases.c.state == "closed", cases.c.due_on < last_day)),
        "free words": _dropped(free_words, free_words.c.written_on < last_day),
    }


def _of_staff(now: datetime) -> dict[str, Step]:
    old_work = select(jobs.c.id).where(jobs.c.created_at < now - JOB_FILES_KEPT)
    ended = or_(staff_sessions.c.closed_at.is_not(None), staff_sessions.c.opened_at < now - LONGEST)
    return {
        "staff codes": _dropped(staff_codes, staff_codes.c.expires_at < now),
        "staff sessions": _dropped(staff_sessions, ended),
        "staff forms": _dropped(staff_forms, staff_forms.c.used_at < now - LONGEST),
        "imports that can be taken back": _dropped(
            import_changes, import_changes.c.written_at < now - CHANGES_KEPT
        ),
        "answers of the API": _dropped(api_answers, api_answers.c.claimed_at < now - ANSWERS_KEPT),
        "files of imports": _dropped(job_files, job_files.c.job_id.in_(old_work)),
        "long work of staff": _dropped(
            jobs, and_(jobs.c.finished_at.is_not(None), jobs.c.created_at < now - _WORK_KEPT)
        ),
    }


def _untold(before: datetime) -> ColumnElement[bool]:
    """Events that were given up, or wait for a disabled target, since then."""
    return or_(webhook_deliveries.c.given_up_on < before.date(), webhook_deliveries.c.due_at < before)


def _dropped(table: Table, old: ColumnElement[bool]) -> Step:
    async def step(db: Writing) -> int:
        return await db.run(delete(table).where(_some(table, old)))

    return step


def _changed(table: Table, old: ColumnElement[bool], **values: Any) -> Step:
    async def step(db: Writing) -> int:
        return await db.run(update(table).where(_some(table, old)).values(**values))

    return step


def _some(table: Table, old: ColumnElement[bool]) -> ColumnElement[bool]:
    """A chunk of rows by primary key; neither database deletes with a limit."""
    key = tuple_(*table.primary_key.columns)
    return key.in_(select(*table.primary_key.columns).where(old).limit(CHUNK))
