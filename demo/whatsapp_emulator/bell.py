"""Waiting for a condition, woken by events."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung at every change; waiters then check their condition."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake all waiters."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def until(self, found: Callable[[], T | None], *, within: float, missing: Callable[[], str]) -> T:
        """Wait until `found` returns a true value, and return it.

        Raises:
            AssertionError: not within `within` seconds; its text is what `missing` returns then.
        """
        try:
            async with asyncio.timeout(within):
                while True:
                    value = found()
                    if value:
                        return value
                    await self._rung.wait()
        except TimeoutError:
            raise AssertionError(f"not within {within} s: {missing()}") from None
