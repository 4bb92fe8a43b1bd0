"""Frames of the chat's WebSocket, as JSON.

From the browser: `{"id", "text"}`, `{"id", "choice"}` (with `under`, the id of the tapped message),
`{"id", "file": {"name", "mime", "data": base64}}`, `{"id", "location": {"latitude", "longitude"}}`,
`{"id", "left": true}` (the person leaves the shared device).

To the browser: `say`, `file`, and for our own page `heard` (the message is stored), `again` (repeat it
later), `forget` (hide the resident's message, which contains an identity number), `left` (the person left in
another tab: clear the page), `ready` (connected).
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from bot.channel import located, storable
from handlers.engine.screen import File, Screen

FILE_BYTES = 5 * 1024 * 1024
TEXT_CHARACTERS = 4096
_ID_CHARACTERS = 200
_NAME_CHARACTERS = 120
_SMALL_CHARACTERS = 64 * 1024

# Half of a character that takes two, as in the file names of some systems; `storable` makes it a question mark, too.
_HALF = re.compile(
    r"\\(?<!\\\\)u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|"
    r"[c-fC-F][0-9a-fA-F]{2}(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}))"
)

Json = dict[str, Any]
Part = msgspec.Raw | msgspec.UnsetType


class BadFrame(Exception):
    """A frame that is no message; `key` is the text for its sender, `id` its id, if any."""

    id: str | None = None

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One message of the browser."""

    id: str
    kind: Literal["text", "choice", "photo", "file", "location", "left"]
    text: str = field(default="", repr=False)
    choice: str | None = field(default=None, repr=False)
    under: str | None = None
    file: File | None = field(default=None, repr=False)


class _Sent(msgspec.Struct):
    """A large frame, of which nothing else is read."""

    id: Part = msgspec.UNSET
    text: Part = msgspec.UNSET
    choice: Part = msgspec.UNSET
    under: Part = msgspec.UNSET
    file: Part = msgspec.UNSET
    location: Part = msgspec.UNSET
    left: Part = msgspec.UNSET


class _SentFile(msgspec.Struct):
    name: Part = msgspec.UNSET
    mime: Part = msgspec.UNSET
    data: Part = msgspec.UNSET


class _SentPlace(msgspec.Struct):
    latitude: Part = msgspec.UNSET
    longitude: Part = msgspec.UNSET


_SENT = msgspec.json.Decoder(_Sent)
_TEXT = msgspec.json.Decoder(str)
_INSIDE: dict[str, msgspec.json.Decoder[Any]] = {
    "file": msgspec.json.Decoder(_SentFile),
    "location": msgspec.json.Decoder(_SentPlace),
}


def parse(raw: str | bytes) -> Frame:
    """Parse one frame.

    Raises:
        BadFrame: it is invalid.
    """
    try:
        value = json.loads(raw) if len(raw) <= _SMALL_CHARACTERS else _large(raw)
    except (ValueError, RecursionError):
        raise BadFrame("web-frame-unreadable") from None
    if not isinstance(value, dict):
        raise BadFrame("web-frame-unreadable")
    name = value.get("id")
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= _ID_CHARACTERS:
        raise BadFrame("web-frame-no-id")
    try:
        return _message(name, value)
    except BadFrame as bad:
        bad.id = name
        raise


def _large(raw: str | bytes) -> Json:
    """The fields of a large frame.

    The json module holds the interpreter while it makes an object of every item of a list that no frame has.
    """
    text = raw if isinstance(raw, str) else raw.decode()
    try:
        return _fields(_SENT.decode(text))
    except msgspec.DecodeError:
        return _fields(_SENT.decode(_HALF.sub("?", text)))


def _fields(sent: msgspec.Struct) -> Json:
    return {
        name: _value(name, part)
        for name, part in msgspec.structs.asdict(sent).items()
        if part is not msgspec.UNSET
    }


def _value(name: str, part: msgspec.Raw) -> object:
    """The value of a field; a list or object that it never has stays empty."""
    first = bytes(memoryview(part)[:1])
    if first == b"{":
        return _fields(_INSIDE[name].decode(part)) if name in _INSIDE else {}
    if first == b"[":
        return []
    if first == b'"':
        return _TEXT.decode(part)
    return json.loads(bytes(part))


def _message(name: str, value: Json) -> Frame:
    if value.get("file") is not None:
        file = _file(value["file"])
        return Frame(id=name, kind="photo" if file.mime.startswith("image/") else "file", file=file)
    if value.get("choice") is not None:
        under = value.get("under")
        return Frame(
            id=name,
            kind="choice",
            choice=_words(value["choice"]),
            under=_words(under, most=_ID_CHARACTERS) if under is not None else None,
        )
    if isinstance(value.get("location"), dict):
        spot = value["location"]
        return Frame(id=name, kind="location", text=located(spot.get("latitude"), spot.get("longitude")))
    if value.get("left") is True:
        return Frame(id=name, kind="left")
    text = value.get("text")
    if isinstance(text, str):
        # The turn refuses long texts, as on every channel; one more character is enough for that.
        text = text[: TEXT_CHARACTERS + 1]
    text = _words(text, most=TEXT_CHARACTERS + 1)
    if not text.strip():
        raise BadFrame("web-frame-empty")
    return Frame(id=name, kind="text", text=text)


def _words(value: object, *, most: int = TEXT_CHARACTERS) -> str:
    if not isinstance(value, str):
        raise BadFrame("web-frame-unreadable")
    if len(value) > most:
        raise BadFrame("web-frame-long")
    return storable(value)


def _file(value: object) -> File:
    parts = value if isinstance(value, dict) else {}
    name, mime, data = parts.get("name", "foto"), parts.get("mime"), parts.get("data")
    if not (isinstance(name, str) and isinstance(mime, str) and isinstance(data, str)):
        raise BadFrame("web-file-broken")
    what = "file" if mime.lower().startswith("image/") else "document"
    # Four characters encode three bytes: too large files are not decoded.
    if len(data) * 3 // 4 > FILE_BYTES + 2:
        raise BadFrame(f"web-{what}-big")
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise BadFrame(f"web-{what}-broken") from None
    if not content:
        raise BadFrame(f"web-{what}-broken")
    if len(content) > FILE_BYTES:
        raise BadFrame(f"web-{what}-big")
    return File(
        name=storable(name)[:_NAME_CHARACTERS], mime=storable(mime)[:_NAME_CHARACTERS].lower(), data=content
    )


def say(name: str, screen: Screen) -> Json:
    """A screen as a frame; `number` may be typed instead of tapping."""
    return {
        "op": "say",
        "id": name,
        "text": screen.text,
        "choices": [
            {"token": c.token, "label": c.label, "hint": c.hint, "number": c.number} for c in screen.choices
        ],
        "links": [{"label": link.label, "url": link.url} for link in screen.links],
        "place": screen.place and screen.place.line,
        "locate": screen.locate,
        "replaces": screen.replaces,
        "lang": screen.language,
    }


def shown(name: str, screen: Screen, *, row: int) -> list[Json]:
    """Frames of a screen, its files and the message that it hides; the files are fetched by the outbox row."""
    files = [
        {
            "op": "file",
            "id": f"{name}-{place}",
            "of": name,
            "name": file.name,
            "mime": file.mime,
            "url": f"/berkas/{row}-{place}",
        }
        for place, file in enumerate(screen.files)
    ]
    hidden = [] if screen.deletes is None else [{"op": "forget", "id": screen.deletes}]
    return [say(name, screen), *files, *hidden]


def note(name: str, text: str, language: str) -> Json:
    """A message of the web page itself, in the form of an answer."""
    return say(name, Screen(text=text, language=language))
