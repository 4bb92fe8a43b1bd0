"""S11-S13, P5, P6: kills, upgrades, doubled messages, and everything that is not text."""

import asyncio
import io

import pytest
import segno

from bot.channel import Heard
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI, row
from tests.support.resident import receipt


async def killed_and_started_again(counter: Counter, folder) -> Counter:
    """Another process on the same database; nothing of the first one is left."""
    await counter.close()
    again = Counter(counter.store, counter.clock, counter.office, folder, place=counter.place)
    await again.open()
    return again


async def test_s11_after_a_kill_the_next_message_continues_at_the_same_step(counter, sri, tmp_path):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("status")
    await sri.says(SRI["no_registrasi"])
    again = await killed_and_started_again(counter, tmp_path)
    sri = again.resident("Sri")
    await sri.sends(text=SRI["nik"], message_id="after-the-kill")
    sri.hears("siap diambil")
    await again.close()


async def test_s11_an_upgrade_that_renamed_a_question_starts_over_in_one_sentence(counter, sri, monkeypatch):
    await sri.says("status")
    await sri.says(SRI["no_registrasi"])
    monkeypatch.setattr("handlers.shared.pair.NUMBER", "status-ask-number-anew")
    await sri.says(SRI["nik"])
    sri.hears("mulai lagi dari awal", "Ada yang bisa kami bantu")


async def test_s11_an_old_button_says_that_it_is_no_longer_valid(counter, sri):
    await sri.says("/bantuan")
    old = sri.screen
    await sri.says("/menu")
    await sri.taps("Biaya", of=old)
    sri.hears("tidak berlaku", "Ada yang bisa kami bantu")


async def test_s11_a_double_tap_has_one_effect_and_shows_its_result_again(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    offer = sri.screen
    await sri.taps("Kabari saya")
    await sri.taps("Kabari saya", of=offer)
    sri.hears("kami kabari")
    assert await counter.count("follows") == 1
    assert await counter.count("audit", "action = 'followed'") == 1


@pytest.mark.first_office
async def test_s12_the_same_message_three_times_two_at_once_has_one_effect(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    once = Heard(
        channel="telegram",
        account="loket",
        message_id="again-and-again",
        address="Sri",
        text=f"{SRI['no_registrasi']} {BUDI['nik']}",
    )
    await asyncio.gather(counter.hear(once), counter.hear(once))
    turned = await counter.hear(once)
    assert turned.duplicate
    await counter.settle()
    assert len(sri.screens) == 1
    assert await counter.count("tries") == 1


@pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
@pytest.mark.first_office
async def test_s13_a_photo_of_the_receipts_code_is_read(counter, channel):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("status")
    await sri.shows(receipt(SRI["no_registrasi"]))
    sri.hears("NIK")
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


async def test_s13_a_photo_without_a_code_is_answered_and_the_question_stays(counter, sri):
    from PIL import Image

    empty = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(empty, "png")
    await sri.says("status")
    for picture in (empty.getvalue(), b"no picture at all"):
        await sri.shows(picture)
        sri.hears("tidak terbaca", "nomor registrasi")


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_s13_the_words_beside_a_photo_that_cannot_be_read_are_taken(counter, channel):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await sri.shows(b"a blurred photo", words=f"ini tanda terima saya pak, {SRI['no_registrasi']}")
    sri.hears("NIK")
    await sri.shows(b"another one", words="tadi kurang jelas")
    sri.hears("tidak terbaca", "NIK")
    await sri.shows(b"a third one", words=f"NIK {SRI['nik']}")
    sri.hears("siap diambil")


async def test_s13_a_photo_of_another_code_is_answered_and_the_question_stays(counter, sri):
    other = io.BytesIO()
    segno.make("https://example.org/").save(other, kind="png", scale=6)
    await sri.says("status")
    await sri.shows(other.getvalue())
    sri.hears("belum berbentuk nomor registrasi")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("sticker", "stikernya"),
        ("location", "lokasi"),
        ("other", "belum bisa kami baca"),
        ("edited", "pesan baru"),
        ("contact", "kartu kontak"),
    ],
)
async def test_s13_anything_else_is_answered_kindly_and_the_question_stays(counter, sri, kind, words):
    await sri.says("status")
    await sri.sends(kind=kind)
    sri.hears(words, "nomor registrasi")


async def test_s13_a_voice_message_offers_an_officer_and_the_question_stays(counter, sri):
    await sri.says("status")
    await sri.sends(kind="voice")
    sri.hears("pesan suara")
    assert sri.labels == ["Petugas", "Lanjut saja"]
    await sri.says("2")
    sri.hears("nomor registrasi")


async def test_p5_a_group_is_refused(counter, sri):
    await sri.sends(text="/status", group=True)
    sri.hears("grup")
    sri.hears_not("nomor registrasi")


async def test_p5_a_button_that_somebody_forwarded_does_nothing(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    budi = counter.resident("Budi")
    await budi.taps("Kabari saya", of=sri.screen)
    budi.hears("tidak berlaku")
    assert await counter.count("follows") == 0


async def test_p6_everything_can_be_done_with_digits_alone(counter):
    await counter.imports(row(SRI, "PRR"))
    sri = counter.resident("Sri", channel="whatsapp")
    await sri.says("menu")
    await sri.says("1")
    await sri.says(SRI["no_registrasi"].removeprefix("MJK-26"))
    sri.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    await sri.says("0001")
    await sri.says("1")
    sri.hears("kami kabari")


async def test_p6_a_number_that_is_no_choice_is_told_so(counter, sri):
    await sri.says("menu")
    await sri.says("9")
    sri.hears("ketik angkanya", "Ada yang bisa kami bantu")


async def test_an_unknown_word_is_answered_with_the_menu(counter, sri):
    await sri.says("qwerty")
    sri.hears("belum paham", "petugas", "Ada yang bisa kami bantu")
    assert sri.labels[:2] == ["Cek status KTP", "Pesan jadwal"]
    assert {"Petugas", "Bantuan", "Bahasa / Language"} <= set(sri.labels)


async def test_the_first_contact_tells_what_is_kept_and_only_the_first(counter, sri):
    await sri.says("halo")
    sri.hears(
        "Yang kami simpan", "Guna:", "30 hari", "90 hari", "Ingin dihapus", "tidak pernah meminta nomor KK"
    )
    await sri.says("halo")
    sri.hears_not("Yang kami simpan")


async def test_help_and_the_office_give_an_interrupted_question_back(counter, sri):
    await sri.says("status")
    await sri.says("/bantuan")
    sri.hears("tanda terima", "*berhenti*", "nama ibu", "Mohon ketik *nomor registrasi*")
    await sri.says("kantor")
    sri.hears(
        "Jalan R.A. Basuni", "(0321) 000000", "Senin–Kamis: 08.00–15.00", "Mohon ketik *nomor registrasi*"
    )


@pytest.mark.parametrize("counter", [{"sample": False}], indirect=True)
async def test_an_office_with_a_file_of_its_own_is_no_rehearsal(counter, sri):
    await sri.says("kantor")
    sri.hears("Telepon")
    sri.hears_not("hanya contoh")


async def test_a_start_of_somebody_we_know_is_greeted(counter, sri):
    await sri.says("/start")
    counter.clock.move(minutes=5)
    await sri.says("/start")
    sri.hears("Selamat datang", "Ada yang bisa kami bantu")
    sri.hears_not("Yang kami simpan")
