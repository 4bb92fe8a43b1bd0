"""Templates of pages; their style sheets, scripts and pictures, with addresses that change with their content."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

if TYPE_CHECKING:
    from jinja2 import Environment

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
_A_YEAR = "public, max-age=31536000, immutable"


def templates_in(folder: Path) -> "Environment":
    """The templates of a folder; their engine takes 2 MB, so it is loaded with the first page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asset:
    body: bytes
    packed: bytes
    mime: str
    version: str


class Assets:
    """Files of one folder, read once, compressed, with a version derived from their content."""

    def __init__(self, folder: Path, address: str) -> None:
        self._address = address
        self._assets = {path.name: _asset(path) for path in folder.iterdir() if path.suffix in _TYPES}

    def url(self, name: str) -> str:
        """Address of a file; it changes with the file, so that browsers may cache it."""
        return f"{self._address}/{name}?v={self._assets[name].version}"

    async def serve(self, request: Request) -> Response:
        """Serve `GET <address>/{name}`."""
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


@cache  # chat page and console share files
def _asset(path: Path) -> _Asset:
    body = path.read_bytes()
    return _Asset(
        body=body,
        packed=gzip.compress(body, mtime=0),
        mime=_TYPES[path.suffix],
        version=hashlib.sha256(body).hexdigest()[:12],
    )
