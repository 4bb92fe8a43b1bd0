"""Reminders, closures, and what follows when nobody came."""

from datetime import date, time

import pytest
from sqlalchemy import update

from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.closures import Closure
from storage.appointments import closures
from storage.appointments import counter as counter_steps
from storage.schema import bookings
from tests.conversations.appointments.steps import (
    FARAH,
    books,
    code_of,
    to_record,
)
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI

# Longer than a reply: what stands somewhere in a story is no answer.
STORY = (
    "jadi datang ke sana kemarin itu saya tidak sempat karena anak saya sakit dan suami saya kerja di luar kota "
    * 2
)
TUESDAY = date(2026, 11, 24)


async def marks(counter: Counter, code: str, state: BookingState) -> None:
    """An officer marks an appointment."""
    await counter.store.write(
        lambda db: counter_steps.mark(db, code=TicketCode(code), state=state, by="staff:1")
    )


@pytest.mark.parametrize("answer", ["Hadir", "1"])
async def test_b9_reminded_a_day_before_and_coming(counter, sri, answer):
    code = await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    sri.hears("Pengingat", code, "Rabu, 25 November 2026", "09.00", "Kantor Dispendukcapil", "Kartu Keluarga")
    assert sri.labels == ["Hadir", "Ubah", "Tidak bisa"]
    assert sri.screen.template is not None
    assert sri.screen.template.variables == (
        *("Rabu, 25 November 2026", "09.00", "Kantor Dispendukcapil, Sooko", code),
    )
    await sri.says(answer)
    sri.hears("Kami tunggu", "Rabu, 25 November 2026")
    assert await counter.count("bookings", "answered_at IS NOT NULL") == 1
    await counter.passes(hours=22)
    sri.hears("Pengingat")


@pytest.mark.parametrize("counter", [{"quiet": {"from": "21:00", "to": "08:30"}}], indirect=True)
async def test_b9_a_reminder_comes_before_a_night_that_ends_too_late(counter, sri):
    """Two hours before 09.00 are quiet, and 08.30 would leave less than half of them."""
    code = await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    seen = len(sri.screens)
    await counter.passes(hours=11, minutes=58)
    assert len(sri.screens) == seen
    await counter.passes(minutes=1)
    sri.hears("Pengingat", code, "Rabu, 25 November 2026")
    assert len(sri.screens) == seen + 1
    await counter.passes(hours=12)
    assert len(sri.screens) == seen + 1


@pytest.mark.parametrize("counter", [{"quiet": {"from": "21:00", "to": "07:30"}}], indirect=True)
async def test_b9_a_reminder_in_the_night_comes_at_its_end(counter, sri):
    await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    seen = len(sri.screens)
    await counter.passes(hours=22, minutes=29)
    assert len(sri.screens) == seen
    await counter.passes(minutes=2)
    assert len(sri.screens) == seen + 1
    sri.hears("Pengingat")


async def test_b9_somebody_who_cannot_come_cancels_in_one_tap(counter, sri):
    await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    sri.hears("dibatalkan")
    assert await counter.count("bookings", "state = 'cancelled'") == 1
    seen = len(sri.screens)
    await counter.passes(hours=22, minutes=30)
    assert len(sri.screens) == seen, "nobody is reminded of what is cancelled"


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_cannot_come_can_be_taken_back_for_ten_minutes(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await counter.imports(to_record(SRI))
    code = await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    sri.hears("dibatalkan", "10 menit")
    await counter.passes(minutes=9)
    await sri.taps("Tetap datang")
    sri.hears("berlaku lagi", code, "Rabu, 25 November 2026")
    assert await counter.count("bookings", "state = 'booked'") == 1
    assert await counter.count("seats", "state = 'booked'") == 1
    seen = len(sri.screens)
    await counter.passes(hours=22)
    assert len(sri.screens) > seen, "the second reminder comes"


async def test_b11_coming_after_all_plans_the_birthday_message_again(counter, sri):
    await counter.imports(to_record(FARAH, layanan="ktp_rekam_16"))
    await books(sri, FARAH, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    await sri.taps("Tetap datang")
    counter.clock.move(days=29, hours=20)
    await counter.passes(hours=4)
    sri.hears("ulang tahun ke-17", "dicetak")


async def test_cannot_come_stands_after_ten_minutes(counter, sri):
    await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    await counter.passes(minutes=11)
    await sri.taps("Tetap datang")
    sri.hears("tidak bisa ditarik lagi")
    assert await counter.count("bookings", "state = 'booked'") == 0
    assert await counter.count("seats", "state = 'booked'") == 0


@pytest.mark.parametrize(
    "meanwhile", ["books another", pytest.param("office closes", marks=pytest.mark.first_office)]
)
async def test_cannot_come_stands_if_the_seat_or_the_person_is_taken(counter, sri, meanwhile):
    await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    asked = sri.screen
    if meanwhile == "books another":
        await books(sri, SRI, day="kamis")
    else:
        day = Closure(day=date(2026, 11, 25), point="sooko", reason="Listrik padam")
        zone = counter.office.timezone
        await counter.store.write(lambda db: closures.close(db, closure=day, zone=zone, by="staff:1"))
    await sri.taps("Tetap datang", of=asked)
    sri.hears("tidak bisa ditarik lagi")
    standing = await counter.count("bookings", "state = 'booked'")
    assert standing == (1 if meanwhile == "books another" else 0)


async def test_cannot_come_is_confirmed_with_one_more_tap(counter, sri):
    await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    await sri.taps("Selesai")
    sri.hears("tetap batal")
    assert await counter.count("bookings", "state = 'booked'") == 0


async def test_the_first_word_of_a_choice_is_enough(sri):
    await books(sri, SRI)
    await sri.says("/jadwal")
    await sri.says("ubah")
    sri.hears("Pilih hari lain")


async def test_b9_somebody_who_needs_another_time_moves_from_the_reminder(counter, sri):
    code = await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Ubah")
    sri.hears("Sooko")
    for step in ("lusa", "09.30"):
        await sri.says(step)
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code
    sri.hears("Kamis, 26 November 2026", "09.30")


async def test_b9_nobody_is_reminded_in_the_quiet_hours(counter, sri):
    await books(sri, SRI, day="rabu", time="08.00")
    await counter.passes(days=1)
    seen = len(sri.screens)
    counter.clock.move(hours=20, minutes=30)  # Wednesday, 05.30: two hours before would be six, as they end
    await counter.passes()
    assert len(sri.screens) == seen
    await counter.passes(minutes=31)
    sri.hears("Pengingat", "08.00")


@pytest.mark.first_office
async def test_b5_a_closed_morning_offers_other_times_first_and_cancels_nobody(counter, sri):
    budi = counter.resident("Budi", channel="whatsapp")
    code = await books(sri, SRI)
    other = await books(budi, BUDI, time="10.00")
    morning = Closure(day=TUESDAY, point="sooko", starts=time(8), ends=time(12), reason="Listrik padam")
    zone = counter.office.timezone
    inside = await counter.store.read(lambda db: closures.preview(db, closure=morning, zone=zone))
    assert {str(one.code) for one in inside} == {code, other}
    await counter.store.write(lambda db: closures.close(db, closure=morning, zone=zone, by="staff:1"))
    await counter.passes(minutes=3)
    for resident in (sri, budi):
        resident.hears("Mohon maaf", "tutup", "didahulukan")
        assert resident.labels[0] == "Selasa 24 Nov 12.00", "the nearest time that is open"
    assert await counter.count("bookings", "state = 'booked'") == 2, "nobody is cancelled in silence"
    await sri.says("1")
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code
    sri.hears("Selasa, 24 November 2026", "12.00")
    silent = await counter.store.read(closures.unanswered)
    assert [str(one.code) for one in silent] == [other]
    await budi.says("/jadwal")
    budi.hears(other, "ditutup kantor")


@pytest.mark.first_office
async def test_b5_a_reminder_lets_residents_move_or_give_up_their_appointment(counter, sri):
    budi = counter.resident("Budi")
    code = await books(sri, SRI)
    await books(budi, BUDI, time="10.00")
    day = Closure(day=TUESDAY, point="sooko", reason="Listrik padam")
    zone = counter.office.timezone
    await counter.store.write(lambda db: closures.close(db, closure=day, zone=zone, by="staff:1"))
    await counter.passes(minutes=3)
    await sri.taps("Hari lain")
    await sri.says("jumat")
    await sri.says("08.30")
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code
    await budi.taps("Batal")
    await budi.says("ya")
    budi.hears("dibatalkan")
    assert not await counter.store.read(closures.unanswered)


async def test_b10_somebody_who_did_not_come_is_asked_kindly_to_book_again(counter, sri):
    code = await books(sri, SRI)
    counter.clock.move(days=1, hours=1)
    await marks(counter, code, BookingState.NO_SHOW)
    await counter.passes(minutes=3)
    sri.hears("belum bertemu", "Semoga")
    await sri.taps("Pesan lagi")
    sri.hears("ke mana")
    for step in ("sooko", "besok", "09.00"):
        await sri.says(step)
    await sri.taps("Konfirmasi")
    assert code_of(sri) != code


async def test_b10_a_slip_that_is_undone_asks_nobody_to_book_again(counter, sri):
    code = await books(sri, SRI)
    counter.clock.move(days=1, hours=1)
    await marks(counter, code, BookingState.NO_SHOW)
    await counter.store.write(
        lambda db: counter_steps.undo(db, code=TicketCode(code), by="staff:1", office=counter.office)
    )
    sri.catch_up()
    await counter.passes(minutes=3)
    sri.hears_not("belum bertemu")


async def test_b10_without_an_application_nobody_is_asked_to_book_again(counter, sri):
    code = await books(sri, SRI)
    await counter.store.write(lambda db: db.run(update(bookings).values(application_id=None)))
    counter.clock.move(days=1, hours=1)
    await marks(counter, code, BookingState.NO_SHOW)
    await counter.passes(minutes=3)
    sri.hears("belum bertemu")
    assert "Pesan lagi" not in sri.labels


async def test_b5_an_appointment_cancelled_meanwhile_is_not_offered_another_time(counter, sri):
    await books(sri, SRI)
    day = Closure(day=TUESDAY, point="sooko", reason="Listrik padam")
    zone = counter.office.timezone
    await counter.store.write(lambda db: closures.close(db, closure=day, zone=zone, by="staff:1"))
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("ya")
    await counter.passes(minutes=3)
    sri.hears_not("Mohon maaf")


async def test_b10_from_the_second_time_on_the_offices_rule_is_told(counter, sri):
    for _ in range(2):
        code = await books(sri, SRI)
        counter.clock.move(days=1, hours=1)
        await marks(counter, code, BookingState.NO_SHOW)
    await counter.passes(minutes=3)
    sri.hears("terlewat tanpa kabar", "Datang langsung ke loket tetap boleh")
    await sri.says("/jadwal")
    sri.hears("terlewat tanpa kabar", "datang langsung ke loket")
    sri.hears_not("Mau datang ke mana")
    assert await counter.count("bookings", "state = 'booked'") == 0


async def test_b12_the_counter_turns_the_code_into_served(counter, sri):
    code = await books(sri, SRI)
    counter.clock.move(days=1)
    await marks(counter, code, BookingState.SERVED)
    await sri.says("/jadwal")
    sri.hears_not(code)
    assert await counter.count("bookings", "state = 'served'") == 1


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
@pytest.mark.parametrize(
    "typed", ["jadi datang aja", "eh salah pencet", "gak jadi batal", "tetap datang kok"]
)
async def test_cannot_come_is_taken_back_in_words(counter, channel, typed):
    sri = counter.resident("Sri", channel=channel)
    await counter.imports(to_record(SRI))
    code = await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    await sri.says(typed)
    sri.hears("berlaku lagi", code)


async def test_a_cancellation_is_not_taken_back_by_not_coming(counter, sri):
    await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    for typed in ("tidak jadi datang", STORY):
        await sri.says(typed)
    assert await counter.count("bookings", "state = 'cancelled'") == 1


async def test_not_cancelling_after_all_keeps_the_appointment(counter, sri):
    await books(sri, SRI, day="rabu")
    await sri.says("gak jadi dateng")
    await sri.says("gak jadi batal")
    sri.hears("tetap berlaku")


@pytest.mark.parametrize("answer", ["Hadir", "1"])
async def test_a_reminder_is_answered_while_a_complaint_is_written(counter, sri, answer):
    await books(sri, SRI, day="rabu")
    counter.clock.move(hours=23, minutes=55)
    await sri.says("/pengaduan")
    await counter.passes(minutes=5)
    sri.hears("Pengingat", "Bisa datang?")
    await sri.says(answer)
    sri.hears("Kami tunggu", "tulis keluhannya")
    await sri.says("Loket tiga tutup padahal jam kerja")
    sri.hears("Loket tiga tutup padahal jam kerja", "Sudah benar?")
