"""HTTP/1.1 client for small JSON calls to a provider; keeps connections, one request at a time on each.

    not sent   no connection, no TLS, no free connection in time: `Outage`, the caller may repeat the call
    unknown    the request was handed to the connection, but no whole answer arrived: `Unknown`, never repeated here
    answered   any status; redirects are not followed

Proxy settings and cookies are ignored. Exceptions contain no address, header or body.
"""

import asyncio
import re
import select
import ssl
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from socket import SOCK_STREAM
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import aiohappyeyeballs
import httptools

from bot.channel import Outage, Unknown

KEPT_SECONDS = 15.0  # less than providers keep idle connections
_OTHER_FAMILY_SECONDS = 0.25  # RFC 8305: if IPv6 takes longer, IPv4 is tried in parallel
_SENDABLE = re.compile(r"[\x21-\x7e]+")
_HEADER = re.compile(r"[A-Za-z0-9-]+: [\x20-\x7e]+")
_FRAMING = frozenset({b"content-length", b"transfer-encoding"})
_FINAL = 200  # lower statuses precede the final answer


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect and to the complete answer; bytes of the answer with its headers.

    `cuts`: an answer whose body is too long or does not end is told with what has arrived of it.
    """

    connect: float = 5.0
    total: float = 10.0
    most_bytes: int = 1_000_000
    cuts: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the provider."""

    status: int
    body: bytes
    retry_after: str | None = None


Found = Sequence[aiohappyeyeballs.AddrInfoType]
LookUp = Callable[[str, int], Awaitable[Found]]
"""Addresses of a name and port; connections go to these and no others."""


async def look_up(host: str, port: int) -> Found:
    """Every address that the system knows."""
    return await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)


class Client:
    """Connections to one server; `base` is its address and the common prefix of all paths.

    Args:
        headers: sent with every request.
        limits: of calls without their own; beyond `connect` it is `Outage`, else `Unknown`.
        most_connections: further calls wait for one of these.
        look_up: finds the addresses at each connection, and may refuse them (raises `Outage`).

    Raises:
        ValueError: `base` or `headers` are invalid; the message contains neither.
    """

    def __init__(
        self,
        base: str,
        *,
        headers: Mapping[str, str] | None = None,
        limits: Limits = Limits(),
        most_connections: int = 100,
        look_up: LookUp = look_up,
    ) -> None:
        at = urlsplit(base)
        if at.scheme not in {"http", "https"} or not at.hostname or at.query or at.fragment or at.username:
            raise ValueError("this is no address of a server")
        self._host, self._secure = at.hostname, at.scheme == "https"
        self._port = at.port or (443 if self._secure else 80)
        self._path = at.path.rstrip("/")
        self._head = _head(at.netloc, headers or {})
        self._tls = _verifying() if self._secure else None
        self._room = asyncio.Semaphore(most_connections)
        self._limits = limits
        self._look_up = look_up
        self._idle: deque[_Connection] = deque()
        self._connections: set[_Connection] = set()

    def __repr__(self) -> str:
        return "Client(…)"

    async def post(
        self,
        path: str,
        body: bytes,
        *,
        limits: Limits | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """Post JSON to a path below the base; `headers` come on top of those of all calls.

        Raises:
            Outage: nothing was sent.
            Unknown: it may have arrived.
        """
        target = self._path + path
        if _SENDABLE.fullmatch(target) is None:
            raise Outage
        request = b"POST %b HTTP/1.1\r\n%b%bContent-Length: %d\r\n\r\n%b" % (
            target.encode(), self._head, _lines(headers), len(body), body,
        )  # fmt: skip
        limits = limits or self._limits
        until = asyncio.get_running_loop().time() + limits.total
        connection = await self._taken(min(limits.connect, limits.total))
        try:
            return await connection.ask(request, until, limits)
        finally:
            self._put_back(connection)

    async def close(self) -> None:
        """Close all connections; pending calls end as `Unknown`."""
        for connection in self._connections:
            connection.transport.abort()

    async def _taken(self, seconds: float) -> "_Connection":
        """Take a connection for one request; `_put_back` returns it."""
        if not self._room.locked() and (kept := self._kept()) is not None:
            await self._room.acquire()  # there is room, so this does not wait
            return kept
        try:
            async with asyncio.timeout(seconds):
                await self._room.acquire()
                try:
                    return self._kept() or await self._opened()
                except BaseException:
                    self._room.release()
                    raise
        except ssl.SSLCertVerificationError:
            raise Outage(why="certificate_refused") from None
        except (OSError, TimeoutError):
            raise Outage from None

    def _put_back(self, connection: "_Connection") -> None:
        self._room.release()
        now = asyncio.get_running_loop().time()
        if connection.rest(now):
            self._idle.append(connection)
        while self._idle and self._idle[0].rests_since < now - KEPT_SECONDS:
            self._idle.popleft().transport.abort()

    def _kept(self) -> "_Connection | None":
        """The most recently used connection that the server has not closed, or None."""
        oldest = asyncio.get_running_loop().time() - KEPT_SECONDS
        while self._idle:
            connection = self._idle.pop()
            if connection.rests_since >= oldest and connection.is_quiet():
                return connection
            connection.transport.abort()
        return None

    async def _opened(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        found = await self._look_up(self._host, self._port)
        sock = await aiohappyeyeballs.start_connection(
            found, happy_eyeballs_delay=_OTHER_FAMILY_SECONDS, interleave=1, loop=loop
        )
        try:
            _, connection = await loop.create_connection(
                lambda: _Connection(self._connections),
                sock=sock,
                ssl=self._tls,
                server_hostname=self._host if self._secure else None,
            )
        except BaseException:
            sock.close()
            raise
        return connection


class _Connection(asyncio.Protocol):
    """One connection and its pending answer; httptools calls the `on_` methods."""

    transport: asyncio.Transport
    _retry_after: str | None

    def __init__(self, connections: set["_Connection"]) -> None:
        self.rests_since = 0.0
        self._connections = connections
        self._parser = httptools.HttpResponseParser(self)
        self._answered: asyncio.Future[Answer] | None = None
        self._bytes_left, self._cuts = 0, False
        self._reusable = False
        self._begin_answer()

    async def ask(self, request: bytes, until: float, limits: Limits) -> Answer:
        """Send the request and return its answer; `until` is a time of the event loop.

        Raises:
            Outage, Unknown: as `Client.post`.
        """
        if self.transport.is_closing():  # since it was opened
            raise Outage
        loop = asyncio.get_running_loop()
        self._reusable, self._bytes_left, self._cuts = False, limits.most_bytes, limits.cuts
        self._begin_answer()
        self._answered = loop.create_future()
        timer = loop.call_at(until, self._fail)
        try:
            self.transport.write(request)
            return await self._answered
        finally:
            timer.cancel()

    def rest(self, now: float) -> bool:
        """End one use; False: it is not reusable and was closed."""
        if self._reusable and not self.transport.is_closing():
            self.rests_since = now
            return True
        self.transport.abort()
        return False

    def is_quiet(self) -> bool:
        """Whether nothing arrived since the last answer; the loop may not have seen a disconnect yet."""
        return not self.transport.is_closing() and not self._poll.poll(0)

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._connections.add(self)
        self._poll = select.poll()
        self._poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)

    def data_received(self, data: bytes) -> None:
        readable = data[: max(self._bytes_left, 0)]
        self._bytes_left -= len(data)
        try:
            self._parser.feed_data(readable)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail()
        if self._bytes_left < 0:
            self._fail()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._head_read and not self._framed and exc is None:  # such an answer ends with the connection
            self._complete()
        self._fail()
        self._connections.discard(self)

    def on_message_begin(self) -> None:
        if self._answered is None or self._answered.done():
            raise httptools.HttpParserError  # unsolicited

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name in _FRAMING:
            self._framed = True
        elif name == b"retry-after":
            self._retry_after = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._head_read = True

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() < _FINAL:
            self._begin_answer()
        else:
            self._reusable = self._parser.should_keep_alive()
            self._complete()

    def _begin_answer(self) -> None:
        self._head_read = self._framed = False
        self._retry_after = None
        self._body = bytearray()

    def _complete(self) -> None:
        if self._answered is not None and not self._answered.done():
            status = self._parser.get_status_code()
            self._answered.set_result(Answer(status, bytes(self._body), self._retry_after))

    def _fail(self) -> None:
        self._reusable = False
        if self._cuts and self._head_read:
            self._complete()
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(Unknown())
        self.transport.abort()


def _head(host: str, headers: Mapping[str, str]) -> bytes:
    return _lines({"Host": host, "Content-Type": "application/json", **headers})


def _lines(headers: Mapping[str, str]) -> bytes:
    lines = [f"{name}: {headers[name]}" for name in headers]
    if not all(_HEADER.fullmatch(line) for line in lines):
        raise ValueError("a header holds what cannot travel")
    return "".join(f"{line}\r\n" for line in lines).encode()


def _verifying() -> ssl.SSLContext:
    """TLS context with the system's authorities, or those of SSL_CERT_FILE."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
