"""`/whatsapp/webhook`: the handshake, and signed bodies with messages and statuses.

Forged bodies get 401, and are counted and logged without content. A signed body gets 200 once all of it is stored,
readable or not; after 503 the provider repeats it (for 7 days), and what was stored before has no second
effect. The padding of equal answers is skipped here, as the resident does not see this answer.
"""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import structlog
from starlette.types import Receive, Scope, Send

from bot.channel import Contact, Hear, Heard
from bot.http.asgi import answer, body_of
from bot.setup.logs import LogLimit, what
from bot.whatsapp.lanes import Lane, lanes
from bot.whatsapp.parser import Found, ReasonOf, read
from storage.session import StoreDown

PATH = "/whatsapp/webhook"
LARGEST = 4_000_000  # the provider's bodies have at most 3 MB
_PARKED_LINES = 20  # of one body in the log; it cannot have many more kinds
_SIGNATURE = b"x-hub-signature-256"
_SIGNED = re.compile(rb"sha256=[0-9a-f]{64}")

log = structlog.get_logger(__name__)


def _log_forged(*, count: int) -> None:
    log.warning("whatsapp.forged", count=count)


def _log_refused_handshake(*, count: int) -> None:
    log.warning("whatsapp.handshake_refused", count=count)


@dataclass(kw_only=True)
class WhatsAppWebhook:
    """Serves one number's webhook (ASGI); `hear` is set when the channel listens.

    `secrets` are the valid app secrets, two during a change; `parked` counts unreadable items.

    Raises:
        ValueError: there is no app secret, so anybody could forge messages.
    """

    account: str
    secrets: Sequence[bytes]
    verify_token: bytes
    reason_of: ReasonOf
    hear: Hear | None = None
    parked: int = 0
    contact: Contact = field(default_factory=lambda: Contact("webhook"))
    _forged: LogLimit = field(default_factory=lambda: LogLimit(_log_forged), init=False, repr=False)
    _refused_handshake: LogLimit = field(
        default_factory=lambda: LogLimit(_log_refused_handshake), init=False, repr=False
    )

    def __post_init__(self) -> None:
        self.secrets = [secret for secret in self.secrets if secret]
        if not self.secrets:
            raise ValueError(
                "WhatsApp needs LOKET_WHATSAPP_APP_SECRET: without it anybody could speak in a resident's name."
            )
        self._keyed = [hmac.new(secret, digestmod=hashlib.sha256) for secret in self.secrets]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["method"] == "POST":
            await answer(send, await self._take(scope, receive), b"{}")
        else:
            await self._shake_hands(scope, send)

    async def _shake_hands(self, scope: Scope, send: Send) -> None:
        """Handshake with the provider: return the challenge unchanged."""
        asked = parse_qs(scope["query_string"].decode("ascii", "replace"))
        mode, token, challenge = (
            asked.get(f"hub.{name}", [""])[0] for name in ("mode", "verify_token", "challenge")
        )
        same = hmac.compare_digest(token.encode(), self.verify_token)
        if not (self.verify_token and same and mode == "subscribe" and challenge):
            self._refused_handshake()
            await answer(send, 401, kind=b"text/plain; charset=utf-8")
            return
        await answer(send, 200, challenge.encode(), kind=b"text/plain; charset=utf-8")

    async def _take(self, scope: Scope, receive: Receive) -> int:
        signature = next((value for name, value in scope["headers"] if name == _SIGNATURE), b"")
        if not _SIGNED.fullmatch(signature):
            return self._refuse()  # without reading the body
        body = await body_of(receive, largest=LARGEST)
        if body is None:
            return 413
        if not self._is_signed(body, signature):
            return self._refuse()
        self.contact.heard()
        if self.hear is None:
            return 503
        return await self._hand_over(self._read(body), self.hear)

    def _refuse(self) -> int:
        self.contact.forged += 1
        self._forged()
        return 401

    def _is_signed(self, body: bytes, signature: bytes) -> bool:
        """Compare with every secret, in constant time."""
        right = False
        for keyed in self._keyed:
            ours = keyed.copy()
            ours.update(body)
            right |= hmac.compare_digest(b"sha256=" + ours.hexdigest().encode(), signature)
        return right

    def _read(self, body: bytes) -> Found:
        try:
            found = read(json.loads(body), account=self.account, reason_of=self.reason_of)
        except (ValueError, RecursionError) as problem:
            self.parked += 1
            log.warning("whatsapp.parked", place="body", problem=type(problem).__name__)
            return Found()
        self.parked += found.parked.total()
        for parked, count in found.parked.most_common(_PARKED_LINES):
            log.warning("whatsapp.parked", place=parked.place, problem=parked.problem, count=count)
        if found.ignored:
            log.info("whatsapp.ignored", **found.ignored)
        return found

    async def _hand_over(self, found: Found, hear: Hear) -> int:
        """Process everything: one person's events in order, different persons' in parallel."""
        work: list[Awaitable[None]] = [_in_order(lane, hear) for lane in lanes(found.events)]
        if found.receipts:
            work.append(hear.receipts(found.receipts))
        if len(work) == 1:
            outcomes = [await _outcome(work[0])]
        else:
            outcomes = await asyncio.gather(*map(_outcome, work))
        return 200 if all(outcomes) else 503


async def _in_order(lane: Lane, hear: Hear) -> None:
    for event in lane:
        if isinstance(event.what, Heard):
            await hear(event.what, padded=False)
        else:
            await hear.moved(event.what)


async def _outcome(work: Awaitable[None]) -> bool:
    """Whether it was stored; a fault must not affect the rest of the body."""
    try:
        await work
    except StoreDown:
        return False
    except Exception as fault:  # noqa: BLE001  (the provider sends it again)
        log.error("whatsapp.fault", **what(fault))  # noqa: TRY400  (its message may quote a resident)
        return False
    return True
