"""Register import: upsert by number, append-only history, one push per real change of stage.

`prepare` looks up and decides a chunk without locks. `carry_out` writes it in one short transaction and decides
again only if these applications changed in between: it looks again, or if all numbers were new, the unique indexes
tell. Other processes write between chunks. A run after a crash finds finished rows unchanged.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from domain.cards.register import RegisterRow
from storage import audit
from storage.bulk import among, insert_many
from storage.cards.changes import keep
from storage.cards.register_plan import (
    STAFF,
    UPDATED,
    Conditions,
    Plan,
    Planner,
    RegisterEntry,
    Seen,
    entries,
)
from storage.ids import short_id
from storage.overview.sums import Change
from storage.schema import applicants, applications, import_changes, imports, stage_history
from storage.session import Reading, Writing
from storage.vault import Vault

_TURNS = 4210518  # PostgreSQL lock by which concurrent imports alternate chunk by chunk

_known = {
    dialect: select(
        *(applications.c[name] for name in ("id", "number", "updated_at", *UPDATED)),
        applicants.c.nik_index.label("nik_index"),
    )
    .join(applicants, applicants.c.id == applications.c.applicant_id)
    .where(condition)
    .order_by(applications.c.id)
    for dialect, condition in among(applications.c.number, "numbers").items()
}
_locked = {dialect: query.with_for_update(of=applications) for dialect, query in _known.items()}
_digests = {
    dialect: select(applications.c.number, applications.c.digest).where(condition)
    for dialect, condition in among(applications.c.number, "numbers").items()
}
_persons = {
    dialect: select(applicants.c.nik_index, applicants.c.id).where(condition)
    for dialect, condition in among(applicants.c.nik_index, "indexes").items()
}
_passed = {
    dialect: select(stage_history.c.application_id, stage_history.c.raw_code, stage_history.c.stage_on).where(
        condition
    )
    for dialect, condition in among(stage_history.c.application_id, "applications").items()
}
_change = (
    update(applications)
    .where(applications.c.id == bindparam("application"))
    .values({name: bindparam(name) for name in (*UPDATED, "updated_at")})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Result of a file's rows.

    `unchanged` includes rows replaced by a later row of the file, and the `older` rows, which are added to the
    history only.
    """

    rows: int
    new: int
    changed: int
    unchanged: int
    refused: int
    older: int = 0


class Looked(NamedTuple):
    """Rows with what the store holds about them, and the keys and the time to decide with."""

    entries: Sequence[RegisterEntry]
    seen: Seen
    vault: Vault
    now: datetime


async def begin(db: Writing, *, file_digest: str, rows: int, import_id: int | None = None) -> int:
    """Record the start of an import and return its id, which a person may type to take it back.

    `import_id` is one that `short_id` made, if a plan names it already.
    """
    row = short_id() if import_id is None else import_id
    digest = db.vault.index(file_digest, of="imports.file_digest")
    await db.run(imports.insert(), {"id": row, "started_at": db.now, "file_digest": digest, "rows": rows})
    return row


async def finish(db: Writing, *, import_id: int, actor: str, counts: Counts) -> None:
    """Record the end of an import; answers show its time as the date of the data."""
    numbers = {
        "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged, "refused": counts.refused
    }  # fmt: skip
    await db.run(update(imports).where(imports.c.id == import_id).values(finished_at=db.now, **numbers))
    details = " ".join(f"{name}={number}" for name, number in {"rows": counts.rows, **numbers}.items())
    await audit.record(db, actor=actor, action="imported", subject=f"import:{import_id}", details=details)


async def digests(db: Reading, *, numbers: Sequence[str]) -> dict[str, bytes]:
    """Keyed hash of what an import said last, for each of the numbers that the store has."""
    return {row.number: row.digest for row in await db.rows(_digests[db.dialect], {"numbers": numbers})}


async def prepare(db: Reading, *, rows: Sequence[RegisterRow], conditions: Conditions) -> Plan:
    """Decide what the rows change, without writing."""
    return decide(await look(db, rows=rows), conditions)


async def look(db: Reading, *, rows: Sequence[RegisterRow]) -> Looked:
    """Look up what the store holds about the rows."""
    keyed = entries(rows, db.vault)
    return Looked(keyed, await _look(db, keyed), db.vault, db.now)


def decide(looked: Looked, conditions: Conditions, before: Plan | None = None) -> Plan:
    """Decide what the rows change; the persons of a plan `before`, which was written since, are known, too."""
    if before is not None:
        indexes = {index for entry in looked.entries for index in entry.nik_indexes}
        made = {one["nik_index"]: one["id"] for one in before.applicants if one["nik_index"] in indexes}
        looked.seen.applicants.update(made)
    planner = Planner(conditions=conditions, vault=looked.vault, now=looked.now)
    return planner.plan(looked.entries, looked.seen)


async def carry_out(db: Writing, *, plan: Plan, conditions: Conditions) -> Plan:
    """Write a plan, made anew if the data changed since; return the plan that was written."""
    if db.dialect == "postgresql":
        await db.run(select(func.pg_advisory_xact_lock(_TURNS)))
    keyed, switched = plan.entries, plan.key != db.vault.key_ids[-1]
    if not switched and not plan.seen.applications:
        with suppress(IntegrityError):  # a number or NIK is no longer new, or a person is gone
            async with db.savepoint():
                await _write(db, plan)
                return plan
    if switched:
        keyed = entries([entry.row for entry in keyed], db.vault)
    seen = await _look(db, keyed, lock=True)
    if switched or seen != plan.seen:
        plan = Planner(conditions=conditions, vault=db.vault, now=db.now).plan(keyed, seen)
    await _write(db, plan)
    return plan


async def _write(db: Writing, plan: Plan) -> None:
    await insert_many(db, applicants, plan.applicants)
    await insert_many(db, applications, plan.new)
    if plan.updates:
        await db.run(_change, plan.updates)
    await insert_many(db, stage_history, plan.history)
    await insert_many(db, import_changes, plan.changes)
    before = {row.id: row for row in plan.seen.applications.values()}
    changes: list[Change] = [(None, one) for one in plan.new]
    await keep(db, changes + [(before[one["application"]]._asdict(), one) for one in plan.updates])


async def _look(db: Reading, keyed: Sequence[RegisterEntry], *, lock: bool = False) -> Seen:
    query = (_locked if lock else _known)[db.dialect]
    numbers = [entry.row.number.canonical for entry in keyed]
    found = {row.number: row for row in await db.rows(query, {"numbers": numbers})}
    new = [index for entry in keyed if entry.row.number.canonical not in found for index in entry.nik_indexes]
    older = [
        known.id
        for entry in keyed
        if (known := found.get(entry.row.number.canonical)) is not None and _may_lose(entry, known)
    ]
    return Seen(
        applications=found,
        applicants=await _look_up_persons(db, sorted(new)),
        history=await _look_up_history(db, older),
    )


def _may_lose(entry: RegisterEntry, known: Any) -> bool:
    return bool(entry.row.holds_from < known.stage_on or entry.row.imported_on or known.stage_by == STAFF)


async def _look_up_persons(db: Reading, indexes: list[bytes]) -> dict[bytes, int]:
    if not indexes:
        return {}
    return {row.nik_index: row.id for row in await db.rows(_persons[db.dialect], {"indexes": indexes})}


async def _look_up_history(db: Reading, older: list[int]) -> frozenset[tuple[Any, ...]]:
    if not older:
        return frozenset()
    return frozenset(tuple(row) for row in await db.rows(_passed[db.dialect], {"applications": older}))
