"""B5-B7, B9, B10: an appointment is moved, given back, closed, missed; a seat that came free is passed on."""

from datetime import datetime

import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from storage.schema import applications
from tests.conversations.appointments.steps import (
    books,
    calendar_of,
    code_of,
    crowd,
    reaches_the_time,
    taken,
    to_record,
)
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI
from tests.support.resident import Resident

ONE_SEAT = [{"booking": {"seats_per_slot": 1}}]


async def moves(resident: Resident, *, day: str = "rabu", time: str = "10.00") -> None:
    """From the shown appointment up to [Konfirmasi]."""
    await resident.says("/jadwal")
    await resident.taps("Ubah")
    for step in (day, time):
        await resident.says(step)


async def test_konfirmasi_agrees_to_reminders_and_izin_takes_that_back(counter, sri):
    await counter.imports(to_record(SRI))
    await books(sri, SRI, day="lusa")
    assert await counter.count("consents", "kind = 'reminders' AND withdrawn_at IS NULL") == 1
    await sri.says("/izin")
    sri.hears("Pengingat jadwal perekaman diizinkan")
    await sri.taps("Cabut izin pengingat")
    sri.hears("Pengingat jadwal perekaman tidak dikirim")
    await sri.says("/datasaya")
    await counter.passes(days=1, hours=2)
    assert await counter.count("errands", "conversation = 'reminder' AND outcome = 'begun'") == 0
    assert await counter.count("errands", "conversation = 'reminder' AND outcome = 'silent'") > 0


async def test_a_chat_without_an_appointment_is_asked_nothing_about_reminders(counter, sri):
    await sri.says("/izin")
    sri.hears_not("engingat")
    assert len(sri.labels) == 3


async def test_b6_a_move_frees_the_old_seat_after_taking_the_new(counter, sri):
    code = await books(sri, SRI)
    await moves(sri)
    sri.hears("Jadwal baru", "Rabu, 25 November 2026", "10.00")
    assert await taken(counter) == ["booked", "held"]
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code, "the ticket code stays"
    sri.hears("Rabu, 25 November 2026", "10.00")
    method, event = calendar_of(sri)
    assert (method, event["UID"], event["SEQUENCE"]) == ("PUBLISH", f"{code}@loket", 1)
    assert event.decoded("DTSTART") == datetime(2026, 11, 25, 10, tzinfo=counter.office.timezone)


@pytest.mark.parametrize("way", [["Tempat lain", "Jetis"], ["jetis"], ["Kecamatan Jetis"]])
async def test_b6_a_move_to_another_place_is_named_or_chosen(counter, sri, way):
    code = await books(sri, SRI)
    await sri.says("/jadwal")
    await sri.taps("Ubah")
    sri.hears("Pilih hari lain di Kantor Dispendukcapil, Sooko")
    for step in way:
        await sri.says(step)
    sri.hears("Pilih hari lain di", "Jetis")
    for step in ("entah", "lusa", "10.00"):
        await sri.says(step)
    sri.hears("Jadwal baru", "Jetis", "Rabu, 25 November 2026", "10.00")
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code


async def test_b6_a_move_that_is_not_confirmed_changes_nothing(counter, sri):
    code = await books(sri, SRI)
    await moves(sri)
    await sri.says("/batal")
    await sri.says("/jadwal")
    sri.hears(code, "Selasa, 24 November 2026", "09.00")


async def test_b6_reminders_move_along(counter, sri):
    await books(sri, SRI, day="kamis")
    await moves(sri, day="jumat", time="10.00")
    await sri.taps("Konfirmasi")
    seen = len(sri.screens)
    await counter.passes(days=2, hours=1)  # Wednesday, 10.00: a day before the old time is over
    assert len(sri.screens) == seen
    await counter.passes(days=1)
    sri.hears("Pengingat", "Jumat, 27 November 2026")


async def test_b6_a_hold_that_ran_out_while_moving_is_renewed(counter, sri):
    code = await books(sri, SRI)
    await moves(sri)
    counter.clock.move(seconds=301)
    await sri.taps("Konfirmasi")
    sri.hears("Waktu konfirmasinya tadi habis", "Rabu, 25 November 2026", "10.00")
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code
    assert await taken(counter) == ["resting", "booked"]


async def test_b6_a_day_typed_at_the_shown_appointment_moves_it(counter, sri):
    code = await books(sri, SRI)
    await sri.says("jadwal saya pindah rabu jam 10")
    sri.hears("Jadwal baru", "Rabu, 25 November 2026", "10.00")
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code


async def test_an_appointment_at_a_point_that_was_closed_down_moves_elsewhere(counter, sri):
    code = await books(sri, SRI, day="rabu")
    for table in ("seats", "bookings"):
        moved = sql(f"UPDATE {table} SET point = 'loket_lama'")  # which the office file no longer has
        await counter.store.write(lambda db, moved=moved: db.run(moved))
    await sri.says("/jadwal")
    sri.hears(code, "loket_lama")
    await sri.says("dimana tempatnya?")
    sri.hears("loket_lama", "09.00")
    assert sri.screen.place is None
    await sri.taps("Ubah")
    sri.hears("ke mana")
    for step in ("mojosari", "kamis", "09.00", "1"):
        await sri.says(step)
    sri.hears("Kamis, 26 November 2026", "Mojosari")
    assert code_of(sri) == code


async def moved_by_another(counter: Counter) -> None:
    """Sri's husband moves her appointment from his own phone to Thursday at ten."""
    husband = counter.resident("Joko")
    for step in ("/jadwal", SRI["no_registrasi"], SRI["nik"], "Ubah", "kamis jam 10", "1"):
        await husband.says(step)


@pytest.mark.parametrize(
    ("answer", "told"), [("Hadir", "diubah lewat chat lain"), ("Tidak bisa", "lewat chat lain"), ("Ubah", "")]
)
async def test_a_reminder_does_not_answer_for_a_time_moved_by_another_chat(counter, sri, answer, told):
    await books(sri, SRI, day="rabu")
    await counter.passes(days=1)
    await moved_by_another(counter)
    await sri.taps(answer)
    sri.hears(told, "Kamis, 26 November 2026", "10.00")
    assert await counter.count("bookings", "state = 'booked' AND answered_at IS NULL") == 1


async def test_a_time_moved_by_another_chat_is_not_cancelled_unseen(counter, sri):
    await books(sri, SRI, day="rabu")
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await moved_by_another(counter)
    await sri.taps("Ya, batal")
    sri.hears("lewat chat lain", "Kamis, 26 November 2026")
    assert await counter.count("bookings", "state = 'booked'") == 1


@pytest.mark.parametrize("counter", [{"booking": {"most_moves": 1}}], indirect=True)
async def test_an_appointment_is_not_moved_for_ever(counter, sri):
    await books(sri, SRI)
    await moves(sri)
    await sri.taps("Konfirmasi")
    await sri.says("/jadwal")
    await sri.taps("Ubah")
    sri.hears("sudah diubah 1 kali")


async def test_a_cancelled_appointment_is_taken_out_of_the_calendar(sri, counter):
    code = await books(sri, SRI)
    await sri.says("/jadwal")
    await sri.says("batal")
    sri.hears("Batalkan jadwal", "Selasa, 24 November 2026")
    await sri.says("ya")
    sri.hears(code, "dibatalkan")
    method, event = calendar_of(sri)
    assert (method, event["UID"], event["SEQUENCE"], event["STATUS"]) == (
        "CANCEL",
        f"{code}@loket",
        1,
        "CANCELLED",
    )
    assert await counter.count("bookings", "state = 'booked'") == 0


async def test_a_cancellation_is_asked_back_and_no_means_no(sri, counter):
    code = await books(sri, SRI)
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("tidak")
    sri.hears("tetap berlaku")
    await sri.says("/jadwal")
    sri.hears(code)


async def two_wait(counter: Counter, sri: Resident) -> list[Resident]:
    """Sri has the only seat at 09.00; two others came too late for it, ask for a word, and Sri gives it back."""
    people = crowd(2)
    await counter.imports(*map(to_record, people))
    waiting = [counter.resident("Warga 1"), counter.resident("Warga 2")]
    for resident, person in zip(waiting, people, strict=True):
        await reaches_the_time(resident, person)
    await books(sri, SRI)
    for resident in waiting:
        await resident.taps("09.00")
        resident.hears("baru saja terisi")
        await resident.taps("Kabari bila kosong")
        counter.clock.move(seconds=1)
    waiting[1].hears("1 orang di depan")
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("1")
    await counter.passes(minutes=3)
    return waiting


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_b7_a_freed_seat_is_offered_only_to_who_waited_longest(counter, sri):
    first, second = await two_wait(counter, sri)
    first.hears("Mau diambil", "Selasa, 24 November 2026", "09.00")
    second.hears_not("Mau diambil")
    await reaches_the_time(sri, BUDI)
    assert not any(label.startswith("09.00") for label in sri.labels), "not open to everybody yet"
    await first.taps("Ya, ambil")
    code_of(first)
    first.hears("09.00")
    assert await counter.count("consents", "kind = 'reminders'") == 1, (
        "Sri's: an offer says nothing of reminders"
    )
    await counter.passes(minutes=16)
    second.hears_not("Mau diambil")
    assert await counter.count("bookings", "state = 'booked'") == 1


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_a_seat_is_offered_once_it_cannot_be_taken_back(counter, sri):
    person, budi = crowd(1)[0], counter.resident("Budi")
    await counter.imports(to_record(person))
    await reaches_the_time(budi, person, day="rabu")
    await books(sri, SRI, day="rabu")
    await budi.taps("09.00")
    await budi.taps("Kabari bila kosong")
    await counter.passes(days=1)
    await sri.taps("Tidak bisa")
    await counter.passes(minutes=9)
    budi.hears_not("Mau diambil")
    await counter.passes(minutes=2)
    budi.hears("Mau diambil", "Rabu, 25 November 2026")
    await sri.taps("Tetap datang")
    sri.hears("tidak bisa ditarik lagi")


async def two_in_line(counter: Counter, sri: Resident) -> list[Resident]:
    """Sri keeps the only seat at 09.00; two others wait for one."""
    people = crowd(2)
    await counter.imports(*map(to_record, people))
    waiting = [counter.resident("Warga 1"), counter.resident("Warga 2")]
    for resident, person in zip(waiting, people, strict=True):
        await reaches_the_time(resident, person)
    await books(sri, SRI)
    for resident in waiting:
        await resident.taps("09.00")
        await resident.taps("Kabari bila kosong")
        counter.clock.move(seconds=1)
    return waiting


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_who_waits_sees_the_place_in_line_and_may_leave_it(counter, sri):
    first, second = await two_in_line(counter, sri)
    await second.says("/jadwal")
    second.hears("Kantor Dispendukcapil, Sooko", "urutan ke-2")
    assert second.labels == ["Tetap menunggu", "Keluar dari antrean", "Pilih waktu lain"]
    await second.taps("Tetap menunggu")
    second.hears("tetap dalam antrean")
    await first.says("/jadwal")
    first.hears("urutan ke-1")
    await first.taps("Keluar dari antrean")
    first.hears("sudah keluar dari antrean")
    await second.says("/jadwal")
    second.hears("urutan ke-1")
    await second.says("/bahasa english")
    await second.says("/jadwal")
    second.hears("number 1 in line")
    assert "Leave the line" in second.labels
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("1")
    await counter.passes(minutes=5)
    first.hears_not("Mau diambil")
    second.hears("09:00")
    await first.says("/jadwal")
    first.hears_not("antrean")


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_who_waits_may_book_another_time_and_waits_no_longer(counter, sri):
    first, second = await two_in_line(counter, sri)
    await first.says("/jadwal")
    await first.taps("Pilih waktu lain")
    for words in ("sooko", "besok", "10.00", "1"):
        await first.says(words)
    code_of(first)
    await second.says("/jadwal")
    second.hears("urutan ke-1")


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_b7_silence_passes_the_seat_on(counter, sri):
    first, second = await two_wait(counter, sri)
    await counter.passes(minutes=16)
    second.hears("Mau diambil", "09.00")
    await first.taps("Ya, ambil")
    first.hears("tawaran itu sudah lewat")
    await first.taps("Nanti saja")
    first.hears("Bila perlu, ketik *jadwal*")
    await second.taps("Ya, ambil")
    code_of(second)
    assert await counter.count("bookings", "state = 'booked'") == 1


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_b7_who_says_no_passes_the_seat_on_at_once(counter, sri):
    first, second = await two_wait(counter, sri)
    await first.says("tidak")
    first.hears("orang berikutnya")
    await counter.passes(seconds=2)
    second.hears("Mau diambil")


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
@pytest.mark.first_office
async def test_a_seat_goes_to_the_next_if_the_first_was_withdrawn(counter, sri):
    first, second = await two_in_line(counter, sri)
    theirs = update(applications).where(applications.c.number == crowd(1)[0]["no_registrasi"])
    await counter.store.write(lambda db: db.run(theirs.values(withdrawn_at=counter.clock.now)))
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("1")
    await counter.passes(minutes=3)
    first.hears_not("Mau diambil")
    await counter.passes(minutes=3)
    second.hears("Mau diambil")


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_who_books_another_time_while_an_offer_waits_is_not_told(counter, sri):
    first, second = await two_in_line(counter, sri)
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("1")
    await first.says("/jadwal")
    await counter.passes(minutes=1)
    await first.taps("Pilih waktu lain")
    for words in ("sooko", "besok", "10.00", "1"):
        await first.says(words)
    code_of(first)
    await counter.passes(minutes=3)
    assert not any("Mau diambil" in one.text for one in first.screens)
    second.hears("Mau diambil")
