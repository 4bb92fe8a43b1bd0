"""Limits of one process for strangers: connections, sockets, messages, bytes (docs/decisions/0034).

A chat's limit is what one person can use. A source's limit is that times a factor, because a village or a
mobile provider may share one address. The total is what the process can carry.
"""

import resource
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from bot.http.rates import Rate
from domain.people.networks import tiers_of

KIBIBYTE, MEBIBYTE = 1024, 1024 * 1024
DESCRIPTORS_AT_MOST = 65_536
CONNECTIONS = 5000
BACKLOG = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """Limits of one process. `factor` is web_address_factor of the office file.

    Args:
        connections: TCP connections in total; other descriptors are for the database and calls to providers.
        backlog: connections that may wait to be accepted, all of which may be accepted at once.
    """

    connections: int = CONNECTIONS
    backlog: int = BACKLOG
    factor: int = 20
    tabs: int = 8
    requests: Rate = Rate(per_minute=60, burst=30)
    requests_at_once: int = 4
    messages: Rate = Rate(per_minute=30, burst=20)
    # Bytes of messages above `small_bytes`; a photo of 5 MB has 6.7 MB in base64, a reduced one 0.4.
    large: Rate = Rate(per_minute=12 * MEBIBYTE, burst=12 * MEBIBYTE)
    large_factor: int = 4
    large_in_total: Rate = Rate(per_minute=120 * MEBIBYTE, burst=24 * MEBIBYTE)
    # A text of 4,096 characters of four bytes, plus its frame.
    small_bytes: int = 20 * KIBIBYTE
    # Each of these bytes occupies about four while the message is processed.
    held_bytes_of_source: int = 8 * MEBIBYTE
    held_bytes: int = 12 * MEBIBYTE
    body_bytes: int = 32 * MEBIBYTE

    @classmethod
    def of(cls, *, descriptors: int, factor: int) -> Self:
        """Limits for so many file descriptors; a quarter of them, at most 512, is reserved."""
        connections = min(CONNECTIONS, descriptors - min(512, descriptors // 4))
        spare = max(descriptors - connections, 2)
        return cls(connections=connections, backlog=min(BACKLOG, spare // 2), factor=factor)

    @property
    def sockets(self) -> int:
        """Chat sockets in total; a quarter of the connections is for pages, webhooks and health."""
        return self.connections * 3 // 4

    @property
    def connections_of_source(self) -> int:
        """Connections per address: its chat sockets, and half as many for pages."""
        return self.tabs * self.factor * 3 // 2


def raise_descriptor_limit() -> int:
    """Raise the soft limit of open files to the hard one, at most 65,536; return the new limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS_AT_MOST if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS_AT_MOST)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # some systems forbid it
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return DESCRIPTORS_AT_MOST if soft == resource.RLIM_INFINITY else soft


class QuotaTally:
    """Counts open items of each source, in all its networks."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[str, int] = {}

    def full(self, source: str) -> bool:
        """Whether one of the source's networks is at its limit."""
        return any(self._open.get(name, 0) >= self._most * room for name, room in tiers_of(source))

    def take(self, source: str) -> None:
        """Add one."""
        for name, _ in tiers_of(source):
            self._open[name] = self._open.get(name, 0) + 1

    def give(self, source: str) -> None:
        """Remove one."""
        for name, _ in tiers_of(source):
            left = self._open.get(name, 0) - 1
            if left > 0:
                self._open[name] = left
            else:
                self._open.pop(name, None)
