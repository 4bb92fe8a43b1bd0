"""Lease: only one process sends an account's pushes and announcements."""

import time
from collections.abc import Callable, Mapping

import structlog

from bot.channel import Channel, Pace
from bot.setup.loops import Loops, resting
from bot.setup.processes import may_live, own_name
from storage.post import paces
from storage.session import StoreDown, Writing
from storage.store import Store

log = structlog.get_logger(__name__)


class Paces:
    """Leases for this process's channels. A channel without a pacer (web chat) needs none."""

    def __init__(
        self,
        *,
        store: Store,
        channels: Mapping[str, Channel],
        monotonic: Callable[[], float] = time.monotonic,
        holder: str | None = None,
        loops: Loops | None = None,
    ) -> None:
        self.holder = holder or own_name()
        self._store = store
        self._loops = loops or Loops()
        self._paced = {name: (one.account, one.pacer) for name, one in channels.items() if one.pacer}
        self._monotonic = monotonic
        self._sure_until: dict[str, float] = {}
        self._counted: dict[str, tuple[int, float]] = {}

    def ours(self, channel: str) -> bool:
        """Whether this process has the lease; one that could not be renewed counts as lost."""
        return channel not in self._paced or self._sure_until.get(channel, 0.0) > self._monotonic()

    async def run(self) -> None:
        """Take and renew the leases until cancelled, then release them."""
        try:
            await self._loops.keep("paces", self.renew, rest=resting(paces.RENEW_SECONDS))
        finally:
            await self.let_go()

    async def renew(self) -> None:
        """Take or renew every lease once, all in one transaction."""
        if not self._paced:
            return
        asked_at = self._monotonic()
        rates = {name: self._replies_per_second(name, one[1], asked_at) for name, one in self._paced.items()}

        async def hold(db: Writing) -> dict[str, float | None]:
            return {
                name: await paces.hold(
                    db,
                    channel=name,
                    account=account,
                    holder=self.holder,
                    replies_per_second=rates[name],
                    alive=may_live,
                )
                for name, (account, _) in self._paced.items()
            }

        for name, others in (await self._store.write(hold)).items():
            if others is None:
                self._sure_until.pop(name, None)
                continue
            if name not in self._sure_until:
                log.info("announcing.holds_pace", channel=name)
            self._sure_until[name] = asked_at + paces.LEASE.total_seconds() - 1
            self._paced[name][1].leave_room(others)

    async def let_go(self) -> None:
        """Release the leases, at an orderly stop."""
        self._sure_until.clear()
        try:
            await self._store.write(lambda db: paces.let_go(db, holder=self.holder))
        except StoreDown:
            log.warning("announcing.pace_not_released")

    def _replies_per_second(self, name: str, pacer: Pace, now: float) -> float:
        said = pacer.replies
        before, at = self._counted.get(name, (said, now - 1))
        self._counted[name] = (said, now)
        return max(said - before, 0) / max(now - at, 0.001)
