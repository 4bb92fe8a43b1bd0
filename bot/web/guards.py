"""Middleware of all pages: security headers, request and body limits."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http import asgi
from bot.http.rates import Buckets, shared
from bot.http.sources import source_of
from bot.web.limits.quotas import Quotas, QuotaTally

BODY_BYTES = 1024 * 1024
BODY_SECONDS = 10.0
"""Time limit of a whole request body; larger permitted ones get one more second per 256 KB (2 Mbit/s)."""
BODY_BYTES_A_SECOND = 256 * 1024
# A form's file above a megabyte is written to disk while it arrives; smaller ones are kept in memory.
_HELD_BYTES = 8 * BODY_BYTES
_DRAINED_BYTES = 16 * BODY_BYTES
_LONGEST_LENGTH = 19  # digits; Python reads no number of thousands
# A body is taken so far whatever others hold: nearly every message of a provider is smaller.
_SMALL_BYTES = 16 * 1024


def security_headers(public_url: str) -> dict[str, str]:
    """Headers of every answer: nothing from other sites, nothing inline, no framing."""
    headers = {
        "Content-Security-Policy": content_policy(public_url),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    if public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def content_policy(public_url: str) -> str:
    """Content security policy; older Safari does not count a WebSocket of the same host as 'self'."""
    sockets = "".join(f" {url}" for url in [_socket(public_url)] if url)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        f"connect-src 'self'{sockets}; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def _socket(public_url: str) -> str:
    if not public_url:
        return ""
    parts = urlsplit(public_url)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class SecurityHeaders:
    """Adds the headers to answers that do not set their own."""

    app: ASGIApp
    headers: Mapping[str, str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to its answer."""

        async def dressed(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                answer = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    answer.setdefault(name, value)
                answer.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, dressed)


Refuse = Callable[[HTTPStatus, str, Scope, Receive, Send], Awaitable[None]]
"""Answers a refused body."""


async def _refuse(status: HTTPStatus, words: str, scope: Scope, receive: Receive, send: Send) -> None:
    answer = PlainTextResponse(words, status_code=status, headers={"Connection": "close"})
    await answer(scope, receive, send)


class _TooBig(Exception):
    pass


class _Full(Exception):
    pass


@dataclass(slots=True)
class _Body:
    """Progress of one request body."""

    most: int
    deadline: float
    taken: int = 0
    complete: bool = False


@dataclass(slots=True)
class Bodies:
    """Bytes of all bodies held now, of pages and webhooks, with a limit."""

    most: int = 32 * BODY_BYTES
    held: int = 0


@dataclass(slots=True)
class BodyLimits:
    """Refuses bodies that are too large (413), too slow (408), or too many at once (503)."""

    app: ASGIApp
    # Paths for files and batches. Their handlers check the sender by its headers first.
    larger: Mapping[str, int] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=Bodies)
    refuse: Refuse = _refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counted body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = self._body(scope)
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if declared.isdigit() and (len(declared) > _LONGEST_LENGTH or int(declared) > body.most):
            await self._too_large(body.most, scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, self._counted(receive, body), noted)
        except (_TooBig, _Full, TimeoutError) as why:
            if not started:
                await self._told(why, body, scope, receive, send)
        finally:
            self.bodies.held -= body.taken

    async def _told(self, why: Exception, body: "_Body", scope: Scope, receive: Receive, send: Send) -> None:
        if isinstance(why, _TooBig):
            await self._too_large(body.most, scope, receive, send)
        elif isinstance(why, _Full):
            words = "Kami sedang menerima terlalu banyak kiriman. Mohon coba lagi sebentar lagi."
            await self.refuse(HTTPStatus.SERVICE_UNAVAILABLE, words, scope, receive, send)
        else:
            await self.refuse(HTTPStatus.REQUEST_TIMEOUT, "Kiriman terlalu lama.", scope, receive, send)

    def _body(self, scope: Scope) -> _Body:
        most = self.larger.get(scope["path"], BODY_BYTES)
        seconds = BODY_SECONDS + (most / BODY_BYTES_A_SECOND if most > BODY_BYTES else 0)
        return _Body(most, asyncio.get_running_loop().time() + seconds)

    def _counted(self, receive: Receive, body: _Body) -> Receive:
        async def counted() -> Message:
            if body.complete:
                # From here on the application only waits for a disconnect.
                return await receive()
            message = asgi.at_hand(receive)
            if message is None:
                async with asyncio.timeout_at(body.deadline):
                    message = await receive()
            count = len(message.get("body", b""))
            body.taken += count
            self.bodies.held += count
            body.complete = not message.get("more_body", False)
            if body.taken > body.most:
                raise _TooBig
            if self.bodies.held > self.bodies.most and body.taken > _SMALL_BYTES and body.most <= _HELD_BYTES:
                raise _Full
            return message

        return counted

    async def _too_large(self, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        await self._drain(receive, max(_DRAINED_BYTES, 2 * most))
        words = "Kiriman terlalu besar."
        if scope["path"] in self.larger:
            words = f"Berkas ini terlalu besar: paling besar {most // BODY_BYTES - 1} MB. Bagi menjadi beberapa berkas, lalu kirim lagi."
        await self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words, scope, receive, send)

    async def _drain(self, receive: Receive, left: int) -> None:
        """Read on for a while: a client that is disconnected while sending does not see the answer."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while left > 0:
                    message = await receive()
                    if not message.get("more_body", False):
                        return
                    left -= len(message.get("body", b""))
        except TimeoutError:
            return


@dataclass(slots=True)
class Requests:
    """Refuses sources with too many requests, in total or at once (429), except on the paths in `free`."""

    app: ASGIApp
    quotas: Quotas
    refuse: Callable[[Scope, str, int], ASGIApp]
    free: Collection[str] = ()
    _open: QuotaTally = field(init=False)
    _buckets: Buckets = field(init=False)

    def __post_init__(self) -> None:
        self._open = QuotaTally(self.quotas.requests_at_once * self.quotas.factor)
        self._buckets = Buckets(time.monotonic)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"} or scope["path"] in self.free:
            await self.app(scope, receive, send)
            return
        source = source_of(scope)
        often = not self._buckets.take(shared("requests", source, self.quotas.requests, self.quotas.factor))
        if often or self._open.full(source):
            await self.refuse(scope, "web-many-requests", HTTPStatus.TOO_MANY_REQUESTS)(scope, receive, send)
            return
        if scope["type"] == "websocket":  # open for hours; counted by bot/web/limits/callers.py
            await self.app(scope, receive, send)
            return
        self._open.take(source)
        try:
            await self.app(scope, receive, send)
        finally:
            self._open.give(source)
