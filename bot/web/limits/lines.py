"""Connections of the web server: time limits, and which one is closed when there are too many."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.http import asgi
from bot.http.sources import UNKNOWN, Proxies
from bot.web.limits.quotas import Quotas, QuotaTally
from domain.people.networks import source_of_address

if TYPE_CHECKING:
    from bot.web.limits.chat_line import ChatLine

HEADER_BYTES = 16 * 1024
HEADER_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 15.0
PIPELINED = 8
"""Requests that may wait on a connection for the answer of another one; neither browsers nor proxies nor providers send any."""
ANSWER_SECONDS = 600.0
"""From a request's headers to the end of its answer; a console import of 64 MB may take 266 s."""
LAST_REQUEST_SECONDS = 1.0
"""Of a server that stops: closing at once would refuse a request that is on its way."""
_CUT_SECONDS = 10.0


@dataclass(eq=False, slots=True)
class _Line:
    let_go: Callable[[], None]
    source: str | None


@dataclass(kw_only=True)
class ChatLines:
    """All connections of this process.

    If there is no room for a new connection, the oldest one without a request is closed, else the one with
    the oldest incomplete request. Connections of trusted proxies count only in total; their clients are
    counted per request. `sentence` is the text of a refusal. `ending`: the server stops, so each connection
    gets at most one more answer.
    """

    quotas: Quotas
    proxies: Proxies
    sentence: str = ""
    refused: int = 0
    ending: bool = False
    _lines: dict[asyncio.Transport, _Line] = field(default_factory=dict)
    _waiting: dict[asyncio.Transport, None] = field(default_factory=dict)
    _sending: dict[asyncio.Transport, None] = field(default_factory=dict)
    _held: dict["ChatLine", int] = field(default_factory=dict)
    _held_of: dict[str, int] = field(default_factory=dict)
    _held_bytes: int = 0

    def __post_init__(self) -> None:
        self._tally = QuotaTally(self.quotas.connections_of_source)

    def open(self, transport: asyncio.Transport, peer: str | None, let_go: Callable[[], None]) -> bool:
        """Add a new connection; False: refuse it."""
        source = (
            None if peer is not None and self.proxies.trusts(peer) else source_of_address(peer or UNKNOWN)
        )
        if source is not None and self._tally.full(source):
            self._make_room(of=source)
            if self._tally.full(source):
                self.refused += 1
                return False
        if len(self._lines) >= self.quotas.connections:
            self._make_room()
            if len(self._lines) >= self.quotas.connections:
                self.refused += 1
                return False
        self._lines[transport] = _Line(let_go, source)
        self._waiting[transport] = None
        if source is not None:
            self._tally.take(source)
        return True

    def close(self, transport: asyncio.Transport) -> None:
        """Remove a closed connection."""
        line = self._lines.pop(transport, None)
        self._waiting.pop(transport, None)
        self._sending.pop(transport, None)
        if line is not None and line.source is not None:
            self._tally.give(line.source)

    def waits(self, transport: asyncio.Transport) -> None:
        """Record that the connection has no request."""
        self.works(transport)
        if transport in self._lines:
            self._waiting[transport] = None

    def sends(self, transport: asyncio.Transport) -> None:
        """Record that its request body is incomplete."""
        self.works(transport)
        if transport in self._lines:
            self._sending[transport] = None

    def works(self, transport: asyncio.Transport) -> None:
        """Record that its request is being answered, or that it is a chat."""
        self._waiting.pop(transport, None)
        self._sending.pop(transport, None)

    def holds(self, chat: "ChatLine", count: int) -> bool:
        """Record the message bytes held for a chat socket; False: too many of its address, end it.

        If the total is too high, the socket with the longest incomplete message is ended.
        """
        more = count - self._held.pop(chat, 0)
        self._held_bytes += more
        of_source = self._held_of.pop(chat.source, 0) + more
        if of_source:
            self._held_of[chat.source] = of_source
        if count:
            self._held[chat] = count
        if count <= self.quotas.small_bytes:
            return True  # texts always pass
        if self._held_bytes > self.quotas.held_bytes:
            longest = max(self._held, key=lambda one: one.unfinished)
            if longest.unfinished:
                longest.end("web-line-full")
        return of_source <= self.quotas.held_bytes_of_source

    def _make_room(self, *, of: str | None = None) -> None:
        for group in (self._waiting, self._sending):
            for transport in group:
                line = self._lines[transport]
                if of is None or line.source == of:
                    self.close(transport)
                    line.let_go()
                    return


class PatientProtocol(HttpToolsProtocol):
    """HTTP with time limits: headers within 10 s and 16 KB, the answer read within ten minutes.

    The time starts when the connection becomes idle; slowly arriving bytes do not extend it.
    """

    _chunk_bytes = 0  # of what the parser reads now
    _begun_bytes = 0  # of the chunk in which the message began
    # Of the chunks since then that brought no body: headers or trailers, which the parser keeps.
    _header_bytes = 0
    _timer: asyncio.TimerHandle | None = None
    _deadline = 0.0

    def __init__(self, *args: Any, lines: ChatLines, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.lines = lines

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's type
        """Wait for the first request, or refuse the connection."""
        super().connection_made(transport)
        if self.lines.open(transport, self.client[0] if self.client else None, self._let_go):
            self._wait(LAST_REQUEST_SECONDS if self.lines.ending else HEADER_SECONDS)
        else:
            self._refuse()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer, and tell the last request's handler if the client did not read to the end."""
        self._stop_waiting()
        self.lines.close(self.transport)
        if self.scope is not None and (exc is not None or _was_reset(self.transport)):
            asgi.tell_reset(self.scope)  # type: ignore[arg-type]  # uvicorn's type
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Ignore input of a closing connection, and refuse headers and trailers that do not end."""
        if self.transport.is_closing():
            return
        self._chunk_bytes = len(data)
        self._header_bytes += len(data)
        super().data_received(data)
        if self._header_bytes > HEADER_BYTES:
            self._refuse_headers()

    def on_message_begin(self) -> None:
        """Start counting the header bytes of a request."""
        super().on_message_begin()
        self._begun_bytes, self._header_bytes = self._chunk_bytes, 0

    def on_body(self, body: bytes) -> None:
        """Pass a piece of the body on."""
        super().on_body(body)
        self._header_bytes = 0

    def on_headers_complete(self) -> None:
        """Pass the request on, unless its headers are too large; they are counted only where they may be."""
        if self._begun_bytes + self._header_bytes > HEADER_BYTES:
            named = sum(len(name) + len(value) for name, value in self.headers)
            if len(self.url) + named > HEADER_BYTES:
                self._refuse_headers()
        if len(self.pipeline) >= PIPELINED:
            self.transport.close()  # each waiting request takes some kilobytes
        if self.transport.is_closing():
            return
        self._wait(ANSWER_SECONDS)
        self.lines.sends(self.transport)
        super().on_headers_complete()
        if self.lines.ending and self.cycle is not None:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Record that the whole request has arrived."""
        if self.cycle is None or not self.cycle.response_complete:
            self.lines.works(self.transport)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self.pipeline:
            self.lines.waits(self.transport)
            self._wait(KEEP_ALIVE_SECONDS)

    def shutdown(self) -> None:
        """Answer the present request, or one that comes within a second, and close."""
        if self.cycle is None or self.cycle.response_complete:
            self._wait(LAST_REQUEST_SECONDS)
        else:
            super().shutdown()

    def handle_websocket_upgrade(self) -> None:
        """Pass the connection to the chat's protocol; the page tries again where the server stops.

        An open answer would wait for ever: its protocol is no longer told when the connection takes more, or is lost.
        """
        if self.lines.ending:
            self._refuse()
            return
        if self.pipeline or (self.cycle is not None and not self.cycle.response_complete):
            self._let_go()
            return
        self._stop_waiting()
        self.lines.works(self.transport)
        super().handle_websocket_upgrade()
        # Parser and protocol refer to each other; uvicorn breaks this cycle for HTTP connections only.
        self.parser = None  # type: ignore[assignment]

    def _refuse_headers(self) -> None:
        self.transport.write(b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n")
        self.transport.close()

    def _refuse(self) -> None:
        told = self.lines.sentence.encode()
        self.transport.write(
            b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\n"
            b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(told), told)
        )
        self._let_go()

    def _let_go(self) -> None:
        """Close the connection; unread output is dropped after a while."""
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.close()
        self._timer = self.loop.call_later(_CUT_SECONDS, self.transport.abort)

    def _wait(self, seconds: float) -> None:
        """Give up so many seconds from now; a running timer that ends before looks again, so it is not set anew."""
        self._deadline = self.loop.time() + seconds
        if self._timer is None or self._timer.when() > self._deadline:
            self._stop_waiting()
            self._timer = self.loop.call_at(self._deadline, self._look)

    def _look(self) -> None:
        self._timer = None
        if self.loop.time() < self._deadline:
            self._timer = self.loop.call_at(self._deadline, self._look)
        else:
            self._let_go()

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _was_reset(transport: asyncio.BaseTransport) -> bool:
    """Whether the client closed without reading what was sent, which a plain end of the connection does not tell."""
    line = transport.get_extra_info("socket")
    try:
        return line is not None and line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
    except OSError:
        return False
