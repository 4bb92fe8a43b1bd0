"""What aiogram's types read, and the least that they take. Imported by the tests that need it: it takes seconds in every process."""

import enum
import typing
from datetime import datetime, timedelta

from aiogram.enums import ContentType
from aiogram.types import Message, Update
from pydantic import BaseModel

KINDS = {
    ContentType.TEXT: "text",
    ContentType.PHOTO: "photo",
    ContentType.DOCUMENT: "file",
    ContentType.VOICE: "voice",
    ContentType.AUDIO: "voice",
    ContentType.VIDEO_NOTE: "voice",
    ContentType.STICKER: "sticker",
    ContentType.DICE: "sticker",
    ContentType.LOCATION: "location",
    ContentType.VENUE: "location",
    ContentType.CONTACT: "contact",
}
SERVICE = {
    ContentType.PINNED_MESSAGE,
    ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
    ContentType.WRITE_ACCESS_ALLOWED,
    ContentType.CHAT_BACKGROUND_SET,
    ContentType.CONNECTED_WEBSITE,
    ContentType.PROXIMITY_ALERT_TRIGGERED,
}

SIMPLE = {str: "kata", int: 7, float: 1.5, bool: True, datetime: 1_795_000_000, timedelta: 60}


def least(wanted: typing.Any) -> typing.Any:
    """The least JSON that a type of aiogram takes."""
    origin, inner = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is typing.Literal:
        return inner[0]
    if origin is list:
        return []
    if origin is not None:  # a union, or a type with a note
        return least(inner[0])
    if issubclass(wanted, enum.Enum):
        return next(iter(wanted)).value
    return least_object(wanted) if issubclass(wanted, BaseModel) else SIMPLE[wanted]


def least_object(wanted: type[BaseModel]) -> dict[str, typing.Any]:
    told = {}
    for name, field in wanted.model_fields.items():
        if isinstance(field.default, str):
            told[name] = field.default
        elif field.is_required():
            told[field.alias or name] = least(field.annotation)
    return told


def content(wanted: typing.Any) -> typing.Any:
    """The least of an optional field that is there; a list has one item."""
    present = typing.get_args(wanted)[0]
    return [least(typing.get_args(present)[0])] if typing.get_origin(present) is list else least(present)


CONTENTS = {
    field.alias or name: content(field.annotation)
    for name, field in Message.model_fields.items()
    if name not in {"message_id", "date", "chat", "from_user"}
}


def heard_of(message: Message) -> tuple[str, str, str | None, str, str] | None:
    """What is to be heard of a message, from aiogram's reading of it."""
    if message.content_type in SERVICE:
        return None
    kind = KINDS.get(message.content_type, "other")
    paper = message.document if kind == "file" else None
    if kind == "voice":
        paper = message.voice or message.audio or message.video_note
    media = paper.file_id if paper else None
    if kind == "photo":
        media = max(message.photo, key=lambda size: size.width * size.height).file_id
    text = message.text or message.caption or ""
    if message.location:
        text = f"{message.location.latitude:.5f},{message.location.longitude:.5f}"
    names = [getattr(paper, name, None) or "" for name in ("mime_type", "file_name")]
    return (kind, text, media, *names)


def heard_in(raw: dict[str, typing.Any]) -> tuple[str, str, str | None, str, str] | None:
    """As `heard_of`, for the raw JSON of an update with a message."""
    return heard_of(Update.model_validate(raw).message)
