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
