"""The day of an officer by chat: the list, who came, who did not, who walks in, and what is done (B10, B12, R1, A13)."""

import pytest
from sqlalchemy import text as sql

from domain.staff.roles import Role
from storage.audit import SYSTEM
from storage.staff import staff
from tests.conversations.appointments.steps import books
from tests.support.counter import Counter
from tests.support.officers import officer, ticket_photo
from tests.support.people import BUDI, SRI, row

NOT_ALLOWED = "tidak berwenang"


async def state_of(counter: Counter, code: str) -> str:
    found = sql("SELECT state FROM bookings WHERE code = :code")
    return await counter.store.read(lambda db: db.scalar(found, {"code": code}))


async def refusals(counter: Counter) -> int:
    return await counter.count("audit", "action = 'refused'")


# --- check-in -------------------------------------------------------------------------------------------------------


async def test_b12_a_typed_ticket_code_marks_arrived_at_once(counter, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(f"{booked[:3].lower()}-{booked[3:].lower()}")
    wulan.hears(booked, "datang", "S*** A***", "KTP baru", "09.00")
    wulan.hears_not("Aminah", SRI["nik"])
    assert await state_of(counter, booked) == "arrived"
    assert await counter.count("audit", "action = 'arrived' AND actor LIKE 'staff:%'") == 1
    await wulan.says(booked)
    wulan.hears(booked, "sudah tercatat datang pukul 08.50")
    await wulan.says(f"/selesai {booked}")
    await wulan.says(booked)
    wulan.hears(booked, "sudah dilayani sebelumnya")


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_b12_a_photo_of_the_tickets_qr_code_checks_in(counter, sri, channel):
    code = await books(sri, SRI)
    picture = ticket_photo(sri)
    counter.clock.move(hours=24)
    wulan = await officer(counter, channel=channel)
    await wulan.shows(picture)
    wulan.hears(code, "datang", "S*** A***")
    assert await state_of(counter, code) == "arrived"


async def test_a_photo_that_cannot_be_read_is_told(counter, booked):
    wulan = await officer(counter)
    await wulan.shows(b"no picture at all")
    assert await state_of(counter, booked) == "booked"
    assert wulan.screen.text


async def test_a_residents_ticket_code_checks_nobody_in(counter, sri, booked):
    await sri.says(booked)
    stranger = counter.resident("Budi")
    await stranger.says(booked)
    assert await state_of(counter, booked) == "booked"
    assert await refusals(counter) == 0, "nobody has claimed to be staff"


async def test_a_check_in_interrupts_an_officers_conversation_and_returns_to_it(counter, booked):
    wulan = await officer(counter)
    await wulan.says("/status")
    await wulan.says(booked)
    wulan.hears(booked, "datang", f"batalkan {booked}", "nomor registrasi")
    await wulan.says(f"batalkan {booked}")
    wulan.hears(booked, "Dibatalkan", "nomor registrasi")
    assert await state_of(counter, booked) == "booked"


async def test_a_ticket_of_another_day_is_accepted_and_its_day_is_told(counter, sri):
    code = await books(sri, SRI)
    wulan = await officer(counter)
    await wulan.says(code)
    wulan.hears(code, "bukan hari ini", "Selasa, 24 November 2026")


async def test_served_by_a_slip_can_be_taken_back_and_invites_nobody(counter, sri):
    code = await books(sri, SRI, day="kamis")
    wulan = await officer(counter)
    await wulan.says(f"/selesai {code}")
    wulan.hears(code, "dilayani", "bukan hari ini", "Kamis, 26 November 2026", "Keliru?")
    assert await state_of(counter, code) == "served", "it acts at once"
    await wulan.taps("Batalkan")
    wulan.hears(code, "tidak jadi dicatat")
    assert await state_of(counter, code) == "booked"
    assert await counter.count("audit", "action = 'served-undone' AND actor LIKE 'staff:%'") == 1
    sri.catch_up()
    await counter.passes(minutes=11)
    sri.catch_up()
    sri.hears_not("sembilan pertanyaan")
    await counter.passes(days=2)  # Wednesday, 09.01: a day before
    sri.catch_up()
    sri.hears("Pengingat", "09.00")
    await wulan.says(f"/selesai {code}")
    await counter.passes(minutes=11)
    sri.catch_up()
    sri.hears("sembilan pertanyaan")


async def test_an_arrival_is_taken_back_by_a_typed_word_for_ten_minutes(counter, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    await wulan.says("batalkan")
    wulan.hears(booked, "tidak jadi dicatat")
    assert await state_of(counter, booked) == "booked"
    assert await counter.count("audit", "action = 'step-undone'") == 1
    await wulan.says(booked)
    undo = wulan.button("Batalkan")
    await counter.passes(minutes=10)
    await wulan.taps(undo.label)
    wulan.hears(booked, "tidak bisa dibatalkan lagi")
    assert await state_of(counter, booked) == "arrived"


async def test_a_ticket_of_another_point_is_named(counter, booked):
    joko = await officer(counter, "Joko", point="mpp")
    await joko.says(booked)
    joko.hears(booked, "tiket untuk Kantor Dispendukcapil, Sooko", NOT_ALLOWED)
    assert await state_of(counter, booked) == "booked"


async def test_words_and_dates_in_a_staff_chat_are_no_ticket_codes(counter):
    wulan = await officer(counter)
    for words in ("terima", "241126", "kartu?", "MJK-262222-AB23-C"):
        await wulan.says(words)
        wulan.hears_not("tidak ditemukan. Mohon periksa nomor registrasi atau kode tiket")


# --- /selesai -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["/selesai {}", "selesai {}", "SELESAI {}"])
async def test_r1_a_served_ticket_invites_its_resident_after_ten_minutes(counter, sri, booked, words):
    wulan = await officer(counter)
    sri.catch_up()
    await wulan.says(words.format(booked))
    wulan.hears(booked, "dilayani")
    assert wulan.screen.text.count(booked) == 1
    assert await state_of(counter, booked) == "served"
    await counter.passes(minutes=9)
    assert not sri.catch_up()
    await counter.passes(minutes=1, seconds=1)
    sri.catch_up()
    sri.hears("sembilan pertanyaan")


async def test_r1_done_with_a_registration_number_hands_the_card_over(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri, daughter, wulan = counter.resident("Sri"), counter.resident("Ani"), await officer(counter)
    await sri.asks(SRI)
    await daughter.asks(SRI)
    await wulan.says(f"/selesai {SRI['no_registrasi'].lower()}")
    wulan.hears(SRI["no_registrasi"], "diambil", "S*** A***")
    assert await counter.count("applications", "stage = 'PICKED_UP'") == 1
    await wulan.says(f"/selesai {SRI['no_registrasi']}")
    wulan.hears(SRI["no_registrasi"], "sebelumnya")
    await counter.passes(minutes=10, seconds=1)
    for one in (sri, daughter):
        one.catch_up()
        one.hears("sembilan pertanyaan")


async def test_people_who_declined_or_failed_the_look_up_are_not_invited(counter, sri, booked):
    nosy, wulan = counter.resident("Tono"), await officer(counter)
    await nosy.asks(SRI, BUDI["nik"])
    await sri.says("/berhenti")
    await wulan.says(f"/selesai {booked}")
    before = len(sri.screens), len(nosy.screens)
    await counter.passes(minutes=11)
    assert (len(sri.screens), len(nosy.screens)) == before


async def test_served_twice_and_by_two_ways_is_asked_about_once(counter, sri, booked):
    wulan = await officer(counter)
    await wulan.says(f"/selesai {booked}")
    await wulan.says(booked)
    await counter.passes(minutes=11)
    assert await counter.count("invitations") == 1


async def test_done_without_a_number_asks_for_one(counter, booked):
    wulan = await officer(counter)
    await wulan.says("/selesai")
    wulan.hears("nomor registrasi", "kode tiket")
    await wulan.says("entahlah")
    wulan.hears("kode tiket")
    await wulan.says(booked)
    wulan.hears(booked, "dilayani")


@pytest.mark.parametrize("unknown", ["ZZZ222", "MJK-261102-0009-V", "MJK-261102-0007-A", "bulan"])
async def test_what_is_unknown_is_said_so_with_what_was_typed(counter, booked, unknown):
    wulan = await officer(counter)
    await wulan.says(f"/selesai {unknown}")
    wulan.hears(unknown, "tidak ditemukan")


async def test_a_nik_is_not_repeated(counter):
    wulan = await officer(counter)
    await wulan.says(f"/selesai {SRI['nik']}")
    wulan.hears("tidak ditemukan")
    wulan.hears_not(SRI["nik"])


async def test_a_cancelled_ticket_is_not_served(counter, sri, booked):
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.taps("Ya, batal")
    wulan = await officer(counter)
    await wulan.says(f"/selesai {booked}")
    wulan.hears(booked, "dibatalkan")
    assert await state_of(counter, booked) == "cancelled"
    assert await counter.count("invitations") == 0


# --- rights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["/hariini", "/selesai {}", "selesai {}", "/tamu", "/selesai", "/panggil", "/batalkan {}"]
)
async def test_a13_a_resident_may_not_and_the_no_is_audited(counter, sri, booked, words):
    await sri.says(words.format(booked))
    sri.hears(NOT_ALLOWED)
    sri.hears_not("A***")
    assert await refusals(counter) == 1
    assert await state_of(counter, booked) == "booked"


@pytest.mark.parametrize("words", ["/selesai {}", "{}", "/tamu", "/panggil", "/batalkan {}"])
async def test_a13_a_viewer_may_look_and_nothing_else(counter, booked, words):
    ayu = await officer(counter, "Ayu", role=Role.VIEWER)
    await ayu.says(words.format(booked))
    ayu.hears(NOT_ALLOWED)
    assert await refusals(counter) == 1
    assert await state_of(counter, booked) == "booked"
    await ayu.says("/hariini sooko")
    ayu.hears("1 ditunggu")
    await ayu.taps(booked)
    ayu.hears(booked, "S*** A***", "Sudah memesan")
    assert "Selesai dilayani" not in ayu.labels
    assert "Tamu langsung" not in ayu.labels
    ayu.hears_not(SRI["no_registrasi"])


async def test_a13_an_officer_of_another_point_may_not(counter, booked):
    await counter.imports(row(BUDI, "CARD_SHIPPED", lokasi="sooko"))
    joko = await officer(counter, "Joko", point="mpp")
    for words in (
        f"/selesai {booked}",
        booked,
        f"/selesai {BUDI['no_registrasi']}",
        "/hariini sooko",
        "/tamu sooko",
    ):
        await joko.says(words)
        joko.hears(NOT_ALLOWED)
        joko.hears_not("S*** A***", "B*** S***")
    assert await refusals(counter) == 5
    assert await state_of(counter, booked) == "booked"
    assert await counter.count("applications", "stage = 'PICKED_UP'") == 0


async def test_a13_revoked_staff_hand_over_no_card_by_an_open_question(counter):
    await counter.imports(row(SRI, "READY_FOR_PICKUP"))
    wulan = await officer(counter)
    await wulan.says("/selesai")
    await counter.store.write(lambda db: staff.revoke(db, name="Wulan", actor=SYSTEM))
    await wulan.says(SRI["no_registrasi"])
    wulan.hears(NOT_ALLOWED)
    wulan.hears_not("S*** A***")
    assert await counter.count("applications", "stage = 'PICKED_UP'") == 0


async def test_a13_revoked_staff_can_do_nothing_even_with_an_open_list(counter, booked):
    wulan = await officer(counter)
    await wulan.says("/hariini sooko")
    await wulan.taps(booked)
    await counter.store.write(lambda db: staff.revoke(db, name="Wulan", actor=SYSTEM))
    await wulan.taps("Datang")
    assert await state_of(counter, booked) == "booked"
    await wulan.says(f"/selesai {booked}")
    wulan.hears(NOT_ALLOWED)


# --- /hariini -------------------------------------------------------------------------------------------------------


# --- walk-ins -------------------------------------------------------------------------------------------------------


async def test_a_wrong_handover_is_taken_back_by_tap_or_command(counter):
    await counter.imports(row(SRI, "READY_FOR_PICKUP"))
    counter.clock.move(seconds=1)
    wulan = await officer(counter, point="sooko")
    for way in ("tap", "command"):
        await wulan.says(f"/selesai {SRI['no_registrasi']}")
        if way == "tap":
            await wulan.taps("Batalkan")
        else:
            await wulan.says(f"batalkan {SRI['no_registrasi']}")
        wulan.hears(SRI["no_registrasi"], "Dibatalkan", "seperti semula")
        assert await counter.count("applications", "stage = 'READY_FOR_PICKUP'") == 1
    await wulan.says(f"/batalkan {SRI['no_registrasi']}")
    wulan.hears(SRI["no_registrasi"], "tidak bisa dibatalkan lagi")
    await wulan.says("/status")
    await wulan.says(f"/selesai {SRI['no_registrasi']}")
    wulan.hears("diambil", f"batalkan {SRI['no_registrasi']}", "nomor registrasi")
    await wulan.says(f"batalkan {SRI['no_registrasi']}")
    wulan.hears("seperti semula")
    elsewhere = await officer(counter, "Teguh", point="mojosari")
    await wulan.says(f"/selesai {SRI['no_registrasi']}")
    await elsewhere.says(f"/batalkan {SRI['no_registrasi']}")
    elsewhere.hears(NOT_ALLOWED)
    assert await counter.count("applications", "stage = 'PICKED_UP'") == 1
