"""The question for the number: exits by digit, shorter repetitions, repaired typing errors, other wishes."""

import pytest

from domain.text.number_question import meant_instead
from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
NUMBER = SRI["no_registrasi"]


@CHANNELS
async def test_the_exits_are_numbered_from_the_start(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    for digit, words in (
        ("1", "Petugas loket bisa mencari"),
        ("2", "diteruskan ke petugas"),
        ("0", "Ada yang bisa"),
    ):
        await sri.says("/status")
        sri.hears("1 lupa nomor · 2 petugas · 0 menu")
        await sri.says(digit)
        sri.hears(words)


@CHANNELS
async def test_the_long_explanation_comes_once_and_a_human_after_the_second_miss(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("status")
    sri.hears("Foto kode QR")
    told = []
    for typed in ("12345", "98765", "5555"):
        await sri.says(typed)
        sri.hears("1 lupa nomor · 2 petugas · 0 menu")
        sri.hears_not("Foto kode QR")
        told.append(sri.screen.text)
    assert "ketik *2*" not in told[0]
    assert "ketik *2*" in told[1]
    assert told[0] != told[1]
    await sri.says("2")
    sri.hears("diteruskan ke petugas")


@CHANNELS
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("makasih", "Sama-sama"),
        ("makasih ya", "Sama-sama"),
        ("goblok", "Mohon maaf"),
        ("kok lama banget", "Mohon maaf"),
        ("kantor dimana", "Telepon"),
        ("bayar berapa", "gratis"),
        ("lupa nomornya", "Petugas loket bisa mencari"),
        ("nomeripun ical", "Petugas loket bisa mencari"),
        ("jangan jangan penipuan", "tidak dilihat orang lain"),
        ("cari pakai nama bisa?", "tidak dilihat orang lain"),
    ],
)
async def test_another_thought_is_heard_as_such(counter, channel, typed, words):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("status")
    await sri.says(typed)
    sri.hears(words)
    sri.hears_not("belum berbentuk")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nomornya yang mana ya", "tercetak di *tanda terima*"),
        ("dimana liatnya?", "tercetak di *tanda terima*"),
        ("nomeripun pundi", "tercetak di *tanda terima*"),
        ("where do I find the number", "tercetak di *tanda terima*"),
        ("ktp saya sudah jadi belum?", "Kami bantu cek"),
        ("when can I pick it up", "Kami bantu cek"),
        ("kapan selesainya pak", "Kami bantu cek"),
    ],
)
async def test_a_question_instead_of_the_number_is_answered(counter, sri, typed, words):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("status")
    await sri.says(typed)
    sri.hears(words, "Mohon ketik *nomor registrasi*", "1 lupa nomor")
    sri.hears_not("belum berbentuk", "Foto kode QR")
    await sri.asks(SRI)
    sri.hears("siap diambil")


async def test_disappointment_at_the_number_question_is_heard(sri):
    await sri.says("status")
    await sri.says("saya kecewa")
    sri.hears("Mohon maaf")
    assert any("petugas" in one.casefold() for one in sri.labels)
    sri.hears_not("belum berbentuk")


@CHANNELS
@pytest.mark.parametrize(
    "typed",
    [
        NUMBER.replace("0", "O"),
        NUMBER.replace("1", "I"),
        NUMBER.lower().replace("1", "l"),
        NUMBER[4:],
        NUMBER[4:].replace("-", ""),
        NUMBER[:-1],
        NUMBER[:-2].replace("-", " "),
    ],
)
@pytest.mark.first_office
async def test_a_slip_is_repaired_and_said_back(counter, channel, typed):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("status")
    await sri.says(typed)
    sri.hears(f"Maksudnya {NUMBER}?", "NIK")
    await sri.says(SRI["nik"][-4:] if channel == "whatsapp" else SRI["nik"])
    sri.hears("siap diambil")


@pytest.mark.first_office
async def test_a_slip_is_repaired_without_the_question(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(f"cek {NUMBER.replace('0', 'O')} dong")
    sri.hears(f"Maksudnya {NUMBER}?", "NIK")


@pytest.mark.parametrize("typed", ["081234567890", "3516015708900001", "26-11-2026", NUMBER[:-1] + "A"])
async def test_what_no_check_character_proves_is_not_guessed(sri, typed):
    await sri.says("status")
    await sri.says(typed)
    sri.hears_not("Maksudnya")


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_letters_in_a_nik_are_read_as_digits_and_said_back(counter, channel):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says(NUMBER)
    await sri.says(SRI["nik"].replace("0", "O"))
    sri.hears("siap diambil", "Huruf O dan I")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("cuma ada nik", "lost"),
        ("udah dibilang ga ada nomernya!!", "lost"),
        ("ga dikasih resi", "lost"),
        ("pakai nik aja bisa", "lost"),
        ("kok minta nomor terus", "why"),
        ("aman ga ini ngasih nik", "why"),
        ("nik saya buat apa", "why"),
        ("foto resinya aja boleh?", "photo"),
        ("kirim foto barcode bisa?", "photo"),
        ("dimana liat nomor itu", "where"),
        ("MJK-261102-0007-Z", None),
        ("nomor saya 12345", None),
        ("nomor telepon kantor berapa", None),
        ("3516994107900001", None),
        ("jam buka kantor", None),
        ("ktp saya hilang", None),
    ],
)
def test_what_is_said_instead_of_a_number_is_understood(said, meant):
    assert meant_instead(said) == meant
