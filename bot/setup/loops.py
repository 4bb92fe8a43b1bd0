"""Background loops: each runs for ever; a failure is counted, logged once and followed by a pause."""

import asyncio
import math
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.setup.logs import what
from storage.session import StoreDown

FIRST_PAUSE_SECONDS = 0.5
# Loops recover within seconds after the database does; a bug must not flood the log.
DOWN_SECONDS, FAULT_SECONDS = 4.0, 60.0
SILENT_SECONDS = 30.0  # an agenda that told nothing for so long is not waited for
STUCK_SECONDS = 900.0  # the longest round is an import at the console, of up to 266 s
_RANDOM = secrets.SystemRandom()

Step = Callable[[], Awaitable[bool | None]]
"""One round of a loop; True: there may be more to do at once."""
Sleep = Callable[[float], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class LoopTally:
    """State of a loop: failures in total and in a row, and time of the last success (Unix time).

    `well_at` is the monotonic time of its last good round, or of its start; None unless `keep` runs it.
    """

    failures: int = 0
    in_a_row: int = 0
    succeeded_at: float = 0.0
    told: set[tuple[str, str]] = field(default_factory=set)
    well_at: float | None = None
    rests: bool = False

    @property
    def stuck_seconds(self) -> float | None:
        """Seconds since the last good round; 0 while the loop rests after one; None unless `keep` runs it."""
        if self.well_at is None or self.rests:
            return None if self.well_at is None else 0.0
        return time.monotonic() - self.well_at


class Bell(asyncio.Event):
    """Ends the rest of one loop: when somebody sets it, or when the agenda says that one of its subjects is due.

    Args:
        least: seconds that the loop rests at least before the agenda ends it.
    """

    def __init__(self, subjects: set[str] | frozenset[str], least: float) -> None:
        super().__init__()
        self._subjects, self._least = subjects, least
        self._rests_since: float | None = None
        self._told_at = -math.inf

    async def rest(self, seconds: float, *, hurries: bool = False) -> None:
        """Rest until the bell rings; at most so many seconds in a hurry, or where no agenda runs (any more)."""
        self._rests_since = time.monotonic()
        try:
            while not await woken(self, SILENT_SECONDS if self._is_watched and not hurries else seconds):
                if hurries or not self._is_watched:
                    break
        finally:
            self._rests_since = None
            self.clear()

    @property
    def _is_watched(self) -> bool:
        return time.monotonic() - self._told_at < SILENT_SECONDS

    def every(self, seconds: float) -> Callable[[], Awaitable[None]]:
        """Such a rest, to be called later."""
        return lambda: self.rest(seconds)

    def tell(self, due: set[str] | frozenset[str]) -> bool:
        """Ring if one of the subjects is due; True: the loop rests, and rightly so."""
        self._told_at = time.monotonic()
        rested = 0.0 if self._rests_since is None else time.monotonic() - self._rests_since
        if self._subjects & due and rested >= self._least:
            self.set()
        return self._rests_since is not None and not self.is_set()


class Loops:
    """Runs the loops of one process and keeps their tallies; `quiet` disables logging."""

    def __init__(self, *, sleep: Sleep = asyncio.sleep, quiet: bool = False) -> None:
        self._quiet = quiet
        self.tallies: dict[str, LoopTally] = {}
        self._sleep = sleep
        self._bells: dict[str, Bell] = {}
        self._rounds: dict[str, float] = {}  # when the present round of a loop began; monotonic

    def bell(self, name: str, *subjects: str, least: float = 0.0) -> Bell:
        """The bell of the loop of this name, which looks for work of these subjects."""
        return self._bells.setdefault(name, Bell(frozenset(subjects), least))

    def tell(self, due: set[str] | frozenset[str]) -> None:
        """Ring the bells of what is due; whoever rests because nothing is due is as well as after a round."""
        for name, bell in self._bells.items():
            if bell.tell(due):
                self._went_well(name)

    async def keep(self, name: str, step: Step, *, rest: Callable[[], Awaitable[None]]) -> None:
        """Run the step for ever, resting after each round without more to do.

        Only cancellation ends it. After failures the pause is random and grows.
        """
        tally = self.tallies.setdefault(name, LoopTally())
        tally.well_at = time.monotonic()
        while True:
            self._rounds[name] = time.monotonic()
            try:
                wants_rest = await self._round(name, step)
            finally:
                del self._rounds[name]
            if wants_rest:
                tally.rests = True
                try:
                    await rest()
                finally:
                    tally.rests = False
                    tally.well_at = time.monotonic()

    def stuck(self) -> list[str]:
        """Names of the loops whose present round takes longer than any should."""
        since = time.monotonic() - STUCK_SECONDS
        return sorted(name for name, began in self._rounds.items() if began < since)

    async def lasting(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        """Run something long, restarting it on failure; returns when it returns."""
        ended = False

        async def once() -> bool:
            nonlocal ended
            await run()
            ended = True
            return False

        while not ended:
            await self._round(name, once)

    async def guard(self, name: str, work: Awaitable[None]) -> None:
        """Await something once; an exception is counted and logged."""
        try:
            await work
        except Exception as fault:  # noqa: BLE001 (nobody awaits it, and it must not cancel its siblings)
            self._failed(name, fault)

    async def _round(self, name: str, step: Step) -> bool:
        """Run one round; True: rest now."""
        try:
            more = await step()
        except Exception as fault:
            pause = self._failed(name, fault)
            # A cancelled step may raise something else; end anyway.
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from fault
            await self._sleep(pause)
            return False
        self._went_well(name)
        return not more

    def _went_well(self, name: str) -> None:
        tally = self.tallies.setdefault(name, LoopTally())
        if tally.in_a_row and not self._quiet:
            log.info("loop.recovered", loop=name, failures=tally.in_a_row)
        tally.in_a_row = 0
        tally.succeeded_at = time.time()
        if tally.well_at is not None:
            tally.well_at = time.monotonic()

    def _failed(self, name: str, fault: Exception) -> float:
        """Count and log a failure; return the pause."""
        while isinstance(fault, ExceptionGroup):
            fault = fault.exceptions[0]
        tally = self.tallies.setdefault(name, LoopTally())
        tally.failures += 1
        tally.in_a_row += 1
        down = isinstance(fault, StoreDown)
        if not self._quiet:
            _tell(name, tally, fault)
        longest = DOWN_SECONDS if down else FAULT_SECONDS
        pause = min(FIRST_PAUSE_SECONDS * 2 ** min(tally.in_a_row - 1, 10), longest)
        return float(pause * _RANDOM.uniform(0.5, 1.0))


def _tell(name: str, tally: LoopTally, fault: Exception) -> None:
    """Log the start of an outage, and each kind of fault once."""
    if isinstance(fault, StoreDown):
        if tally.in_a_row == 1:
            log.warning("loop.store_down", loop=name, why=str(fault))
        return
    told = what(fault)
    kind = (told["fault"], told["at"][-1] if told["at"] else "")
    if kind not in tally.told:  # kinds are places in the code, so there are few
        tally.told.add(kind)
        log.error("loop.fault", loop=name, **told)


def resting(seconds: float) -> Callable[[], Awaitable[None]]:
    """A rest of so many seconds."""
    return lambda: asyncio.sleep(seconds)


async def woken(wake: asyncio.Event, seconds: float) -> bool:
    """Whether the event is set within so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            return await wake.wait()
    except TimeoutError:
        return False


def run_office(office: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop, which halves the loop's cost per message; where it is missing, on asyncio's own."""
    try:
        import uvloop
    except ImportError:  # pragma: no cover (Windows)
        asyncio.run(office)
    else:
        uvloop.run(office)
