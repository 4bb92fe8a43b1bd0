"""Delivery of a screen: all its messages in order, and the reactions to refusals."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from bot.channel import Held, Outage, Parcel, Rejected, Sent, Throttled, Undelivered, Unknown, Unreachable
from bot.sending.pacer import Pacer
from bot.whatsapp.errors import GATEWAY, Meaning, Reaction, Refused
from bot.whatsapp.media import upload
from bot.whatsapp.names import objects
from bot.whatsapp.render import Payload
from bot.whatsapp.sending import GraphApi
from storage.post.outbox import REPLY

BEGIN_SECONDS = (
    20.0  # then no message of a screen begins; two calls of 10 s more are within the lease of 60 s
)
SHUT_SECONDS = 30.0
PERSON_SECONDS_AT_MOST = 4.0**6
WAIT_SECONDS_AT_MOST = 60.0
_MANY = 1024

Tell = Callable[[str], Awaitable[None]]

log = structlog.get_logger(__name__)


class WindowClosed(Exception):
    """The provider accepts only a template for this person now."""


class WhatsAppDelivery:
    """Sends for one number. `trouble` is a code while the provider refuses us as a whole, else None.

    Args:
        clock: monotonic, in seconds.
        tell: tells staff that the provider refuses us as a whole, once each time.
    """

    def __init__(
        self,
        *,
        graph: GraphApi,
        number: str,
        pacer: Pacer,
        tell: Tell,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.trouble: str | None = None
        self._graph = graph
        self._number = number
        self._pacer = pacer
        self._tell = tell
        self._clock = clock
        self._shut_until = 0.0
        self._refusals: dict[str, int] = {}
        self._begun: dict[int, int] = {}

    async def send(self, parcel: Parcel, payloads: Sequence[Payload]) -> Sent:
        """Send the messages that an earlier try did not send; skip files that WhatsApp refuses.

        Raises:
            WindowClosed: only a template is accepted.
            Undelivered: see bot/channel.py; a later try does not repeat the messages already sent.
        """
        self._keep_out()
        begun_at = self._clock()
        shown, number = self._begun.pop(parcel.id, 0), None
        try:
            for payload in payloads[shown:]:
                if self._clock() - begun_at > BEGIN_SECONDS:
                    raise Outage
                last = payload is payloads[-1]
                try:
                    number = await self._show(parcel, payload, last=last)
                except Undelivered as why:
                    if last or payload.file is None or not self._can_be_left_out(parcel, why):
                        raise
                    log.warning("whatsapp.file_left_out", mime=payload.file.mime, why=type(why).__name__)
                shown += 1
        except WindowClosed:
            shown = 0
            raise
        finally:
            if 0 < shown < len(payloads):
                self._remember(parcel.id, shown)
        return Sent(id=number)

    def _can_be_left_out(self, parcel: Parcel, why: Undelivered) -> bool:
        """Whether to continue without this file: it is refused, may have arrived, or failed again."""
        if isinstance(why, Outage):
            return parcel.attempts > 1 and self._clock() >= self._shut_until
        return isinstance(why, Rejected | Unknown)

    async def _show(self, parcel: Parcel, payload: Payload, *, last: bool) -> str | None:
        await self._pacer.turn(parcel.address, priority=parcel.priority)
        try:
            content = payload.content
            if payload.file is not None:
                content = {**content, "id": await upload(self._graph, self._number, payload.file)}
            body = message(parcel, payload.kind, content, last=last)
            answer = await self._graph.post(f"{self._number}/messages", body)
        except Refused as why:
            raise await self._outcome(parcel, why) from None
        finally:
            self._pacer.done()
        self._refusals.pop(parcel.address, None)
        self._recovered()
        return _id_in(answer)

    async def _outcome(self, parcel: Parcel, why: Refused) -> Exception:
        """Exception for a refusal, after its holds are in force."""
        meaning = why.meaning
        match meaning.reaction:
            case Reaction.TEMPLATE:
                return WindowClosed()
            case Reaction.WAIT:
                return self._waits(parcel, meaning)
            case Reaction.WAIT_FOR_PERSON:
                return self._person_waits(parcel.address)
            case Reaction.SHUT:
                await self._shut(why)
                return Outage()
        return _outcome_of(meaning)

    def _waits(self, parcel: Parcel, meaning: Meaning) -> Throttled:
        """The number is too fast: this message and all pushes wait; other replies are still tried."""
        seconds = meaning.seconds
        if not meaning.told:
            seconds = min(seconds * 2.0 ** (max(parcel.attempts, 1) - 1), WAIT_SECONDS_AT_MOST)
        self._pacer.hold(parcel.address, seconds, push=True)
        if parcel.priority == REPLY:
            self._pacer.hold(parcel.address, seconds, push=False)
        return Throttled(seconds)

    def _person_waits(self, address: str) -> Throttled:
        """131056: wait 4, 16, 64 … seconds, as the provider demands."""
        if len(self._refusals) > _MANY:
            self._refusals.clear()
        times = self._refusals[address] = self._refusals.get(address, 0) + 1
        seconds = min(4.0**times, PERSON_SECONDS_AT_MOST)
        self._pacer.hold(address, seconds, push=False)
        return Throttled(seconds, whole_channel=False)

    async def _shut(self, why: Refused) -> None:
        self._shut_until = self._clock() + SHUT_SECONDS
        if self.trouble is None:
            self.trouble = why.meaning.reason
            log.error("whatsapp.refused", reason=why.meaning.reason, code=why.code)
            await self._tell(why.meaning.reason)

    def _recovered(self) -> None:
        if self.trouble is not None:
            log.info("whatsapp.recovered", after=self.trouble)
            self.trouble = None

    def _keep_out(self) -> None:
        """Do not call a provider that refuses us."""
        if self._clock() < self._shut_until:
            raise Outage

    def _remember(self, row: int, shown: int) -> None:
        self._begun[row] = shown
        if len(self._begun) > _MANY:
            del self._begun[next(iter(self._begun))]


def message(parcel: Parcel, kind: str, content: dict[str, Any], *, last: bool) -> dict[str, Any]:
    """Body of a call; the last message of a screen has its outbox row, for statuses."""
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **recipient(parcel.address),
        "type": kind,
        kind: content,
    }
    return {**body, "biz_opaque_callback_data": str(parcel.id)} if last else body


def recipient(address: str) -> dict[str, str]:
    """Recipient of a message: a number with country code, or the provider's id of a person.

    Raises:
        Unreachable: the address is neither.
    """
    if address.startswith("+"):
        return {"to": address}
    kind, _, value = address.partition(":")
    if kind != "bsuid" or not value:
        raise Unreachable("no_address")
    return {"recipient": value}


def _outcome_of(meaning: Meaning) -> Undelivered:
    match meaning.reaction:
        case Reaction.KEEP:
            return Held(meaning.reason, again_after_seconds=meaning.seconds)
        case Reaction.GIVE_UP_PERSON:
            return Unreachable(meaning.reason)
        case Reaction.GIVE_UP:
            return Rejected(meaning.reason)
    return Outage(asked=meaning.reason == GATEWAY)


def _id_in(answer: Any) -> str | None:
    """Id of the accepted message; an answer without one counts as accepted."""
    number = next((one.get("id") for one in objects(answer, "messages")), None)
    return number if isinstance(number, str) else None
