"""Telegram's limits on sending: 30 a second in total, 1 a second per chat, 20 a minute per group."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emulators.telegram.refusals import too_many


@dataclass(slots=True)
class Window:
    """At most `most` in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait_at(self, now: float) -> float:
        """How long to wait at `now`; 0 = there is room."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return 0.0 if len(self.times) < self.most else self.times[0] + self.seconds - now


@dataclass(slots=True, kw_only=True)
class RateLimits:
    """Refuse with 429 what is too fast. Off by default; None switches one limit off.

    `chat_burst` messages may follow each other in one chat before one a second is enforced (Telegram's own tolerance is
    not documented; 1 is the strictest reading). A refused call does not count.
    """

    total: int | None = None
    per_chat_seconds: float | None = None
    chat_burst: int = 1
    group_per_minute: int | None = None
    clock: Callable[[], float]
    refused: int = 0
    _total: Window | None = None
    _chats: dict[int, Window] = field(default_factory=dict)

    def enforce(
        self, *, total: int | None = 30, per_chat_seconds: float | None = 1.0, chat_burst: int = 1
    ) -> None:
        """Start refusing what is faster than this."""
        self.total, self.per_chat_seconds, self.chat_burst = total, per_chat_seconds, chat_burst
        self.group_per_minute = 20
        self._total = Window(total, 1.0) if total else None
        self._chats.clear()

    def check(self, chat: int) -> None:
        """Count one message to the chat.

        Raises:
            Refused: 429 with retry_after in whole seconds.
        """
        now = self.clock()
        windows = [window for window in (self._total, self._window_of(chat)) if window]
        wait = max((window.wait_at(now) for window in windows), default=0.0)
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        for window in windows:
            window.times.append(now)

    def _window_of(self, chat: int) -> Window | None:
        if chat not in self._chats:
            if chat < 0 and self.group_per_minute:
                self._chats[chat] = Window(self.group_per_minute, 60.0)
            elif self.per_chat_seconds:
                self._chats[chat] = Window(self.chat_burst, self.per_chat_seconds * self.chat_burst)
        return self._chats.get(chat)
