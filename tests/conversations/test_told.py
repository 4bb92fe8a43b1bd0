"""Residents are told of waits, of second numbers, and of the language of a first word."""

import pytest

from tests.support.people import BUDI, SRI, row


async def test_who_has_to_wait_is_told_at_the_start_link(counter, sri):
    for _ in range(5):
        await sri.asks(SRI, BUDI["nik"])
    await sri.says(f"/start s_{SRI['no_registrasi']}")
    sri.hears("coba lagi pukul")
    sri.hears_not("Mohon ketik *NIK*")


async def test_a_start_link_asks_for_the_nik_while_a_try_is_left(counter, sri):
    await sri.says(f"/start s_{SRI['no_registrasi']}")
    sri.hears("Mohon ketik *NIK*")


async def test_a_second_pair_in_one_message_is_asked_for_again(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "PRINTED"))
    await sri.says(f"{SRI['no_registrasi']} {SRI['nik']}\n{BUDI['no_registrasi']} {BUDI['nik']}")
    sri.hears("siap diambil", f"jawaban untuk {SRI['no_registrasi']}", "dikirim sendiri")


async def test_one_number_that_is_typed_twice_is_one(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(f"{SRI['no_registrasi']} {SRI['nik']} {SRI['no_registrasi']}")
    sri.hears("siap diambil")
    sri.hears_not("dikirim sendiri")


async def test_a_language_as_the_first_word_opens_the_menu_in_it(counter, sri):
    await sri.says("English")
    sri.hears("What we keep", "How can we help")
    assert len(sri.labels) >= 4


async def test_a_language_in_the_middle_of_a_question_brings_the_question_back(counter, sri):
    await sri.says("/status")
    await sri.says("English")
    sri.hears("registration number")
    sri.hears_not("How can we help")


CONTACT = {
    "address": "Jalan Raya 1",
    "phone": "(0321) 000000",
    "email": "dukcapil@contoh.example",
    "website": "https://dukcapil.contoh.example",
}


@pytest.mark.parametrize("counter", [{"contact": CONTACT}], indirect=True)
async def test_the_address_for_letters_and_the_website_are_told(counter, sri):
    await sri.says("apa ada alamat email kantor")
    sri.hears("Surel: dukcapil@contoh.example", "Situs: https://dukcapil.contoh.example")


async def test_an_office_without_a_website_tells_none(sri):
    await sri.says("/kantor")
    sri.hears("Telepon:")
    sri.hears_not("Surel")
    sri.hears_not("Situs")
