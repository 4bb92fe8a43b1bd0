"""Limit on people written to first in 24 hours: 250 for a new account; the provider refuses more."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.channel import Clock, Held

DAY = timedelta(hours=24)
DAILY_LIMIT = "daily_limit"
_LOOK_AGAIN = timedelta(minutes=5)  # other processes write to people as well
_SOONEST_SECONDS = 60.0

Recent = Callable[[datetime], Awaitable[Mapping[int, datetime]]]


class Recipients:
    """People written to first in the last 24 hours; `limit` 0: no limit.

    Args:
        recent: returns chats written to first since a time, with the time.
    """

    def __init__(self, *, limit: int, clock: Clock, recent: Recent) -> None:
        self._limit = limit
        self._clock = clock
        self._recent = recent
        self._written: dict[int, datetime] = {}
        self._looked_at: datetime | None = None
        self._looking = asyncio.Lock()

    async def take(self, chat: int) -> bool:
        """Count the chat as written to first; return whether it is a new one.

        Raises:
            Held: the limit is reached.
        """
        if not self._limit:
            return False
        async with self._looking:
            await self._look()
        now = self._clock()
        more = chat not in self._written
        if more and len(self._written) >= self._limit:
            free_at = min(self._written.values()) + DAY
            wait = max((free_at - now).total_seconds(), _SOONEST_SECONDS)
            raise Held(DAILY_LIMIT, again_after_seconds=wait)
        self._written[chat] = now
        return more

    def give_back(self, chat: int) -> None:
        """Remove a chat that was not written to."""
        self._written.pop(chat, None)

    async def _look(self) -> None:
        now = self._clock()
        if self._looked_at is None or now - self._looked_at >= _LOOK_AGAIN:
            found = await self._recent(now - DAY)
            self._looked_at = now
            for chat, at in found.items():
                self._written[chat] = max(at, self._written.get(chat, at))
        if self._written and min(self._written.values()) <= now - DAY:
            self._written = {chat: at for chat, at in self._written.items() if at > now - DAY}
