"""S14: "Kapan jadi?" is answered with a range from the office's own past, or with the reason why there is none."""

import re
from datetime import date
from functools import partial

import pytest

from storage.cards.forecasts import claim, needed
from tests.support.past import give_past
from tests.support.people import SRI, row

PAIR = f"{SRI['no_registrasi']} {SRI['nik']}"
DATES = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Sep|Okt|Nov|Des)\b")
FRIDAY = date(2026, 11, 20)


async def wait_for_print(counter, **more: str) -> None:
    day = FRIDAY.isoformat()
    await counter.imports(row(SRI, "WAITING_BLANK", tanggal=day, tanggal_lengkap=day, **more))
    await counter.assembled.forecasts.refresh()


def dates_in(resident) -> list[str]:
    return DATES.findall(resident.screen.text.partition("Data per")[0])


async def test_a_waiting_card_gets_a_range_with_its_basis(counter, sri):
    await give_past(counter, until=FRIDAY)
    await wait_for_print(counter)
    await sri.says(PAIR)
    sri.hears("Paling cepat", "9 dari 10 orang selesai sebelum", "kartu yang sudah jadi")
    earliest, before = re.findall(r"\*(\d+ (?:Nov|Des))\*", sri.screen.text)
    # Each card of this office waits six working days, so Friday's is printed on the 30th.
    assert (earliest, before) in {
        ("27 Nov", "1 Des"),
        ("30 Nov", "1 Des"),
        ("27 Nov", "2 Des"),
        ("30 Nov", "2 Des"),
    }


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
async def test_kapan_jadi_is_answered_with_the_range_on_every_channel(counter, channel):
    await give_past(counter, until=FRIDAY)
    await wait_for_print(counter)
    sri = counter.resident("Sri", channel=channel)
    await sri.says(PAIR)
    await sri.says("kapan jadi?")
    sri.hears("9 dari 10", "data per 20 Nov 2026")
    assert len(dates_in(sri)) >= 2


async def test_english_hears_the_range_in_english(counter, sri):
    await give_past(counter, until=FRIDAY)
    await wait_for_print(counter)
    await counter.speaks(sri, "en")
    await sri.says(PAIR)
    sri.hears("At the earliest", "9 of 10 people are done before")


@pytest.mark.parametrize("counter", [{"printing": {"stock": 0}}], indirect=True)
async def test_without_blanks_no_future_date_is_told(counter, sri):
    await give_past(counter, until=FRIDAY)
    await wait_for_print(counter)
    await sri.says(PAIR)
    assert not [one for one in dates_in(sri) if one != "20 Nov"]
    await sri.says("kapan jadi?")
    sri.hears("blangko sedang habis", "surat keterangan")
    sri.hears_not("9 dari 10")
    assert not dates_in(sri)


async def test_a_short_past_tells_no_date_and_says_why(counter, sri):
    await give_past(counter, until=FRIDAY, days=20)
    await wait_for_print(counter)
    await sri.says(PAIR)
    sri.hears("belum cukup kartu yang selesai")
    await sri.says("kapan jadi?")
    sri.hears("belum cukup kartu yang selesai", "surat keterangan")
    sri.hears_not("9 dari 10")
    assert not dates_in(sri)


async def test_while_printing_has_stopped_no_date_is_told(counter, sri):
    await give_past(counter, until=FRIDAY, stopped=6)
    await wait_for_print(counter)
    await sri.says(PAIR)
    await sri.says("kapan jadi?")
    sri.hears("pencetakan sedang berhenti")
    assert not dates_in(sri)


@pytest.mark.parametrize(
    ("status", "service", "told"),
    [
        ("BELUM_REKAM", "ktp_hilang", "Pesan jadwal"),
        ("WAITING_BLANK", "ktp_hilang", "surat keterangan"),
        ("SFE", "ktp_hilang", "belum cukup kartu"),
        ("SFE", "ktp_rekam_16", "tidak bisa kami janjikan"),
    ],
)
async def test_without_a_forecast_no_date_is_told(counter, sri, status, service, told):
    await counter.imports(row(SRI, status, layanan=service))
    await sri.says(PAIR)
    await sri.says("kapan jadi?")
    sri.hears(told)
    assert not [one for one in dates_in(sri) if one != "20 Nov"]


async def test_old_data_tells_no_date(counter, sri):
    await give_past(counter, until=FRIDAY)
    await wait_for_print(counter)
    await counter.passes(days=12)
    await sri.says(PAIR)
    await sri.says("kapan jadi?")
    sri.hears("data kantor belum diperbarui")
    assert not dates_in(sri)


async def test_forecasts_are_made_anew_after_an_import_and_each_day(counter):
    forecasts, store = counter.assembled.forecasts, counter.store

    async def is_needed() -> bool:
        today = counter.office.today(counter.clock())
        return await store.read(partial(needed, today=today))

    await give_past(counter, until=FRIDAY)
    assert await is_needed()
    await forecasts.refresh()
    assert not await is_needed()
    await wait_for_print(counter)
    assert not await is_needed()
    counter.clock.move(days=1)
    assert await is_needed()


async def test_only_one_process_makes_forecasts(counter):
    await give_past(counter, until=FRIDAY)
    today = counter.office.today(counter.clock())
    first, second = [await counter.store.write(partial(claim, today=today)) for _ in range(2)]
    assert first
    assert second is None
