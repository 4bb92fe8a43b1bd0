"""Calls of the Bot API: JSON through bot/sending/http.py, files through a library.

A library is loaded for the first file; replies use aiogram's session, pushes python-telegram-bot.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import structlog

from bot.channel import Throttled, Undelivered
from bot.sending.http import Client, Limits
from bot.sending.pacer import Pacer
from bot.telegram.outcomes import refused
from bot.telegram.render import Call
from handlers.engine.screen import File

POLL_SECONDS = 25
_BRIEF = Limits(connect=3.0, total=3.0)
_POLL = Limits(total=POLL_SECONDS + 10, most_bytes=50_000_000)  # a hundred updates with the longest texts

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Files(Protocol):
    """A library that uploads files."""

    async def upload(self, method: str, params: dict[str, Any], file: File, at: str) -> Any:
        """Call a method with the file as its parameter `at`; return its `result`.

        Raises:
            Undelivered: see bot/channel.py.
        """
        ...

    async def close(self) -> None:
        """Close its connections."""
        ...


class Late(Generic[T]):
    """An object whose library takes seconds to import: created at first use, in a thread."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = asyncio.Lock()
        self.made: T | None = None

    async def get(self) -> T:
        """The object, created if needed."""
        async with self._lock:
            if self.made is None:
                self.made = await asyncio.to_thread(self._make)
            return self.made


class Calls:
    """Calls the API for one bot; exceptions never contain the token, which is in every address.

    `push`: after a 429 all pushes wait, else one chat.
    """

    def __init__(
        self, *, token: str, client: Client, pacer: Pacer, files: Late[Any], push: bool = False
    ) -> None:
        self._path = f"/bot{token}/"
        self._client = client
        self._pacer = pacer
        self._files: Late[Files] = files
        self._push = push

    async def deliver(self, call: Call, chat: str, *, priority: int) -> str | None:
        """Send a call to a chat in its turn; return the message's id.

        Raises:
            Undelivered: see bot/channel.py.
        """
        params = {"chat_id": int(chat), **call.params}
        files = await self._files.get() if call.file is not None else None
        await self._pacer.turn(chat, priority=max(priority, 1) if self._push else priority)
        try:
            if files is None or call.file is None:
                result = await self.call(call.method, params)
            else:
                result = await files.upload(call.method, params, call.file, call.attachment)
        except Throttled as throttled:
            self._pacer.hold(chat, throttled.retry_after_seconds, push=self._push)
            raise
        finally:
            self._pacer.done()
        return str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else None

    async def call(self, method: str, params: dict[str, Any], *, limits: Limits | None = None) -> Any:
        """Call a method of the Bot API at once; return its `result`.

        Raises:
            Undelivered: see bot/channel.py.
        """
        answer = await self._client.post(self._path + method, json.dumps(params).encode(), limits=limits)
        return result_of(answer.status, answer.body, push=self._push)

    async def at_best(self, method: str, params: dict[str, Any]) -> None:
        """Make a call whose failure does not matter, within 3 s."""
        try:
            await self.call(method, params, limits=_BRIEF)
        except Undelivered as problem:
            log.info("telegram.tidy_failed", method=method, problem=type(problem).__name__)

    async def updates(self, offset: int | None, *, kinds: list[str]) -> list[Any]:
        """Wait for updates (`getUpdates`); an offset confirms those before it.

        Raises:
            Undelivered: see bot/channel.py.
        """
        asked = {"timeout": POLL_SECONDS, "allowed_updates": kinds}
        batch = await self.call(
            "getUpdates", asked if offset is None else {**asked, "offset": offset}, limits=_POLL
        )
        return batch if isinstance(batch, list) else []

    async def close(self) -> None:
        """Close the library's connections, if it was loaded."""
        if self._files.made is not None:
            await self._files.made.close()


def result_of(status: int, raw: bytes, *, push: bool) -> Any:
    """The `result` of an answer.

    Raises:
        Undelivered: the answer is not `ok`; `push` as in `Calls`.
    """
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True:
        return answer.get("result")
    raise refused(status, answer, push=push)
