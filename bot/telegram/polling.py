"""Long polling without losses: every raw update has its turn and commit, then the offset moves.

The offset is sent only with the call that confirms a batch. After an idle week update numbers restart,
perhaps below all earlier ones, and a poll with the old offset would receive nothing.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog

from bot.channel import Contact, Hear, Heard, Undelivered
from bot.setup.loops import Loops, resting
from bot.telegram.parser import UpdateParser
from bot.telegram.patience import Patience
from storage.session import StoreDown

_TRIES = 3
_FINISH_SECONDS = 5.0

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Polling:
    """Polls for one bot.

    `fetch(offset)` is one `getUpdates`, `release()` removes a webhook, `answer_tap` stops a button's loading
    animation and never fails.
    """

    fetch: Callable[[int | None], Awaitable[list[Any]]]
    release: Callable[[], Awaitable[None]]
    answer_tap: Callable[[str], Coroutine[Any, Any, None]]
    parser: UpdateParser
    patience: Patience
    contact: Contact = field(default_factory=lambda: Contact("polling"))
    loops: Loops = field(default_factory=Loops)
    _offset: int | None = None
    _confirmed: frozenset[int] = frozenset()
    _remembers: bool = True
    _faults: Counter[str] = field(default_factory=Counter)

    async def run(self, hear: Hear) -> None:
        """Receive until cancelled; wait during trouble of the provider or the store."""
        while not await self._tried(self.release):
            pass
        async with asyncio.TaskGroup() as taps:
            step = partial(self._tried, lambda: self._batch(hear, taps))
            # No rest: an idle poll takes time at the provider, and `patience` waits during trouble.
            await self.loops.keep("telegram-polling", step, rest=resting(0))

    async def _tried(self, step: Callable[[], Awaitable[None]]) -> bool:
        try:
            await step()
        except Undelivered as problem:
            await self.patience.wait(problem)
            return False
        self.patience.calm()
        return True

    async def _batch(self, hear: Hear, taps: asyncio.TaskGroup) -> None:
        """Fetch updates, run all their turns, then move the offset."""
        batch = await self.fetch(self._offset)
        self.contact.heard()
        numbers = [
            raw["update_id"]
            for raw in batch
            if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
        ]
        if self._offset is None and not self._confirmed.isdisjoint(numbers):
            self._remembers = False  # this server repeats confirmed updates without an offset
        await _in_any_case(taps.create_task(self._turns(await self._lanes(batch, taps), hear)))
        if numbers:
            self._offset = numbers[-1] + 1
            self._confirmed = frozenset(numbers)
        elif self._remembers:
            self._offset = None

    async def _lanes(self, batch: list[Any], taps: asyncio.TaskGroup) -> list[list[Heard]]:
        """Group messages by resident."""
        lanes: dict[str, list[Heard]] = {}
        for raw in batch:
            noted = await self.parser.note(raw)
            if noted.callback is not None:
                taps.create_task(self.loops.guard("telegram-taps", self.answer_tap(noted.callback)))
            if noted.heard is not None:
                lanes.setdefault(noted.heard.address, []).append(noted.heard)
        return list(lanes.values())

    async def _turns(self, lanes: list[list[Heard]], hear: Hear) -> None:
        """Run turns until all are committed: one resident's in order, different residents' in parallel."""
        while lanes:
            async with asyncio.TaskGroup() as turns:
                for lane in lanes:
                    turns.create_task(self._in_order(lane, hear))
            lanes = [lane for lane in lanes if lane]
            if lanes:
                await self.patience.wait(StoreDown())

    async def _in_order(self, lane: list[Heard], hear: Hear) -> None:
        """Run the turns of a lane; messages that cannot be committed stay in it."""
        while lane:
            heard = lane[0]
            try:
                # Without padding: nobody sees this duration, and the rest of the batch must not wait for it.
                await hear(heard, padded=False)
            except StoreDown:
                return
            except Exception:
                log.exception("telegram.turn_failed", update=heard.message_id)
                self._faults[heard.message_id] += 1
                if self._faults[heard.message_id] < _TRIES:
                    return
            self._faults.pop(heard.message_id, None)
            lane.pop(0)


async def _in_any_case(turns: asyncio.Task[None]) -> None:
    """Finish turns that have begun, even if cancelled meanwhile."""
    try:
        await asyncio.shield(turns)
    except asyncio.CancelledError:
        await asyncio.wait({turns}, timeout=_FINISH_SECONDS)
        raise
