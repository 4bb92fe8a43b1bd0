"""Timed work on announcements: freeze, begin, add late followers, finish, reconcile."""

import asyncio
import secrets
from collections.abc import Callable

import structlog

from bot.announcing.progress import AnnouncementProgress
from bot.announcing.render import Rendering
from bot.channels import CAPS
from bot.setup.holidays import holiday_names
from bot.setup.loops import Loops, resting
from bot.setup.metrics import Metrics
from domain.announcements.announcement import State
from domain.office.office import Office
from domain.refusals.announcements import NoWindows
from handlers.announcements.service import open_spans_of
from locales.texts import Texts
from storage.announcements import control, delivery, freeze, reconciliation
from storage.announcements.delivery import late_followers, take_in
from storage.announcements.records import every, find
from storage.session import Reading, Writing
from storage.store import Store

LOOK_SECONDS = 1.0
LATE_SECONDS = 5.0
TELL_SECONDS = 3.0
COUNT_SECONDS = 60.0
_PAUSE_SECONDS, _FOLLOW_SECONDS = 0.02, 0.1
_AWAY = [name for name, caps in CAPS.items() if caps.given_up == "absent"]
_LIVE = (State.PLANNED, State.SENDING, State.UNDONE, State.WITHDRAWN)

log = structlog.get_logger(__name__)


class AnnouncementTimers:
    """Timed work; each thing once, even with several processes on one database.

    Args:
        wake: wakes the carriers.
        courier_wake: tells the courier that a channel has something new.
    """

    def __init__(
        self,
        *,
        store: Store,
        office: Office,
        texts: Texts,
        metrics: Metrics,
        wake: Callable[[], None],
        courier_wake: Callable[[str], None],
        loops: Loops | None = None,
    ) -> None:
        self._store = store
        self._loops = loops or Loops()
        bell = self._loops.bell
        self._moves = bell("announcing-moves", "announcing", "announcing-ended")
        self._late = bell("announcing-late", "announcing-late", least=LATE_SECONDS)
        self._telling = bell("announcing-progress", "announcing-progress", least=TELL_SECONDS)
        self._office = office
        self._metrics = metrics
        self._wake = wake
        self._rendering = Rendering(texts)
        self._owner = f"timers-{secrets.token_hex(4)}"
        self._progress = AnnouncementProgress(store=store, office=office, texts=texts, wake=courier_wake)

    async def run(self) -> None:
        """Run until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            keep = self._loops.keep
            tasks.create_task(keep("announcing-moves", self.move_on, rest=self._moves.every(LOOK_SECONDS)))
            tasks.create_task(keep("announcing-late", self.take_in_late, rest=self._late.every(LATE_SECONDS)))
            tasks.create_task(
                keep("announcing-progress", self._progress.tell, rest=self._telling.every(TELL_SECONDS))
            )
            tasks.create_task(keep("announcing-counts", self.add_up, rest=resting(COUNT_SECONDS)))

    async def move_on(self) -> None:
        """Freeze released announcements, begin due ones, finish completed ones."""
        for announcement in await self._store.read(freeze.to_freeze):
            await self._freeze(announcement)
        if not await self._store.read(_anything_live):
            return

        async def step(db: Writing) -> int:
            begun = await delivery.begin_due(db)
            await delivery.fail_stopped(db)
            await delivery.finish(db, away=_AWAY)
            return begun

        if await self._store.write(step):
            self._wake()

    async def take_in_late(self) -> None:
        """Add chats that were linked after an announcement, once."""
        for one in await self._store.read(delivery.open_to_late):
            late = await self._store.read(late_followers, announcement=one)
            if late:
                await self._store.write(
                    take_in, announcement=one.id, late=late, office=self._office, render=self._rendering
                )
                self._wake()

    async def tell(self) -> None:
        """Show the progress in the chats of the authors."""
        await self._progress.tell()

    async def add_up(self) -> None:
        """Check that planned equals the sum of all states; correct and report differences."""
        found = await self._store.read(reconciliation.check)
        if not found.clean:
            found = await self._store.write(reconciliation.mend)
            log.error(
                "announcing.counts_differ",
                miscounted=len(found.miscounted),
                stateless=found.stateless,
                orphaned=found.orphaned,
            )
        self._metrics.reconciled(len(found.miscounted) + found.stateless + found.orphaned)

    async def _freeze(self, announcement: int) -> None:
        try:
            await _freeze(self._store, announcement, self._office, self._rendering, self._owner)
        except NoWindows:
            log.error("announcing.no_windows", announcement=announcement)  # noqa: TRY400  (not a fault of ours)
            await self._store.write(control.give_up, announcement=announcement)


async def freeze_or_wait(store: Store, *, announcement: int, office: Office, texts: Texts) -> None:
    """Freeze a released announcement, or wait until another process has done so.

    Raises:
        NoWindows: there is no room for its waves; nothing was frozen.
    """
    rendering, owner = Rendering(texts), f"plan-{secrets.token_hex(4)}"
    while (await store.read(find, announcement=announcement)).state is State.PREPARING:
        if not await _freeze(store, announcement, office, rendering, owner):
            await asyncio.sleep(_FOLLOW_SECONDS)


async def _freeze(store: Store, announcement: int, office: Office, rendering: Rendering, owner: str) -> bool:
    return await freeze.freeze(
        store,
        announcement=announcement,
        office=office,
        render=rendering,
        open_spans=await store.read(open_spans_of, office=office, holidays=holiday_names),
        owner=owner,
        pause=lambda: asyncio.sleep(_PAUSE_SECONDS),
    )


async def _anything_live(db: Reading) -> bool:
    found = await every(db, states=_LIVE)
    ended = (State.UNDONE, State.WITHDRAWN)
    return any(one.state not in ended or one.finished_at is None for one in found)
