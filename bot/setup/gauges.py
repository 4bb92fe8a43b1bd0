"""Gauges of store, channels and process, looked up when the metrics are read and at no other time."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from bot.channel import Channel
from bot.setup.heart import Heart, own_version
from bot.setup.metrics import STORE_WIDE, Metrics, word
from domain.office.office import Office
from storage.keeping.vitals import Vitals, vitals
from storage.people import chats
from storage.people.addresses import address_name
from storage.session import Reading, StoreDown
from storage.store import Store

_DAY = timedelta(days=1)
_NEVER = float("inf")


@dataclass(kw_only=True)
class Gauges:
    """Callback before the metrics are written."""

    store: Store
    channels: Mapping[str, Channel]
    office: Office
    heart: Heart
    _shown: Sequence[Metric] = ()

    async def __call__(self, metrics: Metrics) -> None:
        """Update the gauges by one look at the store; if it is down, its old values stay."""
        for channel in self.channels.values():
            metrics.parked(channel.name, channel.parked)
            metrics.trouble(channel.name, channel.trouble)
        # A full or read-only disk still answers reads.
        up = (await self.heart.look()).database
        try:
            seen = await self.store.read(self._look)
        except StoreDown:
            up = False
        else:
            oldest = (self.store.clock() - seen.waits_since).total_seconds() if seen.waits_since else 0.0
            metrics.queue(waiting=seen.waiting, oldest_seconds=max(oldest, 0.0))
            metrics.alarms(seen.alarms)
            metrics.outbox(seen.states)
            metrics.webhooks(seen.webhooks)
            self._shown = [*self._of_store(seen)]
        metrics.show([*self._of_process(up=up), *self._shown])

    async def _look(self, db: Reading) -> Vitals:
        present: dict[str, Sequence[int] | None] = {}
        for name, channel in self.channels.items():
            reachable = channel.present()
            names = [address_name(name, address, address) for address in reachable or ()]
            present[name] = (
                None if reachable is None else await chats.ids_of(db, names=names) if names else []
            )
        return await vitals(db, present=present, today=self.office.today(db.now), alarms_since=db.now - _DAY)

    def _of_store(self, seen: Vitals) -> Iterator[Metric]:
        """Gauges of the whole store."""
        now = self.store.clock()
        unsent = _gauge("loket_oldest_unsent_seconds", _UNSENT, "channel", "kind")
        quiet = self.office.quiet.covers(self.office.local(now).time())
        for name in self.channels:
            unsent.add_metric([word(name), "reply"], _age(now, seen.replies_since.get(name), else_=0.0))
            since = None if quiet else seen.pushes_since.get(name)
            unsent.add_metric([word(name), "push"], _age(now, since, else_=0.0))
        yield unsent
        yield _gauge("loket_cases_overdue", _CASES, value=seen.overdue_cases)
        yield _gauge("loket_import_age_seconds", _IMPORT, value=_age(now, seen.imported_at, else_=_NEVER))
        yield _gauge("loket_backup_age_seconds", _BACKUP, value=_age(now, seen.backed_up_at, else_=_NEVER))
        standbys = seen.replicas
        count, lag = (None, None) if standbys is None else (standbys.count, standbys.lag_seconds)
        yield _gauge("loket_replicas", _REPLICAS, value=count)
        yield _gauge("loket_replica_lag_seconds", _LAG, value=lag)

    def _of_process(self, *, up: bool) -> Iterator[Metric]:
        """Gauges and counters of this process."""
        build = _gauge("loket_build_info", "What runs here", "version", "python", "database")
        build.add_metric([own_version(), platform.python_version(), self.store.dialect], 1)
        yield build
        yield _gauge("loket_store_up", "Whether the database took a write just now", value=float(up))
        failures = CounterMetricFamily("loket_store_failures", "Transactions that failed", labels=["kind"])
        for kind, count in self.store.failures.items():
            failures.add_metric([kind], count)
        yield failures
        pool = self.store.pool()
        connections = _gauge("loket_store_connections", "Connections to the database", "state")
        connections.add_metric(["in_use"], pool.in_use)
        connections.add_metric(["idle"], pool.idle)
        yield connections
        yield _gauge("loket_store_connections_most", "How many connections there may be", value=pool.most)
        yield _gauge("loket_store_waiting", "Transactions that wait for a connection", value=pool.waiting)
        yield from self._of_providers()

    def _of_providers(self) -> Iterator[Metric]:
        heard = _gauge("loket_channel_contact_timestamp_seconds", _HEARD, "channel", "by")
        forged = CounterMetricFamily(
            "loket_forged_webhooks", "Webhook calls of strangers", labels=["channel"]
        )
        for name, channel in self.channels.items():
            if channel.contact is not None:
                heard.add_metric([word(name), channel.contact.by], channel.contact.heard_at)
                forged.add_metric([word(name)], channel.contact.forged)
        yield heard
        yield forged


_UNSENT = f"{STORE_WIDE}how long the oldest message that is due and not sent has waited (web: of browsers connected here)"
_CASES = f"{STORE_WIDE}open cases after their last day"
_IMPORT = f"{STORE_WIDE}time since the last register import; +Inf: there was none"
_BACKUP = f"{STORE_WIDE}time since the last `loket backup`; +Inf: there was none within a year"
_REPLICAS = f"{STORE_WIDE}standbys that follow the PostgreSQL server"
_LAG = f"{STORE_WIDE}how far the last standby is behind"
_HEARD = "When the provider last answered a poll or called the webhook; until then the start of the process"


def _gauge(name: str, about: str, *labels: str, value: float | None = None) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value, labels=labels or None)


def _age(now: datetime, since: datetime | None, *, else_: float) -> float:
    return else_ if since is None else max((now - since).total_seconds(), 0.0)
