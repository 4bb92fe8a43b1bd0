"""A burst of messages gets one answer for each thought, and no reply comes word for word three times in a row."""

import pytest

from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


def in_bursts(counter):
    counter.burst_seconds = 3.0
    counter.restart()


@CHANNELS
async def test_one_thought_in_four_pieces_gets_one_answer(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("menu")
    in_bursts(counter)
    counter.clock.move(seconds=60)
    before = len(sri.screens)
    for piece in ("ktp saya", "cek status", "sudah jadi belum", "status"):
        await sri.says(piece)
        counter.clock.move(seconds=1)
    assert len(sri.screens) == before + 1
    sri.hears("nomor registrasi")
    counter.clock.move(seconds=10)
    await sri.says("status")
    assert len(sri.screens) == before + 2


@CHANNELS
async def test_each_thought_of_a_burst_gets_its_own_answer(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("menu")
    in_bursts(counter)
    before = len(sri.screens)
    for thought in ("jam buka", "ktp bayar berapa", "status"):
        await sri.says(thought)
    assert len(sri.screens) == before + 3


async def test_commands_and_cards_are_answered_also_in_a_burst(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("menu")
    in_bursts(counter)
    before = len(sri.screens)
    for _ in range(2):
        await sri.says("/status")
    for _ in range(2):
        await sri.asks(SRI)
    assert len(sri.screens) == before + 4


@CHANNELS
@pytest.mark.parametrize(
    "text", ["menu", "makasih", "ktp saya sudah jadi belum", "goblok", "kantor dimana", "halo"]
)
async def test_the_third_copy_offers_a_person(counter, channel, text):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("menu")
    for _ in range(6):
        await sri.says(text)
    shown = [screen.text for screen in sri.screens]
    assert not any(one == two == three for one, two, three in zip(shown, shown[1:], shown[2:], strict=False))
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
