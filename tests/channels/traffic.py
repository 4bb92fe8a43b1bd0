"""A manual clock, and callers of a pacer that use it instead of sleeping."""

import asyncio
import heapq
import itertools
from collections.abc import Callable

from bot.channel import Throttled
from bot.sending.pacer import Pacer

REPLY, PUSH, ANNOUNCEMENT = 0, 1, 2


class Hand:
    """A clock that is moved by hand, and its timers."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._count = itertools.count()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._cancelled: set[int] = set()

    def __call__(self) -> float:
        return self.now

    def later(self, seconds: float, wake: Callable[[], None]) -> "HandTimer":
        number = next(self._count)
        heapq.heappush(self._timers, (self.now + seconds, number, wake))
        return HandTimer(number, self._cancelled)

    async def advance(self, seconds: float) -> None:
        until = self.now + seconds
        await settle()
        while self._timers and self._timers[0][0] <= until:
            at, number, wake = heapq.heappop(self._timers)
            self.now = max(self.now, at)
            if number not in self._cancelled:
                wake()
            await settle()
        self.now = until


class HandTimer:
    def __init__(self, number: int, cancelled: set[int]) -> None:
        self._number, self._cancelled = number, cancelled

    def cancel(self) -> None:
        self._cancelled.add(self._number)


async def settle() -> None:
    for _ in range(4):
        await asyncio.sleep(0)


class Traffic:
    """Callers of one pacer; `left` notes what left when: (time, chat, priority)."""

    def __init__(self, tasks: asyncio.TaskGroup, *, answers_after: float | None = 0.0, **how) -> None:
        self.hand = Hand()
        self.pacer = Pacer(clock=self.hand, later=self.hand.later, **how)
        self.left: list[tuple[float, str, int]] = []
        self.refused: list[tuple[float, str, Throttled]] = []
        self._tasks = tasks
        self._answers_after = answers_after

    def ask(self, chat: str, priority: int = REPLY) -> asyncio.Task[None]:
        return self._tasks.create_task(self._call(chat, priority))

    async def _call(self, chat: str, priority: int) -> None:
        try:
            await self.pacer.turn(chat, priority=priority)
        except Throttled as throttled:
            self.refused.append((self.hand.now, chat, throttled))
            return
        self.left.append((self.hand.now, chat, priority))
        if self._answers_after == 0.0:
            self.pacer.done()
        elif self._answers_after is not None:
            self.hand.later(self._answers_after, self.pacer.done)


def most_in_a_second(times: list[float]) -> int:
    return max((sum(start <= one < start + 1.0 for one in times) for start in times), default=0)
