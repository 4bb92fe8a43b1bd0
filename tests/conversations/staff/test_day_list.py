"""The list of the day, and residents without an appointment, in a staff chat."""

import pytest
from sqlalchemy import text as sql

from domain.staff.roles import Role
from storage.audit import SYSTEM
from storage.staff import staff
from tests.conversations.appointments.steps import books, code_of, crowd, to_record
from tests.conversations.staff.test_counter_of_staff import state_of
from tests.support.officers import officer
from tests.support.people import SRI

SMALL_PHONE = 700


async def test_the_list_of_the_day_leads_to_a_check_in_and_back(counter, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    wulan.hears("Sooko", "Selasa, 24 November 2026", "1 ditunggu")
    assert f"09.00 {booked}" in wulan.labels
    assert wulan.button(booked).hint == "S*** A*** · KTP baru"
    await wulan.taps(booked)
    wulan.hears(SRI["no_registrasi"], "S*** A***")
    await wulan.taps("Datang")
    wulan.hears(booked, "datang", "0 ditunggu", "1 sudah datang")
    assert "menunggu" in wulan.button(booked).hint
    await wulan.taps(booked)
    await wulan.taps("Selesai dilayani")
    wulan.hears(booked, "dilayani", "0 ditunggu", "1 dilayani")
    assert "sudah dilayani" in wulan.button(booked).hint
    await wulan.taps(booked)
    wulan.hears("Sudah dilayani")
    await wulan.taps("Batalkan")
    wulan.hears("tidak jadi dicatat", "1 sudah datang")


async def test_whose_point_is_not_known_is_asked(counter, booked):
    wulan = await officer(counter)
    await wulan.says("hariini")
    wulan.hears("Kantor Dispendukcapil, Sooko: 1 ditunggu", f"Berikutnya 09.00 {booked}", "Di mana?")
    await wulan.taps("Dispendukcapil Sooko")
    wulan.hears("1 ditunggu")
    await wulan.says("/hariini mpp")
    wulan.hears("Mal Pelayanan Publik", "belum ada jadwal")


async def test_b10_who_did_not_come_is_noted_and_asked_to_book_again(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    await wulan.taps(booked)
    assert "Tidak datang" not in wulan.labels, "it is ten to nine"
    await wulan.taps("Kembali")
    counter.clock.move(minutes=41)
    await wulan.taps(booked)
    await wulan.taps("Tidak datang")
    wulan.hears(booked, "dicatat tidak datang", "1 tidak datang")
    assert await state_of(counter, booked) == "no_show"
    await counter.passes(minutes=5)
    sri.catch_up()
    sri.hears("belum bertemu", "pesan waktu lain")
    assert "Pesan lagi" in sri.labels


async def test_who_comes_late_is_still_served(counter, booked):
    wulan = await officer(counter, point="sooko")
    counter.clock.move(minutes=45)
    await wulan.says("/hariini")
    for label in (booked, "Tidak datang", booked, "Datang"):
        await wulan.taps(label)
    wulan.hears(booked, "datang")
    assert await state_of(counter, booked) == "arrived"


async def test_whoever_booked_again_after_a_no_show_is_not_checked_in_twice(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    counter.clock.move(minutes=45)
    await wulan.says("/hariini")
    for label in (booked, "Tidak datang"):
        await wulan.taps(label)
    again = await books(sri, SRI, day="kamis")
    await wulan.says(booked)
    wulan.has_heard(booked, "sudah memesan jadwal lain", f"/selesai {booked}")
    assert await state_of(counter, booked) == "no_show"
    await wulan.says(f"/selesai {booked}")
    assert [await state_of(counter, code) for code in (booked, again)] == ["served", "booked"]


async def test_a_visit_left_open_before_its_time_is_no_early_no_show(counter, sri):
    code = await books(sri, SRI, day="kamis")
    wulan = await officer(counter, point="sooko")
    await wulan.says(code)  # on Monday, with a ticket for Thursday
    await counter.passes(days=2, hours=23)  # Thursday, 08.00
    assert await state_of(counter, code) == "open"
    await wulan.says("/hariini")
    await wulan.taps(code)
    assert wulan.labels == ["Datang", "Selesai dilayani", "Kembali ke daftar"]
    counter.clock.move(hours=1, minutes=31)
    await wulan.taps("Kembali")
    await wulan.taps(code)
    assert "Tidak datang" in wulan.labels


async def test_an_appointment_cancelled_under_the_open_list_takes_no_step(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    await sri.says("/jadwal")
    await sri.taps("Batal")
    await sri.taps("Ya, batal")
    await wulan.taps(booked)
    wulan.hears("belum ada jadwal")
    assert not [label for label in wulan.labels if booked in label]


async def test_a_service_that_is_gone_is_listed_by_its_id(counter, booked):
    await counter.store.write(lambda db: db.run(sql("UPDATE bookings SET service = 'ktp_lama'")))
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    assert wulan.button(booked).hint == "S*** A*** · ktp_lama"


async def test_an_officer_revoked_under_the_open_list_sees_no_appointment(counter, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    await counter.store.write(lambda db: staff.revoke(db, name="Wulan", actor=SYSTEM))
    await wulan.taps(booked)
    wulan.hears("tidak berwenang")
    wulan.hears_not("A***")


async def test_a_no_show_taken_back_is_not_asked_to_book_again(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    counter.clock.move(minutes=45)
    await wulan.says("/hariini")
    for label in (booked, "Tidak datang", booked, "Batalkan"):
        await wulan.taps(label)
    assert await state_of(counter, booked) == "booked"
    sri.catch_up()
    await counter.passes(minutes=10)
    assert not sri.catch_up()


async def test_a_code_typed_into_the_open_list_checks_in_and_refreshes_it(counter, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    await wulan.says(booked)
    wulan.hears(booked, "datang", "0 ditunggu", "1 sudah datang")


async def test_a_full_day_is_paged_for_small_screens_and_works_with_digits(counter):
    people = crowd(24)
    await counter.imports(*(to_record(one) for one in people))
    codes = []
    for one, time in zip(
        people,
        (t for t in ("09.00", "09.30", "10.00", "10.30", "11.00", "11.30") for _ in "1234"),
        strict=True,
    ):
        codes.append(await books(counter.resident(one["nama"]), one, time=time))
    counter.clock.move(hours=23)
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    wulan.hears("24 ditunggu")
    seen = []
    for _ in range(4):
        assert len(wulan.labels) <= wulan.phone.caps.page
        hints = "\n".join(
            f"{one.number}. {one.label}: {one.hint}" for one in wulan.screen.choices if one.hint
        )
        assert len(f"{wulan.screen.text}\n\n{hints}") <= SMALL_PHONE
        seen += [one.label[-6:] for one in wulan.screen.choices if one.hint]
        more = [one.number for one in wulan.screen.choices if "Lainnya" in one.label]
        if not more:
            break
        await wulan.says(str(more[0]))
    assert sorted(seen) == sorted(codes)
    await wulan.says("1")
    wulan.hears("Catat apa?")


async def test_a_walk_in_gets_the_next_free_seat_and_a_code(counter):
    wulan = await officer(counter, point="mpp")
    await wulan.says("/tamu")
    await wulan.taps("KTP hilang")
    wulan.hears("Tamu langsung", "KTP hilang", "09.00")
    code = code_of(wulan)
    assert await counter.count("audit", "action = 'walk-in'") == 1
    await wulan.says("/hariini")
    assert wulan.button(code).hint == "Tamu langsung · KTP hilang"
    await wulan.taps(code)
    wulan.hears(code, "Catat apa?")
    wulan.hears_not("MJK-")  # nothing was applied for
    await wulan.says(code)
    wulan.hears(code, "sudah tercatat datang")
    await wulan.says(f"/selesai {code}")
    assert await state_of(counter, code) == "served"


async def test_a_walk_in_is_never_told_a_past_time(counter):
    wulan = await officer(counter, point="mpp")
    counter.clock.move(minutes=10)
    await wulan.says("/tamu")
    await wulan.taps("KTP hilang")
    wulan.hears("menunggu dipanggil")
    wulan.hears_not("09.00")


async def test_an_officer_revoked_before_the_service_gives_no_seat(counter):
    wulan = await officer(counter, point="mpp")
    await wulan.says("/tamu")
    await counter.store.write(lambda db: staff.revoke(db, name="Wulan", actor=SYSTEM))
    await wulan.taps("KTP hilang")
    wulan.hears("tidak berwenang")
    assert not await counter.count("bookings")


async def test_a_viewers_empty_day_is_looked_at_again(counter, sri):
    ayu = await officer(counter, "Ayu", role=Role.VIEWER)
    await ayu.says("/hariini sooko")
    ayu.hears("belum ada jadwal")
    await ayu.taps("Perbarui")
    ayu.hears("belum ada jadwal")
    code = await counter.books("ktp_baru")
    await ayu.taps("Perbarui")
    ayu.hears("1 ditunggu")
    assert ayu.button(code)


async def test_a_walk_in_from_the_list_comes_back_to_it(counter):
    wulan = await officer(counter)
    await wulan.says("/hariini mpp")
    await wulan.taps("Tamu langsung")
    await wulan.taps("KTP digital")
    wulan.hears("Tamu langsung: kode", "KTP digital", "1 sudah datang")


@pytest.mark.parametrize("counter", [{"booking": {"seats_per_slot": 2, "walk_in_share": 0.5}}], indirect=True)
@pytest.mark.first_office
async def test_walk_in_seats_are_reserved_and_a_full_day_is_told(counter):
    wulan = await officer(counter, point="sooko")
    counter.clock.move(hours=5, minutes=15)
    for time in ("menunggu dipanggil", "menunggu dipanggil", "14.30", "14.30"):
        await wulan.says("/tamu")
        await wulan.taps("KTP hilang")
        wulan.hears(time)
    await wulan.says("/tamu")
    await wulan.taps("KTP hilang")
    wulan.hears("tidak ada tempat lagi")
    counter.clock.move(days=5)
    await wulan.says("/tamu")
    await wulan.taps("KTP hilang")
    wulan.hears("tidak ada tempat lagi")


async def test_an_officer_speaks_english_too(counter, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says("/bahasa english")
    await wulan.says("/hariini")
    wulan.hears("1 awaited")
    await wulan.says(booked)
    wulan.hears(booked, "is here", "0 awaited, 1 here")
