"""Calls of the Cloud API, and the meaning of answers.

JSON is posted with the client in bot/sending/http.py; queries and files use aiohttp
(docs/decisions/0054-one-small-http-client.md).

Exceptions contain no token, recipient or text.
"""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
)
from yarl import URL

from bot.channel import Outage, Rejected, Unknown
from bot.sending.http import Client, Limits
from bot.whatsapp.errors import refused
from handlers.engine.screen import File

CALL_SECONDS = 10.0  # the outbox lease is 60 s
CONNECT_SECONDS = 5.0
_UNSENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
_LOST = (ClientError, TimeoutError, OSError)
_OK, _PIECE = 200, 65_536


class GraphApi:
    """Calls the API for one account with one token."""

    def __init__(
        self,
        *,
        token: str,
        api_base: str,
        version: str,
        auth_header: str,
        timeout_seconds: float = CALL_SECONDS,
    ) -> None:
        name, _, scheme = auth_header.partition(":")
        self._auth = {name.strip(): f"{scheme.strip()} {token}".strip()}
        self._base = f"{api_base.rstrip('/')}/{version.strip('/')}"
        connect_seconds = min(CONNECT_SECONDS, timeout_seconds)
        limits = Limits(connect=connect_seconds, total=timeout_seconds)
        self._client = Client(self._base, headers=self._auth, limits=limits)
        self._timeout = ClientTimeout(total=timeout_seconds, connect=connect_seconds)
        self._session: ClientSession | None = None

    def __repr__(self) -> str:
        return "Graph(…)"

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Post JSON to a path below the version; return the answer.

        Raises:
            Refused: the provider refuses it.
            Outage: nothing was sent.
            Unknown: it may have arrived.
        """
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        answer = await self._client.post(f"/{path}", raw)
        return _understood(answer.status, answer.body, answer.retry_after)

    async def get(self, path: str) -> Any:
        """Get a path below the version.

        Raises:
            Refused, Outage, Unknown: as `post`.
        """
        return await self._called("GET", path)

    async def upload(self, path: str, file: File, mime: str) -> Any:
        """Post a file to a path below the version.

        Raises:
            Refused, Outage, Unknown: as `post`.
        """
        form = FormData({"messaging_product": "whatsapp", "type": mime})
        form.add_field("file", file.data, filename=file.name, content_type=mime)
        return await self._called("POST", path, data=form)

    async def download(self, url: str, *, most: int) -> bytes:
        """Download from an address given by the provider, at most `most` bytes.

        Raises:
            Rejected: `too_large`.
            Refused: the provider refuses it.
            Outage: it is unavailable.
        """
        body = bytearray()
        try:
            async with self._open().get(url, allow_redirects=False) as response:
                if response.status != _OK:
                    raise refused(response.status, None)
                async for piece in response.content.iter_chunked(_PIECE):
                    body += piece
                    if len(body) > most:
                        raise Rejected("too_large")
        except (*_LOST, ValueError):
            raise Outage from None
        return bytes(body)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
        if self._session is not None:
            await self._session.close()

    async def _called(self, verb: str, path: str, **what: Any) -> Any:
        try:
            url = URL(f"{self._base}/{path}", encoded=True)
            async with self._open().request(verb, url, allow_redirects=False, **what) as response:
                raw = await response.read()
        except _UNSENT:
            raise Outage from None
        except _LOST:
            raise Unknown from None
        return _understood(response.status, raw, response.headers.get("retry-after"))

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                headers=self._auth,
                cookie_jar=DummyCookieJar(),
                timeout=self._timeout,
                skip_auto_headers=["Accept", "Accept-Encoding"],
            )
        return self._session


def _understood(status: int, raw: bytes, retry_after: str | None) -> Any:
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = None
    if status == _OK and isinstance(answer, dict) and "error" not in answer:
        return answer
    if status == _OK and not isinstance(answer, dict):
        raise Unknown
    raise refused(status, answer, retry_after=retry_after)
