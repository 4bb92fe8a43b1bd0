"""Outgoing calls through aiogram's session: its connections and addresses, without its models.

aiogram builds a model of every answer and a form of every call (measured: 490 µs a call); here a call is one JSON
body, and of the answer only `ok`, `result` and `parameters` are read (110 µs, 90 µs when several are out at once).
"""

import json
from typing import Any

import structlog
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
)
from yarl import URL

from bot.channel import Outage, Rejected, Throttled, Undelivered, Unknown
from bot.sending.pacer import Pacer
from bot.telegram.outcomes import refused
from bot.telegram.render import Call
from handlers.engine.screen import File

CALL = ClientTimeout(total=10, connect=5)
DOWNLOAD = ClientTimeout(total=10, connect=5)
BRIEF = ClientTimeout(total=3)
POLL_SECONDS = 25
POLL = ClientTimeout(total=POLL_SECONDS + 10, connect=5)
_JSON = {"Content-Type": "application/json"}

log = structlog.get_logger(__name__)


class _Session(AiohttpSession):
    """aiogram's session without cookies and compressed answers, which bots never meet."""

    async def create_session(self) -> ClientSession:
        """The open session."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector_type(**self._connector_init),
                cookie_jar=DummyCookieJar(),
                timeout=CALL,
                skip_auto_headers=["Accept", "Accept-Encoding"],
            )
        return self._session


class Replies:
    """Speaks for one bot; what it raises never holds the token, which stands in every address."""

    def __init__(self, *, token: str, api_base: str, pacer: Pacer) -> None:
        self._token = token
        self._server = TelegramAPIServer.from_base(api_base)
        self._session = _Session(api=self._server)
        self._pacer = pacer
        self._urls: dict[str, URL] = {}

    async def deliver(self, call: Call, chat: str, *, priority: int) -> str | None:
        """Send a call to a chat in its turn; give the id of the message.

        Raises:
            Undelivered: as the tree in bot/channel.py says.
        """
        await self._pacer.turn(chat, priority=priority)
        try:
            result = await self.call(
                call.method, {"chat_id": int(chat), **call.params}, file=call.file, at=call.attachment
            )
        except Throttled as throttled:
            self._pacer.hold(chat, throttled.retry_after_seconds, push=False)
            raise
        finally:
            self._pacer.done()
        return str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else None

    async def call(
        self,
        method: str,
        params: dict[str, Any],
        *,
        file: File | None = None,
        at: str = "document",
        timeout: ClientTimeout = CALL,  # noqa: ASYNC109 (the session keeps it; no task is cancelled)
    ) -> Any:
        """Call a method of the Bot API at once and give its `result`.

        Raises:
            Undelivered: as the tree in bot/channel.py says.
        """
        body: Any = json.dumps(params).encode() if file is None else _form(params, file, at)
        session = await self._session.create_session()
        try:
            async with session.post(
                self._url(method), data=body, headers=_JSON if file is None else None, timeout=timeout
            ) as response:
                status, raw = response.status, await response.read()
        except (ClientConnectorError, ConnectionTimeoutError):
            raise Outage from None
        except (ClientError, TimeoutError, OSError):
            raise Unknown from None
        return _result(status, raw)

    async def at_best(self, method: str, params: dict[str, Any]) -> None:
        """Make a call that nobody misses when it fails, within 3 s."""
        try:
            await self.call(method, params, timeout=BRIEF)
        except Undelivered as problem:
            log.info("telegram.left_undone", method=method, problem=type(problem).__name__)

    async def updates(self, offset: int | None, *, kinds: list[str]) -> list[Any]:
        """Wait for updates (`getUpdates`); with an offset, confirm those before it.

        Raises:
            Undelivered: as the tree in bot/channel.py says.
        """
        asked = {"timeout": POLL_SECONDS, "allowed_updates": kinds}
        batch = await self.call(
            "getUpdates", asked if offset is None else {**asked, "offset": offset}, timeout=POLL
        )
        return batch if isinstance(batch, list) else []

    async def download(self, file_id: str, *, most: int) -> bytes:
        """Fetch a resident's photo or file of at most `most` bytes.

        Raises:
            Rejected: `too_large`.
            Undelivered: it could not be had.
        """
        about = await self.call("getFile", {"file_id": file_id})
        path = about.get("file_path") if isinstance(about, dict) else None
        if not isinstance(path, str):
            raise Rejected("no_file")
        session = await self._session.create_session()
        try:
            async with session.get(self._server.file_url(self._token, path), timeout=DOWNLOAD) as response:
                if response.status != 200:  # noqa: PLR2004 (the number of HTTP)
                    raise refused(response.status, None, push=False)
                body = await response.content.read(most + 1)
                while len(body) <= most and (more := await response.content.read(most)):
                    body += more
        except (ClientError, TimeoutError, OSError):
            raise Outage from None
        if len(body) > most:
            raise Rejected("too_large")
        return body

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._server.api_url(self._token, method))
        return url


def _form(params: dict[str, Any], file: File, at: str) -> FormData:
    form = FormData()
    for key, value in params.items():
        form.add_field(key, value if isinstance(value, str) else json.dumps(value))
    form.add_field(at, file.data, filename=file.name, content_type=file.mime)
    return form


def _result(status: int, raw: bytes) -> Any:
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True:
        return answer.get("result")
    raise refused(status, answer, push=False)
