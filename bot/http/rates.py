"""Rates and token buckets: how often somebody may do something."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.people.networks import tiers_of

_SWEEP_FROM = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate per minute, and a burst after a pause."""

    per_minute: float
    burst: float

    def times(self, factor: float) -> "Rate":
        """Sum of `factor` such rates."""
        return Rate(per_minute=self.per_minute * factor, burst=self.burst * factor)


class Buckets:
    """Token buckets by name."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._taken: dict[
            str, tuple[float, float, float]
        ] = {}  # missing amount, since when, refill per second
        self._sweep_at = _SWEEP_FROM

    def has_room(self, wanted: Iterable[tuple[str, Rate]]) -> bool:
        """Whether all named buckets hold enough for one more."""
        now = self._clock()
        return all(self._missing(name, now) + 1 <= rate.burst for name, rate in wanted)

    def take(self, wanted: Iterable[tuple[str, Rate]], amount: float = 1.0) -> bool:
        """Take from all named buckets, or from none if one holds too little."""
        now = self._clock()
        missing = [(name, rate, self._missing(name, now)) for name, rate in wanted]
        # A full bucket passes any amount, as larger ones could never pass otherwise.
        if any(lack > 0 and lack + amount > rate.burst for _, rate, lack in missing):
            return False
        for name, rate, lack in missing:
            self._taken[name] = (lack + amount, now, rate.per_minute / 60)
        self._sweep(now)
        return True

    def _missing(self, name: str, now: float) -> float:
        lack, since, refill = self._taken.get(name, (0.0, now, 0.0))
        return max(0.0, lack - (now - since) * refill)

    def _sweep(self, now: float) -> None:
        """Drop full buckets; names invented by strangers are kept for about a minute."""
        if len(self._taken) < self._sweep_at:
            return
        self._taken = {name: kept for name, kept in self._taken.items() if self._missing(name, now) > 0}
        self._sweep_at = max(_SWEEP_FROM, 2 * len(self._taken))


def shared(what: str, source: str, rate: Rate, factor: float) -> list[tuple[str, Rate]]:
    """Buckets of a source, one per network."""
    return [(f"{what} {name}", rate.times(factor * room)) for name, room in tiers_of(source)]
