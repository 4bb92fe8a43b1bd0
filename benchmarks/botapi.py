"""Telegram's side: the Bot API called by a bot, and Telegram's webhook requests.

Both are plain protocols over httptools, so that the generator is far cheaper than any measured bot.
"""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

import httptools

Heard = Callable[[int, str], None]  # (chat, text): a message of the bot
BOT = {"id": 42, "is_bot": True, "first_name": "Loket", "username": "loket_bot"}
SPEAKING = {"sendMessage", "editMessageText"}
MOST_LINES = 40  # Telegram's `max_connections` by default
_message_ids = itertools.count(1_000_000)


class BotApi(asyncio.Protocol):
    """One connection of a bot. `calls` counts the calls by method."""

    def __init__(self, heard: Heard, calls: dict[str, int]) -> None:
        self.heard = heard
        self.calls = calls

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.parser = httptools.HttpRequestParser(self)
        self.body = b""

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_begin(self) -> None:
        self.body = b""
        self.content_type = b""

    def on_url(self, url: bytes) -> None:
        self.method = url.rsplit(b"/", 1)[-1].split(b"?")[0].decode()

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-type":
            self.content_type = value

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.calls[self.method] = self.calls.get(self.method, 0) + 1
        fields = parse_fields(self.content_type, self.body)
        payload = b'{"ok":true,"result":' + result(self.method, fields) + b"}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self.transport.write(head % len(payload) + payload)
        if self.method in SPEAKING:
            self.heard(int(fields["chat_id"]), fields["text"])


def result(method: str, fields: dict[str, Any]) -> bytes:
    if method == "getMe":
        return json.dumps({**BOT, "can_join_groups": False, "supports_inline_queries": False}).encode()
    if method not in SPEAKING:
        return b"true"
    message = {
        "message_id": next(_message_ids),
        "from": BOT,
        "chat": {"id": int(fields["chat_id"]), "first_name": "Warga", "type": "private"},
        "date": 1_795_000_000,
        "text": fields["text"],
    }
    keyboard = fields.get("reply_markup")
    if keyboard and "inline_keyboard" in keyboard:
        message["reply_markup"] = json.loads(keyboard) if isinstance(keyboard, str) else keyboard
    return json.dumps(message, ensure_ascii=False).encode()


def parse_fields(content_type: bytes, body: bytes) -> dict[str, Any]:
    """Fields of a call: JSON, a form, or multipart (aiogram's webhook answers)."""
    if content_type.startswith(b"application/json"):
        fields: dict[str, Any] = json.loads(body) if body else {}
        return fields
    if content_type.startswith(b"multipart/"):
        boundary = b"--" + content_type.split(b"boundary=", 1)[1].strip(b'"')
        parts = (part.split(b"\r\n\r\n", 1) for part in body.split(boundary)[1:-1])
        return {
            head.split(b'name="', 1)[1].split(b'"')[0].decode(): value[:-2].decode() for head, value in parts
        }
    pairs = (pair.split("=", 1) for pair in body.decode().split("&") if pair)
    return {name: unquote_plus(value) for name, value in pairs}


class WebhookLine(asyncio.Protocol):
    """One kept-alive connection from Telegram to the bot's webhook, one request at a time."""

    def __init__(self, webhook: "Webhook") -> None:
        self.webhook = webhook
        self.sent: bytes | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def post(self, body: bytes) -> None:
        self.sent = body
        self.parser = httptools.HttpResponseParser(self)
        self.answer = b""
        self.content_type = b""
        self.transport.write(self.webhook.request(body))

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-type":
            self.content_type = value

    def on_body(self, body: bytes) -> None:
        self.answer += body

    def on_message_complete(self) -> None:
        self.sent = None
        if len(self.answer) > 2:  # more than {}
            self.webhook.said(parse_fields(self.content_type, self.answer))
        self.webhook.answered(self, self.parser.get_status_code())

    def connection_lost(self, exc: Exception | None) -> None:
        self.webhook.lost(self)


class Webhook:
    """Posts updates over connections that are opened when needed; the bot may close idle ones."""

    def __init__(self, port: int, secret: str, heard: Heard, calls: dict[str, int]) -> None:
        self.port = port
        self.heard = heard
        self.calls = calls
        self.head = (
            f"POST /telegram/webhook HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
        ).encode() + b"%d\r\n\r\n"
        self.free: list[WebhookLine] = []
        self.queue: deque[bytes] = deque()
        self.lines = 0
        self.opening: set[asyncio.Task[None]] = set()
        self.refused: dict[int, int] = {}

    def request(self, body: bytes) -> bytes:
        return self.head % len(body) + body

    def post(self, body: bytes) -> None:
        if self.free:
            self.free.pop().post(body)
            return
        self.queue.append(body)
        if self.lines < MOST_LINES:
            self.lines += 1
            task = asyncio.get_running_loop().create_task(self.open())
            self.opening.add(task)
            task.add_done_callback(self.opening.discard)

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(lambda: WebhookLine(self), "127.0.0.1", self.port)
        self.next(line)

    def answered(self, line: WebhookLine, status: int) -> None:
        if status != 200:
            self.refused[status] = self.refused.get(status, 0) + 1
        self.next(line)

    def next(self, line: WebhookLine) -> None:
        if self.queue:
            line.post(self.queue.popleft())
        else:
            self.free.append(line)

    def said(self, call: dict[str, Any]) -> None:
        """Process a call in the webhook's answer."""
        method = call.get("method", "")
        self.calls[f"{method} inline"] = self.calls.get(f"{method} inline", 0) + 1
        if method in SPEAKING:
            self.heard(int(call["chat_id"]), call["text"])

    def lost(self, line: WebhookLine) -> None:
        """Remove a connection that the bot closed; its request is posted again, as Telegram does."""
        self.lines -= 1
        if line in self.free:
            self.free.remove(line)
        if line.sent is not None:
            self.post(line.sent)

    def close(self) -> None:
        for line in self.free:
            line.transport.abort()
