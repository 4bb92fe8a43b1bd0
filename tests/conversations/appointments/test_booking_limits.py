"""Limits of booking: full days, full points, days outside the calendar, outreach events."""

from datetime import date

import pytest

from tests.conversations.appointments.steps import BIMA, books, code_of, crowd, reaches_the_time, to_record
from tests.support.people import BUDI, SRI

ONE_A_DAY = {"seats_per_slot": 1, "slot_minutes": 420}
"""One long appointment a day, on four days of the week: Friday's hours are too short for it."""
KEMLAGI = {
    "id": "balai_kemlagi",
    "name": "Jemput bola Balai Desa Kemlagi",
    "address": "Balai Desa Kemlagi",
    "dates": [date(2026, 12, 5), date(2026, 12, 6)],
    "hours": ["08:00-10:00"],
    "quota": 6,
    "serves": ["Kemlagi"],
}


@pytest.mark.parametrize("counter", [{"booking": ONE_A_DAY}], indirect=True)
@pytest.mark.first_office
async def test_b7_a_full_day_offers_near_days_and_the_waiting_list(counter):
    await counter.imports(to_record(SRI), to_record(BUDI))
    sri, budi = counter.resident("Sri"), counter.resident("Budi")
    await books(sri, SRI, time="08.00")
    await reaches_the_time(budi, BUDI)
    budi.hears("24 November 2026 sudah penuh", "Yang terdekat")
    assert budi.labels[0] == "Rabu 25 Nov 08.00"
    await budi.taps("Hari lain")
    budi.hears("Pilih hari")
    await budi.says("besok")
    await budi.taps("Kabari bila kosong")
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("ya")
    await counter.passes(minutes=3)
    budi.hears("Ada tempat kosong", "Selasa, 24 November 2026")
    await budi.says("ya")
    budi.hears(code_of(budi))


@pytest.mark.parametrize("counter", [{"booking": ONE_A_DAY}], indirect=True)
@pytest.mark.first_office
async def test_a_freed_seat_before_the_sixteenth_birthday_is_offered_to_the_next(counter):
    await counter.imports(to_record(SRI), to_record(BUDI), to_record(BIMA))
    sri, budi, young = (counter.resident(name) for name in ("Sri", "Budi", "Bima"))
    await books(sri, SRI, time="08.00")
    for one, person in ((young, BIMA), (budi, BUDI)):
        await reaches_the_time(one, person)
        await one.taps("Kabari bila kosong")
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("ya")
    for _ in range(2):
        await counter.passes(minutes=3)
    young.hears("kami kabari")
    budi.hears("Ada tempat kosong", "Selasa, 24 November 2026")
    await young.says("/jadwal")
    young.hears("antrean")


@pytest.mark.parametrize("counter", [{"booking": {**ONE_A_DAY, "reopen_seconds": [0, 0]}}], indirect=True)
@pytest.mark.first_office
async def test_b7_who_waits_comes_first_also_where_seats_reopen_at_once(counter):
    [wulan] = crowd(1)
    await counter.imports(to_record(SRI), to_record(BUDI), to_record(wulan))
    sri, budi, other = (counter.resident(name) for name in ("Sri", "Budi", "Wulan"))
    await books(sri, SRI, time="08.00")
    await reaches_the_time(budi, BUDI)
    await budi.taps("Kabari bila kosong")
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.says("ya")
    await reaches_the_time(other, wulan)
    other.hears("sudah penuh")
    await counter.passes(seconds=1)
    budi.hears("Ada tempat kosong", "Selasa, 24 November 2026")


@pytest.mark.parametrize("counter", [{"booking": {**ONE_A_DAY, "horizon_days": 1}}], indirect=True)
@pytest.mark.first_office
async def test_who_comes_to_a_full_place_is_asked_for_no_day(counter):
    [wulan] = crowd(1)
    await counter.imports(to_record(SRI), to_record(wulan))
    sri, other = counter.resident("Sri"), counter.resident("Wulan")
    await books(sri, SRI, time="08.00")
    await reaches_the_time(other, wulan, day="Kabari bila kosong")
    other.hears("Baik, kami kabari")


@pytest.mark.first_office
async def test_b4_a_closed_day_near_the_horizon_offers_what_can_be_booked(counter, sri):
    """On 23 November one can book up to 23 December; after Christmas the office opens on the 28th."""
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI, day="24 desember")
    sri.hears("Cuti Bersama", "Senin, 28 Desember 2026 baru bisa dipesan mulai Sabtu, 28 November 2026")
    assert sri.labels[:2] == ["Rabu 23 Des (56)", "Selasa 22 Des (56)"]
    await sri.says("28 desember")
    sri.hears("terlalu jauh", "mulai Sabtu, 28 November 2026")
    assert sri.labels[0] == "Rabu 23 Des (56)"


@pytest.mark.parametrize("counter", [{"outreach": [KEMLAGI]}], indirect=True)
@pytest.mark.parametrize(
    ("channel", "label"), [("web", "Jemput bola Balai Desa Kemlagi"), ("whatsapp", "Sabtu 5 Des")]
)
async def test_residents_of_an_outreach_village_are_offered_it_beside_their_point(counter, channel, label):
    """On WhatsApp its name does not fit a button, which no list of places may lose its buttons for."""
    await counter.imports(to_record(SRI, kecamatan="Kemlagi"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("/jadwal")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"] if channel == "web" else SRI["nik"][-4:])
    assert sri.labels[:2] == ["Kecamatan Jetis", label]
    await sri.taps(label)
    sri.hears("Jemput bola Balai Desa Kemlagi")
    assert sri.labels == ["Sabtu 5 Des (6)", "Minggu 6 Des (6)"]


@pytest.mark.parametrize("counter", [{"booking": {**ONE_A_DAY, "horizon_days": 1}}], indirect=True)
@pytest.mark.first_office
async def test_an_offered_seat_moves_the_appointment_of_somebody_who_waited_to_move(counter):
    """Sri has the only seat at Jetis, and waits for one at Sooko, which Budi gives back."""
    await counter.imports(to_record(SRI), to_record(BUDI))
    sri, budi = counter.resident("Sri"), counter.resident("Budi")
    await books(budi, BUDI, time="08.00")
    code = await books(sri, SRI, place="jetis", time="08.00")
    await sri.says("/jadwal")
    await sri.taps("Ubah")
    sri.hears("Jetis sedang penuh")
    await sri.taps("Tempat lain")
    await sri.says("sooko")
    await sri.taps("Kabari bila kosong")
    sri.hears("kami kabari")
    await budi.says("/jadwal")
    await budi.taps("Batal")
    await budi.says("ya")
    await counter.passes(minutes=3)
    sri.hears("Ada tempat kosong", "Sooko")
    await sri.says("ya")
    sri.hears("Jadwal sudah diubah", "Sooko")
    assert code_of(sri) == code
    assert await counter.count("bookings", "state = 'booked'") == 1


@pytest.mark.parametrize("counter", [{"booking": ONE_A_DAY}], indirect=True)
@pytest.mark.first_office
async def test_at_a_shared_computer_an_offer_is_told_to_its_person_alone(counter):
    await counter.imports(to_record(SRI), to_record(BUDI))
    budi, browser = counter.resident("Budi"), counter.resident("browser", channel="web")
    await books(budi, BUDI, time="08.00")
    for step in ("/jadwal", SRI["no_registrasi"], SRI["nik"], "sooko", "besok", "Kabari bila kosong"):
        await browser.says(step)
    await browser.sends(kind="left")
    await browser.says("halo")
    seen = len(browser.screens)
    for step in ("/jadwal", "batal", "ya"):
        await budi.says(step)
    await counter.passes(minutes=3)
    push = browser.screen
    await browser.taps("Buka", of=push)
    for step in (BUDI["no_registrasi"], BUDI["nik"]):
        await browser.says(step)
    browser.hears("tidak ditemukan")
    assert not any("Ada tempat kosong" in one.text for one in browser.screens[seen:])
    await browser.taps("Buka", of=push)
    for step in (SRI["no_registrasi"], SRI["nik"]):
        await browser.says(step)
    browser.hears("Ada tempat kosong")
    await counter.passes(minutes=30)
    await browser.taps("Buka", of=push)
    browser.hears("sudah tidak berlaku")
    browser.hears_not("Ada tempat kosong")


async def test_b11_a_fifteen_year_old_is_offered_times_from_the_birthday(counter):
    await counter.imports(to_record(BIMA, layanan="ktp_rekam_16"))
    sri = counter.resident("Sri")
    await reaches_the_time(sri, BIMA)
    await sri.says("09.00")
    sri.hears("mulai usia 16 tahun, yaitu sejak Selasa, 1 Desember 2026", "Jam berapa?")
    for step in ("2 desember", "09.00", "1"):
        await sri.says(step)
    sri.hears("Rabu, 2 Desember 2026", "dicetak mulai Rabu, 1 Desember 2027")


async def test_b11_a_birthday_beyond_the_calendar_is_told_with_its_first_day(counter):
    june = {**BIMA, "nik": "3516990206110003"}  # 16 in June 2027
    await counter.imports(to_record(june))
    sri = counter.resident("Sri")
    await reaches_the_time(sri, june)
    await sri.says("09.00")
    sri.hears("sejak Rabu, 2 Juni 2027", "mulai Senin, 3 Mei 2027")
    await sri.says("batal")
    assert not await counter.count("seats")
