"""A Bot API with Telegram's limits: a number of messages per second, one per chat and second, else 429."""

import asyncio
import json
import math
import time
from collections import Counter, deque
from collections.abc import Callable

from benchmarks.botapi import SPEAKING, BotApi, parse_fields, result

HEADROOM = 30 / 28  # Telegram's limit over the rate that Loket is set to


class Limit:
    """Accepted and refused messages of all connections.

    Args:
        rate: messages per second announced to senders; slightly more is accepted, as by Telegram.
        answers_after: seconds until an answer.
    """

    def __init__(self, rate: int, *, answers_after: float = 0.0, clock: Callable[[], float] = time.monotonic):
        self.most = math.ceil(rate * HEADROOM)
        self.answers_after = answers_after
        self.clock = clock
        self.taken: Counter[int] = Counter()
        self.refused = 0
        self.first_at = self.last_at = self.heard_at = 0.0
        self.began: Callable[[], None] = lambda: None
        self._lately: deque[float] = deque()
        self._of_chat: dict[int, float] = {}

    def wait_for(self, chat: int) -> int:
        """Count one message to the chat; return 0, or the seconds to wait."""
        now = self.heard_at = self.clock()
        if not self.taken and not self.refused:
            self.first_at = now
            self.began()
        while self._lately and now - self._lately[0] >= 1:
            self._lately.popleft()
        full = len(self._lately) >= self.most
        wait = max(self._lately[0] + 1 - now if full else 0.0, self._of_chat.get(chat, -1.0) + 1 - now)
        if wait > 0:
            self.refused += 1
            return max(1, math.ceil(wait))
        self._lately.append(now)
        self._of_chat[chat] = self.last_at = now
        self.taken[chat] += 1
        return 0


class LimitedApi(BotApi):
    """One connection of a sender."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(lambda _chat, _text: None, {})
        self.limit = limit

    def on_message_complete(self) -> None:
        fields = parse_fields(self.content_type, self.body)
        if self.method not in SPEAKING:
            self._write(b'{"ok":true,"result":' + result(self.method, fields) + b"}", b"200 OK")
            return
        if wait := self.limit.wait_for(int(fields["chat_id"])):
            self._write(_too_many(wait), b"429 Too Many Requests")
            return
        answer = b'{"ok":true,"result":' + result(self.method, fields) + b"}"
        if self.limit.answers_after:
            loop = asyncio.get_running_loop()
            loop.call_later(self.limit.answers_after, self._write, answer, b"200 OK")
        else:
            self._write(answer, b"200 OK")

    def _write(self, payload: bytes, status: bytes) -> None:
        head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self.transport.write(head % (status, len(payload)) + payload)


def _too_many(seconds: int) -> bytes:
    return json.dumps(
        {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {seconds}",
            "parameters": {"retry_after": seconds},
        }
    ).encode()
