"""S7, S8 and every other stage: what it means, what to do, when to come."""

from datetime import date, time

import pytest

from domain.appointments.closures import Closure
from storage.appointments import closures
from tests.support.people import BUDI, SRI, row


@pytest.mark.parametrize("counter", [{"printing": {"stock": 0}}], indirect=True)
async def test_s7_no_blanks(counter, sri):
    first = row(BUDI, "PRR", tanggal_lengkap="2026-11-10")
    await counter.imports(first, row(SRI, "WAITING_BLANK", tanggal_lengkap="2026-11-12"))
    await sri.says("halo")  # the notice of a first answer would take the room of what is said here
    await sri.asks(SRI)
    sri.hears("menunggu blangko", "jangan datang dulu", "1 permohonan di depan", "tidak bisa kami janjikan")
    sri.hears("sekarang menunggu pusat", "surat keterangan")
    sri.hears_not("Senin–Kamis: 08.00–15.00")
    await sri.asks(BUDI)
    sri.hears("menunggu blangko", "tidak ada lagi permohonan di depan")


async def test_s7_an_order_that_is_not_known_is_not_told(counter, sri):
    await counter.imports(row(SRI, "WAITING_BLANK"))
    await sri.asks(SRI)
    sri.hears("menunggu blangko")
    sri.hears_not("di depan")


@pytest.mark.parametrize("counter", [{"printing": {"show_ahead": False}}], indirect=True)
async def test_s7_an_office_may_keep_the_order_to_itself(counter, sri):
    await counter.imports(row(SRI, "WAITING_BLANK", tanggal_lengkap="2026-11-12"))
    await sri.asks(SRI)
    sri.hears_not("di depan")


async def test_s8_an_import_three_days_old(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    counter.clock.move(days=3)
    await sri.asks(SRI)
    sri.hears("Data per 23 Nov 2026")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("berkas diterima", ["sudah kami terima", "Belum perlu datang"]),
        ("berkas kurang", ["belum lengkap", "Yang kurang: fotokopi KK.", "Senin–Kamis: 08.00–15.00"]),
        ("UNREGISTERED", ["belum direkam", "datang sendiri", "Bawa: tanda terima dan KK"]),
        ("BIO_CAPTURED", ["sudah direkam", "dikirim ke pusat"]),
        ("SFE", ["diperiksa di pusat", "tidak bisa kami janjikan"]),
        ("ADJUDICATE_RECORD", ["mirip dengan data orang lain"]),
        ("EFAC", ["diulang", "rekam ulang"]),
        ("DUP", ["tempat lain", "loket"]),
        ("PRR", ["belum dibuat", "Jangan datang dulu"]),
        ("CARD_PRINTED", ["dicetak", "belum perlu datang"]),
        ("CARD_ISSUED", ["diambil", "Jumat, 20 November 2026"]),
        ("DELIVERED", ["diantar"]),
        ("REJECTED", ["tidak dapat diproses", "Sebabnya: fotokopi KK."]),
        ("CANCELLED", ["dibatalkan"]),
        ("ENTAH_APA", ['"ENTAH_APA"', "diteruskan kepada petugas"]),
    ],
)
async def test_every_stage_says_what_it_means_and_what_to_do(counter, sri, status, words):
    await counter.imports(row(SRI, status, catatan="fotokopi KK."))
    await sri.asks(SRI)
    sri.hears(*(word.replace("diteruskan", "kami teruskan") for word in words))


@pytest.mark.parametrize("status", ["berkas kurang", "REJECTED", "CANCELLED"])
async def test_without_a_note_staff_are_the_ones_to_ask(counter, sri, status):
    await counter.imports(row(SRI, status))
    await sri.asks(SRI)
    sri.hears("ketik *petugas*")
    sri.hears_not("Yang kurang", "Sebabnya:")


async def test_nothing_is_offered_where_nothing_will_change(counter, sri):
    await counter.imports(row(SRI, "CARD_ISSUED"))
    await sri.asks(SRI)
    assert sri.labels == ["Nomor lain", "Petugas"]


@pytest.mark.parametrize("counter", [{"printing": {"on_arrival": True}}], indirect=True)
async def test_an_office_that_prints_on_arrival_says_come(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await sri.says("halo")
    await sri.asks(SRI)
    sri.hears("dicetak saat", "Senin–Kamis: 08.00–15.00", "Bawa:")
    sri.hears_not("Jangan datang dulu")


@pytest.mark.parametrize("counter", [{"pickup": {"ways": ["in_person"]}}], indirect=True)
async def test_a_card_that_only_its_owner_may_fetch(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    sri.hears("Harus diambil sendiri")


async def test_the_24_hours_run_from_complete_documents_and_pause_at_the_centre(counter, sri):
    await counter.imports(row(SRI, "BIO_CAPTURED", tanggal="2026-11-22", tanggal_lengkap="2026-11-22"))
    await sri.asks(SRI)
    sri.hears("Berkas lengkap sejak 22 Nov 2026", "paling lama 24 jam")
    counter.clock.move(days=2)
    await sri.asks(SRI)
    sri.hears("batas 24 jam sudah lewat", "Mohon maaf")
    await counter.imports(row(SRI, "SFE", tanggal="2026-11-23", tanggal_lengkap="2026-11-22"))
    await sri.asks(SRI)
    sri.hears("sekarang menunggu pusat")
    counter.clock.move(days=9)
    await counter.imports(row(SRI, "CARD_PRINTED", tanggal="2026-12-04", tanggal_lengkap="2026-11-22"))
    await sri.asks(SRI)
    sri.hears("paling lama 24 jam")


@pytest.mark.first_office
async def test_a_closed_office_says_when_it_opens_again(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    counter.clock.move(days=4, hours=2.5)  # Friday 11.30
    await sri.asks(SRI)
    sri.hears("Sekarang tutup. Buka lagi Jumat, 27 November 2026 pukul 13.00 WIB")


@pytest.mark.first_office
async def test_on_a_holiday_nobody_is_sent_to_a_closed_door(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    counter.clock.move(days=31)  # Thursday 24 December, collective leave before Christmas
    await sri.asks(SRI)
    sri.hears(
        "Hari ini *tutup*: Cuti Bersama Hari Raya Natal", "Buka lagi Senin, 28 Desember 2026 pukul 08.00"
    )
    sri.hears_not("Sekarang buka")
    await sri.says("/kantor")
    sri.hears("Hari ini *tutup*: Cuti Bersama Hari Raya Natal", "Senin, 28 Desember 2026")
    await sri.says("/bahasa english")
    await sri.asks(SRI)
    sri.hears("*Closed* today", "Monday, 28 December 2026")


async def test_news_on_a_holiday_say_when_the_door_opens(counter, sri):
    await counter.imports(row(SRI, "CARD_PRINTED"))
    await sri.asks(SRI)
    await sri.taps("Kabari saya")
    counter.clock.move(days=31)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-12-23"))
    await counter.passes(minutes=6)
    sri.hears("siap diambil", "Hari ini *tutup*", "Senin, 28 Desember 2026")


@pytest.mark.first_office
async def test_what_staff_closed_is_told_with_the_reason_and_only_there(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    today = date(2026, 11, 23)
    closed = Closure(day=today, point="sooko", reason="Listrik padam")
    zone = counter.office.timezone
    await counter.store.write(lambda db: closures.close(db, closure=closed, zone=zone, by="wulan"))
    await sri.asks(SRI)
    sri.hears("Hari ini *tutup*: Listrik padam", "Buka lagi Selasa, 24 November 2026 pukul 08.00")
    await sri.says("/kantor")
    sri.hears("Sekarang buka sampai pukul 15.00")
    sri.hears_not("Listrik padam")


@pytest.mark.first_office
async def test_a_counter_that_staff_closed_for_the_morning_opens_after_it(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    closed = Closure(day=date(2026, 11, 23), point="sooko", starts=time(8), ends=time(12), reason="Rapat")
    zone = counter.office.timezone
    await counter.store.write(lambda db: closures.close(db, closure=closed, zone=zone, by="wulan"))
    await sri.asks(SRI)
    sri.hears("Sekarang tutup. Buka lagi Senin, 23 November 2026 pukul 12.00")


@pytest.mark.parametrize(
    "counter",
    [{"hours": {day: [] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}}],
    indirect=True,
)
async def test_an_office_without_hours_promises_none(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    sri.hears("siap diambil")
    sri.hears_not("Buka lagi", "Senin–Kamis: 08.00–15.00")


@pytest.mark.first_office
async def test_without_a_point_in_the_register_the_districts_point_is_told(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED", lokasi="", kecamatan="Trawas"))
    await sri.asks(SRI)
    sri.hears("Kantor Kecamatan Gondang")


async def test_without_point_and_district_the_main_office_is_told(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED", lokasi=""))
    await sri.asks(SRI)
    sri.hears("Kantor Dispendukcapil, Sooko")
