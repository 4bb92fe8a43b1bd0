"""Sentences with two thoughts, greetings with an address, and words that no rule knows."""

import pytest

from tests.conversations.appointments.steps import at_the_summary, code_of, recorded, with_an_appointment
from tests.support.people import SRI, row


@pytest.mark.parametrize(
    "said", ["assalamualaikum pak", "halo min", "selamat siang bu", "Halo, selamat pagi pak!"]
)
async def test_a_greeting_with_an_address_shows_the_menu(sri, said):
    await sri.says(said)
    sri.hears("Ada yang bisa kami bantu")
    sri.hears_not("belum paham")


async def test_a_question_beside_thanks_is_answered(counter, sri):
    await sri.says("makasih ya, terus syarat ktp hilang apa saja")
    sri.hears("kepolisian")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says("mksh kak. btw bayar ga ya")
    sri.hears("gratis")
    await sri.says("mksh kak")
    sri.hears("Sama-sama")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("resi saya ilang gimana", "KK asli"),
        ("sabtu bisa diambil ga?", "*tutup*, akhir pekan"),
        ("progresnya gimana sekarang", "siap diambil"),
        ("kk nya wajib yg asli tah", "Bawa:"),
    ],
)
async def test_below_a_card_the_number_is_not_asked_for_again(counter, sri, said, told):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says(said)
    sri.hears(told)
    sri.hears_not("nomor registrasi* pada", "Silakan pilih salah satu")


@pytest.mark.parametrize("said", ["cek ktp suami saya juga", "status ktp anak saya", "mau cek nomor lain"])
async def test_below_a_card_another_persons_number_is_asked_for(counter, sri, said):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says(said)
    sri.hears("nomor registrasi")


async def test_a_digital_identity_is_not_sent(counter, sri):
    await counter.imports(row(SRI, "PRR", layanan="ikd"))
    await sri.asks(SRI)
    await sri.says("bisa dikirim?")
    sri.hears("di ponsel Anda sendiri")
    sri.hears_not("pos", "Diambil di")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("terserah kapan aja", "Senin, 23 November"),
        ("paling cepet kapan", "Senin, 23 November"),
        ("hari jumat ada?", "Jumat, 27 November"),
        ("ada yg sore gak", "Senin, 23 November"),
    ],
)
async def test_a_day_may_be_asked_for_or_left_to_the_office(counter, said, told):
    sri = await recorded(counter)
    for step in ("/jadwal", SRI["no_registrasi"], SRI["nik"], "sooko", said):
        await sri.says(step)
    sri.hears(told, "Jam berapa")


@pytest.mark.parametrize("said", ["ok gas", "oke lanjut", "siap mantap"])
async def test_a_summary_is_agreed_to_in_everyday_words(counter, said):
    sri = await at_the_summary(counter)
    await sri.says(said)
    sri.hears("Kode tiket")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("tiketnya mana", "Kode"),
        ("kalo telat gimana", "Masih bisa dilayani"),
        ("harus dateng brp menit sebelumnya", "sebelum jamnya"),
        ("bisa nambah buat istri sekalian?", "nomor registrasi"),
    ],
)
async def test_questions_about_the_visit_are_answered(counter, said, told):
    sri = await with_an_appointment(counter)
    await sri.says(said)
    sri.hears(told)


async def test_a_question_that_nothing_answers_is_told_what_can_be_asked(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says("xyzzy plugh kucing terbang")
    sri.hears("belum kami pahami", "bawa apa", "petugas")
    await sri.says("xyzzy")
    sri.hears("Silakan pilih salah satu")


async def test_the_code_of_a_ticket_shows_the_appointment_and_another_a_case(counter):
    sri = await with_an_appointment(counter)
    code = code_of(sri)
    await sri.says(code.lower())
    if any(one.isdigit() for one in code):  # six letters alone may be a word
        sri.hears(code)
    await sri.says("k7m2qp")
    sri.hears("nomor itu tidak ada")


async def test_at_the_nik_it_is_told_what_it_is_for(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("/status")
    await sri.says(SRI["no_registrasi"])
    await sri.says("kok harus nik segala")
    sri.hears("tidak dilihat orang lain", "16 angka")
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


async def test_a_service_of_the_office_is_no_matter_of_another_counter(sri):
    await sri.says("kk hilang ngurusnya dimana")
    sri.hears("tidak dilayani di sini")
