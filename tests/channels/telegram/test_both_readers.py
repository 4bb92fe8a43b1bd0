"""Our structs and aiogram's types read the same: each kind of content, whatever the emulator sends, and what the structs refuse."""

import msgspec
import pytest

from bot.channel import Heard
from bot.telegram import updates
from bot.telegram.parser import NOTHING, UpdateParser
from tests.emulators.telegram import Telegram

PERSON = {"id": 8, "is_bot": False, "first_name": "Sri"}
PLAIN = {"message_id": 5, "date": 1_795_000_000, "chat": {"id": 8, "type": "private"}, "from": PERSON}
TOGETHER = ({"animation", "document"}, {"venue", "location"}, {"live_photo", "photo"}, {"caption", "photo"})


@pytest.fixture
def aiogram():
    from tests.channels.telegram import as_aiogram

    return as_aiogram


def as_told(heard: Heard | None) -> tuple[str, str, str | None, str, str] | None:
    return heard and (heard.kind, heard.text, heard.media, heard.mime, heard.file_name)


async def read_alike(aiogram, raw: dict) -> None:
    parser = UpdateParser(account="1")
    noted = await parser.note(raw)
    assert noted == await parser.read(msgspec.json.encode(raw))
    assert noted == parser._noted(await updates.by_aiogram(raw))
    assert parser.parked == 0
    if "message" in raw:
        assert as_told(noted.heard) == aiogram.heard_in(raw)


async def test_every_content_of_a_message_is_read_as_aiogram_reads_it(aiogram) -> None:
    contents = aiogram.CONTENTS
    for names in (*({name} for name in contents), *TOGETHER):
        told = {name: contents[name] for name in names}
        await read_alike(aiogram, {"update_id": 3, "message": {**PLAIN, **told}})


async def test_everything_that_residents_send_is_read_as_aiogram_reads_it(
    aiogram, telegram: Telegram
) -> None:
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
        await read_alike(aiogram, raw)


async def test_a_tap_is_read_as_aiogram_reads_it(aiogram) -> None:
    query = {"id": "77", "from": PERSON, "chat_instance": "1", "data": "q.1.1", "message": PLAIN}
    await read_alike(aiogram, {"update_id": 3, "callback_query": query})
    await read_alike(aiogram, {"update_id": 3, "callback_query": query | {"message": {**PLAIN, "date": 0}}})


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
