"""Questions after a booking are about the appointment: its place, its time, what to bring."""

import pytest

from domain.text.appointment_questions import WHO, asked_of_any, takes_back
from tests.conversations.appointments.steps import (
    at_the_summary,
    books,
    calendar_of,
    code_of,
    picture_of,
    recorded,
    to_record,
    with_an_appointment,
)
from tests.conversations.appointments.test_booking_limits import KEMLAGI
from tests.support.people import BUDI, SRI

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
WHERE = ("alamatnya dimana", "dimana tempatnya?", "jam bukanya?", "rekamnya di mana ya")


async def _at_mojosari(counter, channel="telegram"):
    sri = await recorded(counter, channel)
    await books(sri, SRI, place="mojosari")
    return sri


@CHANNELS
@pytest.mark.parametrize("typed", WHERE)
async def test_the_place_told_after_booking_is_that_of_the_appointment(counter, channel, typed):
    sri = await _at_mojosari(counter, channel)
    await sri.says(typed)
    sri.hears("Mojosari", "Selasa, 24 November", "pukul 09.00", "Senin")
    sri.hears_not("Sooko", "Diambil")
    place = counter.office.point(counter.place.point("mojosari"))
    assert sri.screen.place.latitude == place.lat


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("dimana tempatnya?", "Mojosari"),
        ("jam berapa saya harus datang?", "pukul 09.00"),
        ("boleh diwakilkan?", "tidak bisa diwakilkan"),
        ("bawa apa aja", "tanda terima dan KK"),
        ("syaratnya apa aja", "tanda terima dan KK"),
        ("kalau telat gimana", "Masih bisa dilayani hari itu"),
        ("harus datang berapa menit sebelumnya", "sedikit sebelum jamnya"),
    ],
)
@pytest.mark.parametrize("opened", [True, False])
async def test_questions_are_answered_below_the_ticket_and_the_open_appointment(counter, opened, typed, told):
    sri = await _at_mojosari(counter)
    if opened:
        await sri.says("/jadwal")
    await sri.says(typed)
    sri.hears(told)
    sri.hears_not("Sooko")
    if opened:
        sri.button("Ubah jadwal")


async def test_a_question_at_the_summary_is_answered_and_the_summary_stays(counter):
    sri = await at_the_summary(counter)
    await sri.says("bawa apa")
    sri.hears("tanda terima dan KK", "Sudah benar?")
    await sri.taps("Konfirmasi")
    assert code_of(sri)


async def test_a_question_about_the_card_is_not_about_the_appointment(counter):
    sri = await _at_mojosari(counter)
    await sri.says("ambil ktp nya dimana")
    sri.hears_not("Mojosari")


async def test_the_place_is_recalled_for_a_day(counter):
    sri = await recorded(counter)
    await books(sri, SRI, place="mojosari", day="senin depan")
    await counter.passes(days=2)
    await sri.says("dimana tempatnya?")
    sri.hears_not("Datang ke")


async def test_an_idle_shared_device_does_not_tell_the_place(counter):
    sri = await _at_mojosari(counter, "web")
    await counter.passes(hours=1)
    await sri.says("dimana tempatnya?")
    sri.hears_not("Datang ke", "24 November")


@CHANNELS
@pytest.mark.parametrize("typed", ["gak jadi dateng", "besok saya tidak jadi datang", "ora sido teko"])
async def test_not_coming_after_all_offers_to_cancel(counter, channel, typed):
    sri = await with_an_appointment(counter, channel)
    await sri.says(typed)
    sri.hears("Batalkan jadwal", "Selasa, 24 November")
    await sri.taps("Ya, batal")
    sri.hears("dibatalkan")
    assert await counter.count("bookings", "state = 'cancelled'") == 1


async def test_a_lost_ticket_is_sent_again(counter):
    sri = await _at_mojosari(counter)
    code = code_of(sri)
    await sri.says("kode tiketnya hilang")
    assert code_of(sri) == code
    assert picture_of(sri)


@pytest.mark.parametrize("counter", [{"outreach": [KEMLAGI]}], indirect=True)
async def test_an_event_without_coordinates_is_told_by_its_address(counter):
    await counter.imports(to_record(SRI, kecamatan="Kemlagi"))
    sri = counter.resident("Sri")
    await books(sri, SRI, place="Jemput bola", day="5 desember", time="08.00")
    sri.hears("Alamat: Balai Desa Kemlagi")
    assert sri.screen.place is None
    assert calendar_of(sri)[1].get("geo") is None
    await sri.says("dimana tempatnya?")
    sri.hears("Jemput bola", "Balai Desa Kemlagi", "pukul 08.00")


async def test_somebody_else_who_comes_along_gets_an_appointment_of_their_own(counter):
    sri = await _at_mojosari(counter)
    await sri.says("sekalian daftar adik saya")
    sri.hears("nomor registrasi")


async def test_the_typed_code_of_a_ticket_shows_its_appointment(counter):
    sri = await _at_mojosari(counter)
    code = code_of(sri)
    await sri.says(code)
    sri.hears("Jadwal Anda", code, "Mojosari")
    stranger = counter.resident("Adi")
    await stranger.says(code)
    stranger.hears_not("Jadwal Anda", "Mojosari")


async def test_not_coming_with_two_appointments_asks_which(counter):
    sri = await _at_mojosari(counter)
    await counter.imports(to_record(BUDI))
    await sri.says("/jadwal")
    await sri.taps("Pesan yang lain")
    await sri.says(f"{BUDI['no_registrasi']} {BUDI['nik']}")
    for step in ("sooko", "besok", "10.00", "1"):
        await sri.says(step)
    await sri.says("besok saya tidak jadi datang")
    sri.hears("Jadwal yang mana")
    assert await counter.count("bookings", "state = 'booked'") == 2


@pytest.mark.parametrize(
    "said", ["anak kecil boleh ikut masuk?", "balita bisa dibawa?", "boleh ajak nunggu di dalam?"]
)
def test_company_inside_is_asked_of_any_appointment(said):
    assert asked_of_any(said) == WHO


def test_a_long_story_takes_no_cancellation_back():
    assert takes_back("salah pencet")
    assert not takes_back(f"salah pencet, {'lalu saya bingung ' * 12}")
