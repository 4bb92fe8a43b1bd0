"""`POST /telegram/webhook`: one update and its turn; the HTTP answer contains the reply.

A bare ASGI endpoint: Starlette's request and response objects would cost more than parsing the update.

Work after the answer (marking the reply as written, deleting a message) runs after its last byte, in the same
task. A reply of several calls is sent by the courier's calls only, as later ones could overtake one in the answer.
"""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

import structlog
from msgspec.json import encode
from starlette.types import Receive, Scope, Send

from bot.channel import Contact, Hear, Parcel
from bot.http import asgi
from bot.sending.pacer import Pacer
from bot.setup.logs import LogLimit
from bot.telegram.delivery import TelegramDelivery
from bot.telegram.parser import Noted, UpdateParser
from domain.codec import light_dataclass
from storage.session import StoreDown

LARGEST = 1_000_000
_SECRET = b"x-telegram-bot-api-secret-token"
_NOTHING = b"{}"

log = structlog.get_logger(__name__)


def _log_forged(*, count: int) -> None:
    log.warning("telegram.forged", count=count)


@light_dataclass(frozen=True, slots=True)
class _Answer:
    """The HTTP answer, and the work after it: carry a parcel (unless `inside` the body), answer a tap."""

    status: int = 200
    body: bytes = _NOTHING
    parcel: Parcel | None = None
    inside: bool = False
    callback: str | None = None


@dataclass(kw_only=True)
class TelegramWebhook:
    """Serves one bot's webhook; `hear` is set when the channel listens."""

    secret: bytes
    contact: Contact
    parser: UpdateParser
    delivery: TelegramDelivery
    pacer: Pacer
    answer_tap: Callable[[str], Awaitable[None]]
    tidy: Callable[[Parcel], Awaitable[None]]
    hear: Hear | None = None
    _forged: LogLimit = field(default_factory=lambda: LogLimit(_log_forged), init=False, repr=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        answer = await self._answer(scope, receive)
        if answer.parcel is not None and self.hear is not None and _hung_up(receive):
            # Telegram has disconnected, so the reply is sent by a call.
            self.hear.carry(answer.parcel)
            return
        await asgi.answer(send, answer.status, answer.body)
        if answer.parcel is not None and self.hear is not None:
            if answer.inside:
                await self.hear.written(answer.parcel)
                asgi.on_reset(scope, partial(self.hear.cut, answer.parcel))
            else:
                self.hear.carry(answer.parcel)
        if answer.callback is not None:
            await self.answer_tap(answer.callback)
        if answer.parcel is not None and answer.inside:
            await self.tidy(answer.parcel)

    async def _answer(self, scope: Scope, receive: Receive) -> _Answer:
        if not _same(scope, self.secret):
            self.contact.forged += 1
            self._forged()
            return _Answer(401)
        self.contact.heard()
        if self.hear is None:
            return _Answer(503)
        body = await asgi.body_of(receive, largest=LARGEST)
        if body is None:
            return _Answer(413)
        try:
            return await self._turn(await self.parser.read(body), self.hear)
        except StoreDown:
            return _Answer(503)

    async def _turn(self, noted: Noted, hear: Hear) -> _Answer:
        """Run the update's turn; the answer has the reply, or else stops the tapped button's animation."""
        heard = noted.heard
        parcel = None
        if heard is not None:
            parcel = (await hear(heard, inline=not self.pacer.held(heard.address))).inline
        if parcel is None:
            body = _tap(noted.callback) if noted.callback is not None else _NOTHING
            return _Answer(body=body)
        calls = self.delivery.calls(parcel)
        first = calls[0]
        if len(calls) > 1 or first.file is not None or first.edits is not None:
            return _Answer(parcel=parcel, callback=noted.callback)
        body = encode({"method": first.method, "chat_id": int(parcel.address), **first.params})
        return _Answer(body=body, parcel=parcel, inside=True, callback=noted.callback)


@dataclass(frozen=True, slots=True)
class Unheard:
    """Serves the webhook's address during polling: accepts nothing, refuses strangers as always."""

    secret: bytes = field(repr=False)
    contact: Contact

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        known = self.secret != b"" and _same(scope, self.secret)
        self.contact.forged += not known
        await asgi.answer(send, 404 if known else 401, _NOTHING)


def _same(scope: Scope, secret: bytes) -> bool:
    given = next((value for name, value in scope["headers"] if name == _SECRET), b"")
    return hmac.compare_digest(given, secret)


def _hung_up(receive: Receive) -> bool:
    """Whether the client is gone (Starlette's way costs a fifth of the request)."""
    told = asgi.at_hand(receive)
    return told is not None and told["type"] == "http.disconnect"


def _tap(callback: str) -> bytes:
    return encode({"method": "answerCallbackQuery", "callback_query_id": callback})
