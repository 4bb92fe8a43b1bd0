"""One attempt to send a parcel, and the effect of a failure on its row and channel."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channel import (
    Absent,
    Channel,
    Clock,
    Held,
    Outage,
    Parcel,
    Rejected,
    Throttled,
    Undelivered,
    Unreachable,
)
from domain.office.office import Office
from storage.post.outbox import ANNOUNCEMENT, PUSH, REPLY
from storage.post.receipts import WINDOW_CLOSED
from storage.post.sending import Outcome

OUTAGE_SECONDS_AT_MOST = 60
FAULTS_AT_MOST = 5
APPROVED_WORDS = "template"  # prefix of reasons for refused templates

log = structlog.get_logger(__name__)


class Deliveries:
    """Attempts, and holds on a channel's pushes after a throttled one."""

    def __init__(self, clock: Clock, office: Office) -> None:
        self._clock = clock
        self._office = office
        self._pushes_held: dict[str, datetime] = {}

    @property
    def quiet(self) -> bool:
        """Whether it is quiet hours."""
        return self._office.quiet.covers(self._office.local(self._clock()).time())

    def held(self, channel: str) -> bool:
        """Whether the provider asked to pause everything but replies."""
        held = self._pushes_held.get(channel)
        return held is not None and held > self._clock()

    def open_for(self, channel: str) -> tuple[int, ...]:
        """Priorities that may be sent now: replies always, pushes outside holds and quiet hours."""
        return (REPLY,) if self.quiet or self.held(channel) else (REPLY, PUSH)

    async def attempt(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Send it; every failure becomes an outcome."""
        try:
            sent = await channel.send(parcel)
        except Undelivered as failure:
            return self._outcome(parcel, failure, twice=channel.caps.resends_unknown)
        except Exception as fault:
            log.exception("courier.fault", row=parcel.id, channel=parcel.channel, fault=type(fault).__name__)
            if parcel.priority == ANNOUNCEMENT:  # the call may have been made or not
                return _unknown(parcel)
            if parcel.attempts >= FAULTS_AT_MOST:
                return _failed(parcel, "fault")
            return self._again(parcel, _backoff(parcel))
        return Outcome(id=parcel.id, chat=parcel.chat, state="sent", reason=sent.how, provider_id=sent.id)

    def _outcome(self, parcel: Parcel, failure: Undelivered, *, twice: bool) -> Outcome:
        match failure:
            case Throttled():
                return self._throttled(parcel, failure)
            case Unreachable() | Rejected():
                return _failed(parcel, failure.reason)
            case Held():
                return self._held(parcel, failure)
            case Absent():
                return self._again(parcel, 0)
        return self._troubled(parcel, failure, twice=twice)

    def _troubled(self, parcel: Parcel, failure: Undelivered, *, twice: bool) -> Outcome:
        """Outcome for trouble of the provider: retry if nothing was accepted, or duplicates are harmless."""
        announced = parcel.priority == ANNOUNCEMENT
        if isinstance(failure, Outage) and not (failure.asked and announced):
            return replace(self._again(parcel, _backoff(parcel)), trouble=True)
        if twice and parcel.attempts == 1 and not announced:
            return self._again(parcel, 0)
        return _unknown(parcel)

    def _held(self, parcel: Parcel, failure: Held) -> Outcome:
        """Hold it until the resident writes; an announcement without an approved template fails."""
        wordless = failure.reason == WINDOW_CLOSED or failure.reason.startswith(APPROVED_WORDS)
        if parcel.priority == ANNOUNCEMENT and wordless:
            return _failed(parcel, WINDOW_CLOSED)
        return self._again(parcel, failure.again_after_seconds, reason=failure.reason)

    def _throttled(self, parcel: Parcel, failure: Throttled) -> Outcome:
        if parcel.priority != REPLY and failure.whole_channel:
            self._pushes_held[parcel.channel] = self._clock() + timedelta(seconds=failure.retry_after_seconds)
        return self._again(parcel, failure.retry_after_seconds)

    def _again(self, parcel: Parcel, seconds: float, *, reason: str | None = None) -> Outcome:
        due_at = self._clock() + timedelta(seconds=seconds)
        return Outcome(id=parcel.id, chat=parcel.chat, state="waiting", reason=reason, due_at=due_at)


def _failed(parcel: Parcel, reason: str) -> Outcome:
    return Outcome(id=parcel.id, chat=parcel.chat, state="failed", reason=reason)


def _unknown(parcel: Parcel) -> Outcome:
    return Outcome(id=parcel.id, chat=parcel.chat, state="unknown", trouble=True)


def _backoff(parcel: Parcel) -> float:
    return float(min(2 ** min(parcel.attempts, 10), OUTAGE_SECONDS_AT_MOST))
