"""Checks of messages by the limits of the platform's reference, one per kind.

Lengths are in characters. Sources:
developers.facebook.com/documentation/business-messaging/whatsapp/messages, one page per kind (text-messages,
interactive-reply-buttons-messages, interactive-list-messages …).
"""

import re
from collections.abc import Callable
from typing import Any

from demo.whatsapp_emulator.lint_interactive import check_interactive
from demo.whatsapp_emulator.lint_parts import Json, in_object, number, only, string
from demo.whatsapp_emulator.refusals import RefusedCall, bad_parameter, bad_value, missing

TEXT, CAPTION, CALLBACK_DATA, TEMPLATE_NAME = 4096, 1024, 512, 512
_ENVELOPE = {
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
}
_TO = re.compile(r"\+[1-9][0-9]{6,14}")
_RECIPIENT = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_LATITUDE, _LONGITUDE = 90, 180


def check_message(body: Json) -> str:
    """Check a message as posted; return its kind.

    Raises:
        Refused: 100, 131008 or 131009, with an explanation.
    """
    if body.get("messaging_product") != "whatsapp":
        raise bad_parameter("The parameter messaging_product is required and has to be whatsapp.")
    if body.get("recipient_type", "individual") != "individual":
        raise bad_parameter("Param recipient_type must be individual here.")
    _check_recipient(body)
    kind = body.get("type", "text")
    check = _KINDS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise bad_parameter(f"Param type must be one of {sorted(_KINDS)}, not {kind!r}.")
    only(body, {*_ENVELOPE, kind}, "the message")
    data = body.get("biz_opaque_callback_data")
    if data is not None and (not isinstance(data, str) or len(data) > CALLBACK_DATA):
        raise bad_value(f"biz_opaque_callback_data is a text of at most {CALLBACK_DATA} characters.")
    if "context" in body:
        string(in_object(body, "context"), "message_id", most=256)
    check(in_object(body, kind))
    return str(kind)


def _check_recipient(body: Json) -> None:
    """Check that there is either `to` or `recipient`.

    Stricter than the platform where it accepts errors: with both, it silently follows `to`; a number without
    + gets the office's own country code; an id in `to` is answered 200 and never arrives.
    """
    to, recipient = body.get("to"), body.get("recipient")
    if (to is None) == (recipient is None):
        raise bad_parameter("Exactly one of the parameters to and recipient is required.")
    if to is not None and not (isinstance(to, str) and _TO.fullmatch(to)):
        raise bad_value("The parameter to is a phone number with + and country code.")
    if recipient is not None and not (isinstance(recipient, str) and _RECIPIENT.fullmatch(recipient)):
        raise bad_value("The parameter recipient is a business-scoped user id.")


def _check_text(content: Json) -> None:
    only(content, {"body", "preview_url"}, "text")
    if not isinstance(content.get("preview_url", False), bool):
        raise bad_parameter("Param text['preview_url'] must be true or false.")
    string(content, "body", most=TEXT, code=100)


def _check_media(content: Json) -> None:
    only(content, {"id", "link", "caption", "filename"}, "the file")
    if ("id" in content) == ("link" in content):
        raise bad_parameter("Exactly one of id and link is required.")
    if "caption" in content:
        string(content, "caption", most=CAPTION)
    if "link" in content and not str(content["link"]).startswith("https://"):
        raise bad_value("A link to a file begins with https://.")


def _check_picture(content: Json) -> None:
    only(content, {"id", "link", "caption"}, "image")
    _check_media(content)


def _check_audio(content: Json) -> None:
    only(content, {"id", "link", "voice"}, "audio")
    _check_media({key: value for key, value in content.items() if key != "voice"})
    if not isinstance(content.get("voice", False), bool):
        raise bad_parameter("Param audio['voice'] must be true or false.")


def _check_location(content: Json) -> None:
    only(content, {"latitude", "longitude", "name", "address"}, "location")
    number(content, "latitude", most=_LATITUDE)
    number(content, "longitude", most=_LONGITUDE)


def _check_reaction(content: Json) -> None:
    only(content, {"message_id", "emoji"}, "reaction")
    string(content, "message_id", most=256)


def _check_template(content: Json) -> None:
    only(content, {"name", "language", "components"}, "template")
    string(content, "name", most=TEMPLATE_NAME)
    string(in_object(content, "language"), "code", most=10)
    for component in content.get("components", []):
        for parameter in component.get("parameters", []) if isinstance(component, dict) else []:
            _check_parameter(parameter)


def _check_parameter(parameter: Any) -> None:
    if not isinstance(parameter, dict):
        raise bad_parameter("A template's parameter is an object.")
    if parameter.get("type") != "text":
        return
    text = parameter.get("text")
    if not isinstance(text, str):
        raise missing("text of a template's parameter")
    if not text.strip() or re.search(r"[\n\t]| {5}", text):
        raise RefusedCall(
            132018,
            "A parameter is not empty and has no new line, no tab and no more than four spaces in a row.",
        )


_KINDS: dict[str, Callable[[Json], None]] = {
    "text": _check_text,
    "interactive": check_interactive,
    "image": _check_picture,
    "document": _check_media,
    "audio": _check_audio,
    "location": _check_location,
    "reaction": _check_reaction,
    "template": _check_template,
}
