"""Heartbeat of a process: records it with its keys, and checks whether the database accepts writes."""

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import structlog

from bot.setup.logs import what
from bot.setup.loops import Loops, resting
from bot.setup.processes import own_name
from storage.keeping import processes
from storage.session import StoreDown, Writing
from storage.store import Store

WAIT_SECONDS = 2.5  # time limit of a readiness check and of a write
FRESH_SECONDS = 1.0  # at most one check per second
_LEAVE_SECONDS = 2.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """State of the database: `database`: it accepts writes; `schema`: it is the expected one."""

    database: bool = False
    schema: bool = False

    @property
    def ready(self) -> bool:
        """Whether messages can be answered."""
        return self.database and self.schema


class Heart:
    """Row of this process in the list of processes.

    Args:
        doing: the command of this process.
    """

    def __init__(
        self,
        *,
        store: Store,
        doing: str,
        loops: Loops | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = own_name()
        self._store = store
        self._doing = doing
        self._loops = loops or Loops()
        self._monotonic = monotonic
        self._trying: asyncio.Future[None] | None = None
        self._began = 0.0
        self._looked_at = float("-inf")
        self._found = Readiness()

    async def begin(self) -> None:
        """Write the row before anything else is written.

        Raises:
            WrongKey: the database needs a key that this process lacks.
            StoreDown: it accepts no writes.
        """
        await self._store.write(self._tell)

    async def run(self) -> None:
        """Update the row every few seconds until cancelled; then delete it."""
        try:
            await self._loops.keep("heartbeat", self._beat, rest=resting(processes.BEAT_SECONDS))
        finally:
            if self._trying is not None:
                self._trying.cancel()
            with contextlib.suppress(StoreDown, TimeoutError):
                async with asyncio.timeout(_LEAVE_SECONDS):
                    await self._store.write(processes.leave, name=self.name)

    async def look(self) -> Readiness:
        """Whether a write commits now; the answer is at most a second old and takes at most `WAIT_SECONDS`."""
        now = self._monotonic()
        if self._trying is None and now - self._looked_at >= FRESH_SECONDS:
            self._began = now
            self._trying = asyncio.ensure_future(self._try())
        if self._trying is not None:
            await asyncio.wait({self._trying}, timeout=max(0.0, self._began + WAIT_SECONDS - now))
        return self._found if self._trying is None else Readiness()

    async def _try(self) -> None:
        """One check, shared by concurrent callers."""
        self._found = Readiness()
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                schema = await self._store.is_current()
                if schema:
                    await self._store.write(self._tell)
                self._found = Readiness(database=True, schema=schema)
        except (StoreDown, TimeoutError):
            pass
        except Exception as fault:  # noqa: BLE001 (whatever it is: it is not ready)
            log.error("heart.fault", **what(fault))  # noqa: TRY400 (its words may quote values)
        finally:
            self._trying = None
            self._looked_at = self._monotonic()

    async def _beat(self) -> None:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._store.write(self._tell)
        except TimeoutError:
            raise StoreDown(f"the database did not take a write within {WAIT_SECONDS} s") from None

    async def _tell(self, db: Writing) -> None:
        await processes.tell(db, name=self.name, doing=self._doing, version=own_version())


def own_command() -> str:
    """First word of the command line."""
    words = [word for word in sys.argv[1:2] if word.replace("-", "").isalpha()]
    return words[0] if words else "loket"


def own_version() -> str:
    """Version of the installed distribution; empty in a checkout that was not installed."""
    try:
        return version("loket")
    except PackageNotFoundError:
        return ""
