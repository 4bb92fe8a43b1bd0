"""Hari ini: arrived, called, served, missed, [Batalkan], walk-ins, and the list on paper and as a file."""

from datetime import timedelta

from domain.staff.roles import Role
from storage.schema import bookings
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.console.town import a_register
from tests.support.officers import Officer, table

DAY = "/staf"


async def rows(counter: ConsoleCounter) -> dict[str, object]:
    found = await counter.store.read(lambda db: db.rows(bookings.select()))
    return {one.code: one for one in found}


async def states(counter: ConsoleCounter) -> dict[str, str]:
    return {code: row.state for code, row in (await rows(counter)).items()}


async def scans(officer: Officer, code: str, **more):
    return await officer.sends(DAY, "/staf/hari-ini/datang", kode=code, titik="sooko", **more)


async def does(officer: Officer, code: str, step: str):
    return await officer.sends(DAY, f"/staf/tiket/{code}/{step}", titik="sooko")


async def calls(officer: Officer, **more):
    return await officer.sends(DAY, "/staf/hari-ini/panggil", titik="sooko", **more)


async def test_who_comes_is_called_and_served_in_the_order_of_appointments(counter: ConsoleCounter):
    first, second = await counter.books("ktp_baru"), await counter.books("ktp_hilang")
    moved = bookings.update().where(bookings.c.code == second)
    later = (await rows(counter))[second].starts_at + timedelta(minutes=30)
    await counter.store.write(lambda db: db.run(moved.values(starts_at=later)))
    officer = await counter.enter(Role.OFFICER, "sooko")
    assert "Tidak ada yang menunggu" in (await calls(officer)).text
    assert "Tercatat datang" in (await scans(officer, second.lower())).text
    await does(officer, first, "hadir")
    again = await scans(officer, first)
    assert again.status_code == 200
    assert "Sudah tercatat datang" in again.text
    called = await calls(officer, loket="2")
    assert "Tercatat dipanggil" in called.text
    assert 'name="loket" value="2"' in called.text, "the desk is typed once"
    assert await states(counter) == {first: "called", second: "arrived"}
    assert (await rows(counter))[first].desk == 2
    assert "Tercatat selesai dilayani" in (await does(officer, first, "selesai")).text
    assert "Sudah tercatat dilayani" in (await scans(officer, first)).text
    await calls(officer)
    assert await states(counter) == {first: "served", second: "called"}


async def test_the_desk_is_typed_once_a_day_on_each_computer(counter: ConsoleCounter):
    typed = 'id="loket" name="loket" value="2"'
    officer = await counter.enter(Role.OFFICER, "sooko")
    await calls(officer, loket="2")
    await officer.opens("/staf/register")
    assert typed in (await officer.opens(DAY)).text
    colleague = await counter.enter(Role.OFFICER, "sooko", name="Endang Dua")
    assert typed not in (await colleague.opens(DAY)).text
    await calls(officer, loket="")
    assert typed not in (await officer.opens(DAY)).text


async def test_a_card_of_another_point_is_named_when_its_number_is_scanned(counter: ConsoleCounter):
    await counter.import_register(a_register(1).mended.replace("sooko", "mpp"))
    officer = await counter.enter(Role.OFFICER, "sooko")
    card = await scans(officer, person(1)["no_registrasi"])
    assert (card.status_code, "Tidak berwenang" in card.text) == (403, False)
    assert "Dilayani di Mal Pelayanan Publik. Arahkan pemohon ke sana." in card.text


async def test_each_recorded_step_can_be_taken_back_for_ten_minutes(counter: ConsoleCounter):
    code = await counter.books("ktp_baru")
    officer = await counter.enter(Role.OFFICER, "sooko")
    counter.clock.move(minutes=31)
    await officer.log_in(await counter.code("Endang Dua (sooko)", Role.OFFICER, "sooko"))
    for step in ("hadir", "tidak-hadir"):
        assert ">Batalkan<" in (await does(officer, code, step)).text
        back = await does(officer, code, "batalkan")
        assert "tidak jadi dicatat" in back.text
        assert await states(counter) == {code: "booked"}
    await does(officer, code, "hadir")
    shown = await officer.stamp(DAY, f"/staf/tiket/{code}/batalkan")
    counter.clock.move(minutes=10)
    late = await officer.http.post(f"/staf/tiket/{code}/batalkan", data={"csrf": shown})
    assert "Tidak bisa dibatalkan lagi" in late.text
    assert await states(counter) == {code: "arrived"}
    assert ">Batalkan<" not in (await officer.opens(DAY)).text


async def test_a_no_show_waits_for_the_minutes_of_the_office(counter: ConsoleCounter):
    code = await counter.books("ktp_baru")
    officer = await counter.enter(Role.OFFICER, "sooko")
    begins = (await rows(counter))[code].starts_at
    counter.clock.now = begins + timedelta(minutes=29)
    assert "Tidak datang<" not in (await officer.opens(DAY)).text
    counter.clock.move(minutes=1)
    assert "Tercatat tidak datang" in (await does(officer, code, "tidak-hadir")).text
    assert await states(counter) == {code: "no_show"}


async def test_tickets_of_another_day_and_point_are_named(counter: ConsoleCounter):
    other = await counter.books("ktp_baru", "mpp")
    old = await counter.books("ktp_hilang")
    officer = await counter.enter(Role.OFFICER, "sooko")
    elsewhere = await scans(officer, other)
    assert elsewhere.status_code == 403
    assert "Tiket itu untuk Mal Pelayanan Publik" in elsewhere.text
    unknown = await scans(officer, "ZZZ999")
    assert (unknown.status_code, 'aria-invalid="true"' in unknown.text) == (422, True)
    counter.clock.move(hours=24)
    await officer.log_in(await counter.code("Endang Dua (sooko)", Role.OFFICER, "sooko"))
    assert "janji itu bukan hari ini" in (await scans(officer, old)).text
    assert await states(counter) == {other: "booked", old: "arrived"}


async def test_the_list_of_a_coming_day_ticks_nobody_off(counter: ConsoleCounter):
    """On a closed day the page opens on the next open one; somebody who comes early has their code scanned."""
    code = await counter.books("ktp_baru")
    officer = await counter.enter(Role.OFFICER, "sooko")
    assert f'id="hadir-{code}"' in (await officer.opens(DAY)).text
    begins = (await rows(counter))[code].starts_at
    counter.clock.now = begins - timedelta(days=1)
    coming = await officer.opens(f"{DAY}?titik=sooko&hari={begins:%Y-%m-%d}")
    assert code in coming.text
    assert f'id="hadir-{code}"' not in coming.text
    assert "janji itu bukan hari ini" in (await scans(officer, code)).text


async def test_a_walk_ins_page_survives_a_reload_and_tells_no_past_time(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER, "sooko")
    counter.clock.move(minutes=5)
    given = await officer.sends(DAY, "/staf/hari-ini/tanpa-janji", titik="sooko", layanan="ktp_baru")
    (row,) = (await rows(counter)).values()
    assert (row.walked_in, row.state) == (True, "arrived")
    again = await officer.opens(str(given.url))
    for shown in (given, again):
        assert f'<p class="big code">{row.code}</p>' in shown.text
        assert "Sudah masuk antrean." in shown.text, "its time began five minutes ago"
    counter.clock.move(hours=9)  # the counter is closed
    await officer.log_in(await counter.code("Endang Dua (sooko)", Role.OFFICER, "sooko"))
    late = await officer.sends(DAY, "/staf/hari-ini/tanpa-janji", titik="sooko", layanan="ktp_baru")
    assert late.status_code == 409


async def test_who_comes_after_a_no_show_is_ticked_in_the_list(counter: ConsoleCounter):
    code = await counter.books("ktp_baru")
    officer = await counter.enter(Role.OFFICER, "sooko")
    counter.clock.now = (await rows(counter))[code].starts_at + timedelta(minutes=30)
    await officer.log_in(await counter.code("Endang Dua (sooko)", Role.OFFICER, "sooko"))
    await does(officer, code, "tidak-hadir")
    await does(officer, code, "hadir")
    assert await states(counter) == {code: "arrived"}


async def test_a_nik_typed_as_a_ticket_is_not_sent_back(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER, "sooko")
    page = await scans(officer, "3516 9941 0790 0001")
    assert (page.status_code, "Itu NIK" in page.text) == (422, True)
    assert not any(
        one in page.text for one in ("0790 0001", "41079000", "07900001")
    )  # four digits may stand in a stamp


async def test_what_a_day_left_open_is_listed_the_next_morning(counter: ConsoleCounter):
    code = await counter.books("ktp_baru")
    counter.clock.move(hours=24)
    await counter.passes(seconds=1)
    officer = await counter.enter(Role.OFFICER, "sooko")
    page = await officer.opens(DAY)
    assert "Belum ditutup dari hari-hari lalu" in page.text
    await does(officer, code, "selesai")
    assert await states(counter) == {code: "served"}


async def test_the_list_is_a_file_without_full_names(counter: ConsoleCounter):
    code = await counter.books("ktp_baru")
    viewer = await counter.enter(Role.VIEWER)
    (line,) = table(await viewer.opens("/staf/hari-ini/jadwal.csv?titik=sooko"))
    assert (line["kode"], line["keadaan"], line["layanan"]) == (code, "ditunggu", "KTP-el pertama")


async def test_a_closed_day_opens_on_the_next_open_one(counter: ConsoleCounter):
    await counter.books("ktp_baru")
    await counter.store.write(lambda db: db.run(bookings.update().values(state="served")))
    counter.clock.move(days=5)  # Saturday
    officer = await counter.enter(Role.OFFICER, "sooko")
    page = await officer.opens(DAY)
    assert str(page.url).endswith("?titik=sooko&hari=2026-11-30&kabar=hari-tutup")
    assert "Hari ini tutup" in page.text
    today = await officer.opens(f"{DAY}?titik=sooko&hari=2026-11-28")
    assert str(today.url).endswith("hari=2026-11-28"), "it can be seen as well"
    await counter.store.write(lambda db: db.run(bookings.update().values(state="open")))
    page = await officer.opens(DAY)
    assert "Belum ditutup dari hari-hari lalu" in page.text, "what waits for the officer comes first"
