"""Background jobs: they continue without their page, and restart after a crash.

bot/app.py owns the task; no task outlives its job.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from bot.setup.logs import what, within_turn
from bot.setup.loops import Loops, resting
from storage.session import StoreDown
from storage.staff import jobs
from storage.staff.jobs import Job
from storage.store import Store

LOOK_SECONDS = 2.0
BEAT_SECONDS = 0.5

log = structlog.get_logger(__name__)


class Unworkable(Exception):
    """The job failed for a reason that its owner can correct; `outcome` explains it."""

    def __init__(self, outcome: dict[str, Any]) -> None:
        super().__init__()
        self.outcome = outcome


class Advance:
    """Progress of a job, as ImportProgress (bot/importing/progress.py)."""

    def __init__(self) -> None:
        self.name = ""
        self.done = 0
        self.total: int | None = None

    def step(self, name: str, total: int | None) -> None:
        """Begin a step of `total` rows."""
        self.name, self.total, self.done = name, total, 0

    def advance(self, rows: int) -> None:
        """Add `rows` finished rows."""
        self.done += rows


Doing = Callable[[Job, Advance], Awaitable[dict[str, Any]]]


class JobRunner:
    """Runs jobs one after another, by their kind."""

    def __init__(self, *, store: Store, kinds: Mapping[str, Doing], loops: Loops | None = None) -> None:
        self._store = store
        self._loops = loops or Loops()
        self._kinds = kinds
        self._owner = secrets.token_hex(8)
        self._news = self._loops.bell("work", "jobs")
        self._under_way: tuple[Job, Advance] | None = None

    def wake(self) -> None:
        """Look for jobs now."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            keep = self._loops.keep
            tasks.create_task(keep("work", self._work, rest=self._news.every(LOOK_SECONDS)))
            tasks.create_task(keep("work-beat", self._beat, rest=resting(BEAT_SECONDS)))

    async def _work(self) -> bool:
        """Run one job; after a failure its lease expires and the job starts again."""
        job = await self._store.write(jobs.claim, owner=self._owner)
        if job is not None:
            await self._carry_out(job)
        return job is not None

    async def _carry_out(self, job: Job) -> None:
        advance = Advance()
        self._under_way = (job, advance)
        try:
            with within_turn(job.id):
                state, outcome = await self._ended(job, advance)
        except asyncio.CancelledError:
            with contextlib.suppress(StoreDown):  # then its lease expires
                await self._store.write(jobs.give_back, job=job.id, owner=self._owner)
            raise
        finally:
            self._under_way = None
        await self._store.write(jobs.finish, job=job.id, owner=self._owner, state=state, outcome=outcome)

    async def _ended(self, job: Job, advance: Advance) -> tuple[str, dict[str, Any]]:
        try:
            return "done", await self._kinds[job.kind](job, advance)
        except StoreDown:
            raise
        except Unworkable as why:
            return "failed", why.outcome
        except Exception as fault:  # noqa: BLE001  (a failed job must not stop the next one)
            log.error("work.failed", kind=job.kind, **what(fault))  # noqa: TRY400  (its message may quote a file)
            return "failed", {"fault": True}

    async def _beat(self) -> None:
        """Report progress and renew the lease."""
        if self._under_way is None:
            return
        job, advance = self._under_way
        await self._store.write(
            jobs.report,
            job=job.id,
            owner=self._owner,
            step=advance.name,
            done=advance.done,
            total=advance.total,
        )
