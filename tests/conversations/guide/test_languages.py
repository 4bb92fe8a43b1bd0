"""S10: three languages, switched at any moment."""

import pytest

from tests.support.people import SRI, row


@pytest.mark.first_office
async def test_s10_switching_language_repeats_the_open_question_in_the_new_language(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await sri.says("status")
    await sri.says(SRI["no_registrasi"])
    await sri.says("/bahasa")
    sri.hears("pilih bahasa")
    assert sri.labels == ["Indonesia", "Jawa", "English"]
    await sri.taps("English")
    sri.hears("from now on we write in English", "Please type the *NIK*")
    await sri.says(SRI["nik"])
    sri.hears("not made yet", "As of 23 Nov 2026", "Lost card")
    await sri.says("1")
    sri.hears("we will tell you")
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.catch_up()
    sri.hears("There is news", "ready for pickup", "08:00–15:00", "Type *stop*")


@pytest.mark.parametrize("text", ["/bahasa en", "English", "bahasa inggris", "BAHASA EN"])
async def test_s10_a_language_that_is_named_needs_no_question(counter, sri, text):
    await sri.says("status")
    await sri.says(text)
    sri.hears("in English", "Please type the *registration number*")


async def test_s10_a_language_nobody_speaks_here_is_asked_for(counter, sri):
    await sri.says("/bahasa klingon")
    sri.hears("pilih bahasa")
    await sri.says("1")
    sri.hears("bahasa Indonesia")


@pytest.mark.first_office
async def test_s10_javanese_says_what_it_knows_and_the_rest_in_indonesian(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("/bahasa jawa")
    await sri.says("status")
    sri.hears("Mangga kaserat", "nomer registrasinipun")
    await sri.says(SRI["no_registrasi"])
    sri.hears("Mangga kaserat *NIK* (16 angka)")
    sri.hears_not("panjenengan")
    await sri.says(SRI["nik"])
    sri.hears("sampun dados, saged dipunpundhut", "anpa ragad", "Ngganti KTP-el ingkang ical")
    assert sri.labels[0] == "Kabari saya"


@pytest.mark.first_office
async def test_s10_words_of_every_language_are_understood_in_every_language(counter, sri):
    await sri.says("check status")
    sri.hears("nomor registrasi")
    await sri.says("wangsul")
    sri.hears("tidak bisa mundur lagi")


@pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
@pytest.mark.parametrize(
    ("said", "offer", "word", "answered"),
    [
        ("is my id card ready", "English? Type *English*.", "English", "we write in English"),
        ("nomeripun ical", "Basa Jawa? Ketik *Jawa*.", "Jawa", "Matur nuwun"),
        ("ktp kulo sampun dados dereng", "Basa Jawa? Ketik *Jawa*.", "Jawa", "Matur nuwun"),
    ],
)
@pytest.mark.first_office
async def test_a_clear_language_is_offered_in_one_line_and_once(
    counter, channel, said, offer, word, answered
):
    sri = counter.resident("Sri", channel=channel)
    await sri.says(said)
    sri.hears(offer)
    await sri.says(said)
    sri.hears_not(offer)
    await sri.says(word)
    sri.hears(answered)


@pytest.mark.parametrize(
    "said", ["ktp saya sudah jadi belum", "status", "ok thanks", "mau ke kantor hari ini", "suwun"]
)
async def test_no_language_is_offered_for_indonesian_or_a_single_word(sri, said):
    await sri.says(said)
    sri.hears_not("English?", "Basa Jawa?")


async def test_nothing_is_offered_to_those_who_chose_a_language(sri):
    await sri.says("/bahasa en")
    await sri.says("ktp kulo sampun dados dereng")
    sri.hears_not("Basa Jawa?")


async def test_the_awaited_number_is_taken_at_the_question_for_the_language(counter):
    await counter.imports(row(SRI, "PRR"))
    sri = counter.resident("Sri")
    await sri.says("/status")
    await sri.says("/bahasa")
    await sri.says(SRI["no_registrasi"])
    sri.hears("NIK")
    await sri.says(SRI["nik"])
    sri.hears(SRI["no_registrasi"], "belum dibuat")
