"""A screen as the calls of the Bot API that show it (pure: no network, no clock)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.telegram.caps import PICTURE_BYTES, TOKEN_BYTES
from bot.telegram.markup import parts
from handlers.engine.caps import Caps
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_SILENT = "…"  # what stands above buttons that come without a word
_NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Bot API, without its chat; a file travels as the part named `attachment`."""

    method: str
    params: dict[str, Any] = field(repr=False)
    file: File | None = None

    @property
    def attachment(self) -> str:
        """The parameter that carries the file."""
        return "photo" if self.method == "sendPhoto" else "document"

    @property
    def edits(self) -> str | None:
        """The id of the message that this call changes, None for a new message."""
        return str(self.params["message_id"]) if self.method == "editMessageText" else None

    def anew(self) -> "Call":
        """The same words as a new message."""
        params = {key: value for key, value in self.params.items() if key != "message_id"}
        return replace(self, method="sendMessage", params=params)


def render(screen: Screen, caps: Caps) -> tuple[Call, ...]:
    """Draw the screen: files first, words and buttons last, where the thumb is. A place that comes alone is a pin."""
    if screen.pin:
        return (*map(_file, screen.files), _venue(screen.pin))
    return (*map(_file, screen.files), *_words(screen, caps))


def _file(file: File) -> Call:
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
    """A button has one line here, so hints stand under the text, and the place before them.

    One hint brings every choice there: a list that begins at 2 looks as if something were missing.
    """
    text = f"{screen.text}\n\n{screen.place.line}" if screen.place else screen.text
    if not any(choice.hint for choice in screen.choices):
        return text
    return "\n".join([text, "", *map(_in_words, screen.choices)])


def _in_words(choice: ShownChoice) -> str:
    label = f"{choice.number}. {choice.label}"
    return f"{label}: {choice.hint}" if choice.hint else label


def _keyboard(screen: Screen, choices: Sequence[ShownChoice]) -> dict[str, Any] | None:
    """What stands below the last bubble; only the keyboard that takes the place of the telephone's own asks where."""
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
