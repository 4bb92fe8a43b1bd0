"""Our structs and aiogram's types read the same: each kind of content, whatever the emulator sends, and what the structs refuse."""

import enum
import typing
from datetime import datetime, timedelta

import msgspec
import pytest
from aiogram.enums import ContentType
from aiogram.types import Message, Update
from pydantic import BaseModel

from bot.channel import Heard
from bot.telegram import updates
from bot.telegram.parser import NOTHING, UpdateParser
from tests.emulators.telegram import Telegram

PERSON = {"id": 8, "is_bot": False, "first_name": "Sri"}
PLAIN = {"message_id": 5, "date": 1_795_000_000, "chat": {"id": 8, "type": "private"}, "from": PERSON}
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
TOGETHER = ({"animation", "document"}, {"venue", "location"}, {"live_photo", "photo"}, {"caption", "photo"})


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


def heard_of(message: Message) -> tuple[str, str, str | None, str, str, bool] | None:
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
    return (kind, text, media, *names, message.forward_origin is not None)


def as_told(heard: Heard | None) -> tuple[str, str, str | None, str, str, bool] | None:
    return heard and (heard.kind, heard.text, heard.media, heard.mime, heard.file_name, heard.forwarded)


async def read_alike(raw: dict) -> None:
    parser = UpdateParser(account="1")
    noted = await parser.note(raw)
    assert noted == await parser.read(msgspec.json.encode(raw))
    assert noted == parser._noted(await updates.by_aiogram(raw))
    assert parser.parked == 0
    if "message" in raw:
        assert as_told(noted.heard) == heard_of(Update.model_validate(raw).message)


@pytest.mark.parametrize("name", CONTENTS)
async def test_every_content_of_a_message_is_read_as_aiogram_reads_it(name: str) -> None:
    await read_alike({"update_id": 3, "message": {**PLAIN, name: CONTENTS[name]}})


@pytest.mark.parametrize("names", TOGETHER)
async def test_contents_that_come_together_are_read_as_aiogram_reads_them(names: set[str]) -> None:
    contents = {name: CONTENTS[name] for name in names}
    await read_alike({"update_id": 3, "message": {**PLAIN, **contents}})


async def test_everything_that_residents_send_is_read_as_aiogram_reads_it(telegram: Telegram) -> None:
    sri, group = telegram.resident("Sri Wahyuni"), telegram.group()
    await sri.edits(await sri.says("awal"), "akhir")
    await sri.says("/status", to=group)
    await sri.sends_photo(b"jpeg", caption="struk")
    await sri.sends_document("struk.png", b"png", mime="image/png")
    await sri.sends_album([b"one", b"two"])
    for send in (sri.sends_voice, sri.sends_sticker, sri.sends_location, sri.sends_contact):
        await send()
    await sri.forwards("kata", of=telegram.resident("Bu RT"))
    await sri.forwards("kata", hidden=True)
    await sri.blocks()
    await sri.unblocks()
    updates = [one.update for one in telegram.queue.all]
    assert {kind for raw in updates for kind in raw} >= {"message", "edited_message", "my_chat_member"}
    for raw in updates:
        await read_alike(raw)


async def test_a_tap_is_read_as_aiogram_reads_it() -> None:
    query = {"id": "77", "from": PERSON, "chat_instance": "1", "data": "q.1.1", "message": PLAIN}
    await read_alike({"update_id": 3, "callback_query": query})
    await read_alike({"update_id": 3, "callback_query": query | {"message": {**PLAIN, "date": 0}}})


async def test_what_the_structs_refuse_is_read_by_aiogram() -> None:
    parser = UpdateParser(account="1")
    noted = await parser.note({"update_id": "3", "message": {**PLAIN, "text": "halo", "message_id": "5"}})
    assert (noted.heard.text, noted.heard.said_in, parser.parked) == ("halo", "5", 0)


@pytest.mark.parametrize("body", [b'{"update_id": 3, "message": {"text": "\\ud800 halo"', b"", b"[" * 5000])
async def test_a_body_that_is_no_json_is_parked(body: bytes) -> None:
    parser = UpdateParser(account="1")
    assert await parser.read(body) == NOTHING
    assert parser.parked == 1


async def test_half_a_surrogate_pair_is_read_and_dropped() -> None:
    raw = msgspec.json.encode({"update_id": 3, "message": {**PLAIN, "text": "XX halo"}})
    noted = await UpdateParser(account="1").read(raw.replace(b"XX", b"\\ud800"))
    assert noted.heard.text == "? halo"
