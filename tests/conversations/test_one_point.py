"""An office of one point, whose coordinates nobody has entered: no place is asked for, and no pin is sent."""

import pytest

from tests.conversations.appointments.steps import code_of, to_record
from tests.support.people import SRI, row

LOKET = {"id": "mpp", "name": "Mal Pelayanan Publik", "address": "Jalan Raya 1, Sooko"}
pytestmark = [
    pytest.mark.first_office,
    pytest.mark.parametrize("counter", [{"points": [LOKET]}], indirect=True),
]


async def test_the_way_from_the_card_to_its_place_needs_no_pin(counter, sri):
    await counter.imports(row(SRI, "READY_FOR_PICKUP"))
    await sri.asks(SRI)
    await sri.says("ambilnya di mana?")
    sri.hears("Mal Pelayanan Publik", "Jalan Raya 1")
    assert sri.screen.place is None
    await sri.says("menu")
    await sri.says("alamat mpp")
    sri.hears("Jalan Raya 1")
    assert sri.screen.place is None


async def test_no_place_is_asked_for_and_none_offered_instead(counter, sri):
    await counter.imports(to_record(SRI))
    for step in ("/jadwal", SRI["no_registrasi"], SRI["nik"]):
        await sri.says(step)
    sri.hears("Pilih hari di Mal Pelayanan Publik")
    await sri.says("di jetis saja")
    sri.hears_not("Jetis")
    for step in ("besok", "09.00", "1"):
        await sri.says(step)
    code = code_of(sri)
    assert sri.screen.place is None
    await sri.says("/jadwal")
    await sri.taps("Ubah")
    assert not [one for one in sri.labels if "Tempat" in one]
    for step in ("lusa", "10.00", "1"):
        await sri.says(step)
    sri.hears("Rabu, 25 November 2026")
    assert code_of(sri) == code
