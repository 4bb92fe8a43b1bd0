"""No reply comes word for word twice in a row."""

import itertools

import pytest

from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


@CHANNELS
@pytest.mark.parametrize(
    "text", ["menu", "makasih", "ktp saya sudah jadi belum", "goblok", "kantor dimana", "halo"]
)
async def test_the_second_copy_offers_a_person(counter, channel, text):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("menu")
    for _ in range(6):
        await sri.says(text)
    shown = [screen.text for screen in sri.screens]
    assert not any(one == two for one, two in itertools.pairwise(shown))
    sri.hears("petugas")


async def test_a_choice_that_is_not_understood_leads_to_a_person(sri):
    await sri.says("lupa nomor")
    for _ in range(4):
        await sri.says("xyzzy plugh")
    sri.hears("petugas")
    await sri.says("petugas")
    sri.hears("diteruskan ke petugas")


async def test_a_repeated_tap_shows_its_result_without_a_hint(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    card = sri.screen
    for _ in range(4):
        await sri.taps("Kabari saya", of=card)
    sri.hears("kami kabari")
    sri.hears_not("Belum ketemu yang dicari")


def no_two_alike(resident):
    shown = [(screen.text, [one.label for one in screen.choices]) for screen in resident.screens]
    return not any(one == two for one, two in itertools.pairwise(shown))


@CHANNELS
async def test_old_buttons_below_the_offer_of_a_person_are_not_answered_alike(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("/syarat")
    old = sri.screen
    await sri.says(SRI["no_registrasi"])
    for _ in range(6):
        await sri.taps("hilang", of=old)
    assert no_two_alike(sri)
    sri.hears("petugas")


@CHANNELS
@pytest.mark.parametrize(
    ("button", "words"), [("Pengaduan", "halo"), ("Cek status", "/status"), ("Cek status", "/jadwal")]
)
async def test_words_after_a_repeated_tap_are_not_answered_like_it(counter, channel, button, words):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("goblok")
    ways = sri.screen
    for _ in range(2):
        await sri.taps(button, of=ways)
    await sri.says(words)
    assert sri.screen.text != sri.screens[-2].text


@CHANNELS
async def test_a_tap_repeated_at_its_question_shows_the_question_once(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("menu")
    menu = sri.screen
    for _ in range(3):
        await sri.taps("Cek status", of=menu)
    assert sri.screen.text.count("1 lupa nomor") == 1, sri.screen.text


@CHANNELS
async def test_replies_that_differ_only_unseen_count_as_equal(counter, channel):
    """Below a card, the second and the third question are one text, though their variables differ."""
    await counter.imports(row(SRI, "WAITING_BLANK"))
    sri = counter.resident("Sri", channel=channel)
    await sri.asks(SRI, SRI["nik"] if channel != "whatsapp" else SRI["nik"][-4:])
    await sri.sends(kind="choice", choice="abcdefgh.1.0")
    for _ in range(4):
        await sri.says("kembali")
    assert no_two_alike(sri)


@pytest.mark.parametrize("question", ["bayar berapa", "kapan jadinya?", "nomornya di mana?"])
async def test_a_question_at_the_number_keeps_the_person_in_reach(sri, question):
    await sri.says("/status")
    await sri.says(question)
    await sri.says("xyzzy plugh")
    await sri.says("xyzzy plugh")
    sri.hears("*Petugas* bisa membantu: ketik *2*")


async def test_javanese_at_the_number_is_not_answered_alike(sri):
    """The Javanese question is the same however often it is asked."""
    await sri.says("/bahasa jv")
    await sri.says("/jadwal")
    for _ in range(5):
        await sri.says("pindah ke rabu jam 10")
    assert no_two_alike(sri)
