"""Undo of a stage that staff set by hand: for ten minutes, while nothing else wrote to the application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from domain.cards.stages import HANDED_OVER, Stage
from domain.office.office import Office
from storage import audit
from storage.audit import AuditFilter
from storage.cards.changes import keep
from storage.cards.register_plan import STAFF
from storage.overview.sums import COUNTED
from storage.ratings.invitations import uninvite
from storage.schema import applications, stage_history
from storage.session import Reading, Writing

UNDO_FOR = timedelta(minutes=10)
_MOST = 30
_BY_STAFF = "staff:"
_columns = (
    *applications.c["id", "number", "raw_code", "updated_at"],
    *(applications.c[name] for name in COUNTED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A stage that a member recorded by hand a moment ago; `standing`: it can still be taken back."""

    application: int
    number: str
    point: str | None
    stage: Stage
    at: datetime
    standing: bool


def undo_until(steps: Sequence[Any], *, updated_at: datetime) -> datetime | None:
    """Until when the newest step of a history can be taken back; None: it cannot.

    `steps` are newest first, with `source`, `recorded_at` and `won`; `updated_at` is the application's.
    """
    won = [one for one in steps if one.won]
    if len(won) < 2 or won[0] is not steps[0]:  # noqa: PLR2004 (the step, and the one before it)
        return None
    last = won[0]
    is_last_write = last.source.startswith(_BY_STAFF) and last.recorded_at == updated_at
    return last.recorded_at + UNDO_FOR if is_last_write else None


async def take_back(db: Writing, *, application: int, member: int, rules: Office) -> bool:
    """Restore the stage before the last one set by hand; False: too late, or something is newer.

    A requested rating of a handover is withdrawn unless somebody was asked already; then nothing is taken back.
    """
    row = await db.one(select(*_columns).where(applications.c.id == application).with_for_update())
    steps = await _steps(db, application)
    until = None if row is None else undo_until(steps, updated_at=row.updated_at)
    if row is None or until is None or db.now >= until:
        return False
    last, before = [one for one in steps if one.won][:2]
    if last.stage in HANDED_OVER and not await uninvite(db, f"pickup:{application}"):
        return False
    hold = db.now + timedelta(seconds=rules.push.hold_seconds)
    values = {
        "stage": before.stage,
        "raw_code": before.raw_code,
        "stage_on": before.stage_on,
        "stage_by": STAFF if before.source.startswith(_BY_STAFF) else "import",
        "updated_at": db.now,
        "push_due_at": hold,  # for followers who were told the wrong stage
    }
    db.due(hold)
    await db.run(update(applications).where(applications.c.id == application).values(**values))
    counted = row._asdict()
    restored = {"stage": before.stage, "raw_code": before.raw_code, "stage_on": before.stage_on}
    await keep(db, [(counted, {**counted, **restored})])
    await db.run(update(stage_history).where(stage_history.c.id == last.id).values(won=False))
    await audit.record(
        db, audit.by_staff(member), "stage-undone", f"application:{application}", last.stage or ""
    )
    return True


async def recent(db: Reading, *, member: int) -> list[Recorded]:
    """Stages that this member recorded within the time of the undo, newest first, at most 30."""
    mine = AuditFilter(actor=audit.by_staff(member), action="stage-changed", since=db.now - UNDO_FOR)
    lines = await audit.page(db, wanted=mine, limit=_MOST)
    ids = [int(one.subject.partition(":")[2]) for one in lines]
    known = select(*_columns).where(applications.c.id.in_(ids))
    found = {row.id: row for row in await db.rows(known)}
    return [
        Recorded(
            application=application,
            number=found[application].number,
            point=found[application].point,
            stage=Stage(line.details),
            at=line.at,
            standing=found[application].updated_at == line.at,
        )
        for application, line in zip(ids, lines, strict=True)
        if application in found
    ]


async def _steps(db: Reading, application: int) -> Sequence[Row[Any]]:
    query = select(stage_history).where(stage_history.c.application_id == application)
    return await db.rows(query.order_by(stage_history.c.id.desc()))
