"""Parsing of everything that a resident can send (updates made by the emulator, without a network)."""

import pytest

from bot.telegram.parser import NOTHING, UpdateParser
from bot.telegram.updates import KINDS
from tests.emulators.telegram import Telegram, malformed


@pytest.fixture
def parser() -> UpdateParser:
    return UpdateParser(account="7000000001")


async def last(telegram: Telegram, parser: UpdateParser):
    return await parser.note(telegram.queue.waiting[-1].update)


async def test_a_text_is_heard_with_its_number_and_place(telegram: Telegram, parser: UpdateParser) -> None:
    sri = telegram.resident("Sri Wahyuni")
    said = await sri.says("cek status")
    heard = (await last(telegram, parser)).heard
    assert (heard.kind, heard.text, heard.address) == ("text", "cek status", str(sri.id))
    assert heard.message_id == str(said.updates[0].id)
    assert heard.said_in == str(said.message_id)
    assert (heard.channel, heard.account) == ("telegram", "7000000001")
    assert not heard.group


async def test_a_command_may_name_the_bot(telegram: Telegram, parser: UpdateParser) -> None:
    await telegram.resident().says("/start@loket_emulator_bot s_MJK-261102-0007-Z")
    assert (await last(telegram, parser)).heard.text == "/start s_MJK-261102-0007-Z"


async def test_of_a_photo_the_largest_size_and_the_caption_are_heard(
    telegram: Telegram, parser: UpdateParser
) -> None:
    await telegram.resident().sends_photo(b"jpeg", caption="struk saya")
    heard = (await last(telegram, parser)).heard
    assert (heard.kind, heard.text) == ("photo", "struk saya")
    assert telegram.world.files[heard.media].data == b"jpeg"


async def test_a_picture_sent_as_a_file_can_be_fetched_too(telegram: Telegram, parser: UpdateParser) -> None:
    await telegram.resident().sends_document("struk.png", b"png", mime="image/png")
    heard = (await last(telegram, parser)).heard
    assert heard.kind == "file"
    assert telegram.world.files[heard.media].data == b"png"


async def test_voice_sticker_location_and_contact_are_told_apart(
    telegram: Telegram, parser: UpdateParser
) -> None:
    sri = telegram.resident()
    kinds = []
    for send in (sri.sends_voice, sri.sends_sticker, sri.sends_location, sri.sends_contact):
        await send()
        kinds.append((await last(telegram, parser)).heard.kind)
    assert kinds == ["voice", "sticker", "location", "contact"]


async def test_a_forwarded_text_is_heard_as_a_text(telegram: Telegram, parser: UpdateParser) -> None:
    await telegram.resident().forwards("MJK-261102-0007-Z", of=telegram.resident("Bu RT"))
    heard = (await last(telegram, parser)).heard
    assert (heard.kind, heard.text) == ("text", "MJK-261102-0007-Z")


async def test_a_group_is_heard_as_a_group(telegram: Telegram, parser: UpdateParser) -> None:
    group = telegram.group()
    await telegram.resident().says("/status", to=group)
    heard = (await last(telegram, parser)).heard
    assert heard.group
    assert heard.address == str(group.chat.id)


async def test_a_tap_names_its_button_and_the_message_it_stood_under(
    telegram: Telegram, parser: UpdateParser
) -> None:
    sri = telegram.resident(started=True)
    keyboard = {"inline_keyboard": [[{"text": "1. Ya", "callback_data": "q.1.1"}]]}
    message = telegram.world.new_message(sri.chat, telegram.world.bot, text="Yakin?", reply_markup=keyboard)
    sri.chat.show("message", message)
    tapped = await sri.taps("Ya")
    noted = await last(telegram, parser)
    assert (noted.heard.kind, noted.heard.choice) == ("choice", "q.1.1")
    assert noted.heard.tapped == str(tapped.message_id)
    assert noted.callback == tapped.tap.id


async def test_a_tap_under_a_message_that_telegram_no_longer_shows_is_heard(
    telegram: Telegram, parser: UpdateParser
) -> None:
    sri = telegram.resident(started=True)
    gone = {"message_id": 9, "date": 0, "chat": sri.chat.about}
    query = {"id": "1", "from": sri.person, "chat_instance": "1", "data": "q.1.1", "message": gone}
    heard = (await parser.note({"update_id": 5, "callback_query": query})).heard
    assert (heard.tapped, heard.choice) == ("9", "q.1.1")


async def test_a_tap_without_its_message_is_answered_only(telegram: Telegram, parser: UpdateParser) -> None:
    query = {"id": "1", "from": telegram.resident().person, "chat_instance": "1", "data": "q.1.1"}
    noted = await parser.note({"update_id": 5, "callback_query": query})
    assert (noted.heard, noted.callback) == (None, "1")


async def test_who_blocks_the_bot_is_heard_and_who_returns_is_not_answered(
    telegram: Telegram, parser: UpdateParser
) -> None:
    sri = telegram.resident(started=True)
    await sri.blocks()
    heard = (await last(telegram, parser)).heard
    assert (heard.kind, heard.address) == ("blocked", str(sri.id))
    await sri.unblocks()
    assert await last(telegram, parser) == NOTHING


async def test_an_edited_text_answers_no_question_but_is_not_ignored(
    telegram: Telegram, parser: UpdateParser
) -> None:
    sri = telegram.resident()
    said = await sri.says("3516015708900001")
    await sri.edits(said, "3516015708900002")
    heard = (await last(telegram, parser)).heard
    assert (heard.kind, heard.text) == ("edited", "3516015708900002")


async def test_a_location_that_moves_says_nothing_new(telegram: Telegram, parser: UpdateParser) -> None:
    sri = telegram.resident()
    message = telegram.world.new_message(
        sri.chat, sri.person, location={"latitude": 1.0, "longitude": 2.0}, edit_date=telegram.world.now
    )
    assert await parser.note({"update_id": 5, "edited_message": message}) == NOTHING


async def test_what_telegram_itself_writes_is_not_answered(telegram: Telegram, parser: UpdateParser) -> None:
    sri = telegram.resident()
    pinned = telegram.world.new_message(sri.chat, sri.person, text="lama")
    message = telegram.world.new_message(sri.chat, sri.person, pinned_message=pinned)
    assert await parser.note({"update_id": 5, "message": message}) == NOTHING


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (malformed.unknown_forward_origin, "diteruskan"),
        (malformed.odd_beside_its_text, "diteruskan"),
        (malformed.wrong_type, ""),
        (malformed.missing_field, None),
    ],
)
async def test_an_update_that_cannot_be_read_is_parked_without_its_words(
    telegram: Telegram, parser: UpdateParser, odd, said, caplog, capsys
) -> None:
    """If the sender is known, they are told that the message could not be read."""
    sri = telegram.resident("Sri Wahyuni")
    odd(sri)
    heard = (await last(telegram, parser)).heard
    if said is None:
        assert heard is None
    else:
        assert (heard.kind, heard.text, heard.address) == ("other", said, str(sri.id))
    assert parser.parked == 1
    logged = caplog.text + "".join(capsys.readouterr())
    assert "telegram.parked" in logged
    assert not any(word in logged for word in ("halo", "diteruskan", "hologram'", "Sri", str(sri.id)))


async def test_what_cannot_be_read_in_a_group_asks_for_nothing(
    telegram: Telegram, parser: UpdateParser
) -> None:
    group, sri = telegram.group(), telegram.resident()
    message = telegram.world.new_message(group.chat, sri.person, text=["halo"])
    assert await parser.note({"update_id": 5, "message": message}) == NOTHING
    assert parser.parked == 1


@pytest.mark.parametrize("odd", [malformed.unknown_kind, malformed.empty])
async def test_an_update_of_an_unknown_kind_asks_for_nothing(
    telegram: Telegram, parser: UpdateParser, odd
) -> None:
    odd(telegram.resident())
    assert await last(telegram, parser) == NOTHING


@pytest.mark.parametrize("raw", [None, [], "x", 7, {"update_id": "x"}, {"update_id": 1, "message": []}])
async def test_nonsense_is_parked(parser: UpdateParser, raw) -> None:
    assert await parser.note(raw) == NOTHING
    assert parser.parked == 1


async def test_a_tap_that_cannot_be_read_still_stops_spinning(parser: UpdateParser) -> None:
    noted = await parser.note({"update_id": 1, "callback_query": {"id": "77", "from": {}}})
    assert (noted.heard, noted.callback) == (None, "77")


def test_only_kinds_that_are_understood_are_asked_for() -> None:
    assert KINDS == ["callback_query", "edited_message", "message", "my_chat_member"]
