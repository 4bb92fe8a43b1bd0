"""What the Bot API refuses in texts and keyboards."""

from typing import Any

from tests.emulators.telegram.bodies import Fields
from tests.emulators.telegram.html import read_html, utf16_length
from tests.emulators.telegram.refusals import bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_TOAST = 200
LONGEST_CALLBACK_DATA = 64
MOST_BUTTONS = 100

Entities = list[dict[str, Any]]


def read_text(fields: Fields, name: str = "text") -> tuple[str, Entities]:
    """The visible text of `text` or `caption` with its entities, refused as the real server would."""
    source = fields.text(name)
    mode = fields.text("parse_mode").lower()
    if mode == "html":
        text, entities = read_html(source)
    elif mode:
        raise bad_request(f"the emulator reads parse_mode HTML only, not {mode}")
    else:
        text, entities = source, fields.tree("entities" if name == "text" else "caption_entities") or []
    text, entities = _trim(text, entities)
    if name == "text" and not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > (LONGEST_TEXT if name == "text" else LONGEST_CAPTION):
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return text, entities


def _trim(text: str, entities: Entities) -> tuple[str, Entities]:
    lead = utf16_length(text) - utf16_length(text.lstrip())
    if not lead:
        return text.rstrip(), entities
    return text.strip(), [{**entity, "offset": max(0, entity["offset"] - lead)} for entity in entities]


def read_markup(fields: Fields) -> dict[str, Any] | None:
    """The reply markup, or None; an inline keyboard without buttons counts as none."""
    markup = fields.tree("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if "inline_keyboard" in markup:
        rows = [[_inline_button(button) for button in row] for row in markup["inline_keyboard"] if row]
        _check_count(rows)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        _check_count(markup["keyboard"])
    return markup


def _check_count(rows: list[Any]) -> None:
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")


def _inline_button(button: Any) -> dict[str, Any]:
    kept = {name: value for name, value in button.items() if value is not None}
    if not str(kept.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    if len(kept) == 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in kept and not 1 <= len(kept["callback_data"].encode()) <= LONGEST_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in kept and not str(kept["url"]).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{kept['url']}' is invalid: Wrong HTTP URL")
    return kept
