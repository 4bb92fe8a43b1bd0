"""Counters for `GET /metrics`, without personal data: labels are words from a short list.

A gauge whose description begins with STORE_WIDE tells of the whole store: every process of an office exports the same,
so whoever adds up processes takes the largest. Gauges that are looked up when the metrics are read stand in gauges.py.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.setup.loops import Loops

STORE_WIDE = "Store-wide: "
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_TURN_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5)
_API_SECONDS = (0.005, 0.025, 0.1, 0.5, 2, 10, 60)
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}")


class Metrics:
    """Counters of one process.

    Args:
        office: name of the office, a label of every metric; empty: no such label.
    """

    def __init__(self, office: str = "") -> None:
        self.registry = CollectorRegistry()
        self._office = office
        self._found = _Gauged()
        self.registry.register(self._found)
        ProcessCollector(registry=self.registry)
        counter = partial(Counter, registry=self.registry)
        gauge = partial(Gauge, registry=self.registry)
        histogram = partial(Histogram, registry=self.registry)
        self._turns = counter("loket_turns", "Turns by their outcome", ["channel", "outcome"])
        self._seconds = histogram(
            "loket_turn_seconds", "From the message to its commit", ["channel"], buckets=_TURN_SECONDS
        )
        self._of_turns: dict[tuple[str, str], tuple[Counter, Histogram]] = {}  # looking them up costs more
        self._refusals = counter("loket_refusals", "What residents were refused", ["code"])
        self._billed = counter("loket_whatsapp_billed", "Delivered messages that cost", ["category"])
        self._outbox = gauge("loket_outbox", f"{STORE_WIDE}messages by state", ["channel", "state"])
        self._trouble = gauge("loket_channel_refused", "A provider refuses us as a whole", ["channel", "why"])
        self._parked = gauge("loket_parked_updates", "Updates that could not be read", ["channel"])
        self._alarms = gauge(
            "loket_look_up_alarms", f"{STORE_WIDE}alarms about wrong pairs in 24 hours", ["about"]
        )
        self._tabs = gauge("loket_web_addresses", "Browsers connected to the web chat")
        self._unreconciled = gauge(
            "loket_announcements_unreconciled",
            "What did not add up when announcements were counted after last",
        )
        self._waiting = gauge("loket_handovers_waiting", f"{STORE_WIDE}residents who wait for a human")
        self._oldest = gauge(
            "loket_handovers_oldest_seconds", f"{STORE_WIDE}how long the first of them has waited"
        )
        self._webhooks = gauge(
            "loket_webhooks",
            f"{STORE_WIDE}events that wait or were given up; targets that fail or are disabled",
            ["state"],
        )
        self._api_requests = counter("loket_api_requests", "Requests of the API", ["route", "status"])
        self._api_seconds = histogram(
            "loket_api_seconds", "From a request of the API to its answer", ["route"], buckets=_API_SECONDS
        )

    def api(self, *, route: str, status: int, seconds: float) -> None:
        """Count one request of the API by its route, which is never its address, and the class of its status."""
        self._api_requests.labels(route, f"{status // 100}xx").inc()
        self._api_seconds.labels(route).observe(seconds)

    def webhooks(self, states: Mapping[str, int]) -> None:
        """Set the number of events that wait and were given up, and of targets that fail and are disabled."""
        for state, count in states.items():
            self._webhooks.labels(word(state)).set(count)

    def watch(self, loops: Loops) -> None:
        """Export the tallies of these background loops."""
        self.registry.register(_OfLoops(loops))

    def queue(self, *, waiting: int, oldest_seconds: float) -> None:
        """Set how many residents wait for a human, and how long the first has waited."""
        self._waiting.set(waiting)
        self._oldest.set(oldest_seconds)

    def reconciled(self, differences: int) -> None:
        """Set the number of inconsistencies in announcements; any but 0 needs attention."""
        self._unreconciled.set(differences)

    def turn(self, *, channel: str, seconds: float, outcome: str = "answered") -> None:
        """Count one turn by its outcome: answered, duplicate, fault, or lost, when nothing was committed."""
        counters = self._of_turns.get((channel, outcome))
        if counters is None:
            counters = self._of_turns[channel, outcome] = (
                self._turns.labels(word(channel), word(outcome)),
                self._seconds.labels(word(channel)),
            )
        counters[0].inc()
        counters[1].observe(seconds)

    def refused(self, code: str) -> None:
        """Count one refusal by code."""
        self._refusals.labels(word(code)).inc()

    def billed(self, category: str) -> None:
        """Count one delivered message by billing category."""
        self._billed.labels(word(category)).inc()

    def outbox(self, states: Mapping[tuple[str, str], int]) -> None:
        """Set the number of outbox rows per (channel, state)."""
        self._outbox.clear()
        for (channel, state), count in states.items():
            self._outbox.labels(word(channel), word(state)).set(count)

    def parked(self, channel: str, updates: int) -> None:
        """Set the number of unreadable updates of a channel since the start."""
        self._parked.labels(word(channel)).set(updates)

    def trouble(self, channel: str, why: str | None) -> None:
        """Set whether a provider refuses us as a whole, and why."""
        self._trouble.remove_by_labels({"channel": word(channel)})
        if why is not None:
            self._trouble.labels(word(channel), word(why)).set(1)

    def alarms(self, rung: Mapping[str, int]) -> None:
        """Set the number of wrong-pair alarms within 24 hours, by subject (one-nik, everybody)."""
        self._alarms.clear()
        for about, count in rung.items():
            self._alarms.labels(word(about)).set(count)

    def connected(self, addresses: int) -> None:
        """Set the number of connected browsers."""
        self._tabs.set(addresses)

    def show(self, families: Sequence[Metric]) -> None:
        """Export these beside the counters, instead of those shown before."""
        self._found.families = families

    def written(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(_Labelled(self.registry, {"office": self._office} if self._office else {}))


class _Gauged(Collector):
    """Exports what was found when the metrics were read."""

    def __init__(self) -> None:
        self.families: Sequence[Metric] = ()

    def collect(self) -> Iterable[Metric]:
        """What was found last."""
        return self.families


class _Labelled(Collector):
    """Adds labels to every sample."""

    def __init__(self, registry: CollectorRegistry, labels: Mapping[str, str]) -> None:
        self._registry, self._labels = registry, labels

    def collect(self) -> Iterable[Metric]:
        """All metrics of the registry."""
        for family in self._registry.collect():
            one = Metric(family.name, family.documentation, family.type)
            one.samples = [
                sample._replace(labels={**sample.labels, **self._labels}) for sample in family.samples
            ]
            yield one


class _OfLoops(Collector):
    """Exports the loops' tallies."""

    def __init__(self, loops: Loops) -> None:
        self._loops = loops

    def collect(self) -> Iterable[Metric]:
        """Failures and last success of every loop, and how long one is stuck."""
        failures = CounterMetricFamily(
            "loket_loop_failures", "Rounds of a background loop that failed", labels=["loop"]
        )
        succeeded = GaugeMetricFamily(
            "loket_loop_last_success_timestamp_seconds",
            "When a background loop last went well",
            labels=["loop"],
        )
        stuck = GaugeMetricFamily(
            "loket_loop_stuck_seconds",
            "Time since the last good round of a background loop; 0 while it rests after one",
            labels=["loop"],
        )
        for name, tally in self._loops.tallies.items():
            failures.add_metric([word(name)], tally.failures)
            succeeded.add_metric([word(name)], tally.succeeded_at)
            if tally.stuck_seconds is not None:
                stuck.add_metric([word(name)], tally.stuck_seconds)
        yield failures
        yield succeeded
        yield stuck


def word(label: str) -> str:
    """Allow only words as labels: digits could be a personal number."""
    return label if _WORD.fullmatch(label) else "other"
