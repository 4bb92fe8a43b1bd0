"""The queue of browsers' turns; those with the fewest recent turns go first."""

import asyncio
import heapq
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.channel import Busy, Heard
from domain.people.networks import tiers_of

AT_ONCE = 8
"""Enough turns to share a commit, few enough for a short wait."""
_LONG_CHARACTERS = 400
WAIT_SECONDS = 8.0
"""Then the message must be sent again. Our page reconnects after 15 s without any answer."""
_HALVES_SECONDS = 10.0
_SWEEP_FROM = 1024
_FORGOTTEN = 0.05


class FairQueue:
    """Runs a few turns at a time.

    Args:
        factor: number of chats that one address may have before its messages rank behind others.
    """

    def __init__(self, *, factor: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._factor = factor
        self._clock = clock
        self._running = 0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._had: dict[str, tuple[float, float]] = {}
        self._sweep_at = _SWEEP_FROM

    @asynccontextmanager
    async def place(self, heard: Heard) -> AsyncIterator[None]:
        """Wait for a place and occupy it.

        Raises:
            Busy: none became free in time.
        """
        await self._enter(self._count(heard))
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, had: float) -> None:
        if self._running < AT_ONCE:
            self._running += 1
            return
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (had, next(self._numbers), ready))
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await ready
        except BaseException as why:
            if ready.done() and not ready.cancelled():
                self._leave()  # the place was assigned at the same moment
            if isinstance(why, TimeoutError):
                raise Busy("busy") from None
            raise

    def _leave(self) -> None:
        """Pass the place to the next in line."""
        while self._waiting:
            ready = heapq.heappop(self._waiting)[2]
            if not ready.done():
                ready.set_result(None)
                return
        self._running -= 1

    def _count(self, heard: Heard) -> float:
        """Add the message's cost; return recent costs of its chat, or of a chat's share of its address."""
        shares = [(heard.address, 1.0)]
        shares += [(name, 1.0 / (self._factor * room)) for name, room in tiers_of(heard.source or "")]
        now = self._clock()
        had = [self._lately(name, now) for name, _ in shares]
        # A long text is compared with all examples, which costs as much as several short ones.
        cost = 1.0 + len(heard.text) / _LONG_CHARACTERS
        for (name, _), count in zip(shares, had, strict=True):
            self._had[name] = (count + cost, now)
        self._sweep(now)
        return max(count * share for count, (_, share) in zip(had, shares, strict=True))

    def _lately(self, name: str, now: float) -> float:
        count, since = self._had.get(name, (0.0, now))
        return float(count * 0.5 ** ((now - since) / _HALVES_SECONDS))

    def _sweep(self, now: float) -> None:
        if len(self._had) < self._sweep_at:
            return
        self._had = {name: kept for name, kept in self._had.items() if self._lately(name, now) > _FORGOTTEN}
        self._sweep_at = max(_SWEEP_FROM, 2 * len(self._had))
