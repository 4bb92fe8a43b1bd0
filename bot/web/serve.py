"""The web server: uvicorn in the TaskGroup of bot/app.py, which handles the signals."""

import contextlib
import logging
import socket
from collections.abc import Iterator
from functools import partial
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from bot.http.sources import TRUSTED_PROXIES, Proxies
from bot.setup.logs import LogLimit
from bot.web.limits.chat_line import ChatLine
from bot.web.limits.lines import HEADER_BYTES, KEEP_ALIVE_SECONDS, ChatLines, PatientProtocol
from bot.web.limits.quotas import BACKLOG, Quotas

# A resident's photo has 5 MB, and a third more in base64; slightly larger ones still get an explanation.
FRAME_BYTES = 12 * 1024 * 1024
_GRACE_SECONDS = 10


class PortTaken(Exception):
    """The address cannot be listened at; the message is one sentence."""


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do not handle signals: bot/app.py stops everything in order."""
        yield


def listening_socket(listen: str) -> socket.socket:
    """Open the port before anything else starts; port 0 means a free one.

    Raises:
        PortTaken: it is not available.
    """
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets that name the protocol.
    line = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((host, int(port)))
        # From here on clients queue instead of being refused.
        line.listen(BACKLOG)
    except (OSError, OverflowError, ValueError) as error:
        line.close()
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PortTaken(f"Cannot listen at {listen}: {why}. Choose another with --listen.") from None
    return line


_uvicorn = logging.getLogger("uvicorn.error")
_BAD_TEXT = "Invalid UTF-8 sequence received from client."  # uvicorn takes it for an error of ours


def _refusal_is_no_fault(record: logging.LogRecord) -> bool:
    """Filter uvicorn's error about WebSockets that we refused with our own answer."""
    return "without completing handshake" not in record.getMessage()


class _Strangers(logging.Filter):
    """Limits uvicorn's lines about requests that it cannot read."""

    def __init__(self) -> None:
        super().__init__()
        self._limit = LogLimit(_log_unreadable)

    def filter(self, record: logging.LogRecord) -> bool:
        """Pass on other lines, and our own with a count."""
        if "count" in vars(record) or (record.levelno > logging.WARNING and record.msg != _BAD_TEXT):
            return True
        self._limit(record.msg)
        return False


def _log_unreadable(message: str, *, count: int) -> None:
    _uvicorn.warning(message, extra={"count": count})


class WebServer:
    """Serves the app until `stop`; requests of open connections finish, open chats are asked to reconnect (1012).

    Args:
        lines: limits of its connections.
    """

    def __init__(self, app: ASGIApp, line: socket.socket, lines: ChatLines | None = None) -> None:
        self.lines = (
            ChatLines(quotas=Quotas(), proxies=Proxies.of(TRUSTED_PROXIES)) if lines is None else lines
        )
        settings: dict[str, Any] = {
            "access_log": False,
            "backlog": self.lines.quotas.backlog,
            "date_header": True,
            "h11_max_incomplete_event_size": HEADER_BYTES,
            "http": partial(PatientProtocol, lines=self.lines),
            "lifespan": "off",
            "log_config": None,
            "log_level": "warning",
            "proxy_headers": False,
            "server_header": False,
            "timeout_graceful_shutdown": _GRACE_SECONDS,
            "timeout_keep_alive": KEEP_ALIVE_SECONDS,
            "ws": partial(ChatLine, lines=self.lines),
            "ws_max_size": FRAME_BYTES,
            "ws_ping_interval": 20.0,
            # Pongs queue behind a photo on a slow connection.
            "ws_ping_timeout": 60.0,
            "ws_per_message_deflate": False,
        }
        self._server = _Server(uvicorn.Config(app, **settings))
        _uvicorn.addFilter(_refusal_is_no_fault)
        self._line = line

    @property
    def address(self) -> str:
        """The address actually listened at, as `host:port`."""
        host, port, *_ = self._line.getsockname()
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    @property
    def started(self) -> bool:
        """Whether requests are answered."""
        return self._server.started

    async def run(self) -> None:
        """Serve until `stop`."""
        strangers = _Strangers()
        _uvicorn.addFilter(strangers)
        try:
            await self._server.serve(sockets=[self._line])
        finally:
            _uvicorn.removeFilter(strangers)

    def stop(self) -> None:
        """Take no new connections, answer the open ones' requests, then let `run` return."""
        self.lines.ending = True
        self._server.should_exit = True
