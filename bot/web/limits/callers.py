"""Connected tabs, and limits on their messages."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from bot.http.rates import Buckets, shared
from bot.web.limits.quotas import Quotas, QuotaTally

SILENT_SECONDS = 60.0
"""For a new browser; our page sends something at once."""
KNOWN_SILENT_SECONDS = 15 * 60.0
"""For a returning browser, which may only read; afterwards it reconnects and gets what it missed."""
QUIET_SECONDS = 300.0
"""After such a silence a tab may be closed to make room; its page reconnects."""
_WAIT_SECONDS = 4.0
_PING = 0.1
_LONG = 500
_LONGEST = 8


class Caller(Protocol):
    """One open tab."""

    address: str
    source: str

    def end(self, key: str) -> None:
        """End it with a message."""
        ...


class Callers:
    """Open tabs of this process."""

    def __init__(self, quotas: Quotas, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.quotas = quotas
        self._clock = clock
        self._of_sources = QuotaTally(quotas.tabs * quotas.factor)
        self._silent: dict[Caller, None] = {}
        self._speaking: dict[Caller, float] = {}
        self._buckets = Buckets(clock)

    def refusal(self, caller: Caller) -> str | None:
        """Key of the refusal for one more tab; None if there is room, or a silent tab was closed."""
        if self._of_sources.full(caller.source):
            return "web-many-of-address"
        if len(self._silent) + len(self._speaking) < self.quotas.sockets:
            return None
        quiet = next(iter(self._silent), None) or self._quietest()
        if quiet is None:
            return "web-full"
        self.leave(quiet)
        quiet.end("web-line-quiet")
        return None

    def join(self, caller: Caller) -> None:
        """Count a tab."""
        self._silent[caller] = None
        self._of_sources.take(caller.source)

    def leave(self, caller: Caller) -> None:
        """Stop counting a tab."""
        if caller in self._silent or caller in self._speaking:
            self._of_sources.give(caller.source)
        self._silent.pop(caller, None)
        self._speaking.pop(caller, None)

    async def wait_to_speak(self, caller: Caller, length: int) -> bool:
        """Delay a message by its rate limit, for a few seconds; False: it must be repeated later.

        A long text counts as up to nine messages, as it costs as much.
        """
        self._note_word(caller)
        until = self._clock() + _WAIT_SECONDS
        while not self._take("messages", caller, 1.0 + min(length // _LONG, _LONGEST)):
            if self._clock() >= until:
                return False
            await asyncio.sleep(0.5)
        return True

    def may_ping(self, caller: Caller) -> bool:
        """Whether to answer a ping of our page."""
        return self._take("messages", caller, _PING)

    def may_send(self, caller: Caller, count: int) -> bool:
        """Whether a message of `count` bytes may be parsed now."""
        rate, quotas = self.quotas.large, self.quotas
        return count <= quotas.small_bytes or self._buckets.take(
            [
                (f"large {caller.address}", rate),
                *shared("large", caller.source, rate, quotas.large_factor),
                ("large", quotas.large_in_total),
            ],
            count,
        )

    def _take(self, what: str, caller: Caller, amount: float) -> bool:
        rate = self.quotas.messages
        wanted = [(f"{what} {caller.address}", rate), *shared(what, caller.source, rate, self.quotas.factor)]
        return self._buckets.take(wanted, amount)

    def _note_word(self, caller: Caller) -> None:
        if caller in self._silent or caller in self._speaking:
            self._silent.pop(caller, None)
            self._speaking.pop(caller, None)
            self._speaking[caller] = self._clock()  # ordered by time, the most silent first

    def _quietest(self) -> Caller | None:
        caller = next(iter(self._speaking), None)
        if caller is None or self._clock() - self._speaking[caller] < QUIET_SECONDS:
            return None
        return caller
