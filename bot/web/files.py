"""Files for the browser: those of its page, and a resident's own ticket files."""

import re
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.http import cookies
from bot.http.assets import Assets
from bot.http.cookies import Jar
from bot.web.channel import WebChannel
from bot.web.chat import ChatOffice
from handlers.engine.screen import File
from storage.ids import read_id
from storage.session import StoreDown

FOLDER = Path(__file__).parent
# Shown in the page; all other types are downloaded, never run.
_SHOWN = frozenset({"image/png", "image/jpeg", "audio/ogg"})
_DIGITS = 3  # of a file's place in its message
_RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")


def page_assets() -> Assets:
    """Style sheets and scripts of the chat page; the console uses some of them."""
    return Assets(FOLDER / "static", "/static")


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """Serves `GET /berkas/{name}`: a file for the browser that it was sent to."""

    channel: WebChannel
    jar: Jar
    office: ChatOffice

    async def serve(self, request: Request) -> Response:
        """The file, or 404 alike for unknown, expired, other browsers' and earlier sittings' files."""
        cookie = cookies.given(request.cookies, self.jar.chat)
        file = await self._file(cookies.name_of(cookie), request.path_params["name"]) if cookie else None
        if file is None:
            raise HTTPException(404)
        shown = file.mime in _SHOWN
        how = "inline" if shown else "attachment"
        part = _part(request.headers.get("range", ""), len(file.data))
        begin, end = part or (0, len(file.data))
        asked = {"Content-Range": f"bytes {begin}-{end - 1}/{len(file.data)}"} if part else {}
        return Response(
            file.data[begin:end],
            status_code=206 if part else 200,
            media_type=file.mime if shown or file.mime == "text/calendar" else "application/octet-stream",
            headers={
                "Content-Disposition": f'{how}; filename="{_plain_name(file.name)}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, no-store",
                "Accept-Ranges": "bytes",
                **asked,
            },
        )

    async def _file(self, address: str, name: str) -> File | None:
        row, _, place = name.partition("-")
        known = read_id(row)
        if known is None or not (place.isascii() and place.isdigit() and len(place) <= _DIGITS):
            return None
        try:
            return await self.office.file(
                channel=self.channel.name, account=address, address=address, row=known, place=int(place)
            )
        except StoreDown:
            return None


def _part(asked: str, length: int) -> tuple[int, int] | None:
    """The one range that a player asks for, as begin and end; None: the whole file (RFC 9110, 14.2)."""
    found = _RANGE.fullmatch(asked)
    if found is None:
        return None
    first, last = found[1], found[2]
    if not first:
        begin, end = max(length - int(last or 0), 0), length
    else:
        begin, end = int(first), min(int(last) + 1, length) if last else length
    return (begin, end) if begin < end else None


def _plain_name(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name) or "berkas"
