"""What stands before every page: security headers, limits on bodies, and patience that ends."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 1024 * 1024
BODY_SECONDS = 10.0
_DRAINED_BYTES = 16 * BODY_BYTES


def security_headers(public_url: str) -> dict[str, str]:
    """Give the headers of every answer: nothing from elsewhere, nothing inline, nothing framed."""
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
    """Give the content policy; older Safari does not count a WebSocket of this very host as 'self'."""
    sockets = "".join(f" {url}" for url in [_socket(public_url)] if url)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
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
    """Adds the headers to every answer that does not set its own."""

    app: ASGIApp
    headers: Mapping[str, str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and dress its answer."""

        async def dressed(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                answer = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    answer.setdefault(name, value)
                answer.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, dressed)


class _TooBig(Exception):
    pass


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Refuses bodies that are too big (413) or come too slowly (408)."""

    app: ASGIApp
    bytes_at_most: int = BODY_BYTES
    seconds_at_most: float = BODY_SECONDS
    # Addresses that files and batches are sent to. Whoever serves one looks first who asks, as far as headers tell.
    larger: Mapping[str, int] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counted body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.larger.get(scope["path"], self.bytes_at_most)
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > most:
            await self._too_large(most, scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, self._counted(receive, most), noted)
        except _TooBig:
            if not started:
                await self._too_large(most, scope, receive, send)
        except TimeoutError:
            if not started:
                await _refuse(HTTPStatus.REQUEST_TIMEOUT, "Kiriman terlalu lama.", scope, receive, send)

    def _counted(self, receive: Receive, most: int) -> Receive:
        taken = 0
        complete = False

        async def counted() -> Message:
            nonlocal taken, complete
            if complete:
                # From here on the app only waits for the client to leave.
                return await receive()
            async with asyncio.timeout(self.seconds_at_most):
                message = await receive()
            taken += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if taken > most:
                raise _TooBig
            return message

        return counted

    async def _too_large(self, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        await self._drain(receive, max(_DRAINED_BYTES, 2 * most))
        words = "Kiriman terlalu besar."
        if scope["path"] in self.larger:
            words = f"Berkas ini terlalu besar: paling besar {most // BODY_BYTES - 1} MB. Bagi menjadi beberapa berkas, lalu kirim lagi."
        await _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words, scope, receive, send)

    async def _drain(self, receive: Receive, left: int) -> None:
        """Read on a little: a client that is cut off in the middle of its sending never sees why."""
        try:
            async with asyncio.timeout(self.seconds_at_most):
                while left > 0:
                    message = await receive()
                    if not message.get("more_body", False):
                        return
                    left -= len(message.get("body", b""))
        except TimeoutError:
            return


async def _refuse(status: HTTPStatus, words: str, scope: Scope, receive: Receive, send: Send) -> None:
    answer = PlainTextResponse(words, status_code=status, headers={"Connection": "close"})
    await answer(scope, receive, send)
