"""Rate limits of the platform: per second and number (130429), and per person (131056)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from demo.whatsapp_emulator.refusals import RefusedCall


@dataclass(slots=True)
class _Window:
    """At most `most` calls in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def is_full(self, now: float) -> bool:
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return len(self.times) >= self.most


@dataclass(slots=True, kw_only=True)
class RateLimits:
    """Refuses calls above the limits, after `enforce`; refused ones do not count. `clock` is monotonic."""

    clock: Callable[[], float]
    refused: int = 0
    _total: _Window | None = None
    _pair: tuple[int, float] | None = None
    _people: dict[str, _Window] = field(default_factory=dict)

    def enforce(self, *, per_second: int = 80, pair_burst: int = 45, pair_seconds: float = 6.0) -> None:
        """Enforce limits: `per_second` in total, and one per `pair_seconds` to a person.

        A burst of `pair_burst` to a person is possible, at the expense of later messages.
        """
        self._total = _Window(per_second, 1.0)
        self._pair = pair_burst, pair_seconds
        self._people.clear()

    def check(self, person: str) -> None:
        """Count one message.

        Raises:
            Refused: 130429 or 131056.
        """
        now = self.clock()
        pair = self._window_of(person)
        for window, code in ((self._total, 130429), (pair, 131056)):
            if window is not None and window.is_full(now):
                self.refused += 1
                raise RefusedCall(code, "Too many messages in a short time.")
        for window in (self._total, pair):
            if window is not None:
                window.times.append(now)

    def _window_of(self, person: str) -> _Window | None:
        if self._pair is None:
            return None
        burst, seconds = self._pair
        return self._people.setdefault(person, _Window(burst, burst * seconds))
