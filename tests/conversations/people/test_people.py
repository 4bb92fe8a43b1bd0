"""P1, P2, P3: what people may ask about their data, over every channel, by digits."""

import asyncio
import re
from datetime import date
from functools import partial

import pytest
from sqlalchemy import text as sql

from storage.appointments import bookings
from storage.keeping.purge import purge
from tests.conversations.appointments.steps import books, to_record
from tests.support.people import BUDI, SRI, row

CHANNELS = ("telegram", "web", "whatsapp")


def proof_of(resident):
    """What the channel may ask for."""
    return SRI["nik"][-4:] if resident.phone.name == "whatsapp" else SRI["nik"]


async def looks_up(resident):
    await resident.says("/status")
    await resident.says(SRI["no_registrasi"])
    await resident.says(proof_of(resident))


async def reads_the_file(resident):
    await resident.says("/datasaya")
    await resident.says(SRI["no_registrasi"])
    await resident.says(proof_of(resident))
    (file,) = resident.screen.files
    assert file.mime == "text/plain"
    return file.data.decode("utf-8-sig")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_p1_all_data_comes_in_one_file_after_proving_the_pair(counter, channel):
    await counter.imports(row(SRI, "CARD_SHIPPED", no_hp="081234567890"))
    sri = counter.resident("Sri", channel=channel)
    await looks_up(sri)
    await sri.says("1")
    told = await reads_the_file(sri)
    sri.hears("semua yang kami simpan")
    for fact in (SRI["no_registrasi"], "3516********0001", "S*** A***", "Izin kabar", channel, "versi 1"):
        assert fact in told, told
    for secret in (SRI["nik"], "Aminah", "81234567"):
        assert secret not in told


async def test_p1_somebody_elses_pair_gives_nothing_away(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "PRINTED"))
    await looks_up(sri)
    await sri.says("/datasaya")
    await sri.says(f"{BUDI['no_registrasi']} {BUDI['nik']}")
    sri.hears("tidak ditemukan")
    assert not sri.screen.files


async def test_the_file_tells_stage_and_states_in_words(counter, sri):
    await counter.imports(to_record(SRI))
    await books(sri, SRI)
    await sri.says("/perbaikan")
    await sri.says("Nama saya kurang satu huruf")
    await sri.taps("Kirim")
    told = await reads_the_file(sri)
    assert "belum direkam" in told
    assert "Keadaan: dipesan" in told
    assert "menunggu jawaban" in told
    assert not re.search(r"NOT_RECORDED|\bbooked\b|\bopen\b", told)


@pytest.mark.parametrize(
    "counter", [{"booking": {"seats_per_slot": 1, "slot_minutes": 420, "horizon_days": 1}}], indirect=True
)
@pytest.mark.first_office
async def test_the_file_tells_of_the_waiting_list(counter, sri):
    await counter.imports(to_record(SRI), to_record(BUDI))
    await books(counter.resident("Budi"), BUDI, time="08.00")  # the only seat there is
    for step in ("/jadwal", SRI["no_registrasi"], proof_of(sri), "sooko", "Kabari bila kosong"):
        await sri.says(step)
    assert "Daftar tunggu jadwal: 1" in await reads_the_file(sri)


@pytest.mark.parametrize(
    "counter",
    [{"outreach": [{
        "id": "balai_kemlagi", "name": "Balai Desa Kemlagi", "address": "Balai Desa Kemlagi",
        "dates": [date(2026, 12, 5)], "hours": ["08:00-10:00"], "quota": 6, "serves": ["Kemlagi"],
    }]}],
    indirect=True,
)  # fmt: skip
async def test_the_file_names_the_village_of_an_appointment(counter, sri):
    await counter.imports(to_record(SRI, kecamatan="Kemlagi"))
    await books(sri, SRI, place="balai desa kemlagi", day="1", time="1")
    told = await reads_the_file(sri)
    assert "Balai Desa Kemlagi" in told
    assert "balai_kemlagi" not in told


async def test_p1_a_chat_that_is_linked_to_nobody_needs_no_pair(counter, sri):
    await sri.says("/datasaya")
    (file,) = sri.screen.files
    assert "Permohonan" not in file.data.decode("utf-8-sig")


async def test_p1_a_wrong_pair_is_a_try_of_the_same_budget(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await looks_up(sri)
    for _ in range(5):
        await sri.says("/datasaya")
        await sri.says(f"{SRI['no_registrasi']} {BUDI['nik']}")
    await sri.says("/datasaya")
    await sri.says(f"{SRI['no_registrasi']} {SRI['nik']}")
    sri.hears("coba lagi")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_p2_after_erasure_the_next_message_is_a_new_persons(counter, channel):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await looks_up(sri)
    await sri.says("1")
    await sri.says("/hapusdata")
    sri.hears("UU 24/2013", "Lanjutkan")
    await sri.says("1")
    sri.hears("sudah dihapus", "HPS-", "23 November 2026")
    for table in ("follows", "looked_up", "consents", "notices", "errands"):
        assert await counter.count(table) == 0, table
    await counter.passes(seconds=2)
    assert await counter.count("chats") == 0
    assert await counter.count("outbox", "body IS NOT NULL OR chat_id IS NOT NULL") == 0
    assert await counter.count("outbox") >= 5, "what was said is still counted"
    assert await counter.count("audit", "actor LIKE 'chat:%' OR subject LIKE 'chat:%'") == 0
    await sri.says("halo")
    sri.hears("Selamat datang")
    await counter.imports(row(SRI, "CARD_ISSUED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.hears_nothing_new()


async def test_p2_an_idle_shared_computer_requires_the_pair_before_erasure(counter):
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRINTED"))
    sri = counter.resident("Sri", channel="web")
    await looks_up(sri)
    await sri.says("1")
    counter.clock.move(minutes=16)
    for words in ("/hapusdata", "/izin"):
        await sri.says(words)
        sri.hears("mungkin dipakai bersama", "nomor registrasi")
        await sri.says(SRI["no_registrasi"])
        await sri.says(BUDI["nik"])
        sri.hears("tidak ditemukan")
    await sri.says("/hapusdata")
    await sri.says(BUDI["no_registrasi"])
    await sri.says(BUDI["nik"])
    sri.hears("tidak ditemukan")
    assert await counter.count("follows") == 1
    counter.clock.move(minutes=16)
    await sri.says("/hapusdata")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"])
    sri.hears("Lanjutkan")
    await sri.says("1")
    sri.hears("sudah dihapus")
    assert await counter.count("follows") == 0


async def test_p2_an_unlinked_chat_is_erased_without_a_pair(counter):
    sri = counter.resident("Sri", channel="web")
    await sri.says("halo")
    counter.clock.move(minutes=16)
    await sri.says("/hapusdata")
    await sri.says("1")
    sri.hears("sudah dihapus")


async def test_p2_no_is_no(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await looks_up(sri)
    await sri.says("1")
    await sri.says("/hapusdata")
    await sri.says("2")
    sri.hears("tidak ada yang dihapus")
    assert await counter.count("follows") == 1


async def test_p2_a_second_tap_on_yes_is_an_old_button_of_nobody(counter, sri):
    await sri.says("/hapusdata")
    asked = sri.screen
    await sri.taps("Ya, hapus")
    await sri.taps("Ya, hapus", of=asked)
    sri.hears("tidak berlaku")


async def test_p2_a_budget_against_guessing_outlives_the_erasure(counter, sri):
    for _ in range(5):
        await sri.asks(SRI, BUDI["nik"])
    await sri.says("/hapusdata")
    await sri.says("1")
    await counter.passes(seconds=2)
    await sri.asks(SRI)
    sri.hears("coba lagi")


async def has_booked(counter, resident):
    """An appointment of this chat, as the booking conversation leaves it."""
    await resident.says("halo")
    values = {"chat": await counter.store.read(lambda db: db.scalar(sql("SELECT id FROM chats")))}
    person = await counter.store.read(lambda db: db.scalar(sql("SELECT id FROM applicants")))
    from storage.schema import bookings as rows
    from tests.storage.keeping.test_erasing import put

    told = {"code": "ABC234", "applicant_id": person, "state": "booked", "chat_id": values["chat"]}
    await put(counter.store, rows, **told)
    assert len(await counter.store.read(lambda db: bookings.bookings_of_chat(db, **values))) == 1


@pytest.mark.parametrize(("choice", "state"), [("1", "booked"), ("2", "cancelled")])
async def test_p2_an_appointment_stays_under_its_code_unless_cancelled_too(counter, sri, choice, state):
    await counter.imports(row(SRI, "NOT_RECORDED"))
    await has_booked(counter, sri)
    await sri.says("/hapusdata")
    sri.hears("ABC234")
    await sri.says(choice)
    sri.hears("sudah dihapus")
    assert await counter.count("bookings", f"state = '{state}' AND chat_id IS NULL") == 1
    assert ("ABC234" in sri.screen.text) is (state == "booked")


async def test_consents_stand_alone_and_are_withdrawn_by_digits(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await looks_up(sri)
    await sri.says("1")
    await sri.says("/izin")
    sri.hears("mengizinkan kabar perubahan status. Undangan menilai layanan tidak")
    await sri.says("1")
    sri.hears("tidak ada izin")
    await sri.says("2")
    sri.hears("mengizinkan undangan menilai layanan. Kabar perubahan status tidak")
    await sri.says("3")
    sri.hears("tercatat")
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.hears_nothing_new()


async def test_p3_a_stopped_chat_hears_of_nothing_until_it_starts_again(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await looks_up(sri)
    await sri.says("1")
    await sri.says("/berhenti")
    await counter.imports(row(SRI, "WAITING_BLANK", tanggal="2026-11-22"))
    await counter.passes(minutes=6)
    sri.hears_nothing_new()
    await sri.says("/start")
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.catch_up()
    sri.hears("siap diambil")


async def test_a_correction_is_a_case_that_is_due_in_three_days(counter, sri):
    await sri.says("/data")
    await sri.says("3")
    await sri.says("Nama saya salah satu huruf")
    await sri.says("1")
    sri.hears("Kamis, 26 November 2026")
    assert await counter.count("cases", "kind = 'correction' AND due_on = '2026-11-26'") == 1
    await sri.says("/datasaya")
    (file,) = sri.screen.files
    assert "Nama saya salah satu huruf" in file.data.decode("utf-8-sig")


async def test_every_right_is_reached_from_the_menu_by_digits(counter, sri):
    await sri.says("/menu")
    entry = next(choice for choice in sri.screen.choices if choice.label == "Data saya")
    await sri.says(str(entry.number))
    assert sri.labels == ["Lihat data saya", "Izin", "Data salah", "Hapus data saya"]


async def test_the_file_tells_of_a_followed_card_whose_look_up_is_forgotten(counter, sri):
    await counter.imports(row(SRI, "PRINTED"), row(BUDI, "PRINTED"))
    await sri.asks(BUDI)
    await sri.taps("Kabari saya")
    counter.clock.move(days=counter.office.retention.lookups_days + 1)
    await purge(counter.store, counter.office.retention, pause=partial(asyncio.sleep, 0))
    await looks_up(sri)
    told = await reads_the_file(sri)
    assert told.count("Terakhir Anda lihat") == 1, told
    assert BUDI["no_registrasi"] in told


async def test_the_file_counts_photos_that_are_not_read_yet(counter, sri):
    await sri.says("halo")
    counter.photos.wake = lambda: None
    sri.phone.media["one"] = b"a photo"
    await sri.sends(kind="photo", media="one")
    await sri.says("/datasaya")
    (file,) = sri.screen.files
    assert "Foto" in file.data.decode("utf-8-sig"), file.data.decode("utf-8-sig")
