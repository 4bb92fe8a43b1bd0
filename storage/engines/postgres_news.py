"""Hears from other processes on one PostgreSQL that something is due, over a connection that listens."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

import asyncpg

from storage.engines.alchemy import AsyncConnection
from storage.engines.postgres_line import CHANNEL, drop, raw_of

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
_FAILURES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


class News:
    """Whether anything was told; while nothing can be heard, everything may be new.

    A connection counts once it heard its own first notice from its own server process. A pooler that lends another
    server connection to every transaction takes LISTEN, and may even deliver that notice, but hardly any other.

    Args:
        connect: opens a connection of its own.
        failures: what `connect` raises.
    """

    def __init__(
        self, connect: Callable[[], Awaitable[AsyncConnection]], failures: tuple[type[Exception], ...]
    ) -> None:
        self._connect = connect
        self._failures = (*failures, *_FAILURES)
        self._connection: AsyncConnection | None = None
        self._hears = False
        self._told = True
        self._pause = FIRST_PAUSE_SECONDS
        self._again_at = 0.0

    async def any(self) -> bool:
        """Whether anything may have been told since the last call."""
        if self._connection is None or raw_of(self._connection).is_closed():
            await self._listen()
        told, self._told = self._told, False
        return told or not self._hears

    async def close(self) -> None:
        """Stop listening."""
        connection, self._connection, self._hears = self._connection, None, False
        if connection is not None:
            await drop(connection)

    async def _listen(self) -> None:
        """Connect, unless that failed a moment ago."""
        await self.close()
        if monotonic() < self._again_at:
            return
        self._again_at = monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        try:
            self._connection = await self._connect()
            raw = raw_of(self._connection)
            await raw.add_listener(CHANNEL, self._heard)
            await raw.execute(f"NOTIFY {CHANNEL}")
        except self._failures:
            await self.close()

    def _heard(self, connection: Any, notifier: int, *_about: Any) -> None:
        self._told = True
        if notifier == connection.get_server_pid():  # which a pooler does not pass on
            self._hears = True
            self._pause = FIRST_PAUSE_SECONDS
