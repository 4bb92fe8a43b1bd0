"""Words of booking: another day or time is understood where it is typed."""

from datetime import date, time

import pytest

from domain.text.dates import read_day
from handlers.appointments.time_choice import hour_or_place
from tests.conversations.appointments.steps import (
    at_the_summary,
    books,
    code_of,
    proof,
    reaches_the_time,
    recorded,
    to_record,
    with_an_appointment,
)
from tests.support.people import SRI

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("besok setengah 10", 24, time(9, 30)),
        ("selasa jam setengah 10", 24, time(9, 30)),
        ("rabu setengah sepuluh", 25, time(9, 30)),
        ("besok setengah 2 siang", 24, time(13, 30)),
        ("besok jam setengah 1", 24, time(12, 30)),
        ("besok 9 lebih 30", 24, time(9, 30)),
        ("besok jam 10 kurang seperempat", 24, time(9, 45)),
        ("rabu sembilan lewat 30 menit", 25, time(9, 30)),
        ("ubah ke selasa", 24, None),
        ("pindah ke rabu jam 10", 25, time(10, 0)),
        ("tolong ganti jadwal ke hari kamis", 26, None),
        ("geser ke besok", 24, None),
    ],
)
def test_a_typed_day_is_read(typed, day, at):
    found = read_day(typed, MONDAY)
    assert (found.day, found.at) == (date(2026, 11, day), at)


@CHANNELS
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jam setengah 10", "09.30"),
        ("rabu jam 10", "Rabu, 25 November"),
        ("ubah ke kamis jam 9", "Kamis, 26 November"),
    ],
)
async def test_another_time_is_understood_at_the_summary(counter, channel, typed, told):
    sri = await at_the_summary(counter, channel)
    await sri.says(typed)
    sri.hears(told, "Sudah benar?")
    await sri.taps("Konfirmasi")
    assert code_of(sri)
    assert await counter.count("seats", "state = 'held'") == 0


@pytest.mark.parametrize("typed", ["kemarin", "2020-01-01", "31 februari"])
async def test_a_day_that_cannot_be_is_refused_at_the_summary(counter, sri, typed):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI)
    await sri.says("09.00")
    await sri.says(typed)
    sri.hears("Pilih hari")


@CHANNELS
async def test_a_weekday_at_the_summary_asks_for_its_time(counter, channel):
    sri = await at_the_summary(counter, channel)
    await sri.says("senin")
    sri.hears("Senin, 30 November")


@CHANNELS
@pytest.mark.parametrize("typed", ["pindah ke rabu jam 10", "rabu jam 10"])
async def test_an_appointment_is_moved_by_the_words_below_it(counter, channel, typed):
    sri = await with_an_appointment(counter, channel)
    code = code_of(sri)
    await sri.says("/jadwal")
    await sri.says(typed)
    sri.hears("Jadwal baru", "Rabu, 25 November")
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code


@CHANNELS
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ubah ke rabu", "Rabu, 25 November 2026. "),
        ("pindah ke rabu jam 10", "Jadwal baru"),
        ("tolong pindah jadwal ke hari kamis ya pak", "Kamis, 26 November 2026. "),
        ("senin", "Senin, 30 November 2026. "),
        ("jam setengah 10", "*pukul 09.30 WIB*"),
        ("/jadwal rabu jam 10", "Jadwal baru"),
        ("kalau rabu bisa?", "Rabu, 25 November 2026. "),
    ],
)
async def test_an_appointment_is_moved_by_words_while_nothing_is_open(counter, channel, typed, told):
    sri = await with_an_appointment(counter, channel)
    await sri.says(typed)
    sri.hears("Jadwal Anda", told)


@pytest.mark.parametrize("typed", ["tidak bisa besok", "besok saya tidak jadi datang", "1", "terima kasih"])
async def test_other_words_about_a_day_do_not_move_the_appointment(counter, sri, typed):
    await counter.imports(to_record(SRI))
    await books(sri, SRI)
    await sri.says(typed)
    sri.hears_not("Jadwal baru", "Jam berapa")


@CHANNELS
async def test_a_day_in_the_first_sentence_is_not_asked_again(counter, channel):
    sri = await recorded(counter, channel)
    await sri.says("mau rekam ktp rabu jam 10")
    for answer in (SRI["no_registrasi"], proof(sri, SRI), "terserah"):
        await sri.says(answer)
    sri.hears("Sudah benar?", "Rabu, 25 November 2026", "10.00")


@CHANNELS
async def test_a_number_that_is_an_offered_hour_is_taken_and_repeated(counter, channel):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    await sri.says("9")
    sri.hears("Angka 9 kami baca *pukul 09.00*")
    if "Sudah benar?" not in sri.screen.text:  # the hour first, then the half hours in it
        await sri.says("1")
    sri.hears("Sudah benar?", "pukul 09.00 WIB")


def test_a_number_that_is_no_offered_hour_is_taken_as_the_choice(sri):
    offered = [f"2026-11-24T{hour:02}:30" for hour in range(8, 18)]
    place, said = hour_or_place("booking-time", offered, 9, 8, sri.counter.office)
    assert (place, said.key) == (8, "booking-place-read")
    place, said = hour_or_place("booking-time", [*offered, "2026-11-24T09:00"], 9, None, sri.counter.office)
    assert (place, said.key) == (10, "booking-hour-read")
    assert hour_or_place("booking-time", offered, 3, 2, sri.counter.office) is None
    assert hour_or_place("booking-time", offered, 9, None, sri.counter.office) is None, "[Lainnya]"
    assert hour_or_place("booking-day", offered, 9, 8, sri.counter.office) is None


@CHANNELS
async def test_whatever_suits_you_takes_the_first_offer_and_shows_it(counter, channel):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI, day="terserah")
    await sri.says("terserah")
    if "Sudah benar?" not in sri.screen.text:
        await sri.says("terserah")
    sri.hears("Sudah benar?", "November 2026")


@CHANNELS
@pytest.mark.parametrize("typed", ["ya betul", "nggih", "iya benar", "sudah benar", "Sip, betul pak", "ok"])
async def test_agreement_in_words_confirms_the_summary(counter, channel, typed):
    sri = await at_the_summary(counter, channel)
    await sri.says(typed)
    assert code_of(sri)


@pytest.mark.parametrize("summary", ["booking", "move"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jamnya salah", "Jam berapa?"),
        ("bukan hari itu", "Pilih hari"),
        ("ganti hari", "Pilih hari"),
        ("belum benar", "Pilih hari"),
        ("jamnya salah, harusnya jam 10", "*pukul 10.00 WIB*"),
        ("ganti tempatnya di mojosari", "Mojosari"),
        ("di mojosari aja", "Mojosari"),
        ("tempatnya salah", "Mau datang ke mana?"),
        ("ganti tempatnya di malang", "Mau datang ke mana?"),
        ("bukan di sooko tapi di mojosari", "Mojosari"),
        ("jangan di sooko", "Mau datang ke mana?"),
    ],
)
async def test_what_is_wrong_with_the_summary_is_changed(counter, summary, typed, told):
    if summary == "booking":
        sri = await at_the_summary(counter)
    else:
        sri = await with_an_appointment(counter)
        await sri.says("pindah ke rabu jam 11")
    await sri.says(typed)
    sri.hears(told)


@pytest.mark.parametrize("typed", ["ya betul?", "ya " * 27])
async def test_a_question_or_a_story_confirms_no_summary(counter, typed):
    sri = await at_the_summary(counter)
    await sri.says(typed)
    sri.hears("Sudah benar?")
    assert await counter.count("bookings") == 0


async def test_another_place_named_at_the_summary_is_the_one_booked(counter):
    sri = await at_the_summary(counter)
    await sri.says("ganti tempatnya di mojosari")
    sri.hears("Mojosari", "pukul 09.00", "Sudah benar?")
    sri.hears_not("Sooko")
    await sri.says("ya betul")
    assert code_of(sri)
    sri.hears("Jadwal sudah dipesan", "Mojosari")
    sri.hears_not("Sooko")
    assert await counter.count("seats", "state = 'held'") == 0


@CHANNELS
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("9 lebih 30", "pukul 09.30"),
        ("jam 9 lewat 30 menit", "pukul 09.30"),
        pytest.param("paling pagi", "pukul 08.00", marks=pytest.mark.first_office),
        pytest.param("pagi aja", "pukul 08.00", marks=pytest.mark.first_office),
        ("siang", "pukul 12.00"),
        ("habis dhuhur", "pukul 12.00"),
        ("jam 9 ada?", "pukul 09.00"),
    ],
)
async def test_a_time_in_everyday_words_is_taken_and_shown(counter, channel, typed, told):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    await sri.says(typed)
    if "Sudah benar?" not in sri.screen.text:  # the hour first, then the half hours in it
        await sri.says("1")
    sri.hears(told, "Sudah benar?")


@CHANNELS
@pytest.mark.parametrize("typed", ["ganti hari aja", "hari lain", "pilih hari lain mbak"])
async def test_another_day_is_asked_for_at_the_time(counter, channel, typed):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    await sri.says(typed)
    sri.hears("Pilih hari")
    await sri.says("rabu jam 9")
    sri.hears("Rabu, 25 November", "Sudah benar?")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jumat ada?", "Jumat, 27 November"),
        ("minggu depan bisa?", "Senin, 30 November"),
        ("minggu depan ada?", "Senin, 30 November"),
        ("ada yang sore?", "Senin, 23 November"),
        ("tanggal 26 masih ada kah?", "Kamis, 26 November"),
    ],
)
async def test_a_question_for_a_day_is_answered_with_its_times(counter, typed, told):
    sri = await recorded(counter)
    await reaches_the_time(sri, SRI, day=typed)
    sri.hears(told, "jam berapa")


@pytest.mark.parametrize("typed", ["besok tidak", "jangan besok ya"])
async def test_a_day_that_does_not_suit_is_not_taken(counter, typed):
    sri = await recorded(counter)
    await reaches_the_time(sri, SRI, day=typed)
    sri.hears("Pilih hari")
    sri.hears_not("Jam berapa")


@CHANNELS
@pytest.mark.parametrize("typed", ["terserah mbak", "secepatnya", "paling cepat", "yang paling cepat aja"])
async def test_as_soon_as_possible_is_the_first_day_offered(counter, channel, typed):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI, day=typed)
    sri.hears("Senin, 23 November", "jam berapa")


async def test_the_day_after_tomorrow_with_a_time_is_not_the_chosen_day(counter, sri):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI)
    await sri.says("lusa jam 9")
    sri.hears("Rabu, 25 November")


@CHANNELS
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("saya kerja, sabtu bisa ga ya", "tutup karena akhir pekan"),
        ("kalau senin penuh gak", "Senin, 30 November 2026. Jam berapa?"),
        ("bukan senin, rabu aja", "Rabu, 25 November 2026. Jam berapa?"),
    ],
)
async def test_a_day_with_a_reason_beside_it_is_understood(counter, channel, typed, told):
    sri = await recorded(counter, channel)
    for step in ("/jadwal", SRI["no_registrasi"], proof(sri, SRI), "sooko", typed):
        await sri.says(step)
    sri.hears(told)


@CHANNELS
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("siang aja soalnya pagi antar anak", "pukul 12.00"),
        ("jam 9 pagi, kalau gak bisa jam 10", "pukul 09.00"),
        ("jangan jam 9, jam 10 aja", "pukul 10.00"),
    ],
)
async def test_a_time_with_a_reason_beside_it_is_understood(counter, channel, typed, told):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    await sri.says(typed)
    sri.hears(told, "Sudah benar?")


async def test_what_is_no_time_is_not_called_no_day(counter):
    sri = await recorded(counter)
    await reaches_the_time(sri, SRI)
    await sri.says("yang itu")
    sri.hears("belum kami pahami sebagai jam")


@pytest.mark.parametrize("typed", ["mau dipindah ke kamis", "tolong jadwalnya diubah ke kamis ya"])
async def test_below_a_ticket_a_wish_in_the_passive_moves_it(counter, typed):
    sri = await with_an_appointment(counter)
    await sri.says(typed)
    sri.hears("Kamis, 26 November")


@pytest.mark.first_office
async def test_what_a_cancellation_means_is_no_question_of_who_moves_house(counter):
    sri = await with_an_appointment(counter)
    await sri.says("kalo batal gimana")
    sri.hears_not("surat pindah")
    assert "Batal jadwal ini" in sri.labels


@CHANNELS
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("kalau telat gimana?", "Datang terlambat?"),
        ("bisa bawa anak?", "Boleh ditemani"),
        ("bayar?", "*gratis*"),
        ("antrinya lama gak?", "Jam berapa?"),
    ],
)
async def test_a_question_before_the_time_keeps_the_place(counter, channel, asked, told):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    await sri.says(asked)
    sri.hears(told, "Jam berapa?")
    await sri.says("jam 10")
    sri.hears("pukul 10.00")


@CHANNELS
async def test_a_time_is_understood_below_a_list_that_interrupts_its_question(counter, channel):
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    await sri.says("/syarat")
    sri.hears("layanan yang mana")
    await sri.says("qwertyu")
    sri.hears("Layanan itu belum kami kenal")
    await sri.says("jam 10")
    sri.hears("pukul 10.00", "Sudah benar?")
    await sri.says("ya")
    assert code_of(sri)
