"""Old buttons and words for undoing: their effect, and the truth about it."""

import pytest

from handlers.engine.registry import CONVERSATIONS
from tests.conversations.appointments.steps import (
    at_the_summary,
    books,
    code_of,
    recorded,
    to_record,
    with_an_appointment,
)
from tests.support.people import BUDI, SRI

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


@CHANNELS
async def test_a_button_of_the_menu_never_expires(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("menu")
    menu = sri.screen
    await sri.says("/status")
    await sri.taps("Syarat", of=menu)
    sri.hears("layanan yang mana")
    await sri.taps("Cek status", of=menu)
    sri.hears("nomor registrasi")
    counter.clock.move(days=3)
    await sri.taps("Cek status", of=menu)
    sri.hears("nomor registrasi")
    sri.hears_not("tidak berlaku")


@CHANNELS
@pytest.mark.parametrize("digit", ["1", "7", "12"])
async def test_a_bare_digit_as_the_first_word_shows_the_menu(counter, channel, digit):
    sri = counter.resident("Sri", channel=channel)
    await sri.says(digit)
    sri.hears("Ada yang bisa kami bantu")
    sri.hears_not("belum paham")


@CHANNELS
async def test_an_old_day_tapped_after_booking_shows_the_ticket(counter, channel):
    sri = await recorded(counter, channel)
    await sri.says("/jadwal")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"] if channel != "whatsapp" else SRI["nik"][-4:])
    await sri.says("sooko")
    days = sri.screen
    await sri.taps(days.choices[0].label, of=days)
    await sri.says("jam 9")
    if "Konfirmasi" not in sri.labels:
        await sri.says("1")
    await sri.taps("Konfirmasi")
    code = code_of(sri)
    await sri.taps(days.choices[0].label, of=days)
    sri.hears(code)


@pytest.mark.parametrize(("channel", "agreed"), [("telegram", "1"), ("web", "ya"), ("whatsapp", "oke pak")])
async def test_an_old_day_or_hour_shows_the_ticket_after_booking(counter, channel, agreed):
    sri = await recorded(counter, channel)
    await sri.says("/jadwal")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"] if channel != "whatsapp" else SRI["nik"][-4:])
    await sri.says("sooko")
    days = sri.screen
    await sri.says("besok")
    times = sri.screen
    await sri.says("09.00")
    await sri.says(agreed)
    code = code_of(sri)
    for shown in (days, times):
        await sri.taps(shown.choices[1].label, of=shown)
        sri.hears(code)
        sri.hears_not("tidak berlaku")


async def test_another_choice_of_the_last_question_stays_old(counter, sri):
    await counter.imports(to_record(SRI))
    await sri.asks(SRI)
    card = sri.screen
    await sri.taps("Kabari saya")
    await sri.taps("Petugas", of=card)
    sri.hears("tidak berlaku")


async def test_appointments_at_one_hour_carry_names(counter, sri):
    await counter.imports(to_record(SRI), to_record(BUDI))
    await books(sri, SRI)
    await books_another(sri, BUDI)
    await sri.says("/jadwal")
    labels = [label for label in sri.labels if "09.00" in label]
    assert len(set(labels)) == 2
    assert all("*" in label for label in labels)
    assert all(len(label) <= 20 for label in labels)


async def books_another(resident, person):
    await resident.says("/jadwal")
    await resident.taps("Pesan yang lain")
    for step in (person["no_registrasi"], person["nik"], "sooko", "besok", "09.00", "1"):
        await resident.says(step)


@CHANNELS
async def test_cancelling_after_booking_cancels_nothing_and_says_so(counter, channel):
    sri = await with_an_appointment(counter, channel)
    await sri.says("batal")
    sri.hears("tidak ada yang dibatalkan", "tetap berlaku")
    assert await counter.count("bookings", "state = 'booked'") == 1
    await sri.says("selesai")
    sri.hears("Baik")


@CHANNELS
async def test_cancelling_the_summary_says_that_nothing_was_booked(counter, channel):
    sri = await at_the_summary(counter, channel)
    await sri.says("batal")
    sri.hears("belum dipesan")
    sri.hears_not("dibatalkan")
    assert not await counter.count("bookings")


@CHANNELS
async def test_cancelling_a_move_leaves_the_old_appointment_and_says_so(counter, channel):
    sri = await with_an_appointment(counter, channel)
    await sri.says("/jadwal")
    await sri.taps("Ubah jadwal")
    await sri.says("rabu jam 10")
    sri.hears("Jadwal baru")
    await sri.says("batal")
    sri.hears("Jadwal lama tetap berlaku")
    sri.hears_not("dibatalkan")
    assert await counter.count("bookings", "state = 'booked'") == 1


@CHANNELS
async def test_a_step_back_at_the_summary_asks_for_another_time(counter, channel):
    sri = await at_the_summary(counter, channel)
    await sri.says("kembali")
    sri.hears("Pilih hari")
    sri.hears_not("tidak bisa mundur")
    assert not await counter.count("seats", "state = 'held'")


async def test_erasing_with_an_open_complaint_says_that_no_answer_can_come(counter, sri):
    await sri.says("/hapusdata")
    sri.hears_not("pengaduan")
    await sri.says("tidak jadi")
    await sri.says("/pengaduan antreannya diserobot terus")
    await sri.taps("Kirim")
    await sri.says("/hapusdata")
    sri.hears("pengaduan yang belum dijawab", "tidak bisa kami kirim")


async def test_a_menu_button_of_an_entry_that_is_gone_shows_the_menu(sri, monkeypatch):
    await sri.says("menu")
    menu = sri.screen
    await sri.says("/status")
    monkeypatch.delitem(CONVERSATIONS, "data")
    await sri.taps("Data saya", of=menu)
    sri.hears("Ada yang bisa kami bantu")
    assert "Data saya" not in sri.labels
