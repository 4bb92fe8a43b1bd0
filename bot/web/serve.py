"""The web server: uvicorn inside the one TaskGroup of bot/app.py, which alone handles signals."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# A resident's photo has 5 MB, in base64 a third more; a little above that is still told kindly that it is too big.
FRAME_BYTES = 12 * 1024 * 1024
HEADER_BYTES = 16 * 1024
HEADER_SECONDS = 10
CONNECTIONS = 5000
_GRACE_SECONDS = 10
_BACKLOG = 2048


class PortTaken(Exception):
    """The address to listen at cannot be had; the message is one sentence."""


class PatientProtocol(HttpToolsProtocol):
    """HTTP with an end to patience: headers must be complete within 10 s and within 16 KB.

    Without it a handful of clients that send a letter a minute could occupy every connection.
    """

    _header_bytes = 0
    _header_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Start waiting for the first request."""
        super().connection_made(transport)
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._headers_came()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Start counting the headers of one request."""
        super().on_message_begin()
        self._header_bytes = 0
        if self._header_timer is None:
            self._wait_for_headers()

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
        self._headers_came()
        if not self.transport.is_closing():
            super().on_headers_complete()

    def _count(self, count: int) -> None:
        self._header_bytes += count
        if self._header_bytes > HEADER_BYTES and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n")
            self.transport.close()

    def _wait_for_headers(self) -> None:
        self._header_timer = self.loop.call_later(HEADER_SECONDS, self.timeout_keep_alive_handler)

    def _headers_came(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: bot/app.py ends everything in its own order."""
        yield


def listening_socket(listen: str) -> socket.socket:
    """Open the port before anything else starts; port 0 takes a free one.

    Raises:
        PortTaken: it cannot be had.
    """
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sends small packets at once (TCP_NODELAY) on sockets that name it only.
    line = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((host, int(port)))
        # From here on clients wait in the queue instead of being refused.
        line.listen(_BACKLOG)
    except (OSError, OverflowError, ValueError) as error:
        line.close()
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PortTaken(f"Cannot listen at {listen}: {why}. Choose another with --listen.") from None
    return line


def _refusal_is_no_fault(record: logging.LogRecord) -> bool:
    """Drop uvicorn's error about a WebSocket that we refused with an answer of our own: it takes that for a fault."""
    return "without completing handshake" not in record.getMessage()


class WebServer:
    """Serves the app until `stop`; running requests may finish, open chats are told to come back (1012)."""

    def __init__(self, app: ASGIApp, line: socket.socket) -> None:
        settings: dict[str, Any] = {
            "access_log": False,
            "date_header": True,
            "h11_max_incomplete_event_size": HEADER_BYTES,
            "http": PatientProtocol,
            "lifespan": "off",
            "limit_concurrency": CONNECTIONS,
            "log_config": None,
            "log_level": "warning",
            "proxy_headers": False,
            "server_header": False,
            "timeout_graceful_shutdown": _GRACE_SECONDS,
            "timeout_keep_alive": 15,
            "ws": "websockets-sansio",
            "ws_max_size": FRAME_BYTES,
            "ws_ping_interval": 20.0,
            # Pongs queue behind a photo that leaves over a slow line.
            "ws_ping_timeout": 60.0,
            "ws_per_message_deflate": False,
        }
        self._server = _Server(uvicorn.Config(app, **settings))
        logging.getLogger("uvicorn.error").addFilter(_refusal_is_no_fault)
        self._line = line

    @property
    def address(self) -> str:
        """Where it really listens, as `host:port`."""
        host, port, *_ = self._line.getsockname()
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    async def run(self) -> None:
        """Serve; returns after `stop`."""
        await self._server.serve(sockets=[self._line])

    def stop(self) -> None:
        """Take no new connection, let running requests finish, then return from `run`."""
        self._server.should_exit = True
