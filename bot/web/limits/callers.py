"""Who is connected to the chat, and how much each of them says."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from bot.web.limits.quotas import Buckets, Quotas, QuotaTally, shared

SILENT_SECONDS = 60.0
"""A new browser says something at once: our page does so by itself."""
KNOWN_SILENT_SECONDS = 15 * 60.0
"""A browser that comes back may only look on; after this time it comes back once more and is shown what it missed."""
QUIET_SECONDS = 300.0
"""Who has said nothing for so long gives way when there are too many; their page comes back by itself."""
_WAIT_SECONDS = 4.0
_PING = 0.1
_LONG = 500
_LONGEST = 8


class Caller(Protocol):
    """One open tab."""

    address: str
    source: str

    def end(self, key: str) -> None:
        """End it with a sentence."""
        ...


class Callers:
    """The open tabs of this process."""

    def __init__(self, quotas: Quotas, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.quotas = quotas
        self._clock = clock
        self._of_sources = QuotaTally(quotas.tabs * quotas.factor)
        self._silent: dict[Caller, None] = {}
        self._speaking: dict[Caller, float] = {}
        self._buckets = Buckets(clock)

    def refusal(self, caller: Caller) -> str | None:
        """Give the key of the sentence why one more cannot be let in; None where there is room, or somebody gave way."""
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
        """Count it no more."""
        if caller in self._silent or caller in self._speaking:
            self._of_sources.give(caller.source)
        self._silent.pop(caller, None)
        self._speaking.pop(caller, None)

    async def wait_to_speak(self, caller: Caller, length: int) -> bool:
        """Let a message wait for its turn, a few seconds at most; False when it has to come again later.

        A long text counts as up to nine messages: that is what it costs to understand.
        """
        self._note_word(caller)
        until = self._clock() + _WAIT_SECONDS
        while not self._take("messages", caller, 1.0 + min(length // _LONG, _LONGEST)):
            if self._clock() >= until:
                return False
            await asyncio.sleep(0.5)
        return True

    def may_ping(self, caller: Caller) -> bool:
        """Tell whether our page's question for life is to be answered."""
        return self._take("messages", caller, _PING)

    def may_send(self, caller: Caller, count: int) -> bool:
        """Tell whether a message of so many bytes may be read now."""
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
            self._speaking[caller] = self._clock()  # the quietest stands first

    def _quietest(self) -> Caller | None:
        caller = next(iter(self._speaking), None)
        if caller is None or self._clock() - self._speaking[caller] < QUIET_SECONDS:
            return None
        return caller
