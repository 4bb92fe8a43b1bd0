"""A text that is too long is not processed: its sender is told, and the open question stays."""

import json

import pytest

from bot.channel import Heard
from storage.handovers.lines import lines
from storage.ratings import case_files
from tests.announcements.test_from_the_chat import staff_chat
from tests.conversations.handovers.test_handing_over import handed, officer, taken
from tests.support.people import SRI, row
from tests.support.resident import receipt

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
TOO_LONG = (
    "Maaf, tulisan itu terlalu panjang untuk kami baca: mohon kirim lagi dengan paling banyak {} huruf."
)
PAIR = f"{SRI['no_registrasi']} {SRI['nik']} "


def told(most: str = "1.000") -> str:
    return TOO_LONG.format(most)


async def words(counter) -> list[str]:
    async def read(db):
        from sqlalchemy import select

        from storage.schema import handovers

        one = await db.scalar(select(handovers.c.id))
        return [line.word for line in await lines(db, handover=one) if line.word]

    return await counter.store.read(read)


@CHANNELS
@pytest.mark.parametrize("length", [1001, 4096, 4097, 60_000])
async def test_a_long_text_is_answered_by_one_sentence_and_not_read(counter, channel, length):
    await counter.imports(row(SRI, "siap_diambil"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    bubbles = len(sri.screens)
    await sri.says(PAIR.ljust(length, "a"))
    assert sri.screen.text == told()
    assert sri.labels == []
    assert len(sri.screens) == bubbles + 1
    assert await counter.count("audit", "action LIKE 'look%'") == 0


@CHANNELS
async def test_a_text_of_a_thousand_characters_is_read(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.says("syarat ktp".ljust(1000, "."))
    sri.hears_not("terlalu panjang")


@CHANNELS
async def test_the_open_question_stays_open_after_a_long_text(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.says("/bahasa")
    before = sri.screen
    await sri.says("panjang " * 200)
    assert sri.screen.text == told()
    await sri.says(str(next(one.number for one in before.choices if one.label == "English")))
    sri.hears("English")


async def test_a_long_first_message_leaves_the_privacy_notice_for_the_next(counter, sri):
    await sri.says("x" * 2000)
    assert sri.screen.text == told()
    await sri.says("halo")
    sri.hears("hapusdata", "Yang kami simpan")


@CHANNELS
async def test_a_long_text_that_is_delivered_again_has_no_second_effect(counter, channel):
    heard = Heard(
        channel=channel, account="loket", message_id="m-1", said_in="m-1", address="Sri", text="x" * 5000
    )
    first, second = await counter.hear(heard), await counter.hear(heard)
    await counter.settle()
    assert (first.duplicate, second.duplicate) == (False, True)
    assert [screen.text for screen in counter.phones[channel].screens["Sri"]] == [told()]


async def test_a_long_text_is_told_in_the_language_of_the_chat(counter, sri):
    await sri.says("/bahasa english")
    await sri.says("x" * 1001)
    assert sri.screen.text.startswith("Sorry, that message is too long")


@pytest.mark.parametrize("kind", ["photo", "file", "voice", "edited", "other"])
async def test_words_beside_anything_else_that_are_too_long_are_told_alike(counter, sri, kind):
    await sri.says("halo")
    await sri.sends(kind=kind, text="x" * 1001, media="none" if kind in ("photo", "file") else None)
    assert sri.screen.text == told()
    assert await counter.count("media") == 0


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_a_long_text_with_a_nik_is_deleted_from_the_chat(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.says(PAIR.ljust(1500, "a"))
    assert sri.screen.deletes is not None
    await sri.says("a" * 1500)
    assert sri.screen.deletes is None


async def test_a_strangers_long_text_does_not_unlock_a_shared_device(counter):
    await counter.imports(row(SRI, "siap_diambil"))
    sri = counter.resident("Sri", channel="web")
    await sri.says("cek status")
    await sri.asks(SRI)
    await counter.passes(minutes=20)
    await sri.says("x" * 1001)
    assert sri.screen.text == told()
    await sri.says("/datasaya")
    sri.hears_not("S*** A***")
    assert sri.screen.files == ()


# --- somebody else reads it -----------------------------------------------------------------------------------------


@CHANNELS
@pytest.mark.parametrize("length", [1001, 4096])
async def test_a_long_text_goes_to_the_officer_who_has_the_chat(counter, channel, length):
    ratna, sri = await officer(counter), counter.resident("Sri", channel=channel)
    await handed(counter, sri)
    story = "Saya ceritakan. ".ljust(length, "x")
    await sri.says(story)
    sri.hears_not("terlalu panjang")
    assert story in await words(counter)
    await counter.passes(minutes=3)
    ratna.catch_up()
    await ratna.taps("Ambil")
    assert any(story in screen.text for screen in ratna.screens)


@CHANNELS
async def test_above_four_thousand_characters_the_officer_gets_nothing(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await handed(counter, sri)
    before = await words(counter)
    await sri.says("x" * 4097)
    assert sri.screen.text == told("4.096")
    assert await words(counter) == before


async def test_a_long_text_in_a_talk_goes_to_the_officer(counter, sri):
    await handed(counter, sri)
    await sri.says("/status")
    sri.hears("nomor registrasi")
    await sri.says("Bukan itu. ".ljust(1500, "x"))
    assert max(map(len, await words(counter))) == 1500


@CHANNELS
async def test_an_officer_may_answer_a_resident_at_length(counter, channel):
    ratna, sri = await officer(counter), counter.resident("Sri", channel=channel)
    await taken(counter, sri, ratna)
    await ratna.says("Begini caranya. ".ljust(4096, "x"))
    await counter.settle()
    sri.catch_up()
    sri.hears("Begini caranya. ".ljust(4096, "x"))
    await ratna.says("x" * 4097)
    assert ratna.screen.text == told("4.096")
    await ratna.says("Sudah jelas?")
    await counter.settle()
    sri.catch_up()
    sri.hears("Sudah jelas?")


@pytest.mark.parametrize("opening", ["/pengaduan", "/perbaikan"])
async def test_a_complaint_may_be_as_long_as_it_is_kept(counter, sri, opening):
    await sri.says(opening)
    await sri.says("y" * 1501)
    assert sri.screen.text == told("1.500")
    await sri.says("x" * 1500)
    await sri.taps("Kirim")
    assert [one.word for one in await counter.store.read(case_files.listed)] == ["x" * 1500]


async def test_an_announcement_that_is_too_long_is_told_its_own_limit(counter):
    ayu = await staff_chat(counter)
    await ayu.says("/umumkan")
    await ayu.taps("Siap diambil")
    await ayu.says("x" * 1200)
    ayu.hears("lebih panjang dari 700 huruf", "Tulis teksnya")
    await ayu.says("x" * 4097)
    assert ayu.screen.text == told("4.096")
    await ayu.says("x" * 700)
    ayu.hears("x" * 700)


# --- what is no text ------------------------------------------------------------------------------------------------


async def test_a_button_with_an_endless_payload_is_an_old_one(counter, sri):
    await sri.says("halo")
    await sri.sends(kind="choice", choice="x." * 2000)
    sri.hears("sudah tidak berlaku")


async def test_a_file_name_is_kept_as_far_as_it_can_be_shown(counter, sri):
    await handed(counter, sri)
    await sri.sends(kind="file", data=b"%PDF", file_name="n" * 5000, mime="application/pdf", fetched=True)

    async def names(db):
        from sqlalchemy import select

        from storage.schema import handovers

        one = await db.scalar(select(handovers.c.id))
        return [line.file.name for line in await lines(db, handover=one) if line.file is not None]

    assert await counter.store.read(names) == ["n" * 200]


async def test_a_code_that_says_a_whole_page_is_no_receipt(counter, sri):
    await sri.says("halo")
    await sri.shows(receipt("x" * 1100))
    sri.hears("kode QR pada foto tidak terbaca")


async def test_a_group_is_not_told_how_long_a_text_may_be(counter, sri):
    await sri.sends(text="halo", group=True)
    before = len(sri.screens)
    await sri.sends(text="x" * 2000, group=True)
    assert len(sri.screens) == before


def test_a_page_frame_carries_only_enough_text_to_show_its_length():
    from bot.web.frames import parse

    assert len(parse(json.dumps({"id": "a", "text": "x" * 100_000})).text) == 4097
