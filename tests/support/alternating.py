"""An office of two processes on one PostgreSQL: each message goes to the one that did not take the message before."""

import asyncio
import os
import subprocess
from typing import Any
from unittest import mock

from bot.assembly import Assembled
from bot.channel import Heard, Turned
from storage.store import Store
from tests.support.counter import Counter

IN_TURNS = "TORTURE_ALTERNATING" in os.environ
"""Whether the conversation tests run on two processes (`make torture`)."""


class Alternating(Counter):
    """Two assembled offices, each with a store of its own; the residents' phones are the same.

    Args:
        stores: one for each process, on the same database.
    """

    def __init__(self, stores: tuple[Store, Store], *rest: Any, **more: Any) -> None:
        self._stores = stores
        self._bodies: list[subprocess.Popen[bytes]] = []
        self.turns = [0, 0]
        super().__init__(stores[0], *rest, **more)

    def restart(self) -> None:
        self._end_bodies()
        self._processes: list[Assembled] = []
        for store in self._stores:
            self.store = store
            # Each is known to the other by the number of a process that lives as long as it does.
            self._bodies.append(subprocess.Popen(["sleep", "3600"]))
            with mock.patch("os.getpid", return_value=self._bodies[-1].pid):
                super().restart()
            self._processes.append(self.assembled)
        self._next = 0
        self.hear = _Ear(self)
        self._takes_over(self._processes[0])

    def takes_turns(self) -> Assembled:
        """The other process does what comes next."""
        process = self._processes[self._next]
        self.turns[self._next] += 1
        self._next = 1 - self._next
        self._takes_over(process)
        return process

    def _takes_over(self, process: Assembled) -> None:
        self.assembled, self.courier, self.photos = process, process.courier, process.photos
        self.timers, self.errands, self.relay = process.timers, process.errands, process.relay
        self.store = self._stores[self._processes.index(process)]

    async def open(self) -> None:
        tasks = []
        for process in self._processes:
            self.assembled, self.courier, self.photos = process, process.courier, process.photos
            self.hear = process.dispatcher
            await super().open()
            tasks += self._tasks
        self._tasks = tasks
        self.hear = _Ear(self)
        self._takes_over(self._processes[0])

    async def close(self) -> None:
        await super().close()
        await asyncio.gather(*(process.pictures.close() for process in self._processes))
        self._end_bodies()

    def _end_bodies(self) -> None:
        while self._bodies:
            body = self._bodies.pop()
            body.kill()
            body.wait()

    async def passes(self, **time: float) -> None:
        self.takes_turns()
        await super().passes(**time)

    async def settle(self) -> None:
        for _ in self._processes:
            await super().settle()
            self._takes_over(self._processes[1 - self._processes.index(self.assembled)])


class _Ear:
    """The dispatcher whose turn it is."""

    def __init__(self, office: Alternating) -> None:
        self._office = office

    async def __call__(self, heard: Heard, **how: Any) -> Turned:
        return await self._office.takes_turns().dispatcher(heard, **how)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._office.takes_turns().dispatcher, name)
