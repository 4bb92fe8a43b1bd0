"""Listening to an answer: *dengar* sends it as a recording; what is not recorded is not guessed."""

from pathlib import Path

import pytest

from bot.setup.office_file import load_office
from bot.voice.sentences import Sentences
from tests.conversations.conftest import counter, sample_office, sri  # noqa: F401 (fixtures)
from tests.support.people import SRI, row
from tests.support.recordings import heard_in, record
from tests.support.texts import the_texts

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])


@pytest.fixture
def sentences() -> Sentences:
    office = load_office(None)
    return Sentences(the_texts(office), office)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, sentences):
    """Everything is recorded in Indonesian, unless a test says otherwise."""
    path = tmp_path / "recordings"
    record(path, sentences)
    monkeypatch.setenv("LOKET_VOICE_FOLDER", str(path))
    return path


@CHANNELS
@pytest.mark.parametrize("word", ["dengar", "suara", "Bacakan", "/dengar", "rungokake", "listen"])
async def test_the_last_answer_is_read_aloud(counter, sentences, channel, word):  # noqa: F811
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)  # noqa: F811
    await sri.says("menu")
    await sri.asks(SRI)
    labels = sri.labels
    await sri.says(word)
    (file,) = sri.screen.files
    assert file.mime == "audio/ogg"
    said = " ".join(heard_in(file, sentences))
    assert "angka terakhir nol nol nol tujuh" in said
    assert "Kartu sudah siap diambil di Kantor Dispendukcapil, Sooko" in said
    assert "Jam buka Senin sampai Kamis pukul delapan sampai lima belas" in said
    assert "surat kehilangan dari polisi" in said
    assert "Data ini per Senin dua puluh tiga November" in said
    assert "Untuk Kabari saya ketik angka satu" in said
    assert said.endswith("Untuk Petugas ketik angka tiga")
    sri.hears("Ini jawabannya dalam suara.")
    assert sri.labels == labels, "the choices are shown again"


async def test_it_can_be_listened_to_again(counter, sri, sentences):  # noqa: F811
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    said = []
    for _ in range(2):
        await sri.says("dengar")
        said.append(heard_in(sri.screen.files[0], sentences))
    assert said[0] == said[1]
    assert "Datanya siap dicetak, tetapi kartunya belum dibuat. Jangan datang dulu" in said[0]


async def test_the_choices_can_be_taken_after_listening(counter, sri):  # noqa: F811
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    await sri.says("dengar")
    await sri.says("1")
    sri.hears("kami kabari begitu statusnya berubah")
    await sri.says("dengar")
    assert sri.screen.files, "what asks nothing can be listened to as well"


async def test_news_that_the_office_sends_are_read_aloud(counter, sri, sentences):  # noqa: F811
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    await sri.taps("Kabari saya")
    counter.clock.move(hours=2)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.hears("siap diambil")
    await sri.says("dengar")
    assert "Kartu sudah siap diambil di" in heard_in(sri.screen.files[0], sentences)


async def test_an_answer_with_an_officers_note_is_not_guessed(counter, sri):  # noqa: F811
    await counter.imports(row(SRI, "DOCS_INCOMPLETE", catatan="KK belum ada"))
    await sri.asks(SRI)
    await sri.says("dengar")
    sri.hears("belum ada rekaman suaranya", "Petugas bisa membacakannya")
    assert sri.screen.files == ()
    assert sri.labels[-1] == "Petugas"
    await sri.taps("Petugas")
    sri.hears("diteruskan ke petugas")


@CHANNELS
async def test_a_refusal_keeps_the_card_and_its_choices(counter, channel):  # noqa: F811
    await counter.imports(row(SRI, "DOCS_INCOMPLETE", catatan="KK belum ada"))
    sri = counter.resident("Sri", channel=channel)  # noqa: F811
    await sri.says(f"{SRI['no_registrasi']} {SRI['nik'][-4:] if channel == 'whatsapp' else SRI['nik']}")
    labels = sri.labels
    await sri.says("dengar")
    sri.hears("belum ada rekaman suaranya")
    assert sri.labels == labels
    await sri.says("bisa diwakilkan?")
    sri.hears("KK")
    await sri.taps("Kabari saya")
    sri.hears("kami kabari")


async def test_a_refusal_at_a_question_without_an_officer_keeps_it_open(counter, sri, monkeypatch):  # noqa: F811
    monkeypatch.delenv("LOKET_VOICE_FOLDER")
    counter.restart()
    await sri.says(SRI["no_registrasi"])
    await sri.says("dengar")
    sri.hears("NIK")
    await sri.says("petugas")
    sri.hears("diteruskan ke petugas")


@CHANNELS
async def test_the_demos_recordings_hold_a_ready_cards_answer(counter, channel, monkeypatch):  # noqa: F811
    monkeypatch.setenv("LOKET_VOICE_FOLDER", str(Path(__file__).parents[2] / "demo" / "recordings"))
    counter.restart()
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)  # noqa: F811
    await sri.says("menu")
    await sri.says(f"{SRI['no_registrasi']} {SRI['nik'][-4:] if channel == 'whatsapp' else SRI['nik']}")
    await sri.says("dengar")
    assert sri.screen.files


async def test_a_missing_sentence_is_not_skipped(counter, sri, folder):  # noqa: F811
    (missing,) = folder.glob("report-bring-pickup.ktp_hilang.*")
    missing.unlink()
    counter.restart()
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says("dengar")
    sri.hears("belum ada rekaman suaranya")


async def test_another_language_without_recordings_is_not_guessed(counter, sri):  # noqa: F811
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("/bahasa english")
    await sri.asks(SRI)
    await sri.says("listen")
    sri.hears("no recording of this answer")


async def test_without_a_folder_an_officer_is_offered(counter, sri, monkeypatch):  # noqa: F811
    monkeypatch.delenv("LOKET_VOICE_FOLDER")
    counter.restart()
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says("dengar")
    sri.hears("belum ada rekaman suaranya")
    assert "Petugas" in sri.labels


async def test_nothing_is_read_to_the_next_person_at_a_shared_device(counter):  # noqa: F811
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    browser = counter.resident("browser", channel="web")
    for leaves in (True, False):
        await browser.asks(SRI)
        if leaves:
            await browser.sends(kind="left")
        else:
            counter.clock.move(minutes=16)
        await browser.says("dengar")
        assert browser.screen.files == ()


@CHANNELS
async def test_a_voice_message_offers_an_officer(counter, channel):  # noqa: F811
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)  # noqa: F811
    await sri.asks(SRI)
    question = sri.labels
    await sri.sends(kind="voice")
    sri.hears("belum bisa mendengarkan pesan suara")
    assert sri.labels == ["Petugas", "Lanjut saja"]
    await sri.taps("Lanjut saja")
    assert sri.labels == question
    await sri.sends(kind="voice")
    await sri.says("1")
    sri.hears("diteruskan ke petugas")


async def test_a_voice_message_as_the_first_word_leads_to_the_menu(sri):  # noqa: F811
    await sri.sends(kind="voice")
    sri.hears("pesan suara")
    await sri.taps("Lanjut saja")
    assert "Cek status KTP" in sri.labels


async def test_after_a_voice_message_a_sticker_repeats_the_question_below(counter, sri):  # noqa: F811
    await sri.says("status")
    await sri.sends(kind="voice")
    await sri.sends(kind="sticker")
    sri.hears("stikernya", "nomor registrasi")
    sri.hears_not("pesan suara")


async def test_a_text_answers_the_question_below_a_voice_message(counter, sri):  # noqa: F811
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("status")
    await sri.sends(kind="voice")
    await sri.says(SRI["no_registrasi"])
    sri.hears("NIK")
