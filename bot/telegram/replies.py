"""Files of replies through aiogram's session, without its models.

aiogram builds a model of every answer and validates one of every call (measured: 490 µs a call).
"""

import json
from typing import Any

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

from bot.channel import Outage, Rejected, Unknown
from bot.telegram.calls import result_of
from bot.telegram.outcomes import refused
from handlers.engine.screen import File

_LIMITS = ClientTimeout(total=10, connect=5)


class _Session(AiohttpSession):
    """aiogram's session without cookies and compressed answers, which bots never meet."""

    async def create_session(self) -> ClientSession:
        """The open session."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector_type(**self._connector_init),
                cookie_jar=DummyCookieJar(),
                timeout=_LIMITS,
                skip_auto_headers=["Accept", "Accept-Encoding"],
            )
        return self._session


class ReplyFiles:
    """Uploads and downloads of one bot; exceptions never contain the token, which is in every address."""

    def __init__(self, *, token: str, api_base: str) -> None:
        self._token = token
        self._server = TelegramAPIServer.from_base(api_base)
        self._session = _Session(api=self._server)

    async def upload(self, method: str, params: dict[str, Any], file: File, at: str) -> Any:
        """Call a method with the file as its parameter `at`; return its `result`.

        Raises:
            Undelivered: see bot/channel.py.
        """
        form = FormData()
        for key, value in params.items():
            form.add_field(key, value if isinstance(value, str) else json.dumps(value))
        form.add_field(at, file.data, filename=file.name, content_type=file.mime)
        session = await self._session.create_session()
        try:
            async with session.post(self._server.api_url(self._token, method), data=form) as response:
                status, raw = response.status, await response.read()
        except (ClientConnectorError, ConnectionTimeoutError):
            raise Outage from None
        except (ClientError, TimeoutError, OSError):
            raise Unknown from None
        return result_of(status, raw, push=False)

    async def download(self, path: str, *, most: int) -> bytes:
        """Download a file of at most `most` bytes from the path returned by `getFile`.

        Raises:
            Rejected: `too_large`.
            Undelivered: it is unavailable.
        """
        session = await self._session.create_session()
        try:
            async with session.get(self._server.file_url(self._token, path)) as response:
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
