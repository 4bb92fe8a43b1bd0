"""Writes checked rows in short transactions, with pauses for other writers.

On SQLite a transaction holds the only write lock of all processes. So transactions are measured and kept near
70 ms, and look-up and sealing happen outside the lock. If others write or wait, the lock is held at most half of the
time; else transactions are kept near 0.1 s, and the pauses only let everybody who comes in try once (docs/decisions/0015).
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from bot.importing.progress import ImportProgress
from domain.cards.register import RefusedRow, RegisterRow
from domain.office.office import Office
from storage.cards import register
from storage.cards.register import Looked
from storage.cards.register_plan import Conditions, Plan
from storage.session import Writing
from storage.store import Store

_FIRST, _SMALLEST, _LARGEST = 300, 150, 4000
_AIM_SECONDS, _AIM_ALONE_SECONDS = 0.07, 0.1  # with the checkpoint after the commit, which holds no lock
_LEAST_PAUSE_SECONDS = 0.02  # another process that waits tries every 5 ms (storage/engines/sqlite.py)
_MOST_GROWTH = 1.5


class Writer:
    """Writes rows in chunks and counts the results; without `import_id`, for a dry run, it only counts."""

    def __init__(self, store: Store, *, office: Office, import_id: int | None) -> None:
        self._store = store
        self._dry_run = import_id is None
        self._conditions = Conditions(import_id=import_id, hold=timedelta(seconds=office.push.hold_seconds))
        self._size = _FIRST
        self._began = self._next = 0.0
        self.new = self.changed = self.unchanged = self.older = self.backward = 0
        self.refused: list[RefusedRow] = []

    async def write(self, rows: Sequence[RegisterRow], progress: ImportProgress) -> None:
        """Write the rows in order; while a chunk is committed, the next one is decided.

        It is looked up before: a read that begins during a commit keeps SQLite from beginning its write-ahead log anew.
        """
        done, plan = 0, register.decide(await self._look(rows[: self._size]), self._conditions)
        while plan.entries:
            done += len(plan.entries)
            looked, carried = await self._look(rows[done : done + self._size]), asyncio.Future[Plan]()
            plan, following = await asyncio.gather(self._write(plan, carried), self._decide(looked, carried))
            self._count(plan)
            progress.advance(len(plan.entries))
            plan = following

    async def _look(self, rows: Sequence[RegisterRow]) -> Looked:
        return await self._store.read(partial(register.look, rows=rows))

    async def _decide(self, looked: Looked, carried: asyncio.Future[Plan]) -> Plan:
        return await asyncio.to_thread(register.decide, looked, self._conditions, before=await carried)

    async def _write(self, plan: Plan, carried: asyncio.Future[Plan]) -> Plan:
        try:
            if not self._dry_run and (plan.new or plan.updates or plan.history):
                await asyncio.sleep(self._next - time.perf_counter())
                plan = await self._store.write(partial(self._carry_out, plan=plan, carried=carried))
                self._measure(len(plan.entries), others=await self._store.contended())
            else:
                carried.set_result(plan)
        finally:
            carried.cancel()  # nothing follows what could not be written
        return plan

    async def _carry_out(self, db: Writing, *, plan: Plan, carried: asyncio.Future[Plan]) -> Plan:
        self._began = time.perf_counter()
        plan = await register.carry_out(db, plan=plan, conditions=self._conditions)
        if not carried.done():  # else it runs again, after a deadlock
            carried.set_result(plan)
        return plan

    def _count(self, plan: Plan) -> None:
        self.new += len(plan.new)
        self.changed += plan.changed
        self.unchanged += plan.unchanged
        self.older += plan.older
        self.backward += plan.backward
        self.refused += plan.refused

    def _measure(self, rows: int, *, others: bool) -> None:
        """Time and size the next transaction by how long the last one held the lock, its commit included."""
        ended = time.perf_counter()
        took = ended - self._began
        self._next = ended + (took if others else _LEAST_PAUSE_SECONDS)
        factor = min(_MOST_GROWTH, (_AIM_SECONDS if others else _AIM_ALONE_SECONDS) / took)
        self._size = max(_SMALLEST, min(_LARGEST, int(rows * factor)))
