"""What is said while a place, a day or a time is chosen and is none: questions, another place, later."""

import pytest

from tests.conversations.appointments.steps import (
    at_the_summary,
    books,
    code_of,
    proof,
    reaches_the_time,
    recorded,
    with_an_appointment,
)
from tests.support.people import SRI

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


async def asked_for(counter, what, channel="telegram"):
    """Sri, who is asked for a place, a day or a time."""
    sri = await recorded(counter, channel)
    await sri.says("/jadwal")
    answers = {"place": [], "day": ["sooko"], "time": ["sooko", "besok"]}
    for said in (SRI["no_registrasi"], proof(sri, SRI), *answers[what]):
        await sri.says(said)
    return sri


@CHANNELS
@pytest.mark.parametrize("what", ["place", "day", "time"])
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("perlu bawa kk asli?", "tanda terima dan KK"),
        ("kerudungan boleh?", "wajah terlihat jelas"),
        ("jilbab item gpp kan", "wajah terlihat jelas"),
        ("bisa diwakilkan gak?", "tidak bisa diwakilkan"),
        ("kalau telat gimana?", "Masih bisa dilayani hari itu"),
    ],
)
async def test_a_question_is_answered_and_the_open_one_asked_again(counter, channel, what, said, told):
    sri = await asked_for(counter, what, channel)
    labels = sri.labels
    await sri.says(said)
    sri.hears(told)
    sri.hears_not("belum kami pahami", "belum mengenal tempat")
    assert sri.labels == labels


async def test_the_address_told_while_choosing_is_that_of_the_chosen_place(counter):
    sri = await asked_for(counter, "day")
    await sri.says("alamatnya dimana?")
    sri.hears("Datang ke Kantor Dispendukcapil, Sooko", "Pilih hari")


async def test_what_is_read_as_a_day_is_no_question(counter):
    sri = await asked_for(counter, "day")
    await sri.says("besok jam 9, bawa apa?")
    sri.hears("Selasa, 24 November 2026")


@CHANNELS
@pytest.mark.parametrize(
    "said", ["mpp aja deh", "di mpp saja", "pindah ke mpp bisa?", "ke mall pelayanan publik aja"]
)
async def test_another_place_is_taken_at_the_question_for_the_day(counter, channel, said):
    sri = await asked_for(counter, "day", channel)
    await sri.says(said)
    sri.hears("Pilih hari di Mal Pelayanan Publik")


@pytest.mark.parametrize("said", ["mpp aja deh", "di mpp ae"])
async def test_another_place_at_the_time_keeps_the_day(counter, said):
    sri = await asked_for(counter, "time")
    await sri.says(said)
    sri.hears("*Mal Pelayanan Publik*", "Selasa, 24 November 2026. Jam berapa?")
    await sri.says("09.00")
    sri.hears("Mal Pelayanan Publik", "pukul 09.00")


@pytest.mark.parametrize("said", ["mpp aja deh", "ganti ke mpp bisa?", "tempatnya di mpp aja"])
async def test_another_place_at_the_summary_keeps_the_time(counter, said):
    sri = await at_the_summary(counter)
    await sri.says(said)
    sri.hears("pukul 09.00", "Mal Pelayanan Publik", "Sudah benar?")


@CHANNELS
@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize(
    "said",
    ["mau ganti tempat ke mpp", "pindah ke mpp bisa?", "tempatnya di mpp aja", "move it to mpp please"],
)
async def test_an_appointment_is_moved_to_another_place(counter, channel, opened, said):
    sri = await recorded(counter, channel)
    code = await books(sri, SRI)
    if opened:
        await sri.says("/jadwal")
    await sri.says(said)
    sri.hears("pukul 09.00", "Mal Pelayanan Publik", "Jadwal lama baru dilepas")
    await sri.says("1")
    sri.hears("Mal Pelayanan Publik")
    assert code_of(sri) == code


async def test_a_place_that_is_not_named_is_asked_for(counter):
    sri = await with_an_appointment(counter)
    await sri.says("ganti tempat dong")
    sri.hears("Mau datang ke mana?")


async def test_a_part_of_the_day_at_the_summary_asks_the_time(counter):
    sri = await at_the_summary(counter)
    await sri.says("sore aja")
    sri.hears("Selasa, 24 November 2026. Jam berapa?")


@pytest.mark.parametrize("said", ["yang di rumah saya aja", "saya di rumah", "mpp dimana"])
async def test_no_place_is_read_where_none_is_wanted(counter, said):
    sri = await with_an_appointment(counter)
    await sri.says(said)
    sri.hears_not("Jadwal baru", "belum mengenal tempat")


@CHANNELS
@pytest.mark.parametrize(
    "said",
    [
        "nanti aja",
        "nanti dulu deh",
        pytest.param("mengko ae", marks=pytest.mark.first_office),
        "not now",
        "pikir-pikir dulu",
    ],
)
async def test_later_at_the_summary_lets_the_seat_go(counter, channel, said):
    sri = await at_the_summary(counter, channel)
    await sri.says(said)
    sri.hears("belum dipesan")
    assert not await counter.count("seats", "state = 'held'")


@pytest.mark.parametrize("what", ["place", "day", "time"])
async def test_later_while_choosing_leaves_the_choice(counter, what):
    sri = await asked_for(counter, what)
    await sri.says("nanti aja")
    sri.hears("tidak dilanjutkan")


async def test_later_to_an_officer_is_passed_on(counter):
    sri = counter.resident("Sri")
    await sri.says("/petugas")
    screens = len(sri.screens)
    await sri.says("nanti aja")
    assert len(sri.screens) == screens


async def test_at_the_time_a_question_leaves_the_choices_as_they_were(counter):
    sri = await recorded(counter)
    await reaches_the_time(sri, SRI)
    await sri.says("perlu bawa kk asli?")
    await sri.says("09.00")
    sri.hears("Sudah benar?", "pukul 09.00")
