"""Content of a message as fields of `Heard`."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.channel import Kind, located
from bot.whatsapp.names import inner, text

Words = dict[str, Any]
# Not answered: reactions and deleted messages.
SILENT = frozenset({"reaction", "revoke", "deleted"})
_KINDS: dict[str, Kind] = {"sticker": "sticker", "contacts": "contact"}


def words_of(message: Mapping[str, Any]) -> Words:
    """Kind, text, choice and media of a message; `other` if the content does not match the type."""
    kind = text(message.get("type"))
    context = inner(message, "context")
    read = _READERS.get(kind)
    said: Words = read(inner(message, kind)) if read else {"kind": _KINDS.get(kind, "other")}
    if said.get("kind") == "choice":
        said["tapped"] = text(context.get("id")) or None
    return said


def _text(content: Mapping[str, Any]) -> Words:
    body = content.get("body")
    return {"kind": "text", "text": text(body)} if isinstance(body, str) else {"kind": "other"}


def _interactive(content: Mapping[str, Any]) -> Words:
    reply = inner(content, text(content.get("type")))
    return _tapped(text(reply.get("id")), text(reply.get("title")))


def _button(content: Mapping[str, Any]) -> Words:
    """A template's quick reply; without our payload the provider repeats the label."""
    payload, label = text(content.get("payload")), text(content.get("text"))
    return _tapped("" if payload == label else payload, label)


def _tapped(token: str, label: str) -> Words:
    if token:
        return {"kind": "choice", "choice": token}
    return {"kind": "text", "text": label} if label else {"kind": "other"}


def _location(content: Mapping[str, Any]) -> Words:
    return {"kind": "location", "text": located(content.get("latitude"), content.get("longitude"))}


def _welcome(_content: Mapping[str, Any]) -> Words:
    """The chat was opened for the first time."""
    return {"kind": "text", "text": "/start"}


def _media(kind: Kind) -> Callable[[Mapping[str, Any]], Words]:
    def read(content: Mapping[str, Any]) -> Words:
        media = text(content.get("id"))
        said = {"kind": kind, "media": media or None, "text": text(content.get("caption"))}
        about = {"mime": text(content.get("mime_type")), "file_name": text(content.get("filename"))}
        return said | {name: value.partition(";")[0] for name, value in about.items() if value}

    return read


def _edit(_content: Mapping[str, Any]) -> Words:
    """A changed text is no answer to the current question."""
    return {"kind": "edited"}


_READERS: dict[str, Callable[[Mapping[str, Any]], Words]] = {
    "text": _text,
    "interactive": _interactive,
    "button": _button,
    "location": _location,
    "image": _media("photo"),
    "document": _media("file"),
    "audio": _media("voice"),
    "voice": _media("voice"),
    "edit": _edit,
    "request_welcome": _welcome,
}
