"""One message with number and NIK, of which one is not right: that one is named, and the other need not be typed again."""

import pytest

from domain.cards.pair import spot_pair
from domain.office.registration import NumberFormat
from tests.support.people import SRI, row

NUMBER, NIK = SRI["no_registrasi"], SRI["nik"]
SHAPES = ["123", "MJK-261102-007", "MJK 2611 02", "261102-0007", "no 88812"]


@pytest.mark.parametrize("opening", [None, "status", "jadwal"])
@pytest.mark.parametrize("typed", SHAPES)
async def test_a_malformed_number_beside_a_good_nik_keeps_the_nik(counter, sri, opening, typed):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    if opening:
        await sri.says(opening)
    await sri.says(f"{typed} {NIK}")
    sri.hears("belum berbentuk nomor registrasi", "Contohnya MJK-", "NIK-nya sudah kami terima")
    sri.hears_not(NIK)
    await sri.says(NUMBER)
    sri.hears("ke mana" if opening == "jadwal" else "siap diambil")


@pytest.mark.parametrize("opening", [None, "status", "jadwal"])
async def test_a_wrong_check_character_beside_a_good_nik_keeps_the_nik(counter, sri, opening):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    if opening:
        await sri.says(opening)
    await sri.says(f"{NUMBER[:-1]}A {NIK}")
    sri.hears("satu huruf atau angka yang keliru dalam nomor registrasi", "NIK-nya sudah kami terima")
    await sri.says(NUMBER)
    sri.hears("ke mana" if opening == "jadwal" else "siap diambil")


@pytest.mark.parametrize("slip", [NIK[:11], NIK[:13], f"{NIK}123"])
async def test_a_nik_of_wrong_length_beside_a_good_number_keeps_the_number(counter, sri, slip):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(f"{NUMBER} {slip}")
    sri.hears("NIK terdiri dari 16 angka", f"{len(slip)} angka")
    await sri.says(NIK)
    sri.hears("siap diambil")


async def test_on_whatsapp_four_digits_are_asked_again_and_the_number_kept(counter):
    sri = counter.resident("Sri", channel="whatsapp")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(f"{NUMBER} {NIK[:12]}")
    sri.hears("4 angka terakhir NIK")
    await sri.says(NIK[-4:])
    sri.hears("siap diambil")


@pytest.mark.parametrize("tongue", ["jv", "en"])
async def test_in_another_language_too(counter, sri, tongue):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await counter.speaks(sri, tongue)
    await sri.says(f"123 {NIK}")
    sri.hears("We have the NIK" if tongue == "en" else "NIK-nya sudah kami terima")
    await sri.says(NUMBER)
    sri.hears("S*** A***")


@pytest.mark.parametrize(
    "said",
    [
        f"#KTP#{NIK}#3516990101010001#Sri Aminah",
        f"Cek#KTP#{NIK}",
        f"NIK {NIK} hp 081234567890",
        f"{NIK[:4]} {NIK[4:10]} {NIK[10:]} sudah 2 bulan",
        f"sejak 2024 NIK: {NIK}",
    ],
)
async def test_what_is_no_number_beside_a_nik_is_not_called_one(counter, sri, said):
    await sri.says(said)
    sri.hears("nomor registrasi")
    sri.hears_not("belum berbentuk")


@pytest.mark.parametrize("beside", ["2026-11-02 08:15", "081234567890", "20261102081530", "kode 55512"])
def test_what_stands_beside_a_number_on_a_receipt_is_no_nik(beside):
    assert spot_pair(f"{NUMBER} {beside}", NumberFormat(prefix="MJK")).nik is None
