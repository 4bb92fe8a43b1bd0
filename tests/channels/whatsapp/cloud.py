"""A small Cloud API on 127.0.0.1 that records calls and gives scripted answers; the full one is the emulator."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.channel import Parcel
from bot.whatsapp.channel import WhatsAppChannel
from handlers.engine.screen import Screen

TOKEN = "EAAtestTOKENthatNOBODYmaySEE"
NUMBER = "106540352242922"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

CUT, SILENCE = "cut", "silence"


@dataclass(frozen=True)
class Call:
    verb: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Cloud:
    """`answers` are given first, in order: (status, body), bytes of a file, CUT or SILENCE."""

    answers: deque[Any] = field(default_factory=deque)
    calls: list[Call] = field(default_factory=list)
    retry_after: str | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.base = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        self._server.close()

    @property
    def said(self) -> list[Any]:
        """The bodies of all messages."""
        return [call.body for call in self.calls if call.path.endswith("/messages")]

    def refuses(self, code: int, *, status: int = 400, times: int = 1, **more: Any) -> None:
        error = {"message": "(#0) secret words", "code": code, **more}
        self.answers += [(status, {"error": error})] * times

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                first, *lines = head.strip().split("\r\n")
                headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
                raw = await reader.readexactly(int(headers.get("content-length", "0")))
                verb, path, _ = first.split(" ")
                self.calls.append(Call(verb, path, headers, raw))
                answer = self.answers.popleft() if self.answers else self._usual(path)
                if answer == SILENCE:
                    await asyncio.sleep(3600)
                if answer == CUT:
                    break
                writer.write(self._written(answer))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def _usual(self, path: str) -> Any:
        if path.endswith("/media"):
            return 200, {"id": f"media{len(self.calls)}"}
        return 200, {"messages": [{"id": f"wamid.{len(self.calls)}"}]}

    def _written(self, answer: Any) -> bytes:
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(raw)}"]
        lines += [f"Retry-After: {self.retry_after}"] if self.retry_after else []
        return "\r\n".join([*lines, "", ""]).encode() + raw


def channel_to(cloud: Cloud, **more: Any) -> WhatsAppChannel:
    given = {"clock": lambda: NOW, "api_base": cloud.base, "timeout_seconds": 10.0, **more}
    return WhatsAppChannel(token=TOKEN, phone_number_id=NUMBER, app_secret="s", **given)


def parcel(text: str = "Halo", *, screen: Screen | None = None, **more: Any) -> Parcel:
    given: dict[str, Any] = {
        "id": 7, "chat": 1, "channel": "whatsapp", "account": NUMBER, "address": "+6281234567890", "priority": 0,
        "attempts": 1, "due_at": NOW, "heard_at": NOW,
    }  # fmt: skip
    return Parcel(screen=screen or Screen(text=text), **{**given, **more})
