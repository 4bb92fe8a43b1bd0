"""A receiver of webhooks on 127.0.0.1: a real HTTP server that records calls and answers as it is told."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

OK = b"HTTP/1.1 204 No Content\r\n\r\n"


def status(code: int, *headers: str) -> bytes:
    """An answer with this status and headers, and no body."""
    lines = [f"HTTP/1.1 {code} X", *headers, "Content-Length: 0"]
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass
class Call:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def verified(self, secret: str) -> Any:
        """The body, if the library finds the signature good."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """`answers` are given in turn, and then `always`; a function writes an answer itself."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    connections: int = 0
    answers: list[Any] = field(default_factory=list)
    always: Any = OK
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def gets(self, count: int) -> None:
        """Wait until so many calls came in."""
        async with asyncio.timeout(60):
            while len(self.calls) < count:
                self.arrived.clear()
                await self.arrived.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                self.calls.append(await _read(reader))
                self.arrived.set()
                answer = self.answers.pop(0) if self.answers else self.always
                if isinstance(answer, bytes):
                    writer.write(answer)
                else:
                    await answer(writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def gets_all(self, events: int, *, within: float) -> None:
        """Wait until so many different events came in."""
        async with asyncio.timeout(within):
            while len({call.id for call in self.calls}) < events:
                self.arrived.clear()
                await self.arrived.wait()

    def types(self) -> list[str]:
        return [json.loads(call.body)["type"] for call in self.calls]


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers["content-length"]))
    return Call(head[0].split()[1], headers, body)


@asynccontextmanager
async def receiving(*answers: Any, tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A receiver at `url`."""
    receiver = Receiver(answers=[*answers])
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())  # type: ignore[arg-type]
        with suppress(asyncio.CancelledError):
            await receiver.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    receiver.url = f"http{'s' if tls else ''}://127.0.0.1:{server.sockets[0].getsockname()[1]}/in?key=k"
    try:
        yield receiver
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def never(_writer: asyncio.StreamWriter) -> None:
    """An answer that does not come."""
    await asyncio.Event().wait()


def streams(head: bytes, piece: bytes) -> Callable[[asyncio.StreamWriter], Any]:
    """An answer without an end."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()

    return answer
