"""The chat's WebSocket on its way in: messages are bounded in size, time and memory before anybody reads them."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from bot.web.limits.lines import ChatLines

SMALL_SECONDS = 10.0
LARGE_SECONDS = 120.0
"""A whole message has arrived by then. 120 s are 0.5 Mbit/s for an original photo, 30 kbit/s for one made smaller."""
LINE = "loket.line"
_SLICE_BYTES = 16 * 1024
_FRAGMENTS = 1024
_CONTROLS_A_MINUTE = 120
_QUEUE = 64
_UNREAD_BYTES = 1024 * 1024
_END_SECONDS = 10.0
_LINGER_SECONDS = 1.0


class LineEnded(str):
    """Stands in the place of a message where a connection has to end; it is the key of the sentence that says why."""

    __slots__ = ()


class ChatLine(WebSocketsSansIOProtocol):
    """A WebSocket whose sender has to earn large messages, finish each in time, and read what it is told."""

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
        """Let messages above 16 KB come: somebody is answered here."""
        self._may_send_large = True

    def end(self, key: str) -> None:
        """End the connection with a sentence; what comes from now on is not even read."""
        if self._ending or self.transport.is_closing():
            return
        self._ending = True
        self._rest()
        self.conn.reader.discard()
        self.frames = []
        while not self.queue.empty():
            # Nobody was told that these were heard: the page sends them again.
            self._queued_bytes -= _size(self.queue.get_nowait())
        self._account()
        self.transport.pause_reading()
        self.queue.put_nowait({"type": "websocket.receive", "text": LineEnded(key)})
        self._timer = self.loop.call_later(_END_SECONDS, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of what is not whole; a whole message counts until the chat is done with it."""
        self._ending = True
        self._rest()
        self.conn.reader.discard()
        self.frames = []
        self._account()
        self.lines.close(self.transport)
        super().connection_lost(exc)

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """Hold nothing more for it: the chat has ended."""
        super().on_task_complete(task)
        self._queued_bytes = 0
        self._account()

    def handle_connect(self, event: Request) -> None:
        """Let the chat find its line."""
        super().handle_connect(event)
        if not self.close_sent:
            self.source = self.lines.proxies.source_of(cast("dict[str, Any]", self.scope))
            cast("dict[str, Any]", self.scope["extensions"])[LINE] = self

    # websockets keeps the last frame of each connection until the next one is whole. Its bytes are ours by then.

    def handle_text(self, event: Frame) -> None:
        """Take the bytes out of the frame."""
        super().handle_text(event)
        event.data = b""

    def handle_bytes(self, event: Frame) -> None:
        """Take the bytes out of the frame."""
        super().handle_bytes(event)
        event.data = b""

    def handle_cont(self, event: Frame) -> None:
        """Take the bytes out of the frame."""
        super().handle_cont(event)
        event.data = b""

    def data_received(self, data: bytes) -> None:
        """Take what came in slices, so that a flood is noticed after 16 KB of it."""
        for start in range(0, len(data), _SLICE_BYTES):
            if self._ending or self.transport.is_closing():
                return
            super().data_received(data[start : start + _SLICE_BYTES])
            self._watch()

    def send_receive_event_to_app(self) -> None:
        """Hand over a whole message, if it may be of its size."""
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
        """Write; after the close of a connection that was ended, read past what still comes, so that our words arrive."""
        await super().send(message)
        if self._ending and message["type"] == "websocket.close":
            self.transport.resume_reading()
            self.loop.call_later(_LINGER_SECONDS, self.transport.close)

    async def receive(self) -> Any:
        """Give the next message; the one before is done with."""
        if self.queue.empty():
            self._queued_bytes = 0
            self._account()
        message = await super().receive()
        if self.queue.empty():
            self._queued_bytes = _size(message)  # until the next one is asked for
        self._account()
        return message

    def handle_ping(self) -> None:
        """Answer a ping; a flood of them is no way to keep a connection alive."""
        super().handle_ping()
        self._count_control()

    def handle_pong(self, event: Frame) -> None:
        """Take the answer to a ping."""
        super().handle_pong(event)
        self._count_control()

    def keepalive_timeout(self) -> None:
        """Cut a connection that is dead: nobody reads what would have to be flushed first."""
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
        """The bytes that are here of a message that is not whole."""
        return 0 if self._ending else len(self.conn.reader.buffer) + (self.conn.current_size or 0)

    def _watch(self) -> None:
        """Look at the message that is on its way."""
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
        """End a message that takes too long. While we are busy with the one before it is not late by its own fault."""
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
