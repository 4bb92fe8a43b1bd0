"""A day or time below a card is about coming for that card: the hours of its place then, and no appointment."""

from datetime import date, timedelta

import pytest

from tests.conversations.appointments.steps import proof, to_record
from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


async def shown(counter, status="CARD_SHIPPED", channel="telegram", **more):
    await counter.imports(row(SRI, status, **more))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.asks(SRI, proof(sri, SRI))
    return sri


@CHANNELS
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("jam 10 bisa?", ["Senin, 23 November 2026: *buka*", "Pukul 10.00 bisa"]),
        ("besok aja deh", ["Selasa, 24 November 2026: *buka*", "08.00–15.00"]),
        ("tomorrow ok?", ["Selasa, 24 November 2026"]),
        ("senin jam 9 bisa diambil?", ["Senin, 30 November 2026", "Pukul 09.00 bisa"]),
        pytest.param(
            "kalau jumat sore?", ["Jumat, 27 November 2026", "13.00–15.00"], marks=pytest.mark.first_office
        ),
        ("jumat jam 12 boleh?", ["Jumat, 27 November 2026", "Pukul 12.00 *tutup*"]),
        ("can I come monday 9am?", ["Senin, 30 November 2026", "Pukul 09.00 bisa"]),
        ("sesuk isuk tak jupuke", ["Selasa, 24 November 2026"]),
        ("jam 8 bisa?", ["Selasa, 24 November 2026", "Pukul 08.00 bisa"]),  # it is nine: tomorrow
        ("sabtu aja ya", ["*tutup*, akhir pekan", "Senin, 30 November"]),
        ("besok bisa gak?", ["Selasa, 24 November 2026: *buka*"]),
    ],
)
async def test_a_day_below_a_ready_card_is_told_with_its_hours(counter, channel, said, told):
    sri = await shown(counter, channel=channel)
    labels = sri.labels
    await sri.says(said)
    sri.hears("Diambil di Kantor Dispendukcapil, Sooko", *told)
    sri.hears_not("jadwal perekaman", "Mau datang ke mana")
    assert sri.labels == labels
    assert sri.screen.place is not None


@pytest.mark.parametrize(
    ("status", "layanan", "told"),
    [
        ("WAITING_BLANK", "ktp_hilang", ["Jangan datang dulu"]),
        ("RECEIVED_AT_CENTRAL", "ktp_hilang", ["belum jadi"]),
        ("CARD_ISSUED", "ktp_hilang", ["sudah *diambil*"]),
        ("DOCS_INCOMPLETE", "ktp_hilang", ["belum lengkap", "Selasa, 24 November 2026: *buka*"]),
        ("BELUM_REKAM", "ktp_baru", ["Mau datang ke mana?"]),  # who is to be recorded needs an appointment
    ],
)
async def test_a_day_below_another_card_is_answered_by_its_stage(counter, status, layanan, told):
    sri = await shown(counter, status, layanan=layanan)
    await sri.says("besok bisa?")
    sri.hears(*told)
    sri.hears_not("Diambil di")


@pytest.mark.parametrize(
    "counter",
    [{"closures": [{"date": date(2026, 11, 24), "reason": "Pelatihan", "points": ["sooko"]}]}],
    indirect=True,
)
async def test_the_hours_are_those_of_the_cards_own_place(counter):
    sri = await shown(counter)
    await sri.says("besok aja deh")
    sri.hears("*tutup*, Pelatihan", "Rabu, 25 November")


async def test_a_day_after_the_conversation_is_still_about_the_card(counter):
    sri = await shown(counter)
    await sri.taps("Kabari saya")
    await sri.says("besok aja deh")
    sri.hears("Diambil di", "Selasa, 24 November 2026")


async def test_a_day_after_booking_is_about_the_appointment(counter):
    await counter.imports(to_record(SRI))
    sri = counter.resident("Sri")
    await sri.says("/jadwal")
    for said in (SRI["no_registrasi"], SRI["nik"], "sooko", "besok", "09.00", "1"):
        await sri.says(said)
    await sri.says("rabu aja deh")
    sri.hears("Rabu, 25 November 2026", "Jam berapa")


@pytest.mark.parametrize("said", ["pagi pak", "selamat siang", "makasih", "besok mau rekam"])
async def test_greetings_and_appointments_are_no_day_of_coming(counter, said):
    sri = await shown(counter)
    await sri.says(said)
    sri.hears_not("Diambil di")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("DOCS_INCOMPLETE", ["Akta kelahiran belum ada", "segera diserahkan"]),
        ("WAITING_BLANK", ["belum jadi"]),
        ("CARD_SHIPPED", ["segera diambil"]),
        ("CARD_ISSUED", ["sudah *diambil*"]),
    ],
)
@pytest.mark.parametrize("said", ["sampai kapan", "tekan kapan batas waktune"])
async def test_until_when_depends_on_the_stage(counter, status, told, said):
    sri = await shown(counter, status, catatan="Akta kelahiran belum ada")
    await sri.says(said)
    sri.hears(*told)


async def test_a_day_that_is_past_is_answered_by_place_and_hours(counter):
    sri = await shown(counter)
    await sri.says("saya ambil 20 november 2026 ya")
    sri.hears("Diambil di Kantor Dispendukcapil, Sooko", "Senin–Kamis: 08.00–15.00")
    sri.hears_not("20 November")


REBUILT = [{"date": date(2026, 11, 23) + timedelta(days=n), "reason": "Renovasi"} for n in range(400)]


@pytest.mark.parametrize("counter", [{"closures": REBUILT}], indirect=True)
async def test_an_office_closed_for_a_year_names_no_next_day(counter):
    sri = await shown(counter)
    await sri.says("besok aja deh")
    sri.hears("Selasa, 24 November 2026: *tutup*, Renovasi")
    sri.hears_not("buka lagi", "2027")
    await sri.says("diambil di mana?")
    sri.hears("Jalan R.A. Basuni")
    sri.hears_not("Jam buka", "08.00")
    await sri.says("/petugas")
    sri.hears("petugas")
    sri.hears_not("buka lagi", "2027", "08.00")
