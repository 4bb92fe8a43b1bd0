"""Sends what is due to every target; a slow or dead target does not keep the others waiting."""

import asyncio
import time

import structlog

from bot.setup.loops import Loops
from bot.setup.processes import own_name
from bot.webhooks.receivers import Receivers
from storage.session import Writing
from storage.staff import alarms
from storage.store import Store
from storage.webhooks import deliveries
from storage.webhooks.deliveries import Failed, Leased

LOOK_SECONDS = 1.0
ALARM = "alarm-webhook"
_BATCH = 50
_RECORD_SECONDS = 2.0  # a crash repeats what was sent since the last record

log = structlog.get_logger(__name__)


class WebhookSender:
    """Leases targets with due events, and sends to each of them one event at a time."""

    def __init__(self, *, store: Store, receivers: Receivers, loops: Loops, owner: str | None = None) -> None:
        self._store, self._receivers, self._loops = store, receivers, loops
        self._owner = owner or own_name()
        self._bell = loops.bell("webhooks", "webhooks")
        self._working: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Run until cancelled; then record what was sent."""
        try:
            await self._loops.keep("webhooks", self.send_due, rest=self._bell.every(LOOK_SECONDS))
        finally:
            for task in self._working:
                task.cancel()
            await self.rest()
            await self._receivers.close()

    async def send_due(self) -> None:
        """Begin to send to every target with something due that nobody sends to."""
        for target in await self._store.write(deliveries.claim, owner=self._owner):
            work = self._loops.guard("webhooks-target", self._serve(target))
            task = asyncio.get_running_loop().create_task(work)
            self._working.add(task)
            task.add_done_callback(self._working.discard)

    async def rest(self) -> None:
        """Wait until nothing is being sent."""
        while self._working:
            await asyncio.wait(self._working)

    async def _serve(self, target: Leased) -> None:
        """Send what is due to a target, until nothing is left or a call fails."""
        failures, goes_on = target.failures, True
        while goes_on:
            limit = 1 if failures else _BATCH
            waiting = await self._store.read(deliveries.due, target=target.id, limit=limit)
            goes_on = await self._send(target, waiting)
            failures = 0

    async def _send(self, target: Leased, waiting: list[deliveries.DueEvent]) -> bool:
        """Send some events in order, up to the first failure, and record them; True: there may be more."""
        delivered: list[int] = []
        failed: Failed | None = None
        ends = not waiting
        until = time.monotonic() + _RECORD_SECONDS
        try:
            for event in waiting:
                failed = await self._receivers.send(target, event)
                if failed is not None:
                    break
                delivered.append(event.id)
                if time.monotonic() > until:
                    break
        except asyncio.CancelledError:
            ends = True
            raise
        finally:
            goes_on = await self._store.write(
                _record, target=target, delivered=delivered, failed=failed, ends=ends
            )
        if failed is not None:
            log.info("webhooks.failed", target=target.id, outcome=failed.code)
        return goes_on


async def _record(
    db: Writing, *, target: Leased, delivered: list[int], failed: Failed | None, ends: bool
) -> bool:
    """Record calls; tell approvers and admins of a target that is disabled now."""
    done = await deliveries.record(db, of=target, delivered=delivered, failed=failed, ends=ends)
    if done.disabled:
        await alarms.ring(db, action=ALARM, about="webhook", count=target.failures + 1)
    return done.goes_on
