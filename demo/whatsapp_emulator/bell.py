"""Waiting for something to become true, woken by events instead of sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung at every change; who waits looks again at each ring."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Tell everybody who waits that something changed."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def until(self, found: Callable[[], T | None], *, within: float, missing: Callable[[], str]) -> T:
        """Wait until `found` gives something that counts as true, and give it.

        Raises:
            AssertionError: not within `within` seconds; its text is what `missing` says then.
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
