"""Gauges of store and channels, updated when the metrics are read."""

from collections.abc import Mapping
from datetime import timedelta

from bot.channel import Channel
from bot.setup.metrics import Metrics
from storage import audit
from storage.handovers.views import queue
from storage.post import outbox
from storage.session import StoreDown
from storage.store import Store
from storage.webhooks import deliveries

_DAY = timedelta(days=1)


class Gauges:
    """Callback before the metrics are written."""

    def __init__(self, *, store: Store, channels: Mapping[str, Channel]) -> None:
        self._store = store
        self._channels = channels

    async def __call__(self, metrics: Metrics) -> None:
        """Update the gauges; if the store is down, the old values stay."""
        for channel in self._channels.values():
            metrics.parked(channel.name, channel.parked)
            metrics.trouble(channel.name, channel.trouble)
        since = self._store.clock() - _DAY
        try:
            metrics.alarms(
                await self._store.read(
                    lambda db: audit.count_by_subject(db, action="alarm-wrong-pairs", since=since)
                )
            )
            waits = await self._store.read(queue)
            metrics.outbox(await self._store.read(outbox.count_by_state))
            metrics.webhooks(await self._store.read(deliveries.counts))
        except StoreDown:
            return
        oldest = (self._store.clock() - waits[1]).total_seconds() if waits[1] else 0.0
        metrics.queue(waiting=waits[0], oldest_seconds=max(oldest, 0.0))
