"""Who wonders why nothing was found is told what to compare, and may try again or call a person."""

import pytest

from domain.text.number_question import wonders_why_unfound
from tests.conversations.appointments.steps import proof
from tests.support.people import BUDI, SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


@CHANNELS
@pytest.mark.parametrize("command", ["/status", "/jadwal"])
@pytest.mark.parametrize(
    "said",
    [
        "kok ga ketemu sih",
        "nomernya udah bener lho",
        "saya daftarnya di mojosari",
        "apa datanya belum masuk?",
        "padahal sesuai di kertas",
        "why is it not found",
        "lha kok ora ono",
    ],
)
async def test_whoever_wonders_is_told_what_may_be_wrong(counter, channel, command, said):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says(command)
    await sri.asks(SRI, proof(sri, BUDI))
    labels = sri.labels
    await sri.says(said)
    sri.hears("satu permohonan yang sama", "KK asli")
    assert sri.labels == labels
    await sri.taps("Ulangi")
    sri.hears("nomor registrasi")


async def test_the_answer_is_equal_for_a_wrong_nik_and_an_unknown_number(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    told = []
    for name, number in (("Sri", SRI), ("Dewi", BUDI)):
        resident = counter.resident(name)
        await resident.asks(number, "3516990101850009")
        await resident.says("kok ga ketemu")
        told.append(resident.screen.text)
    assert told[0] == told[1]


@pytest.mark.parametrize("said", ["nomornya saya lupa", "petugas", "mpp dimana"])
def test_other_sentences_wonder_about_nothing(said):
    assert not wonders_why_unfound(said)
