"""Sends announcements of one channel: a few rows at a time, just ahead of the pace.

Claimed rows are `sending`; after a crash they would be unknown. So only as many are claimed as leave during
the next claim's commit, whose duration is measured: three rows at Telegram's pace on an idle machine.
"""

import asyncio
import math
import time
from collections.abc import Callable, Sequence

from bot.announcing.breaker import Breaker
from bot.channel import Channel
from bot.sending.courier import Courier
from bot.setup.loops import Loops, woken
from storage.agenda import of_channel
from storage.announcements import delivery
from storage.post.sending import Outcome
from storage.store import Store

LOOK_SECONDS = 1.0
_UNPACED = 40.0  # messages per second on a channel without a limit
_LEAST_AHEAD = 3
_COMMITS_AHEAD = 3.0  # the pending one, and a slower one
_SPARE_SECONDS, _MOST_SECONDS = 0.04, 0.5
_MEMORY = 0.2  # weight of the latest commit in the average


class Carrier:
    """One channel's announcements in this process; `speaks` tells whether it has the account's lease."""

    def __init__(
        self,
        *,
        store: Store,
        courier: Courier,
        channel: Channel,
        speaks: Callable[[], bool],
        loops: Loops | None = None,
    ) -> None:
        self.breaker = Breaker(channel.name, store.clock)
        self._store = store
        self._courier = courier
        self._channel = channel
        self._speaks = speaks
        self._loops = loops or Loops()
        self._rate = channel.pacer.rate if channel.pacer else _UNPACED
        self._commit_seconds = 0.02
        self._out = 0
        self._news = asyncio.Event()
        self._wake = self._loops.bell(f"announcing-{channel.name}", of_channel(channel.name)[-1])

    def wake(self) -> None:
        """Look for work now."""
        self._wake.set()

    async def run(self) -> None:
        """Run until cancelled."""
        await self._loops.keep(
            f"announcing-{self._channel.name}", self._carry, rest=self._wake.every(LOOK_SECONDS)
        )

    async def _carry(self) -> bool:
        busy = await self.carry_some()
        if busy:
            await self._until_there_is_room()
        return busy

    async def carry_some(self) -> bool:
        """Claim and send what may leave now; True: there may be more."""
        courier, name = self._courier, self._channel.name
        if courier.ending or courier.deliveries.held(name) or not self._speaks():
            self._settle()
            return False
        room = self.breaker.room(self.ahead - self._queued, self._out)
        only = await courier.present_chats(self._channel)
        if room <= 0 or only == []:
            return room <= 0 < self._out
        quiet = courier.deliveries.quiet
        if not self._out and not await self._store.read(delivery.has_due, channel=name, urgent_only=quiet):
            self._settle()
            return False
        began = time.monotonic()
        rows = await self._store.write(
            delivery.claim_due, channel=name, owner=courier.owner, limit=room, urgent_only=quiet, only=only
        )
        self._commit_seconds += _MEMORY * (time.monotonic() - began - self._commit_seconds)
        self._out += len(rows)
        courier.carry_rows(rows, self._judge)
        return bool(rows)

    def _settle(self) -> None:
        """Record withheld outcomes once no pending call can show an outage."""
        if not self._out:
            self._courier.note(self.breaker.settle())

    def _judge(self, outcome: Outcome) -> Sequence[Outcome]:
        self._out -= 1
        self._news.set()
        self._wake.set()
        return self.breaker.judge(outcome)

    @property
    def ahead(self) -> int:
        """Number of rows to have claimed ahead."""
        seconds = min(_COMMITS_AHEAD * self._commit_seconds + _SPARE_SECONDS, _MOST_SECONDS)
        return max(_LEAST_AHEAD, math.ceil(self._rate * seconds))

    @property
    def _queued(self) -> int:
        """Number of claimed rows that have not left; without a pacer, those without an outcome."""
        pacer = self._channel.pacer
        return self._out if pacer is None else min(pacer.queued, self._out)

    async def _until_there_is_room(self) -> None:
        """Wait until a third of the claimed rows has left, so that one commit claims several."""
        await asyncio.sleep(0)  # the rows just claimed queue at the pacer
        while self._out and self._queued > self.ahead * 2 // 3:
            await woken(self._news, 1 / self._rate)
            self._news.clear()
