"""Words of booking: another day or time is understood where it is typed."""

from datetime import date, time

import pytest

from domain.text.dates import read_day
from tests.conversations.appointments.steps import books, code_of, reaches_the_time, to_record
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
    await counter.imports(to_record(SRI))
    sri = counter.resident("Sri", channel=channel)
    await reaches_the_time(sri, SRI)
    await sri.says("09.00")
    await sri.says(typed)
    sri.hears(told, "Sudah benar?")
    await sri.taps("Konfirmasi")
    assert code_of(sri)
    assert await counter.count("seats", "state = 'held'") == 0


@CHANNELS
async def test_a_weekday_at_the_summary_asks_for_its_time(counter, channel):
    await counter.imports(to_record(SRI))
    sri = counter.resident("Sri", channel=channel)
    await reaches_the_time(sri, SRI)
    await sri.says("09.00")
    await sri.says("senin")
    sri.hears("Senin, 30 November")


@CHANNELS
@pytest.mark.parametrize("typed", ["pindah ke rabu jam 10", "rabu jam 10"])
async def test_an_appointment_is_moved_by_the_words_below_it(counter, channel, typed):
    await counter.imports(to_record(SRI))
    sri = counter.resident("Sri", channel=channel)
    await books(sri, SRI)
    code = code_of(sri)
    await sri.says("/jadwal")
    await sri.says(typed)
    sri.hears("Jadwal baru", "Rabu, 25 November")
    await sri.taps("Konfirmasi")
    assert code_of(sri) == code


@CHANNELS
async def test_whatever_suits_you_takes_the_first_offer_and_shows_it(counter, channel):
    await counter.imports(to_record(SRI))
    sri = counter.resident("Sri", channel=channel)
    await reaches_the_time(sri, SRI, day="terserah")
    await sri.says("terserah")
    if "Sudah benar?" not in sri.screen.text:
        await sri.says("terserah")
    sri.hears("Sudah benar?", "November 2026")
