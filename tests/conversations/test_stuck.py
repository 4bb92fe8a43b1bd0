"""Three messages that a question does not take lead to a person by a digit or a tap, whatever the question is."""

import pytest

from tests.conversations.appointments.steps import (
    at_the_summary,
    proof,
    reaches_the_time,
    recorded,
    with_an_appointment,
)
from tests.conversations.ratings.test_rating import serve
from tests.support.officers import officer
from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


async def proves(counter, channel):
    sri = await recorded(counter, channel)
    await sri.says("/jadwal")
    await sri.says(SRI["no_registrasi"])
    return sri


async def places(counter, channel):
    sri = await proves(counter, channel)
    await sri.says(proof(sri, SRI))
    return sri


async def days(counter, channel):
    sri = await places(counter, channel)
    await sri.says("sooko")
    return sri


async def times(counter, channel):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    return sri


async def cancels(counter, channel):
    sri = await with_an_appointment(counter, channel)
    await sri.says("/jadwal")
    await sri.taps("Batal")
    return sri


async def rates(counter, channel):
    sri = counter.resident("Sri", channel="telegram" if channel == "whatsapp" else channel)
    await serve(counter, sri)
    await sri.says("1")
    return sri


async def unfollows(counter, channel):
    await counter.imports(row(SRI, "RECEIVED_AT_CENTRAL"))
    sri = counter.resident("Sri", channel=channel)
    await sri.asks(SRI, proof(sri, SRI))
    await sri.taps("Kabari saya")
    await sri.says("status")
    await sri.says("1")
    await sri.taps("Hapus dari daftar")
    return sri


def opens(*words):
    async def opened(counter, channel):
        sri = counter.resident("Sri", channel=channel)
        for word in words:
            await sri.says(word)
        return sri

    return opened


QUESTIONS = {
    "number": opens("/status"),
    "nik": proves,
    "place": places,
    "day": days,
    "time": times,
    "summary": at_the_summary,
    "cancelling": cancels,
    "survey": rates,
    "unfollowing": unfollows,
    "service": opens("/syarat"),
    "language": opens("/bahasa"),
    "rights": opens("/data"),
    "erasing": opens("/hapusdata"),
    "nothing": opens("halo"),
}
MISSES = {
    "words": {"kind": "text", "text": "xyzzy plugh"},
    "sticker": {"kind": "sticker"},
    "old button": {"kind": "choice", "choice": "abcdefgh.1.0"},
}


def reaches_a_person(resident):
    return "Petugas" in resident.labels or "2 petugas" in resident.screen.text


@pytest.mark.parametrize("place", range(len(QUESTIONS)), ids=list(QUESTIONS))
async def test_the_third_miss_reaches_a_person_at_every_question(counter, place):
    question, channel = list(QUESTIONS.values())[place], ("telegram", "web", "whatsapp")[place % 3]
    sri = await question(counter, channel)
    for _ in range(3):
        await sri.says("xyzzy plugh")
    assert reaches_a_person(sri) or "Bicara ke petugas" in sri.labels, sri.screen.text


@pytest.mark.parametrize("miss", ["sticker", "old button"])
async def test_three_messages_of_other_kinds_reach_a_person(counter, miss):
    sri = await days(counter, "telegram")
    for _ in range(3):
        await sri.sends(**MISSES[miss])
    assert reaches_a_person(sri), sri.screen.text


async def test_three_equal_answers_at_a_question_reach_a_person(counter):
    sri = await days(counter, "telegram")
    for _ in range(3):
        await sri.says("jam buka kantor?")
    sri.hears("Senin–Kamis")
    assert reaches_a_person(sri), sri.screen.text


async def test_the_offer_calls_an_officer_and_keeps_the_question(counter):
    sri = await days(counter, "web")
    for _ in range(3):
        await sri.says("xyzzy plugh")
    await sri.taps("Petugas")
    sri.hears("diteruskan ke petugas")
    await sri.says("kembali ke bot")
    sri.hears("Pilih hari")


@pytest.mark.parametrize("words", ["2", "lanjut", "kembali"])
async def test_going_on_asks_the_question_again(counter, words):
    sri = await days(counter, "telegram")
    for _ in range(3):
        await sri.says("xyzzy plugh")
    await sri.says(words)
    sri.hears("Pilih hari")


@CHANNELS
async def test_the_offer_does_not_keep_an_answer_from_its_question(counter, channel):
    sri = await days(counter, channel)
    for _ in range(3):
        await sri.says("xyzzy plugh")
    await sri.says("besok")
    sri.hears("Jam berapa")


async def test_an_answer_after_a_voice_message_reaches_its_question(counter):
    sri = await days(counter, "telegram")
    await sri.sends(kind="voice")
    await sri.says("besok")
    sri.hears("Jam berapa")


async def test_progress_in_between_counts_anew(counter):
    sri = await days(counter, "telegram")
    await sri.says("xyzzy plugh")
    await sri.says("xyzzy plugh")
    await sri.says("besok")
    await sri.says("xyzzy plugh")
    assert not reaches_a_person(sri), sri.screen.text


async def test_an_officer_at_a_question_is_not_offered_an_officer(counter):
    ratna = await officer(counter)
    await ratna.says("/syarat")
    for _ in range(4):
        await ratna.says("xyzzy plugh")
    ratna.hears_not("dibantu orang")
