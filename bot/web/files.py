"""Files for the browser: style sheets and scripts, and a resident's own ticket files."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.http import cookies
from bot.http.cookies import Jar
from bot.web.channel import WebChannel
from bot.web.chat import ChatOffice
from handlers.engine.screen import File
from storage.session import StoreDown

FOLDER = Path(__file__).parent
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
# Shown in the page; all other types are downloaded, never run.
_SHOWN = frozenset({"image/png", "image/jpeg"})
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asset:
    body: bytes
    packed: bytes
    mime: str
    version: str


class Assets:
    """Files of static/, read once, compressed, with a version derived from their content."""

    def __init__(self, folder: Path = FOLDER / "static", address: str = "/static") -> None:
        self._address = address
        self._assets = {path.name: _asset(path) for path in folder.iterdir() if path.suffix in _TYPES}

    def url(self, name: str) -> str:
        """Address of a file; it changes with the file, so that browsers may cache it."""
        return f"{self._address}/{name}?v={self._assets[name].version}"

    async def serve(self, request: Request) -> Response:
        """Serve `GET /static/{name}`."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        is_named_by_content = request.query_params.get("v") == asset.version
        headers = {"Vary": "Accept-Encoding", "Cache-Control": _A_YEAR if is_named_by_content else "no-cache"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(
                asset.packed, media_type=asset.mime, headers={**headers, "Content-Encoding": "gzip"}
            )
        return Response(asset.body, media_type=asset.mime, headers=headers)

    async def icon(self, _request: Request) -> Response:
        """Serve `GET /favicon.ico`, which some browsers always request."""
        return RedirectResponse(self.url("loket.svg"), status_code=308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """Serves `GET /berkas/{name}`: a file for the browser that it was sent to."""

    channel: WebChannel
    jar: Jar
    office: ChatOffice

    async def serve(self, request: Request) -> Response:
        """The file, or 404 alike for unknown, expired, other browsers' and earlier sittings' files."""
        cookie = cookies.given(request.cookies, self.jar.chat)
        name = request.path_params["name"]
        file = await self._file(cookies.name_of(cookie), name) if cookie else None
        if file is None:
            raise HTTPException(404)
        shown = file.mime in _SHOWN
        how = "inline" if shown else "attachment"
        return Response(
            file.data,
            media_type=file.mime if shown or file.mime == "text/calendar" else "application/octet-stream",
            headers={
                "Content-Disposition": f'{how}; filename="{_plain_name(file.name)}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, no-store",
            },
        )

    async def _file(self, address: str, name: str) -> File | None:
        if self.channel.downloads.get(address, name) is None:
            return None
        try:
            since = await self.office.sits_since(channel=self.channel.name, account=address, address=address)
        except StoreDown:
            return None
        return None if since is None else self.channel.downloads.get(address, name, within=since)


def _plain_name(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name) or "berkas"


@cache  # chat page and console share files
def _asset(path: Path) -> _Asset:
    body = path.read_bytes()
    return _Asset(
        body=body,
        packed=gzip.compress(body, mtime=0),
        mime=_TYPES[path.suffix],
        version=hashlib.sha256(body).hexdigest()[:12],
    )
