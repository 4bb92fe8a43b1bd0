"""Takes an import back: what it changed is as before, what it added is gone, unless something newer stands.

Works in short transactions; a run after a crash goes on where it stopped. What is restored also has the moment of
its last write as before, so that an earlier import can be taken back next. The history keeps the rows of the
import as such that changed nothing. Followers who were told of a stage that is taken back are told the present
one; those who were not are told nothing (storage/cards/pushes.py compares).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from storage import audit
from storage.cards.changes import keep
from storage.cards.import_record import opened
from storage.ids import first_since
from storage.overview.sums import Change
from storage.schema import applicants, applications, import_changes, imports, stage_history
from storage.session import Reading, Writing
from storage.store import Store

KEPT = timedelta(hours=24)
_CHUNK = 50  # applications in a transaction: well under 100 ms
_MOST_NAMED = 200
_LONG_ID = 2**53  # ids of imports before they could be taken back


class NotUndoable(Exception):
    """The import cannot be taken back; `code` is worded in Fluent as `import-undo-<code>`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Undone:
    """How many applications are as before, and how many stay because something newer stands.

    `numbers` are the first of those that stay.
    """

    restored: int = 0
    kept: int = 0
    numbers: list[str] = field(default_factory=list)

    def add(self, part: "_Part") -> None:
        """Count the applications of a transaction."""
        self.restored += part.restored
        self.kept += len(part.kept)
        self.numbers += part.kept[: _MOST_NAMED - len(self.numbers)]


@dataclass(frozen=True, slots=True)
class _Part:
    """Outcome of one transaction, and where to go on (None: all done)."""

    restored: int
    kept: list[str]
    after: int | None


async def undo(
    store: Store, *, import_id: int, actor: str, hold: timedelta, advance: Callable[[int], None]
) -> Undone:
    """Take an import back within 24 hours of its end; audited. If it changed nothing, it can be repeated.

    Raises:
        NotUndoable: `unknown`, `late`, or `undone` before.
    """
    if code := await store.read(partial(why_not, import_id=import_id)):
        raise NotUndoable(code)
    undone = Undone()
    for step in (partial(_restore, hold=hold), _remove):
        after: int | None = 0
        while after is not None:
            part = await store.write(partial(step, import_id=import_id, after=after))
            undone.add(part)
            advance(part.restored + len(part.kept))
            after = part.after
    if undone.restored or not undone.kept:
        await store.write(partial(_finish, import_id=import_id, actor=actor, undone=undone))
    return undone


async def why_not(db: Reading, *, import_id: int) -> str | None:
    """Why an import cannot be taken back, as the code of NotUndoable; None if it can."""
    row = await db.one(select(imports).where(imports.c.id == import_id))
    if row is None or row.finished_at is None or import_id >= _LONG_ID:
        return "unknown"
    if row.undone_at is not None:
        return "undone"
    return "late" if row.finished_at < db.now - KEPT else None


async def _restore(db: Writing, *, import_id: int, after: int, hold: timedelta) -> _Part:
    """Put some changed applications back."""
    query = (
        select(
            import_changes.c.id.label("change"),
            import_changes.c.before,
            import_changes.c.written_at,
            applications,
        )
        .join(applications, applications.c.id == import_changes.c.application_id)
        .where(import_changes.c.import_id == import_id, import_changes.c.id > after)
        .order_by(import_changes.c.id)
        .limit(_CHUNK)
        .with_for_update(of=applications)
    )
    rows = await db.rows(query)
    kept: list[str] = []
    done: list[int] = []
    changes: list[Change] = []
    for row in rows:
        if row.updated_at != row.written_at:
            kept.append(row.number)
            continue
        values = {"updated_at": db.now}
        values |= opened(db.vault, row.before, change=row.change, application=row.id)
        if (values["stage"] or values["raw_code"]) != (row.stage or row.raw_code) or row.push_due_at:
            values["push_due_at"] = db.now + hold
            db.due(db.now + hold)
        await db.run(update(applications).where(applications.c.id == row.id).values(values))
        changes.append((row._asdict(), row._asdict() | values))
        await _lose(db, import_id=import_id, application=row.id)
        done.append(row.change)
    await keep(db, changes)
    await db.run(delete(import_changes).where(import_changes.c.id.in_(done)))
    return _Part(len(rows) - len(kept), kept, rows[-1].change if len(rows) == _CHUNK else None)


async def _lose(db: Writing, *, import_id: int, application: int) -> None:
    mine = (stage_history.c.application_id == application, stage_history.c.source == f"import:{import_id}")
    await db.run(update(stage_history).where(*mine).values(won=False))


async def _remove(db: Writing, *, import_id: int, after: int) -> _Part:
    """Remove some applications that the import added.

    Ids grow with time, so everything that it added has a greater id than those that came before it.
    """
    source = f"import:{import_id}"
    query = (
        select(applications, stage_history.c.recorded_at)
        .join(stage_history, stage_history.c.application_id == applications.c.id)
        .where(
            applications.c.id > max(after, first_since(import_id)),
            stage_history.c.source == source,
            stage_history.c.won,
        )
        .order_by(applications.c.id)
        .limit(_CHUNK)
        .with_for_update(of=applications)
    )
    rows = await db.rows(query)
    kept = [
        row.number for row in rows if row.updated_at != row.recorded_at or not await _removed(db, row, source)
    ]
    await keep(db, [(row._asdict(), None) for row in rows if row.number not in kept])
    return _Part(len(rows) - len(kept), kept, rows[-1].id if len(rows) == _CHUNK else None)


async def _removed(db: Writing, row: Row[Any], source: str) -> bool:
    """Remove an application and a person who has no other; False if something refers to it by now."""
    history = stage_history.c.application_id == row.id
    newer = (stage_history.c.source != source, stage_history.c.won)
    if await db.one(select(stage_history.c.id).where(history, *newer).limit(1)):
        return False
    try:
        async with db.savepoint():
            await db.run(delete(stage_history).where(history))
            await db.run(delete(applications).where(applications.c.id == row.id))
    except IntegrityError:
        return False
    alone = ~exists().where(applications.c.applicant_id == row.applicant_id)
    try:
        async with db.savepoint():
            await db.run(delete(applicants).where(applicants.c.id == row.applicant_id, alone))
    except IntegrityError:
        pass  # somebody booked with this NIK
    return True


async def _finish(db: Writing, *, import_id: int, actor: str, undone: Undone) -> None:
    await db.run(update(imports).where(imports.c.id == import_id).values(undone_at=db.now))
    await audit.record(
        db,
        actor=actor,
        action="import-undone",
        subject=f"import:{import_id}",
        details=f"restored={undone.restored} kept={undone.kept}",
    )
