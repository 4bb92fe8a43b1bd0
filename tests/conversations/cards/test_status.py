"""S1-S3: a card ready for pickup, and how little an applicant must type to hear of it."""

import pytest

from tests.support.people import BUDI, KOTA, SRI, number, row

TYPED_TOGETHER = f"{SRI['no_registrasi']} {SRI['nik']}"


async def test_s1_a_card_ready_for_pickup(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("cek status")
    sri.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    sri.hears("NIK", "16 angka")
    before = len(sri.screens)
    await sri.says(SRI["nik"])
    assert len(sri.screens) == before + 1, "one message"
    sri.hears("S*** A***", "siap diambil", "Kantor Dispendukcapil, Sooko", "Senin–Kamis: 08.00–15.00")
    sri.hears("surat kehilangan", "satu KK", "ratis", "Data per 23 Nov 2026")
    assert sri.labels == ["Kabari saya", "Nomor lain", "Petugas"]
    sri.hears_not(SRI["nik"], SRI["nik"][-8:], "Sri Aminah")
    assert sri.screen.deletes == "in-3", "the message that held the NIK goes"


async def test_s1_on_whatsapp_four_digits_are_asked_and_three_buttons_fit(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel="whatsapp")
    await sri.says("status")
    await sri.says(SRI["no_registrasi"])
    sri.hears("4 angka terakhir")
    await sri.says(SRI["nik"][-4:])
    sri.hears("siap diambil")
    assert all(len(label) <= 20 for label in sri.labels)
    assert len(sri.labels) <= 3


async def test_s1_sixteen_digits_typed_on_whatsapp_are_used(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel="whatsapp")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TYPED_TOGETHER, id="both in one message"),
        pytest.param(f"NIK: 3516 9941 0790 0001\nNo reg {SRI['no_registrasi']}", id="NIK in blocks"),
        pytest.param(
            f"{SRI['no_registrasi'].lower().replace('-', '')} nik {SRI['nik']}", id="lower case, no dashes"
        ),
        pytest.param(f"/status {TYPED_TOGETHER}", id="behind the command"),
        pytest.param(f"cek {TYPED_TOGETHER} ya bu", id="in a sentence"),
        pytest.param(
            f"/start s_{SRI['no_registrasi'].replace('-', '')} {SRI['nik']}", id="behind a start link"
        ),
    ],
)
async def test_s2_number_and_nik_in_one_message_are_taken_at_once(counter, sri, text):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(text)
    sri.hears("siap diambil")


@pytest.mark.parametrize(
    "text",
    [
        f"#KTP#{SRI['nik']}#3516991212120001#Sri#Pemula",
        f"Cek#KTP#{SRI['nik']}",
        "NIK: 3516 9941 0790 0001",
        f"sdh jadi blm? nik saya {SRI['nik']}",
    ],
)
async def test_s2_a_nik_in_the_old_formats_asks_for_the_number_alone(counter, sri, text):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(text)
    sri.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    sri.hears("siap diambil")


@pytest.mark.parametrize("text", ["sdh jadi blm?", "CEK KTP", "Status", "/STATUS", "cek status"])
async def test_s2_words_of_every_day_open_the_status(counter, sri, text):
    await sri.says(text)
    sri.hears("nomor registrasi")


async def test_s2_the_start_link_of_a_receipt_asks_for_the_nik_alone(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(f"/start s_{SRI['no_registrasi']}")
    sri.hears("NIK", "16 angka")
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


async def test_s2_a_number_typed_where_the_nik_is_asked_means_another_card(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "PRINTED"))
    await sri.says(SRI["no_registrasi"])
    await sri.says(BUDI["no_registrasi"])
    await sri.says(BUDI["nik"])
    sri.hears("B*** S***", "dicetak")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("351699410790001", "15 angka", id="15 digits"),
        pytest.param("3516993102900001", "tanggal", id="31 February"),
        pytest.param("3516004107900001", "wilayah", id="district 00"),
        pytest.param("3516994107900000", "0000", id="serial 0000"),
        pytest.param("nama saya Sri", "16 angka", id="no digits at all"),
    ],
)
async def test_s3_a_nik_that_cannot_be_is_explained_and_the_question_stays(counter, sri, typed, told):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(SRI["no_registrasi"])
    await sri.says(typed)
    sri.hears("NIK", told, "orang yang namanya ada di tanda terima")
    assert await counter.count("tries") == 0
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param(SRI["no_registrasi"][:-1] + "A", "satu huruf atau angka", id="wrong check character"),
        pytest.param("12345", "belum berbentuk nomor registrasi", id="no number"),
    ],
)
async def test_s3_a_number_that_cannot_be_is_explained_and_the_question_stays(counter, sri, typed, told):
    await sri.says("status")
    await sri.says(typed)
    sri.hears("nomor registrasi", told, "Mohon ketik")
    assert await counter.count("tries") == 0


async def test_s3_letters_where_four_digits_are_asked(counter):
    sri = counter.resident("Sri", channel="whatsapp")
    await sri.says(SRI["no_registrasi"])
    await sri.says("tidak tahu")
    sri.hears("4 angka terakhir NIK")


async def test_a_nik_of_the_city_is_kindly_sent_to_the_citys_office(counter, sri):
    await sri.asks(KOTA)
    sri.hears("tidak ditemukan", "Dispendukcapil Kota Mojokerto")


async def test_a_nik_of_the_city_with_a_card_here_is_served(counter, sri):
    await counter.imports(row(KOTA, "CARD_SHIPPED"))
    await sri.asks(KOTA)
    sri.hears("siap diambil")
    sri.hears_not("Kota Mojokerto")


@pytest.mark.parametrize(
    "counter", [{"number": {"pattern": "[0-9]{4}/KTP/[0-9]{4}", "example": "0042/KTP/2026"}}], indirect=True
)
async def test_an_offices_own_numbers_work_too(counter, sri):
    await counter.imports(row({**SRI, "no_registrasi": "0815/KTP/2026"}, "CARD_SHIPPED"))
    await sri.says("status")
    sri.hears("0042/KTP/2026")
    await sri.says(f"0815/ktp/2026 {SRI['nik']}")
    sri.hears("siap diambil", "0815/KTP/2026")


async def test_after_not_found_one_digit_starts_again(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI, BUDI["nik"])
    sri.hears("tidak ditemukan")
    assert sri.labels == ["Ulangi", "Petugas"]
    await sri.says("1")
    sri.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


async def test_after_not_found_a_human_is_one_digit_away(counter, sri):
    await sri.asks({"no_registrasi": number("9999"), "nik": SRI["nik"]})
    await sri.says("2")
    sri.hears("diteruskan ke petugas", "Kantor sedang buka")


async def test_back_at_the_nik_asks_for_the_number_again(counter, sri):
    await sri.says("status")
    await sri.says(SRI["no_registrasi"])
    await sri.says("kembali")
    sri.hears("nomor registrasi")
    await sri.says("kembali")
    sri.hears("tidak bisa mundur lagi")
    await sri.says("batal")
    sri.hears("tidak dilanjutkan", "Ada yang bisa kami bantu")


@pytest.mark.parametrize("first", ["cek status", "halo"])
async def test_s3_a_nik_of_15_digits_is_reported_at_either_question(counter, sri, first):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says(first)
    await sri.says("NIK 351699410790001")
    sri.hears("15 angka", "nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    sri.hears("NIK")
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


async def test_a_command_with_the_words_of_a_button_asks_for_the_number(sri):
    await sri.says("/status about:where:sooko")
    sri.hears("nomor registrasi")
