"""Connects to one of the hosts that an address names, and introduces this process to the server."""

import asyncio
import os
import platform
from collections.abc import Iterable
from typing import Any

import asyncpg

CONNECT_SECONDS = 3.0  # for one host: a server that hangs takes connections and says nothing
HEAD_START_SECONDS = 0.3  # of a host before the next one; a server nearby answers within milliseconds
REFUSALS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_LONGEST_NAME = 63  # PostgreSQL cuts longer names

Place = tuple[str, int]


class Hosts:
    """Opens connections to the first host that accepts; the host that accepted last has the head start."""

    def __init__(self) -> None:
        self._accepted: Place | None = None

    async def connect(self, *, host: Any = None, port: Any = None, **more: Any) -> asyncpg.Connection:
        """A connection to one of the hosts; a host that hangs or is no primary does not keep others waiting.

        Raises:
            OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError: no host accepts.
        """
        more["server_settings"] = {"application_name": more.pop("application_name", None) or own_name()}
        if not isinstance(host, list):
            return await asyncpg.connect(host=host, port=port, timeout=CONNECT_SECONDS, **more)
        places = sorted(zip(host, port, strict=True), key=lambda place: place != self._accepted)
        trying: dict[asyncio.Future[asyncpg.Connection], Place] = {}
        said: BaseException = OSError("the address names no host")
        try:
            while places or trying:
                if places:
                    one, at = places.pop(0)
                    opening = asyncpg.connect(host=one, port=at, timeout=CONNECT_SECONDS, **more)
                    trying[asyncio.ensure_future(opening)] = one, at
                wait = HEAD_START_SECONDS if places else None
                done, _ = await asyncio.wait(trying, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
                for opened in done:
                    failure = opened.exception()
                    if failure is None:
                        self._accepted = trying.pop(opened)
                        return opened.result()
                    trying.pop(opened)
                    said = failure
        finally:
            _give_up(trying)
        raise said


def own_name() -> str:
    """Name of this process in the server's list of connections (`application_name`)."""
    machine = "".join(one for one in platform.node() if one.isascii() and one.isprintable())
    return f"loket {os.getpid()} {machine}"[:_LONGEST_NAME]


def _give_up(opening: Iterable[asyncio.Future[asyncpg.Connection]]) -> None:
    """Cancel attempts, and close what they open nevertheless."""
    for one in opening:
        one.cancel()
        one.add_done_callback(_close)


def _close(opened: asyncio.Future[asyncpg.Connection]) -> None:
    if not opened.cancelled() and opened.exception() is None:
        opened.result().terminate()
