"""Incoming messages of the chat's WebSocket, limited in size, time and memory before they are parsed."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from bot.web.limits.lines import ChatLines

SMALL_SECONDS = 10.0
LARGE_SECONDS = 120.0
"""Time limits of a message; 120 s need 0.5 Mbit/s for an original photo, 30 kbit/s for a reduced one."""
LINE = "loket.line"
_SLICE_BYTES = 16 * 1024
_FRAGMENTS = 1024
_CONTROLS_A_MINUTE = 120
_QUEUE = 64
_UNREAD_BYTES = 1024 * 1024
_END_SECONDS = 10.0
_LINGER_SECONDS = 1.0
_REFUSED = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class LineEnded(str):
    """Replaces a message if the connection must end; the key of the text that explains it."""

    __slots__ = ()


class ChatLine(WebSocketsSansIOProtocol):
    """A WebSocket with limits: permission for large messages, time per message, unread output."""

    source = ""

    def __init__(self, *args: Any, lines: ChatLines, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.lines = lines
        self._may_send_large = False
        self._ending = False
        self._queued_bytes = 0
        self._controls = 0
        self._controls_since = 0.0
        self._since: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def permit_large(self) -> None:
        """Accept messages above 16 KB, since this chat is known."""
        self._may_send_large = True

    def end(self, key: str) -> None:
        """End the connection with a message; further input is not parsed."""
        if self._ending or self.transport.is_closing():
            return
        self._ending = True
        self._rest()
        self.conn.reader.discard()
        self.frames = []
        while not self.queue.empty():
            # They were not acknowledged, so the page repeats them.
            self._queued_bytes -= _size(self.queue.get_nowait())
        self._account()
        self.transport.pause_reading()
        self.queue.put_nowait({"type": "websocket.receive", "text": LineEnded(key)})
        self._timer = self.loop.call_later(_END_SECONDS, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Free incomplete messages; a complete one counts until the chat has processed it."""
        self._ending = True
        self._rest()
        self.conn.reader.discard()
        self.frames = []
        self._account()
        self.lines.close(self.transport)
        super().connection_lost(exc)

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """Free all messages, because the chat has ended."""
        super().on_task_complete(task)
        self._queued_bytes = 0
        self._account()

    def handle_connect(self, event: Request) -> None:
        """Store this object in the scope for the chat."""
        super().handle_connect(event)
        if not self.close_sent:
            self.source = self.lines.proxies.source_of(cast("dict[str, Any]", self.scope))
            cast("dict[str, Any]", self.scope["extensions"])[LINE] = self

    # websockets keeps each connection's last frame until the next is complete; its bytes are copied by then.

    def handle_text(self, event: Frame) -> None:
        """Free the bytes of the frame."""
        super().handle_text(event)
        event.data = b""

    def handle_bytes(self, event: Frame) -> None:
        """Free the bytes of the frame."""
        super().handle_bytes(event)
        event.data = b""

    def handle_cont(self, event: Frame) -> None:
        """Free the bytes of the frame."""
        super().handle_cont(event)
        event.data = b""

    def data_received(self, data: bytes) -> None:
        """Process input in slices, so that a flood is noticed after 16 KB."""
        for start in range(0, len(data), _SLICE_BYTES):
            if self._ending or self.transport.is_closing():
                return
            super().data_received(data[start : start + _SLICE_BYTES])
            self._watch()
        if (
            not self.handshake_initiated
        ):  # the first input is a whole request; websockets stays silent to some
            self._ending = True
            self.transport.write(_REFUSED)
            self.transport.close()

    def send_receive_event_to_app(self) -> None:
        """Pass on a complete message, if its size is permitted."""
        size = sum(map(len, self.frames))
        self._rest()
        if self._ending:
            return
        if size > self.lines.quotas.small_bytes and not self._may_send_large:
            self.end("web-line-first")
        elif self.queue.qsize() >= _QUEUE:
            self.end("web-line-fast")
        else:
            self._queued_bytes += size
            super().send_receive_event_to_app()

    async def send(self, message: Any) -> None:
        """Send; after ending a connection, skip input for a while, so that the client gets the reason."""
        await super().send(message)
        if self._ending and message["type"] == "websocket.close":
            self.transport.resume_reading()
            self.loop.call_later(_LINGER_SECONDS, self.transport.close)

    async def receive(self) -> Any:
        """The next message; the previous one is freed."""
        if self.queue.empty():
            self._queued_bytes = 0
            self._account()
        message = await super().receive()
        if self.queue.empty():
            self._queued_bytes = _size(message)  # until the next one is requested
        self._account()
        return message

    def handle_ping(self) -> None:
        """Answer a ping; a flood of pings ends the connection."""
        super().handle_ping()
        self._count_control()

    def handle_pong(self, event: Frame) -> None:
        """Count a pong."""
        super().handle_pong(event)
        self._count_control()

    def keepalive_timeout(self) -> None:
        """Abort a dead connection, whose output cannot be flushed."""
        super().keepalive_timeout()
        self.transport.abort()

    def _count_control(self) -> None:
        now = self.loop.time()
        if now - self._controls_since > 60:  # noqa: PLR2004 (a minute)
            self._controls, self._controls_since = 0, now
        self._controls += 1
        if self._controls > _CONTROLS_A_MINUTE or self.transport.get_write_buffer_size() > _UNREAD_BYTES:
            self._ending = True
            self.transport.abort()

    @property
    def unfinished(self) -> int:
        """Number of bytes of an incomplete message, freed when the connection is ended."""
        return 0 if self._ending else len(self.conn.reader.buffer) + (self.conn.current_size or 0)

    def _watch(self) -> None:
        """Check the message that is arriving."""
        if self._ending:
            return
        if not self.unfinished and self.conn.current_size is None:
            self._rest()
        elif self._since is None:
            self._since = self.loop.time()
            self._timer = self.loop.call_later(SMALL_SECONDS, self._late)
        if self.unfinished > self.lines.quotas.small_bytes and not self._may_send_large:
            self.end("web-line-first")
        elif len(self.frames) > _FRAGMENTS:
            self.end("web-frame-unreadable")
        elif not self._account():
            self.end("web-line-full")

    def _account(self) -> bool:
        return self.lines.holds(self, self.unfinished + self._queued_bytes)

    def _late(self) -> None:
        """End a message that takes too long, unless reading is paused by us."""
        self._timer = None
        if self._since is None or self._ending:
            return
        left = self._since + LARGE_SECONDS - self.loop.time()
        if self.read_paused or (left > 0 and self.unfinished > self.lines.quotas.small_bytes):
            self._timer = self.loop.call_later(max(left, 1.0), self._late)
        else:
            self.end("web-line-slow")

    def _rest(self) -> None:
        self._since = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _size(message: Any) -> int:
    return len(message.get("text") or message.get("bytes") or "")
