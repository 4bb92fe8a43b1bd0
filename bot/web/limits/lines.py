"""The connections of the web server: how long one may take for what, and which one gives way when there are too many."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.web.limits.quotas import Quotas, QuotaTally
from bot.web.who import UNKNOWN, Proxies
from domain.people.networks import source_of_address

HEADER_BYTES = 16 * 1024
HEADER_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 15.0
ANSWER_SECONDS = 600.0
"""From a request's headers to the end of its answer. A console import of 64 MB may take 266 s (bot/web/guards.py)."""
_CUT_SECONDS = 10.0


class Holding(Protocol):
    """A chat socket, as far as memory is concerned."""

    source: str

    @property
    def unfinished(self) -> int:
        """The bytes of the message that is still on its way: they are free as soon as it is ended."""
        ...

    def end(self, key: str) -> None:
        """End it with a sentence."""
        ...


@dataclass(eq=False, slots=True)
class _Line:
    let_go: Callable[[], None]
    source: str | None


@dataclass(kw_only=True)
class ChatLines:
    """Everything that is connected to this process.

    When there is no room for a new connection, the oldest one that waits for a request gives way, then the one whose
    request is the longest on its way. Connections of trusted proxies count in total only: their clients count by request.
    `sentence` is what a refused one reads.
    """

    quotas: Quotas
    proxies: Proxies
    sentence: str = ""
    refused: int = 0
    _lines: dict[asyncio.Transport, _Line] = field(default_factory=dict)
    _waiting: dict[asyncio.Transport, None] = field(default_factory=dict)
    _sending: dict[asyncio.Transport, None] = field(default_factory=dict)
    _held: dict[Holding, int] = field(default_factory=dict)
    _held_of: dict[str, int] = field(default_factory=dict)
    _held_bytes: int = 0

    def __post_init__(self) -> None:
        self._tally = QuotaTally(self.quotas.connections_of_source)

    def open(self, transport: asyncio.Transport, peer: str | None, let_go: Callable[[], None]) -> bool:
        """Take a new connection in; False when it has to be refused."""
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
        """Forget a connection that is gone."""
        line = self._lines.pop(transport, None)
        self._waiting.pop(transport, None)
        self._sending.pop(transport, None)
        if line is not None and line.source is not None:
            self._tally.give(line.source)

    def waits(self, transport: asyncio.Transport) -> None:
        """Note that it has no request now."""
        self.works(transport)
        if transport in self._lines:
            self._waiting[transport] = None

    def sends(self, transport: asyncio.Transport) -> None:
        """Note that the body of its request is not all there."""
        self.works(transport)
        if transport in self._lines:
            self._sending[transport] = None

    def works(self, transport: asyncio.Transport) -> None:
        """Note that it is being answered, or is a chat."""
        self._waiting.pop(transport, None)
        self._sending.pop(transport, None)

    def holds(self, holding: Holding, count: int) -> bool:
        """Note how many bytes of messages a chat socket makes us hold; False when its address has too many and it must end.

        When all together are too many, the socket with the longest unfinished message is ended.
        """
        more = count - self._held.pop(holding, 0)
        self._held_bytes += more
        of_source = self._held_of.pop(holding.source, 0) + more
        if of_source:
            self._held_of[holding.source] = of_source
        if count:
            self._held[holding] = count
        if count <= self.quotas.small_bytes:
            return True  # words always pass
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
    """HTTP with an end to patience: each request's headers within 10 s and 16 KB, its answer read within ten minutes.

    The time runs from the moment when the connection has nothing to do; what drips in does not prolong it.
    """

    _header_bytes = 0
    _timer: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, lines: ChatLines, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.lines = lines

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Wait for the first request, or refuse the connection."""
        super().connection_made(transport)
        if self.lines.open(transport, self.client[0] if self.client else None, self._let_go):
            self._wait(HEADER_SECONDS)
        else:
            self._refuse()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        self.lines.close(self.transport)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hear nothing more of a connection that was given up."""
        if not self.transport.is_closing():
            super().data_received(data)

    def on_message_begin(self) -> None:
        """Start counting the headers of one request."""
        super().on_message_begin()
        self._header_bytes = 0

    def on_url(self, url: bytes) -> None:
        """Count the address as well."""
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count one header."""
        super().on_header(name, value)
        self._count(len(name) + len(value))

    def on_headers_complete(self) -> None:
        """Hand the request over."""
        if self.transport.is_closing():
            return
        self._wait(ANSWER_SECONDS)
        self.lines.sends(self.transport)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Let the request be answered in peace."""
        if self.cycle is None or not self.cycle.response_complete:
            self.lines.works(self.transport)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self.pipeline:
            self.lines.waits(self.transport)
            self._wait(KEEP_ALIVE_SECONDS)

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection to the chat's protocol."""
        self._stop_waiting()
        self.lines.works(self.transport)
        super().handle_websocket_upgrade()
        # The parser and this object refer to each other. uvicorn breaks the cycle for HTTP connections only.
        self.parser = None  # type: ignore[assignment]

    def _count(self, count: int) -> None:
        self._header_bytes += count
        if self._header_bytes > HEADER_BYTES and not self.transport.is_closing():
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
        """Close it; what a client does not read is not kept for it."""
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.close()
        self._timer = self.loop.call_later(_CUT_SECONDS, self.transport.abort)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(seconds, self._let_go)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
