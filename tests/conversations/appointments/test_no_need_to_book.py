"""Who is recorded already is told so before they book; nobody is kept from booking."""

import pytest

from bot.turns.small_screens import fits
from domain.cards.stages import Stage
from tests.conversations.appointments.steps import CODE, to_record
from tests.support.people import SRI, row

RECORDED = [one for one in Stage if one.is_recorded]
OTHERS = [one for one in Stage if not one.is_recorded]


@pytest.mark.parametrize("stage", RECORDED)
async def test_recorded_applicants_are_told_their_stage_and_need_no_appointment(counter, sri, stage):
    await counter.imports(row(SRI, stage))
    await sri.says("/jadwal")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"])
    sri.hears("tidak perlu jadwal perekaman", "Tetap ingin memesan?", "Mau datang ke mana?")


@pytest.mark.parametrize("stage", OTHERS)
async def test_who_may_have_to_come_is_asked_where_without_a_word(counter, sri, stage):
    await counter.imports(row(SRI, stage))
    await sri.says(f"/jadwal {SRI['no_registrasi']} {SRI['nik']}")
    sri.hears("Mau datang ke mana?")
    sri.hears_not("tidak perlu jadwal")


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
@pytest.mark.parametrize(
    ("tongue", "stage", "not_needed"),
    [
        ("id", "siap diambil", "tidak perlu jadwal"),
        pytest.param("jv", "dipunpundhut", "tidak perlu jadwal", marks=pytest.mark.first_office),
        ("en", "ready for pickup", "no appointment"),
    ],
)
async def test_it_is_told_in_every_language_and_who_wants_to_books(
    counter, tongue, stage, not_needed, channel
):
    sri = counter.resident("Sri", channel=channel)
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await counter.speaks(sri, tongue)
    await sri.says("/jadwal")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"] if sri.phone.caps.full_nik else SRI["nik"][-4:])
    sri.hears(stage, not_needed)
    assert fits(sri.screen.text), sri.screen.text
    for _ in range(8):
        if CODE.search(sri.screen.text):
            break
        await sri.says("1")
    assert CODE.search(sri.screen.text), sri.screen.text


async def test_who_leaves_it_then_has_no_appointment(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(f"/jadwal {SRI['no_registrasi']} {SRI['nik']}")
    await sri.says("batal")
    assert await counter.count("bookings") == 0


async def test_who_has_an_appointment_is_shown_it_as_ever(counter, sri):
    await counter.imports(to_record(SRI))
    await sri.says(f"/jadwal {SRI['no_registrasi']} {SRI['nik']}")
    for _ in range(8):
        if not CODE.search(sri.screen.text):
            await sri.says("1")
    await counter.imports(to_record(SRI, status="SUDAH_REKAM", tanggal="2026-11-23"))
    await sri.says("/jadwal")
    sri.hears("Jadwal Anda")
    sri.hears_not("tidak perlu jadwal")
