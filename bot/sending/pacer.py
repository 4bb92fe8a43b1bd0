"""The pacer: one rate limit per account, with priorities.

rate       one message per even interval in total; a burst at the start or after a pause would cause a 429
window     number of calls without an answer; pushes leave a quarter of it to replies
order      replies, then pushes, then announcements; first come, first served within each
one chat   replies may burst to `burst`, then one per `spacing` seconds; a push waits for the spacing
hold       after a 429 on a push, all pushes wait; on a reply, its chat waits. An announcement is sent back at
           once instead of waiting: if the process were killed meanwhile, its outcome would be unknown

A caller waits at most `patience` seconds, less than an outbox lease: then `Throttled`.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.channel import Throttled

REPLY, ANNOUNCEMENT = 0, 2
LATE = 0.002  # a grant late by up to this is made up for, since timers are late by a millisecond …
EASE = 0.996  # … and this much below the limit, so that no second has one message too many
MANY = 4096


class Timer(Protocol):
    """Handle of a scheduled call."""

    def cancel(self) -> None:
        """Cancel the call."""
        ...


Later = Callable[[float, Callable[[], None]], Timer]


@dataclass(slots=True, eq=False)
class _Asked:
    chat: str
    push: bool
    until: float
    granted: asyncio.Future[None]


def _later(seconds: float, wake: Callable[[], None]) -> Timer:
    return asyncio.get_running_loop().call_later(seconds, wake)


class Pacer:
    """Grants the next message. `clock` is monotonic, in seconds; `rate` is per second.

    `replies` counts granted replies.
    """

    def __init__(
        self,
        *,
        rate: float,
        clock: Callable[[], float],
        later: Later = _later,
        spacing: float = 1.0,
        burst: int = 3,
        window: int | None = None,
        patience: float = 8.0,
    ) -> None:
        self.replies = 0
        self.rate = rate
        self._every = 1 / (rate * EASE)
        self._clock = clock
        self._later = later
        self._spacing = spacing
        self._slack = (burst - 1) * spacing
        self._window = window or max(4, math.ceil(rate / 2))
        self._push_window = self._window - max(1, self._window // 4)
        self._patience = patience
        self._next_at = -math.inf
        self._out = 0
        self._rested_at: dict[str, float] = {}
        self._held_until: dict[str, float] = {}
        self._pushes_held_until = -math.inf
        self._queues: tuple[deque[_Asked], ...] = (deque(), deque(), deque())
        self._timer: Timer | None = None

    async def turn(self, chat: str, *, priority: int = REPLY) -> None:
        """Return when a message to the chat may be sent; the caller must then call `done`.

        Raises:
            Throttled: the wait would exceed the patience, or it is an announcement and pushes are held;
                nothing was granted.
        """
        now = self._clock()
        push = priority > REPLY
        self._refuse_held(chat, priority, now)
        if not any(self._queues[: priority + 1]) and self._may_leave(chat, push, now):
            self._grant(chat, now)
            self.replies += not push
            return
        asked = _Asked(chat, push, now + self._patience, asyncio.get_running_loop().create_future())
        queue = self._queues[priority]
        queue.append(asked)
        self._pump()
        try:
            await asked.granted
        except asyncio.CancelledError:
            self._forget(asked, queue)
            raise

    def done(self) -> None:
        """Record that a granted message was answered (or never will be)."""
        self._out -= 1
        if any(self._queues):
            self._pump()

    def hold(self, chat: str, seconds: float, *, push: bool) -> None:
        """Obey a 429: of a push → all pushes wait; of a reply → its chat waits. No hold is shortened."""
        until = self._clock() + seconds
        if push:
            self._pushes_held_until = max(self._pushes_held_until, until)
            self._send_back_announcements()
        else:
            self._held_until[chat] = max(self._held_until.get(chat, until), until)

    def leave_room(self, per_second: float) -> None:
        """Reserve capacity for other processes on this account; a tenth of the rate remains in any case."""
        self._every = 1 / (max(self.rate - per_second, self.rate / 10) * EASE)

    @property
    def queued(self) -> int:
        """Number of waiting pushes and announcements."""
        return len(self._queues[1]) + len(self._queues[2])

    def held(self, chat: str) -> bool:
        """Whether replies to this chat are held."""
        return self._held_until.get(chat, -math.inf) > self._clock()

    def _ready_at(self, chat: str, push: bool) -> float:  # noqa: FBT001 (private, called on the hot path)
        """Earliest time by the chat's limits (for a push also the channel's hold), without the total rate."""
        rested = self._rested_at.get(chat, -math.inf)
        held = self._held_until.get(chat, -math.inf)
        return max(rested, held, self._pushes_held_until) if push else max(rested - self._slack, held)

    def _may_leave(self, chat: str, push: bool, now: float) -> bool:  # noqa: FBT001 (as above)
        room = self._push_window if push else self._window
        return self._out < room and now >= self._next_at and now >= self._ready_at(chat, push)

    def _refuse_held(self, chat: str, priority: int, now: float) -> None:
        pushes = self._pushes_held_until if priority > REPLY else -math.inf
        held = max(self._held_until.get(chat, -math.inf), pushes)
        patience = 0.0 if priority == ANNOUNCEMENT and pushes > now else self._patience
        if held - now > patience:
            raise Throttled(held - now, whole_channel=pushes == held)

    def _send_back_announcements(self) -> None:
        wait = self._pushes_held_until - self._clock()
        queue = self._queues[ANNOUNCEMENT]
        while queue and wait > 0:
            asked = queue.popleft()
            if not asked.granted.done():
                asked.granted.set_exception(Throttled(wait, whole_channel=True))

    def _grant(self, chat: str, now: float) -> None:
        self._out += 1
        self._next_at = max(self._next_at, now - LATE) + self._every
        self._rested_at[chat] = max(self._rested_at.get(chat, now), now) + self._spacing
        if len(self._rested_at) > MANY:
            self._rested_at = {chat: at for chat, at in self._rested_at.items() if at > now}
            self._held_until = {chat: at for chat, at in self._held_until.items() if at > now}

    def _pump(self) -> None:
        """Grant what may be sent, give up what waited too long, and set the timer."""
        now = self._clock()
        self._give_up(now)
        while self._out < self._window and now >= self._next_at:
            found = self._first(now)
            if found is None:
                break
            queue, asked = found
            queue.remove(asked)
            if not asked.granted.done():
                self._grant(asked.chat, now)
                self.replies += not asked.push
                asked.granted.set_result(None)
        self._set_timer(now)

    def _first(self, now: float) -> tuple[deque[_Asked], _Asked] | None:
        for queue in self._queues:
            if queue and not (queue[0].push and now < self._pushes_held_until):
                for asked in queue:
                    if self._may_leave(asked.chat, asked.push, now):
                        return queue, asked
        return None

    def _give_up(self, now: float) -> None:
        for queue in self._queues:
            while queue and queue[0].until <= now:
                asked = queue.popleft()
                if not asked.granted.done():
                    wait = max(self._ready_at(asked.chat, asked.push) - now, self._spacing)
                    whole = asked.push and self._pushes_held_until > now
                    asked.granted.set_exception(Throttled(wait, whole_channel=whole))

    def _set_timer(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if any(self._queues):
            chances = [queue[0].until for queue in self._queues if queue]
            chances += [self._chance(queue) for queue in self._queues if queue]
            self._timer = self._later(max(min(chances) - now, 0.0), self._pump)

    def _chance(self, queue: deque[_Asked]) -> float:
        """Earliest time at which one of the queue may be sent, if no answer arrives before."""
        if self._out >= (self._push_window if queue[0].push else self._window):
            return math.inf
        soonest = math.inf
        for asked in queue:
            soonest = min(soonest, max(self._ready_at(asked.chat, asked.push), self._next_at))
            if soonest <= self._next_at or (asked.push and soonest <= self._pushes_held_until):
                break
        return soonest

    def _forget(self, asked: _Asked, queue: deque[_Asked]) -> None:
        """Remove a cancelled caller, which may already have its grant."""
        if asked in queue:
            queue.remove(asked)
        elif asked.granted.done() and not asked.granted.cancelled() and asked.granted.exception() is None:
            self.done()
