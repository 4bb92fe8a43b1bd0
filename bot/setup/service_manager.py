"""The service manager (systemd): the socket it passes, readiness, and the watchdog.

The protocols are those of sd_notify(3) and sd_listen_fds(3): variables of the environment, datagrams of text,
and descriptors from 3 on. Without these variables nothing happens.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Self

import structlog

from bot.setup.settings import BadSetting

_PASSED_DESCRIPTOR = 3
_NOT_READY_SECONDS = 0.2

log = structlog.get_logger(__name__)


class ServiceManager:
    """Tells the service manager how this process is.

    Args:
        address: where it listens; empty: nobody does.
        within: seconds within which it wants a sign of life; None: it wants none.
    """

    def __init__(self, address: str = "", within: float | None = None) -> None:
        self._address, self._within = address, within

    @classmethod
    def of(cls, environment: MutableMapping[str, str] = os.environ) -> Self:
        """The one of the environment; takes its variables out, because child processes must not speak to it."""
        address = environment.pop("NOTIFY_SOCKET", "")
        microseconds = environment.pop("WATCHDOG_USEC", "")
        ours = environment.pop("WATCHDOG_PID", "") in ("", str(os.getpid()))
        watched = ours and microseconds.isascii() and microseconds.isdigit() and int(microseconds) > 0
        return cls(address, int(microseconds) / 1_000_000 if watched else None)

    async def watch(self, ready: Callable[[], Awaitable[bool]], stuck: Callable[[], list[str]]) -> None:
        """Tell that the process is ready once it is, then that it lives for as long as no loop is stuck.

        An unavailable database is no reason for a restart: its loops fail and go on. A blocked event loop
        gives no sign of life either, because this is one of its tasks.
        """
        if not self._address:
            return
        while not await ready():  # noqa: ASYNC110 (nobody tells it)
            await asyncio.sleep(_NOT_READY_SECONDS)
        self.tell("READY=1")
        while self._within is not None:
            if not (names := stuck()):
                self.tell("WATCHDOG=1")
            else:
                log.error("manager.loops_stuck", loops=names)
            await asyncio.sleep(self._within / 3)

    def stopping(self) -> None:
        """Tell that the process finishes its work and ends."""
        self.tell("STOPPING=1")

    def tell(self, words: str) -> None:
        """Send one message; a manager that does not listen changes nothing."""
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.settimeout(0)
            line.sendto(words.encode(), address)


def passed_socket(environment: MutableMapping[str, str] = os.environ) -> socket.socket | None:
    """The listening socket that the service manager opened for us, None without one.

    It stays open while no process runs, so that clients of a restart wait instead of being refused.

    Raises:
        BadSetting: it is not one TCP socket.
    """
    count, for_us = environment.pop("LISTEN_FDS", ""), environment.pop("LISTEN_PID", "") == str(os.getpid())
    environment.pop("LISTEN_FDNAMES", None)
    if not for_us or count in ("", "0"):
        return None
    try:
        line = socket.socket(fileno=_PASSED_DESCRIPTOR)
        line.set_inheritable(False)
        listens = line.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
    except OSError:
        raise BadSetting("LISTEN_FDS promises a socket that was not passed.") from None
    if count != "1" or not listens or line.family not in (socket.AF_INET, socket.AF_INET6):
        line.detach()
        raise BadSetting("LISTEN_FDS should pass one TCP socket: one ListenStream= with address and port.")
    return line
