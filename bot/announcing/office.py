"""Announcements of one process: its leases, a carrier per channel, and timed work."""

import asyncio
from collections.abc import Mapping
from functools import partial

from bot.announcing.carrier import Carrier
from bot.announcing.timers import AnnouncementTimers
from bot.channel import Channel
from bot.sending.courier import Courier
from bot.sending.leases import Paces
from bot.setup.loops import Loops
from bot.setup.metrics import Metrics
from domain.office.office import Office
from locales.texts import Texts
from storage.store import Store


class Announcing:
    """Works with the courier, which sends the claimed rows and asks for the leases of pushes."""

    def __init__(
        self,
        *,
        store: Store,
        office: Office,
        texts: Texts,
        metrics: Metrics,
        courier: Courier,
        channels: Mapping[str, Channel],
        loops: Loops | None = None,
    ) -> None:
        loops = loops or Loops()
        self.paces = Paces(store=store, channels=channels, loops=loops)
        self.carriers = {
            name: Carrier(
                store=store,
                courier=courier,
                channel=channel,
                speaks=partial(self.paces.ours, name),
                loops=loops,
            )
            for name, channel in channels.items()
        }
        self.timers = AnnouncementTimers(
            store=store,
            office=office,
            texts=texts,
            metrics=metrics,
            wake=self.wake,
            courier_wake=courier.wake,
            loops=loops,
        )
        courier.pushes_for = self.paces.ours

    def wake(self) -> None:
        """Look for work now."""
        for carrier in self.carriers.values():
            carrier.wake()

    async def run(self) -> None:
        """Run until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.paces.run())
            tasks.create_task(self.timers.run())
            for carrier in self.carriers.values():
                tasks.create_task(carrier.run())
