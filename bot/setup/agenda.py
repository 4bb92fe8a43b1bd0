"""Agenda: wakes the background loops when something is due.

Once a second it checks whether the database was written, which needs no transaction. Only then, at a known
due time, or after `LOOK`, does it run the query for due work (storage/agenda.py).
"""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from bot.setup.loops import Loops, resting
from storage import agenda
from storage.session import LOOK
from storage.store import Store

TICK_SECONDS = 1.0


class Agenda:
    """Wakes the loops of `loops`.

    Args:
        channels: names of this process's channels.
    """

    def __init__(self, *, store: Store, channels: Sequence[str], loops: Loops) -> None:
        self._store = store
        self._query = agenda.query(channels)
        self._loops = loops
        self._due: set[str] = set()
        self._next: datetime | None = None
        self._look_at = 0.0

    async def run(self) -> None:
        """Run until cancelled."""
        await self._loops.keep("agenda", self.tick, rest=resting(TICK_SECONDS))

    async def tick(self) -> None:
        """Wake the loops of due work; work that must wait is signalled each time."""
        if await self._store.changed() or (self._next is not None and self._store.clock() >= self._next):
            self._look_at = 0.0
        if monotonic() >= self._look_at:
            self._due = await self.look()
            self._look_at = monotonic() + LOOK.total_seconds()
        self._loops.tell(self._due)

    async def look(self) -> set[str]:
        """Subjects that are due now."""
        due, self._next = await self._store.read(agenda.due, self._query)
        return due
