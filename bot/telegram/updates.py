"""Telegram's updates as structs of exactly the fields that we use; msgspec reads them in a few microseconds."""

import asyncio
from typing import Any, Literal

import msgspec


class Present(msgspec.Struct):
    """An object of which only its presence counts."""


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
    """Where a forwarded message comes from."""

    type: Literal["user", "hidden_user", "chat", "channel"]


class Place(msgspec.Struct):
    """A message as far as a tap below it needs it."""

    message_id: int
    chat: Chat


class Message(Place):
    """What somebody or Telegram itself wrote."""

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
    """What the bot is in a chat now."""

    status: str


class Change(msgspec.Struct):
    """A change of what the bot is in a chat."""

    chat: Chat
    new_chat_member: Member


class Update(msgspec.Struct):
    """One update, of one of the kinds that we ask for."""

    update_id: int
    callback_query: Tap | None = None
    edited_message: Message | None = None
    message: Message | None = None
    my_chat_member: Change | None = None


KINDS = [name for name in Update.__struct_fields__ if name != "update_id"]
"""The kinds of updates that we understand, and ask for."""

_decoder = msgspec.json.Decoder(Update)


def of_body(body: bytes) -> Update:
    """Update in a request's body.

    Raises:
        msgspec.DecodeError: it is no JSON, or none that the structs read.
    """
    return _decoder.decode(body)


async def of_raw(raw: Any) -> Update:
    """Update in JSON that was read already.

    What the structs refuse is given to aiogram's types, which convert more: a number in a string, an enumeration in another form.

    Raises:
        pydantic.ValidationError, msgspec.ValidationError: nobody can read it.
    """
    try:
        return msgspec.convert(raw, Update)
    except msgspec.ValidationError:
        return await by_aiogram(raw)


async def by_aiogram(raw: Any) -> Update:
    """Update as the types of aiogram read it."""
    update = (await asyncio.to_thread(_types_of_aiogram)).Update.model_validate(raw)
    told = update.model_dump(mode="json", by_alias=True, exclude_none=True, fallback=str)
    return msgspec.convert(told, Update)


def _types_of_aiogram() -> Any:
    """The types, in a thread for the first time: they take seconds and 120 MB."""
    from aiogram import types

    return types
