"""A screen as calls of the Bot API (pure: no network, no clock)."""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Any

from bot.telegram.caps import PICTURE_BYTES, TOKEN_BYTES
from bot.telegram.markup import parts
from domain.codec import light_dataclass
from handlers.engine.caps import Caps
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice

VOICE = "audio/ogg"  # https://core.telegram.org/bots/api#sendvoice (Opus)
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_SILENT = "…"  # text above buttons without text
_NO_PREVIEW = {"is_disabled": True}


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Bot API, without its chat; a file is the part named `attachment`."""

    method: str
    params: dict[str, Any] = field(repr=False)
    file: File | None = None

    @property
    def attachment(self) -> str:
        """Parameter of the file."""
        return {"sendPhoto": "photo", "sendVoice": "voice"}.get(self.method, "document")

    @property
    def edits(self) -> str | None:
        """Id of the message that this call edits; None for a new message."""
        return str(self.params["message_id"]) if self.method == "editMessageText" else None

    def anew(self) -> "Call":
        """The same content as a new message."""
        params = {key: value for key, value in self.params.items() if key != "message_id"}
        return replace(self, method="sendMessage", params=params)


def render(screen: Screen, caps: Caps) -> tuple[Call, ...]:
    """Render the screen: files first, text and buttons last, near the thumb. A place alone is a pin."""
    if screen.pin:
        return (*map(_file, screen.files), _venue(screen.pin))
    return (*map(_file, screen.files), *_words(screen, caps))


def _file(file: File) -> Call:
    if file.mime == VOICE:
        return Call(method="sendVoice", params={}, file=file)
    picture = file.mime in PICTURES and len(file.data) <= PICTURE_BYTES
    return Call(method="sendPhoto" if picture else "sendDocument", params={}, file=file)


def _venue(place: Place) -> Call:
    degrees = {"latitude": place.latitude, "longitude": place.longitude}
    return Call(
        method="sendVenue", params={**degrees, "title": place.name, "address": place.address or place.name}
    )


def _words(screen: Screen, caps: Caps) -> Iterator[Call]:
    pages = [screen.choices[i : i + caps.buttons] for i in range(0, len(screen.choices), caps.buttons)] or [
        ()
    ]
    pieces = parts(_with_hints(screen), caps.text)
    if not pieces and (screen.choices or screen.links or screen.locate):
        pieces = [_SILENT]
    bubbles: list[tuple[str, Sequence[ShownChoice]]] = [(piece, ()) for piece in pieces]
    if bubbles:
        bubbles[-1] = (pieces[-1], pages[0])
    bubbles += [(_SILENT, page) for page in pages[1:]]
    for place, (piece, page) in enumerate(bubbles):
        last = place == len(bubbles) - 1
        keyboard = _keyboard(screen, page) if last else _inline(page, ())
        yield _bubble(piece, keyboard, screen.replaces if place == 0 else None)


def _with_hints(screen: Screen) -> str:
    """The text with the place, and hints, for which buttons have no room.

    One hint brings all choices into the text, as a list that begins at 2 looks incomplete.
    """
    text = f"{screen.text}\n\n{screen.place.line}" if screen.place else screen.text
    if not any(choice.hint for choice in screen.choices):
        return text
    return "\n".join([text, "", *map(_in_words, screen.choices)])


def _in_words(choice: ShownChoice) -> str:
    label = f"{choice.number}. {choice.label}"
    return f"{label}: {choice.hint}" if choice.hint else label


def _keyboard(screen: Screen, choices: Sequence[ShownChoice]) -> dict[str, Any] | None:
    """Keyboard of the last bubble; only one that replaces the phone's keyboard can ask for the location."""
    inline = _inline(choices, screen.links)
    if inline is not None or screen.locate is None:
        return inline
    button = {"text": screen.locate, "request_location": True}
    return {"keyboard": [[button]], "one_time_keyboard": True, "resize_keyboard": True}


def _inline(choices: Sequence[ShownChoice], links: Sequence[Link]) -> dict[str, Any] | None:
    rows = [_button(choice) for choice in choices] + [{"text": link.label, "url": link.url} for link in links]
    return {"inline_keyboard": [[row] for row in rows]} if rows else None


def _bubble(html: str, keyboard: dict[str, Any] | None, replaces: str | None) -> Call:
    params: dict[str, Any] = {"text": html, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
    if keyboard:
        params["reply_markup"] = keyboard
    if replaces is None:
        return Call(method="sendMessage", params=params)
    return Call(method="editMessageText", params={**params, "message_id": int(replaces)})


def _button(choice: ShownChoice) -> dict[str, str]:
    if len(choice.token.encode()) > TOKEN_BYTES:
        raise ValueError("a choice's token is longer than Telegram's 64 bytes")
    return {"text": f"{choice.number}. {choice.label}", "callback_data": choice.token}
