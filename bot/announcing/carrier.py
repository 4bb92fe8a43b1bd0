"""Carries the announcements of one channel: a few at a time, just ahead of the pace.

What is claimed is `sending`, and would be unknown after a crash; so no more is claimed than leaves within a third of a
second, and what replies need goes first at the pacer.
"""

import asyncio
import math
from collections.abc import Callable, Sequence

import structlog

from bot.announcing.breaker import Breaker
from bot.channel import Channel
from bot.courier import Courier
from storage.announcements import carrying
from storage.sending import Outcome
from storage.store import Store, StoreDown

LOOK_SECONDS = 1.0
AHEAD_SECONDS = 0.35
_LEAST_AHEAD = 6
_REFILL = 0.6  # of what is ahead: a commit has the time that the others take to leave
_UNPACED = 40.0  # messages a second where a channel has no limit of its own

log = structlog.get_logger(__name__)


class Carrier:
    """One channel's announcements in this process; `speaks` tells whether the account's pace is ours."""

    def __init__(
        self, *, store: Store, courier: Courier, channel: Channel, speaks: Callable[[], bool]
    ) -> None:
        self.breaker = Breaker(channel.name, store.clock)
        self._store = store
        self._courier = courier
        self._channel = channel
        self._speaks = speaks
        self._ahead = max(_LEAST_AHEAD, math.ceil(getattr(channel, "rate", _UNPACED) * AHEAD_SECONDS))
        self._out = 0
        self._news = asyncio.Event()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look for work now."""
        self._wake.set()

    async def run(self) -> None:
        """Carry until cancelled."""
        while True:
            try:
                busy = await self.carry_some()
            except StoreDown as down:
                log.warning("announcing.store_down", why=str(down))
                busy = False
            if busy:
                await self._until_there_is_room()
            else:
                await self._until_something_happens()

    async def carry_some(self) -> bool:
        """Claim and carry what may leave now; True when there may be more at once."""
        courier, name = self._courier, self._channel.name
        if courier.ending or courier.deliveries.held(name) or not self._speaks():
            self._settle()
            return False
        room = self.breaker.room(self._ahead, self._out)
        only = await courier.present_chats(self._channel)
        if room <= 0 or only == []:
            return room <= 0 < self._out
        quiet = courier.deliveries.quiet
        if not self._out and not await self._store.read(
            lambda db: carrying.has_due(db, channel=name, urgent_only=quiet)
        ):
            self._settle()
            return False
        rows = await self._store.write(
            lambda db: carrying.claim_due(
                db, channel=name, owner=courier.owner, limit=room, urgent_only=quiet, only=only
            )
        )
        self._out += len(rows)
        courier.carry_rows(rows, self._judge)
        return bool(rows)

    def _settle(self) -> None:
        """Record what was held back, once nothing more will tell whether it is an outage."""
        if not self._out:
            self._courier.note(self.breaker.settle())

    def _judge(self, outcome: Outcome) -> Sequence[Outcome]:
        self._out -= 1
        self._news.set()
        return self.breaker.judge(outcome)

    async def _until_there_is_room(self) -> None:
        """Wait until some of what was claimed has left, so that one commit claims several."""
        while self._out > self._ahead * _REFILL:
            self._news.clear()
            await self._news.wait()

    async def _until_something_happens(self) -> None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()
