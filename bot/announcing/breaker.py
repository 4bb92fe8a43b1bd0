"""The breaker of one channel: a batch that fails for one reason is an outage, not twenty unreachable chats.

trouble    three consecutive calls met trouble of the provider (5xx, dropped connections): wait 5, 10 … 60
           seconds, try one
alike      19 of 20 failed for the same reason: they wait again; three are tried after 5, 10 … 600 seconds
excused    after one of those succeeds, further failures of the others count
"""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from storage.post.sending import Outcome

BATCH, ALIKE = 20, 19
TROUBLES = 3
_TROUBLE_SECONDS, _TROUBLE_AT_MOST = 5.0, 60.0
_ALIKE_SECONDS, _ALIKE_AT_MOST = 5.0, 600.0
_TRIED_AT_ONCE = 3  # with one alone, a recipient who really blocked us would look like a continuing outage
_ARRIVED = "arrived"
_OURS = frozenset({"window_closed", "erased", "moved"})  # our own reasons, not the provider's
_MANY = 10_000

log = structlog.get_logger(__name__)


class Breaker:
    """Evaluates outcomes of an announcement's calls, and limits the number of calls."""

    def __init__(self, channel: str, clock: Callable[[], datetime]) -> None:
        self.tripped = False  # most of a batch failed alike; staff are alarmed
        self._channel = channel
        self._clock = clock
        self._recent: deque[str] = deque(maxlen=BATCH)
        self._doubted: list[Outcome] = []
        self._believed: set[int] = set()
        self._waiting: set[int] = set()
        self._troubles = 0
        self._pause = 0.0
        self._shut_until: datetime | None = None

    def room(self, wanted: int, out: int) -> int:
        """Number of calls that may begin, of `wanted`, while `out` are pending."""
        if self._shut_until is None:
            return wanted
        if self._shut_until > self._clock():
            return 0
        return (_TRIED_AT_ONCE if self.tripped else 1) - out

    def judge(self, outcome: Outcome) -> list[Outcome]:
        """Evaluate an outcome; return the outcomes to record now."""
        if outcome.trouble:
            return self._trouble(outcome)
        if outcome.state == "sent":
            return self._arrived(outcome)
        if outcome.state == "failed" and outcome.id not in self._believed and outcome.reason not in _OURS:
            return self._doubt(outcome)
        return [outcome]

    def settle(self) -> list[Outcome]:
        """No call is pending: return the withheld outcomes, which are too few for an outage."""
        return self._believe()

    def _trouble(self, outcome: Outcome) -> list[Outcome]:
        self._troubles += 1
        if self._troubles >= TROUBLES or self._shut_until is not None:
            self._pause = min(max(self._pause * 2, _TROUBLE_SECONDS), _TROUBLE_AT_MOST)
            self._shut(self._pause)
        return [outcome]

    def _arrived(self, outcome: Outcome) -> list[Outcome]:
        self._troubles, self._pause, self._shut_until = 0, 0.0, None
        self._recent.append(_ARRIVED)
        if self.tripped:
            log.info("announcing.breaker_closes", channel=self._channel)
            self.tripped = False
            self._recent.clear()
            self._believed |= self._waiting
            self._waiting = set()
        return [*self._judged(), outcome]

    def _doubt(self, outcome: Outcome) -> list[Outcome]:
        self._troubles = 0
        self._recent.append(outcome.reason or "")
        self._doubted.append(outcome)
        if self.tripped:  # the trial after the pause failed as well
            return self._trip()
        return self._judged()

    def _judged(self) -> list[Outcome]:
        """Outcomes that are decided: a batch that failed alike, or one with enough successes."""
        if len(self._recent) < BATCH:
            return []
        reason, times = Counter(self._recent).most_common(1)[0]
        if reason != _ARRIVED and times >= ALIKE:
            return self._trip()
        return self._believe()

    def _trip(self) -> list[Outcome]:
        """Let the failed ones wait again, so that no chat is stopped."""
        if not self.tripped:
            log.error("announcing.breaker_opens", channel=self._channel, why=self._doubted[-1].reason)
        self.tripped = True
        until = self._shut_until
        if until is None or until <= self._clock():  # not yet shut again by another trial
            self._pause = min(max(self._pause * 2, _ALIKE_SECONDS), _ALIKE_AT_MOST)
            until = self._shut(self._pause)
        again = [
            replace(one, state="waiting", reason="outage", due_at=until, provider_id=None)
            for one in self._doubted
        ]
        self._waiting |= {one.id for one in again}
        self._doubted = []
        self._recent.clear()
        return again

    def _believe(self) -> list[Outcome]:
        believed, self._doubted = self._doubted, []
        if len(self._believed) > _MANY:
            self._believed.clear()
        return believed

    def _shut(self, seconds: float) -> datetime:
        self._shut_until = self._clock() + timedelta(seconds=seconds)
        return self._shut_until
