"""Jobs: long work that survives browser tab and process, with progress and files.

One process at a time runs a job (`owner`, with a lease that it renews). If it dies, another one starts the job
again, so a job must be repeatable, like the register import.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, text, update

from storage.ids import new_id
from storage.schema import job_files, jobs, of_row
from storage.session import Reading, Writing
from storage.store import Store

LEASE = timedelta(seconds=15)
PART_BYTES = 512 * 1024  # of a file: one part is one short transaction
KEPT = timedelta(hours=24)
GIVEN, REFUSED = "given", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job; `state` is gathering (its file is being uploaded), waiting, running, done or failed."""

    id: int
    kind: str
    staff: int
    state: str
    created_at: datetime
    step: str
    done: int
    total: int | None
    argument: dict[str, Any] = field(repr=False)
    outcome: dict[str, Any] = field(repr=False)

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ("done", "failed")


async def plan(
    db: Writing, *, kind: str, staff: int, argument: dict[str, Any], gathering: bool = False
) -> int:
    """Add a job and return its id. A `gathering` job waits for `release`."""
    row = new_id()
    values = {
        "id": row,
        "kind": kind,
        "staff_id": staff,
        "argument": _sealed(db, argument, f"jobs.argument:{row}"),
        "state": "gathering" if gathering else "waiting",
        "created_at": db.now,
    }
    db.due(db.now)
    await db.run(jobs.insert(), values)
    return row


async def release(db: Writing, *, job: int) -> None:
    """Mark the job's file as complete."""
    db.due(db.now)
    await db.run(update(jobs).where(jobs.c.id == job, jobs.c.state == "gathering").values(state="waiting"))


async def find(db: Reading, *, job: int) -> Job | None:
    """Job of this id."""
    row = await db.one(select(jobs).where(jobs.c.id == job))
    return None if row is None else _read(db, row)


async def recent(db: Reading, *, kind: str, limit: int = 10) -> list[Job]:
    """Newest jobs of a kind."""
    rows = await db.rows(select(jobs).where(jobs.c.kind == kind).order_by(jobs.c.id.desc()).limit(limit))
    return [_read(db, row) for row in rows]


async def unfinished(db: Reading, *, staff: int) -> int:
    """Number of a member's jobs that wait or run."""
    open_ = (jobs.c.staff_id == staff, text("state IN ('waiting','running')"))
    return int(await db.scalar(select(func.count()).select_from(jobs).where(*open_)))


async def drop(db: Writing, *, staff: int) -> None:
    """End a member's jobs that nobody has begun."""
    not_begun = (jobs.c.staff_id == staff, text("state IN ('gathering','waiting')"))
    for row in await db.rows(select(jobs.c.id).where(*not_begun)):
        outcome = _sealed(db, {"gone": True}, f"jobs.outcome:{row.id}")
        ended = {"state": "failed", "finished_at": db.now, "outcome": outcome}
        await db.run(update(jobs).where(jobs.c.id == row.id).values(ended))


async def claim(db: Writing, *, owner: str) -> Job | None:
    """Lease the oldest job that no process runs."""
    free = or_(jobs.c.state == "waiting", and_(jobs.c.state == "running", jobs.c.leased_until < db.now))
    query = select(jobs).where(free).order_by(jobs.c.created_at).limit(1)
    if db.dialect == "postgresql":
        query = query.with_for_update(skip_locked=True)
    row = await db.one(query)
    if row is None:
        return None
    taken = {"state": "running", "owner": owner, "leased_until": db.now + LEASE, "done": 0}
    await db.run(update(jobs).where(jobs.c.id == row.id).values(taken))
    return _read(db, row)


async def report(db: Writing, *, job: int, owner: str, step: str, done: int, total: int | None) -> bool:
    """Record progress and renew the lease. False: another process has the job by now."""
    values = {"step": step, "done": done, "total": total, "leased_until": db.now + LEASE}
    return bool(await db.run(update(jobs).where(_mine(job, owner)).values(values)))


async def finish(db: Writing, *, job: int, owner: str, state: str, outcome: dict[str, Any]) -> None:
    """Record the outcome (`state` is done or failed)."""
    values = {
        "state": state,
        "finished_at": db.now,
        "leased_until": None,
        "outcome": _sealed(db, outcome, f"jobs.outcome:{job}"),
    }
    await db.run(update(jobs).where(_mine(job, owner)).values(values))


async def give_back(db: Writing, *, job: int, owner: str) -> None:
    """Return the job to the queue, because this process ends."""
    db.due(db.now)
    await db.run(update(jobs).where(_mine(job, owner)).values(state="waiting", owner=None, leased_until=None))


async def add_part(db: Writing, *, job: int, name: str, part: int, body: bytes) -> None:
    """Store one part of a file, replacing an earlier one."""
    sealed = db.vault.seal_bytes(body, at=_place(job, name, part))
    values = {"job_id": job, "name": name, "part": part, "body": sealed}
    insert = db.insert(job_files).values(values)
    await db.run(
        insert.on_conflict_do_update(index_elements=["job_id", "name", "part"], set_={"body": sealed})
    )


async def has_file(db: Reading, *, job: int, name: str) -> bool:
    """Whether the job has such a file."""
    mine = (job_files.c.job_id == job, job_files.c.name == name)
    return bool(await db.scalar(select(func.count()).select_from(job_files).where(*mine)))


async def file_of(store: Store, *, job: int, name: str) -> AsyncIterator[bytes]:
    """Parts of a file in order, one short read each."""
    part = 0
    while True:
        place = (job_files.c.job_id == job, job_files.c.name == name, job_files.c.part == part)
        sealed = await store.read(lambda db, where=place: db.scalar(select(job_files.c.body).where(*where)))  # type: ignore[misc]
        if sealed is None:
            return
        yield store.vault.open_bytes(sealed, at=_place(job, name, part))
        part += 1


def _mine(job: int, owner: str) -> Any:
    return and_(jobs.c.id == job, jobs.c.owner == owner, jobs.c.state == "running")


def _place(job: int, name: str, part: int) -> str:
    return f"job_files.body:{job}/{name}/{part}"


def _sealed(db: Reading, value: dict[str, Any], at: str) -> bytes:
    return db.vault.seal(json.dumps(value, ensure_ascii=False), at=at)


def _read(db: Reading, row: Row[Any]) -> Job:
    outcome = json.loads(db.vault.open(row.outcome, at=f"jobs.outcome:{row.id}")) if row.outcome else {}
    return of_row(
        Job,
        row,
        staff=row.staff_id,
        argument=json.loads(db.vault.open(row.argument, at=f"jobs.argument:{row.id}")),
        outcome=outcome,
    )
