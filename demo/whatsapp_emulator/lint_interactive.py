"""Limits of interactive messages: reply buttons, lists, a link, a location request."""

from collections.abc import Callable
from typing import Any

from demo.whatsapp_emulator.lint_parts import Json, in_list, in_object, no_twins, only, string
from demo.whatsapp_emulator.refusals import bad_parameter, bad_value, missing

BODY, LIST_BODY, SMALL = 1024, 4096, 60
BUTTONS, BUTTON_ID, BUTTON_TITLE = 3, 256, 20
SECTIONS, ROWS, ROW_ID, ROW_TITLE, ROW_HINT = 10, 10, 200, 24, 72


def check_interactive(content: Json) -> None:
    """Check an interactive message.

    Raises:
        Refused: 100, 131008 or 131009.
    """
    only(content, {"type", "header", "body", "footer", "action"}, "interactive")
    kind = content.get("type")
    if not isinstance(kind, str) or kind not in _ACTIONS:
        raise bad_parameter(f"Param interactive['type'] must be one of {sorted(_ACTIONS)}, not {kind!r}.")
    string(in_object(content, "body"), "text", most=LIST_BODY if kind == "list" else BODY)
    if "footer" in content:
        string(in_object(content, "footer"), "text", most=SMALL)
    if "header" in content:
        _check_header(in_object(content, "header"), text_only=kind == "list")
    _ACTIONS[kind](in_object(content, "action"))


def _check_header(header: Json, *, text_only: bool) -> None:
    kind = header.get("type")
    if kind == "text":
        string(header, "text", most=SMALL)
    elif text_only or kind not in {"image", "video", "document"}:
        raise bad_value(f"A header of type {kind!r} is not taken here.")


def _check_buttons(action: Json) -> None:
    only(action, {"buttons"}, "action")
    replies = [_reply(button) for button in in_list(action, "buttons", least=1, most=BUTTONS)]
    no_twins((str(reply["id"]) for reply in replies), "button id")
    no_twins((str(reply["title"]) for reply in replies), "button title")


def _reply(button: Any) -> Json:
    if not isinstance(button, dict) or button.get("type") != "reply":
        raise bad_parameter("Each button has the type reply.")
    reply = in_object(button, "reply")
    only(reply, {"id", "title"}, "a button's reply")
    _check_id(reply, most=BUTTON_ID)
    string(reply, "title", most=BUTTON_TITLE)
    return reply


def _check_id(holder: Json, *, most: int) -> None:
    name = string(holder, "id", most=most)
    if name != name.strip():
        raise bad_value("An id has no spaces at its ends.")


def _check_list(action: Json) -> None:
    only(action, {"button", "sections"}, "action")
    string(action, "button", most=BUTTON_TITLE)
    sections = in_list(action, "sections", least=1, most=SECTIONS)
    rows: list[Json] = []
    for section in sections:
        if not isinstance(section, dict):
            raise bad_parameter("Each section is an object.")
        only(section, {"title", "rows"}, "a section")
        if len(sections) > 1 or "title" in section:
            string(section, "title", most=ROW_TITLE)
        rows += in_list(section, "rows", least=1, most=ROWS)
    if len(rows) > ROWS:
        raise bad_value(f"All sections together hold at most {ROWS} rows.")
    for row in rows:
        _check_row(row)
    no_twins((str(row["id"]) for row in rows), "row id")


def _check_row(row: Any) -> None:
    if not isinstance(row, dict):
        raise bad_parameter("Each row is an object.")
    only(row, {"id", "title", "description"}, "a row")
    _check_id(row, most=ROW_ID)
    string(row, "title", most=ROW_TITLE)
    if "description" in row:
        string(row, "description", most=ROW_HINT)


def _check_link(action: Json) -> None:
    if action.get("name") != "cta_url":
        raise missing("action name cta_url")
    parameters = in_object(action, "parameters")
    string(parameters, "display_text", most=BUTTON_TITLE)
    if not string(parameters, "url", most=2000).startswith(("https://", "http://")):
        raise bad_value("A link begins with https:// or http://.")


def _check_location_request(action: Json) -> None:
    if action != {"name": "send_location"}:
        raise bad_value("The action of a request for the location is send_location.")


_ACTIONS: dict[str, Callable[[Json], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link,
    "location_request_message": _check_location_request,
}
