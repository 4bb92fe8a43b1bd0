"""A small HTTP/1.1 server for emulators, which can also disconnect or never answer."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

LARGEST_BODY = 60 * 1024 * 1024


class LineCut(Exception):
    """Raised by a handler: close the connection without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; header names are in lower case."""

    verb: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """Content type of the body."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The answer as HTTP bytes."""
        lines = [
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            f"Content-Type: {self.content_type}",
            f"Content-Length: {len(self.body)}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


Handler = Callable[[Request], Awaitable[Answer]]


class HttpServer:
    """Serves `handle` on a port of 127.0.0.1; it can stop and start again on the same port."""

    def __init__(self, handle: Handler, *, port: int = 0) -> None:
        self.handle = handle
        self.port = port
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=1024 * 1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and abort all connections, like a crash."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        open_lines = [task for task in self._connections if task is not asyncio.current_task()]
        for task in open_lines:
            task.cancel()
        await asyncio.gather(*open_lines, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)
        try:
            while (request := await read_request(reader)) is not None:
                answer = await self.handle(request)
                writer.write(answer.as_bytes())
                await writer.drain()
        except (LineCut, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            writer.close()


class Emulator:
    """A platform on 127.0.0.1 with its webhook deliveries; its own `_handle` answers the requests."""

    def __init__(self, deliver: Callable[[], Coroutine[Any, Any, None]], *, port: int) -> None:
        self._deliver = deliver
        self._server = HttpServer(self._handle, port=port)
        self._worker: asyncio.Task[None] | None = None

    async def _handle(self, request: Request) -> Answer:
        raise NotImplementedError

    @property
    def api_base(self) -> str:
        """Replacement for the address of the real platform."""
        return f"http://127.0.0.1:{self._server.port}"

    async def __aenter__(self) -> Self:
        await self._server.start()
        # Different tasks enter and leave a fixture, which a TaskGroup does not allow.
        self._worker = asyncio.create_task(self._deliver())  # noqa: TID251
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.stop()
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    async def goes_down(self) -> None:
        """Refuse connections and abort open ones; the state is kept."""
        await self._server.stop()

    async def comes_back(self) -> None:
        """Listen again, on the same port."""
        await self._server.start()


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """Read one request; None if the client disconnected between two requests."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    verb, target, _ = first.split(" ", 2)
    pairs = (line.split(":", 1) for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    url = urlsplit(target)
    return Request(
        verb=verb,
        path=unquote(url.path),
        query=dict(parse_qsl(url.query, keep_blank_values=True)),
        headers=headers,
        body=await _read_body(reader, headers),
    )


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return await _read_chunks(reader)
    length = int(headers.get("content-length", "0"))
    if length > LARGEST_BODY:
        raise LineCut
    return await reader.readexactly(length)


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    while (await reader.readline()).strip():
        pass
    return bytes(body)
