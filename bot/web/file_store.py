"""Files kept in memory for a short time: tickets for a browser."""

import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from handlers.engine.screen import File


@dataclass(frozen=True, slots=True)
class _Kept:
    owner: str
    file: File
    until: float
    at: float


class FileStore:
    """Keeps files under unguessable names, each for one owner; the oldest are dropped when it is full."""

    def __init__(
        self, *, bytes_at_most: int, seconds: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._bytes_at_most = bytes_at_most
        self._seconds = seconds
        self._monotonic = monotonic
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0

    def put(self, owner: str, file: File) -> str:
        """Keep the file and return its name."""
        now = self._monotonic()
        name = secrets.token_urlsafe(24)
        self._kept[name] = _Kept(owner, file, now + self._seconds, now)
        self._bytes += len(file.data)
        self._make_room(now)
        return name

    def get(self, owner: str, name: str, *, within: float = math.inf) -> File | None:
        """The owner's file, if it is still kept and not older than `within` seconds."""
        kept, now = self._kept.get(name), self._monotonic()
        if kept is None or kept.until <= now or not secrets.compare_digest(kept.owner, owner):
            return None
        return kept.file if now - kept.at <= within else None

    def forget(self, owner: str) -> None:
        """Drop all files of an owner."""
        for name in [name for name, kept in self._kept.items() if kept.owner == owner]:
            self._bytes -= len(self._kept.pop(name).file.data)

    def _make_room(self, now: float) -> None:
        while self._kept:
            name, oldest = next(iter(self._kept.items()))
            if oldest.until > now and self._bytes <= self._bytes_at_most:
                return
            del self._kept[name]
            self._bytes -= len(oldest.file.data)
