"""Telegram's updates as structs of the fields that we use; msgspec parses them in a few microseconds."""

import asyncio
from typing import Any, Literal

import msgspec


class Present(msgspec.Struct):
    """An object of which only the presence matters."""


class Chat(msgspec.Struct):
    """A chat; `type` is `private` for one person."""

    id: int
    type: str


class Size(msgspec.Struct):
    """One size of a photo."""

    file_id: str
    width: int
    height: int


class Paper(msgspec.Struct):
    """A document or a recording."""

    file_id: str
    mime_type: str | None = None
    file_name: str | None = None


class Location(msgspec.Struct):
    """Degrees."""

    latitude: float
    longitude: float


class Origin(msgspec.Struct):
    """Origin of a forwarded message; of an unknown kind, the message is read as one that both libraries refuse."""

    type: Literal["user", "hidden_user", "chat", "channel"]


class Place(msgspec.Struct):
    """A message, as far as taps below it need it."""

    message_id: int
    chat: Chat


class Message(Place):
    """A message of a person or of Telegram itself."""

    text: str | None = None
    caption: str | None = None
    forward_origin: Origin | None = None
    audio: Paper | None = None
    animation: Present | None = None
    document: Paper | None = None
    live_photo: Present | None = None
    photo: list[Size] | None = None
    sticker: Present | None = None
    video_note: Paper | None = None
    voice: Paper | None = None
    contact: Present | None = None
    venue: Present | None = None
    location: Location | None = None
    dice: Present | None = None
    connected_website: str | None = None
    pinned_message: Present | None = None
    proximity_alert_triggered: Present | None = None
    message_auto_delete_timer_changed: Present | None = None
    write_access_allowed: Present | None = None
    chat_background_set: Present | None = None


class Tap(msgspec.Struct):
    """A tap on a button below a message."""

    id: str
    message: Place | None = None
    data: str | None = None


class Member(msgspec.Struct):
    """Membership of the bot in a chat."""

    status: str


class Change(msgspec.Struct):
    """A change of the bot's membership in a chat."""

    chat: Chat
    new_chat_member: Member


class Update(msgspec.Struct):
    """One update of a supported kind."""

    update_id: int
    callback_query: Tap | None = None
    edited_message: Message | None = None
    message: Message | None = None
    my_chat_member: Change | None = None


KINDS = [name for name in Update.__struct_fields__ if name != "update_id"]
"""Kinds of updates that we support and request."""

_decoder = msgspec.json.Decoder(Update)


def of_body(body: bytes) -> Update:
    """Update in a request's body.

    Raises:
        msgspec.DecodeError: it is no JSON, or does not fit the structs.
        UnicodeDecodeError: a text in it is no UTF-8.
    """
    return _decoder.decode(body)


async def of_raw(raw: Any) -> Update:
    """Update in parsed JSON.

    If it does not fit the structs, aiogram's types try, which convert more: a number in a string, other forms
    of an enum.

    Raises:
        pydantic.ValidationError, msgspec.ValidationError: both failed.
    """
    try:
        return msgspec.convert(raw, Update)
    except msgspec.ValidationError:
        return await by_aiogram(raw)


async def by_aiogram(raw: Any) -> Update:
    """Update as parsed by aiogram's types."""
    update = (await asyncio.to_thread(_types_of_aiogram)).Update.model_validate(raw)
    told = update.model_dump(mode="json", by_alias=True, exclude_none=True, fallback=str)
    return msgspec.convert(told, Update)


def _types_of_aiogram() -> Any:
    """Types of aiogram, loaded in a thread at first: it takes seconds and 120 MB."""
    from aiogram import types

    return types
