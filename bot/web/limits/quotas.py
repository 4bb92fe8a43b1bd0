"""How much a stranger may take of this process: connections, sockets, messages, bytes. docs/decisions/0034 has the reasons.

A chat's own limit is what one person can use. A source's limit is the chat's times a factor, because a village or a mobile
provider may share one address. The limit in total is what this process can carry.
"""

import resource
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from domain.people.networks import tiers_of

KIBIBYTE, MEBIBYTE = 1024, 1024 * 1024
DESCRIPTORS_AT_MOST = 65_536
CONNECTIONS = 5000
BACKLOG = 2048
_SWEEP_FROM = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many a minute, and at most so many at once after a quiet time."""

    per_minute: float
    burst: float

    def times(self, factor: float) -> "Rate":
        """Give the rate of so many together."""
        return Rate(per_minute=self.per_minute * factor, burst=self.burst * factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """The limits of one process. `factor` is web_address_factor of the office file.

    Args:
        connections: TCP connections in total; what is left of the descriptors is for the database and for calls to providers.
        backlog: connections that may wait to be accepted, since all of them can be accepted at one moment.
    """

    connections: int = CONNECTIONS
    backlog: int = BACKLOG
    factor: int = 20
    tabs: int = 8
    requests: Rate = Rate(per_minute=60, burst=30)
    requests_at_once: int = 4
    messages: Rate = Rate(per_minute=30, burst=20)
    # Bytes of larger messages than `small_bytes`: one original photo of 5 MB is 6.7 MB in base64, one that our page made smaller 0.4.
    large: Rate = Rate(per_minute=12 * MEBIBYTE, burst=12 * MEBIBYTE)
    large_factor: int = 4
    large_in_total: Rate = Rate(per_minute=120 * MEBIBYTE, burst=24 * MEBIBYTE)
    # A text of 4,096 signs of four bytes, and what stands around it.
    small_bytes: int = 20 * KIBIBYTE
    # Each of these bytes costs about four while the message is read and stored.
    held_bytes_of_source: int = 8 * MEBIBYTE
    held_bytes: int = 12 * MEBIBYTE
    body_bytes: int = 32 * MEBIBYTE

    @classmethod
    def of(cls, *, descriptors: int, factor: int) -> Self:
        """Give the limits that fit so many file descriptors: a quarter of them, at most 512, is kept in reserve."""
        connections = min(CONNECTIONS, descriptors - min(512, descriptors // 4))
        spare = max(descriptors - connections, 2)
        return cls(connections=connections, backlog=min(BACKLOG, spare // 2), factor=factor)

    @property
    def sockets(self) -> int:
        """Chat sockets in total: a quarter of the connections stays for pages, webhooks and health."""
        return self.connections * 3 // 4

    @property
    def connections_of_source(self) -> int:
        """Connections of one address: its chat sockets, and half as many for pages."""
        return self.tabs * self.factor * 3 // 2


def raise_descriptor_limit() -> int:
    """Raise the soft limit of open files as far as the hard one permits, up to 65,536; give what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS_AT_MOST if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS_AT_MOST)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # some systems forbid it
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return DESCRIPTORS_AT_MOST if soft == resource.RLIM_INFINITY else soft


class QuotaTally:
    """Counts what each source has open, in all its networks."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[str, int] = {}

    def full(self, source: str) -> bool:
        """Tell whether one of the source's networks has no room left."""
        return any(self._open.get(name, 0) >= self._most * room for name, room in tiers_of(source))

    def take(self, source: str) -> None:
        """Count one more."""
        for name, _ in tiers_of(source):
            self._open[name] = self._open.get(name, 0) + 1

    def give(self, source: str) -> None:
        """Count one less."""
        for name, _ in tiers_of(source):
            left = self._open.get(name, 0) - 1
            if left > 0:
                self._open[name] = left
            else:
                self._open.pop(name, None)


class Buckets:
    """Rates by name: a bucket that fills by itself, and from which each message takes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._taken: dict[
            str, tuple[float, float, float]
        ] = {}  # what is missing, since when, how fast it comes back
        self._sweep_at = _SWEEP_FROM

    def take(self, wanted: Iterable[tuple[str, Rate]], amount: float = 1.0) -> bool:
        """Take from all of the named buckets, or from none when one holds too little."""
        now = self._clock()
        missing = [(name, rate, self._missing(name, now)) for name, rate in wanted]
        # A bucket that is full gives any amount, else what is larger than a bucket could never pass.
        if any(lack > 0 and lack + amount > rate.burst for _, rate, lack in missing):
            return False
        for name, rate, lack in missing:
            self._taken[name] = (lack + amount, now, rate.per_minute / 60)
        self._sweep(now)
        return True

    def _missing(self, name: str, now: float) -> float:
        lack, since, refill = self._taken.get(name, (0.0, now, 0.0))
        return max(0.0, lack - (now - since) * refill)

    def _sweep(self, now: float) -> None:
        """Forget what is full again; what a stranger makes up is kept for about a minute."""
        if len(self._taken) < self._sweep_at:
            return
        self._taken = {name: kept for name, kept in self._taken.items() if self._missing(name, now) > 0}
        self._sweep_at = max(_SWEEP_FROM, 2 * len(self._taken))


def shared(what: str, source: str, rate: Rate, factor: float) -> list[tuple[str, Rate]]:
    """Name the buckets of a source, one for each of its networks."""
    return [(f"{what} {name}", rate.times(factor * room)) for name, room in tiers_of(source)]
