"""Residents without their number get help, and nobody gets a number for a NIK."""

import pytest

from bot.turns.small_screens import fits
from tests.support.people import BUDI, SRI, row


@pytest.mark.parametrize(
    "said",
    [
        "lupa nomor registrasi",
        "Saya lupa nomor registrasinya pak",
        "tanda terima hilang",
        "tanda terima saya hilang",
        "resi saya hilang gimana",
        "tidak punya nomor registrasi",
        "nomer registrasine ilang",
        "lupa nomor",
        "I lost my receipt",
        "I forgot my registration number",
    ],
)
@pytest.mark.parametrize("open_question", [None, "status", "jadwal"])
async def test_a_lost_number_is_answered_with_counter_hours_and_a_person(counter, sri, said, open_question):
    await sri.says("halo")
    if open_question is not None:
        await sri.says(open_question)
    await sri.says(said)
    sri.hears("Petugas loket bisa mencari", "KK asli", "Jalan R.A. Basuni", "Senin")
    await sri.taps("Bicara ke petugas")
    sri.hears("diteruskan ke petugas")


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
@pytest.mark.parametrize(
    ("tongue", "said", "way", "person"),
    [
        ("id", "lupa nomor", "Petugas loket", "petugas"),
        ("jv", "lupa nomor", "Petugas loket", "petugas"),
        ("en", "lost number", "A counter can find", "person"),
    ],
)
async def test_the_question_for_the_number_names_the_way_out_on_small_screens(
    counter, tongue, said, way, person, channel
):
    sri = counter.resident("Sri", channel=channel)
    await counter.speaks(sri, tongue)
    await sri.says("/status")
    sri.hears(f"*{said}*" if channel != "telegram" else said)
    await sri.says(said)
    sri.hears(way)
    assert fits(sri.screen.text), sri.screen.text
    assert person in sri.labels[0]
    await sri.says("2")
    sri.hears(said)


async def test_no_number_is_told_to_somebody_who_knows_a_nik(counter, sri):
    await counter.imports(row(BUDI, "CARD_SHIPPED"))
    await sri.says(f"lupa nomor registrasi, NIK saya {BUDI['nik']}")
    sri.hears_not(BUDI["no_registrasi"], "Budi", "B***", "siap diambil")
    await sri.says("lupa nomor")
    await sri.says(BUDI["nik"])
    sri.hears_not(BUDI["no_registrasi"], "B***", "siap diambil")


async def test_who_has_found_the_number_goes_on_with_it(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("tanda terima hilang")
    await sri.taps("Nomornya ketemu")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


@pytest.mark.parametrize(
    "said",
    [
        "hilang",
        "lupa",
        "tidak punya",
        "tidak tahu",
        "gak punya",
        "ilang",
        "struknya udah kebuang",
        "nggak ada",
        "mboten gadah",
        "resinya gak dikasih",
        "i don't have it",
    ],
)
async def test_a_word_instead_of_the_number_tells_the_way_without_it(counter, sri, said):
    await sri.says("halo")
    await sri.says("/status")
    await sri.says(said)
    sri.hears("Petugas loket bisa mencari")
    sri.hears_not("Surat kehilangan")


async def test_such_a_word_after_others_is_answered(sri):
    for said in ("ktp saya", "sudah jadi belum", "lupa"):
        await sri.says(said)
    sri.hears("Petugas loket bisa mencari")


async def test_the_card_itself_is_lost_at_the_number_question(sri):
    await sri.says("status")
    await sri.says("ktp saya hilang")
    sri.hears("Surat kehilangan")


async def test_i_do_not_know_means_no_number_where_nobody_asked_for_it(counter, sri):
    await sri.says("tidak tahu")
    sri.hears_not("Petugas loket bisa mencari")
