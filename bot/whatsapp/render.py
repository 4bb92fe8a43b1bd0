"""A screen as messages of the Cloud API (pure: no network, no clock).

Every message is billed, so text and choices share one: reply buttons if they fit, else a list, else numbered
lines. Digits answer every form. A link is a button unless there are choices, else a line of the text; so is a
place, unless it is alone. Files precede the text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.whatsapp.caps import (
    BUTTON_ID,
    BUTTONS_TEXT,
    DOCUMENTS,
    PICTURE_BYTES,
    PICTURES,
    ROW_ID,
    URL,
    VOICE,
    VOICE_UPLOAD,
)
from bot.whatsapp.markup import escaped, to_whatsapp
from handlers.engine.caps import Caps
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice

OPENER = "Pilih"
_TOLD_AT_MOST = 4  # choices of a question of the official survey
_SILENT = "…"  # text above choices without text
_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One message without its recipient; a file is uploaded first."""

    kind: str
    content: dict[str, Any] = field(repr=False)
    file: File | None = None


def render(screen: Screen, caps: Caps, *, opener: str = OPENER) -> tuple[Payload, ...]:
    """Render the screen; `opener` is the label of the button that opens a list."""
    return (*map(_file, screen.files), *_words(screen, caps, opener))


def size(text: str) -> int:
    """Length of a text in UTF-16 units, the strictest reading of the limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _file(file: File) -> Payload:
    if file.mime in PICTURES and len(file.data) <= PICTURE_BYTES:
        return Payload(kind="image", content={}, file=file)
    if file.mime == VOICE:
        return Payload(kind="audio", content={"voice": True}, file=file)
    return Payload(kind="document", content={"filename": file.name}, file=file)


def upload_mime(file: File) -> str:
    """Upload type of a file: WhatsApp accepts few; a calendar file is sent as named text."""
    if file.mime == VOICE:
        return VOICE_UPLOAD
    known = file.mime in PICTURES | DOCUMENTS or not file.mime.startswith("text/")
    return file.mime if known else "text/plain"


def _words(screen: Screen, caps: Caps, opener: str) -> Iterator[Payload]:
    if screen.pin:
        yield _pin(screen.pin)
        return
    text = _text(screen)
    if screen.choices:
        text = _with_links(text, screen.links, below="\n" if screen.place else _PARAGRAPH)
        yield from (
            _buttons(text, screen.choices, caps)
            or _list(text, screen.choices, caps, opener)
            or _plain(_joined(text, screen.choices), caps)
        )
    elif screen.locate:
        yield from _request(_with_links(text, screen.links), caps)
    elif screen.links:
        yield from _link(text, screen.links, caps)
    elif text:
        yield from _plain(text, caps)


def _text(screen: Screen) -> str:
    """The text, and the place as a line."""
    text = to_whatsapp(screen.text).strip()
    return _PARAGRAPH.join(filter(None, [text, escaped(screen.place.line)])) if screen.place else text


def _pin(place: Place) -> Payload:
    pin = {"latitude": place.latitude, "longitude": place.longitude, "name": place.name}
    return Payload(kind="location", content={**pin, "address": place.address} if place.address else pin)


def _request(text: str, caps: Caps) -> list[Payload]:
    """A button that sends the resident's location; the app sets its label."""
    if not 0 < size(text) <= BUTTONS_TEXT:
        return _plain(text or _SILENT, caps)
    return [_interactive("location_request_message", text, {"name": "send_location"})]


def _link(text: str, links: Sequence[Link], caps: Caps) -> list[Payload]:
    """The last link as a button (the map, if there is one); others become text."""
    *others, link = links
    body = _with_links(text, others) or _SILENT
    room = _fits(link.label, caps.label) and size(body) <= BUTTONS_TEXT and len(link.url) <= URL
    if not room or not link.url.startswith(("https://", "http://")):
        return _plain(_with_links(text, links), caps)
    parameters = {"display_text": link.label, "url": link.url}
    return [_interactive("cta_url", body, {"name": "cta_url", "parameters": parameters})]


def _with_links(text: str, links: Sequence[Link], *, below: str = _PARAGRAPH) -> str:
    told = "\n".join(f"{escaped(link.label)}: {_in_words(link.url)}" for link in links)
    return below.join(filter(None, [text, told]))


def _in_words(url: str) -> str:
    """The address without formatting marks, leading to the same page."""
    return url.replace("*", "%2A").replace("~", "%7E").replace("`", "%60")


def _buttons(text: str, choices: Sequence[ShownChoice], caps: Caps) -> list[Payload]:
    """Reply buttons; hints, and numbers that do not fit, are below the text."""
    if len(choices) > caps.buttons:
        return []
    titles = [_numbered(choice) for choice in choices]
    short = all(_fits(title, caps.label) for title in titles)
    if not short:
        titles = [choice.label for choice in choices]
    told = not short or any(choice.hint for choice in choices)
    body = _joined(text, choices) if told else text or _SILENT
    # The provider refuses buttons with equal labels.
    alike = len({title.casefold() for title in titles}) < len(titles)
    room = all(_fits(title, caps.label) for title in titles) and size(body) <= min(BUTTONS_TEXT, caps.text)
    if alike or not room or any(len(choice.token) > BUTTON_ID for choice in choices):
        return []
    replies = [
        {"type": "reply", "reply": {"id": choice.token, "title": title}}
        for choice, title in zip(choices, titles, strict=True)
    ]
    return [_interactive("button", body, {"buttons": replies})]


def _list(text: str, choices: Sequence[ShownChoice], caps: Caps, opener: str) -> list[Payload]:
    """A list that the resident opens; hints are second lines.

    A few choices are repeated in the text, so that a digit answers without opening the list.
    """
    told = _joined(text, choices, _in_full) if len(choices) <= _TOLD_AT_MOST else text
    body = told if 0 < size(told) <= caps.text else text or _SILENT
    rows = [_row(choice) for choice in choices]
    fits = len(rows) <= caps.rows and size(body) <= caps.text and _fits(opener, caps.label)
    if not fits or not all(_row_fits(row, caps) for row in rows):
        return []
    return [_interactive("list", body, {"button": opener, "sections": [{"rows": rows}]})]


def _row(choice: ShownChoice) -> dict[str, str]:
    row = {"id": choice.token, "title": _numbered(choice)}
    return {**row, "description": choice.hint} if choice.hint and choice.hint != choice.label else row


def _row_fits(row: dict[str, str], caps: Caps) -> bool:
    hint = row.get("description")
    return (
        _fits(row["title"], caps.row_label)
        and (hint is None or _fits(hint, caps.hint))
        and len(row["id"]) <= ROW_ID
    )


def _plain(text: str, caps: Caps) -> list[Payload]:
    return [
        Payload(kind="text", content={"body": piece, "preview_url": False})
        for piece in _pieces(text, caps.text)
    ]


def _interactive(form: str, body: str, action: dict[str, Any]) -> Payload:
    return Payload(kind="interactive", content={"type": form, "body": {"text": body}, "action": action})


def _numbered(choice: ShownChoice) -> str:
    return f"{choice.number}. {choice.label}"


def _with_hint(choice: ShownChoice) -> str:
    return f"{choice.label}: {choice.hint}" if choice.hint else choice.label


def _joined(
    text: str, choices: Sequence[ShownChoice], told: Callable[[ShownChoice], str] = _with_hint
) -> str:
    """The text, and each choice with its hint on its own line."""
    lines = [f"{choice.number}. {escaped(told(choice))}" for choice in choices]
    return _PARAGRAPH.join(filter(None, [text, "\n".join(lines)]))


def _in_full(choice: ShownChoice) -> str:
    """Label and hint; only the hint if it contains the label."""
    is_whole = choice.label.casefold() in (choice.hint or "").casefold()
    return choice.hint if choice.hint and is_whole else _with_hint(choice)


def _fits(label: str, room: int) -> bool:
    """Whether a label fits a button or row: one line, not blank, not too long."""
    return 0 < size(label) <= room and label.isprintable() and bool(label.strip())


def _pieces(text: str, limit: int) -> Iterator[str]:
    """Split a text that is too long for one message (none of ours is) at lines, or else at words."""
    piece = ""
    for line in text.split("\n"):
        longer = f"{piece}\n{line}" if piece else line
        if size(longer) <= limit:
            piece = longer
            continue
        if piece.strip():
            yield piece.strip("\n")
        piece = line
        while size(piece) > limit:
            # Without bold words here, as a cut could separate a pair of asterisks.
            piece = escaped(piece)
            cut = piece.rfind(" ", 1, limit // 2) + 1 or limit // 2
            if piece[:cut].strip():
                yield piece[:cut].rstrip()
            piece = piece[cut:]
    if piece.strip():
        yield piece
