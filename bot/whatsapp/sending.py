"""Calls of the Cloud API over httpx: what goes out, and what its answer means.

httpx's client costs half of each call (redirects, cookies, authentication flows, hooks); its transport alone does what
is needed here. Nothing that is raised here holds the token, a recipient or a text.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import httpx

from bot.channel import Outage, Rejected, Unknown
from bot.whatsapp.errors import refused
from handlers.screen import File

CALL_SECONDS = 10.0  # the outbox lease is 60 s
CONNECT_SECONDS = 5.0
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_JSON = "application/json"
_OK = 200


class Graph:
    """Speaks to one account with one token."""

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
        wait, connect = timeout_seconds, min(CONNECT_SECONDS, timeout_seconds)
        self._seconds = timeout_seconds
        self._waits = {"timeout": {"connect": connect, "read": wait, "write": wait, "pool": connect}}
        self._transport = httpx.AsyncHTTPTransport(
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=50, keepalive_expiry=30)
        )

    def __repr__(self) -> str:
        return "Graph(…)"

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Post JSON to a path below the version; give the answer.

        Raises:
            Refused: the provider says why not.
            Outage: nothing was sent.
            Unknown: it may or may not have arrived.
        """
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return await self._called("POST", f"{self._base}/{path}", content=raw, kind=_JSON)

    async def get(self, path: str) -> Any:
        """Ask for a path below the version.

        Raises:
            Refused, Outage, Unknown: as `post`.
        """
        return await self._called("GET", f"{self._base}/{path}")

    async def upload(self, path: str, file: File, mime: str) -> Any:
        """Post a file to a path below the version.

        Raises:
            Refused, Outage, Unknown: as `post`.
        """
        form = httpx.Request(
            "POST",
            f"{self._base}/{path}",
            data={"messaging_product": "whatsapp", "type": mime},
            files={"file": (file.name, file.data, mime)},
        )
        kind = form.headers["content-type"]
        return await self._called("POST", str(form.url), content=form.read(), kind=kind)

    async def download(self, url: str, *, most: int) -> bytes:
        """Fetch what stands at an address that the provider named, at most `most` bytes.

        Raises:
            Rejected: `too_large`.
            Refused, Outage, Unknown: as `post`.
        """
        response = await self._answered(self._request("GET", url))
        body = b""
        try:
            if response.status_code != _OK:
                raise refused(response.status_code, None)
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > most:
                    raise Rejected("too_large")
        except httpx.HTTPError:
            raise Outage from None
        finally:
            await response.aclose()
        return body

    async def close(self) -> None:
        """Let go of the connections."""
        await self._transport.aclose()

    async def _called(self, verb: str, url: str, *, content: bytes = b"", kind: str | None = None) -> Any:
        request = self._request(verb, url, content=content, kind=kind)
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._answered(request)
                raw = await _all_of(response)
        except (TimeoutError, httpx.HTTPError):
            raise Unknown from None
        answer = _read(raw)
        if response.is_success and isinstance(answer, dict) and "error" not in answer:
            return answer
        if response.is_success and not isinstance(answer, dict):
            raise Unknown
        raise refused(response.status_code, answer, retry_after=response.headers.get("retry-after"))

    def _request(
        self, verb: str, url: str, *, content: bytes = b"", kind: str | None = None
    ) -> httpx.Request:
        headers = {**self._auth, "Accept": _JSON} if kind is None else {**self._auth, "Content-Type": kind}
        try:
            return httpx.Request(verb, url, headers=headers, content=content, extensions=self._waits)
        except (httpx.InvalidURL, ValueError):
            raise Outage from None

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._transport.handle_async_request(request)
        except _UNSENT:
            raise Outage from None
        except (httpx.HTTPError, OSError):
            raise Unknown from None


async def _all_of(response: httpx.Response) -> bytes:
    try:
        return await response.aread()
    finally:
        await response.aclose()


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
