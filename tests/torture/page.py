"""A browser that sends as bot/web/static/line.js does: what was not heard comes again, until it is."""

import asyncio
import json
import math
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

ANSWER_SECONDS = 15.0
_PAUSE_SECONDS = 0.2


class Page:
    """One resident's page.

    Args:
        addresses: where the processes serve; each connection goes to the next of them.
        source: the network address that a proxy names; all residents behind one share its limits.
        again_seconds: the pause before a message that was not taken is sent again (line.js: 5).
    """

    def __init__(self, addresses: Sequence[str], *, source: str, again_seconds: float = 0.5) -> None:
        self._again_seconds = again_seconds
        self._addresses = addresses
        self._headers = {"Cookie": f"loket={secrets.token_urlsafe(32)}", "X-Forwarded-For": source}
        self._connections = 0
        self.waiting: dict[str, str] = {}
        self.said = 0
        self.shown: Counter[str] = Counter()
        self.longest_seconds = 0.0  # from saying something until it was heard
        self._said_at: dict[str, float] = {}
        self.again = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    def says(self, text: str) -> None:
        name = secrets.token_hex(8)
        self.waiting[name] = json.dumps({"id": name, "text": text})
        self.said += 1
        self._said_at[name] = time.monotonic()
        self._quiet.clear()

    async def run(self) -> None:
        """Stay connected until cancelled."""
        while True:
            address = self._addresses[self._connections % len(self._addresses)]
            self._connections += 1
            try:
                async with connect(
                    f"ws://{address}/chat", additional_headers=self._headers, max_size=None
                ) as line:
                    await self._talk(line)
            except (OSError, TimeoutError, InvalidHandshake, WebSocketException):
                await asyncio.sleep(_PAUSE_SECONDS)

    async def all_heard(self, *, within: float, why: Callable[[], str]) -> None:
        try:
            async with asyncio.timeout(within):
                await self._quiet.wait()
        except TimeoutError:
            raise AssertionError(f"{len(self.waiting)} messages were never heard: {why()}") from None

    async def _talk(self, line: ClientConnection) -> None:
        sent: dict[str, float] = {}  # when a message is to be sent again
        loop = asyncio.get_running_loop()
        answered = loop.time()
        while True:
            now = loop.time()
            for name, message in [*self.waiting.items()]:
                if sent.get(name, 0.0) <= now:
                    sent[name] = now + 3600
                    await line.send(message)
            if not self.waiting:
                answered = now
            elif now - answered > ANSWER_SECONDS:
                raise TimeoutError
            try:
                async with asyncio.timeout(0.1):
                    frame = json.loads(await line.recv())
            except TimeoutError:
                continue
            answered = loop.time()
            self._take(frame, sent, answered)

    def _take(self, frame: dict[str, str], sent: dict[str, float], now: float) -> None:
        if frame["op"] == "heard":
            self.waiting.pop(frame["id"], None)
            took = time.monotonic() - self._said_at.pop(frame["id"], math.inf)
            self.longest_seconds = max(self.longest_seconds, took)
            if not self.waiting:
                self._quiet.set()
        elif frame["op"] == "again":
            self.again += 1
            sent[frame["id"]] = now + self._again_seconds
        elif frame["op"] == "say" and frame["id"].isdecimal():
            self.shown[frame["id"]] += 1
