"""Ringkasan: the office's figures by point and period, and their files."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from domain.staff.roles import Role
from storage.handovers.handovers import open_handover
from storage.overview.sums import Key, Subject, put
from storage.people import chats
from storage.schema import chats as chats_table
from storage.schema import staff as staff_table
from tests.console.conftest import ConsoleCounter
from tests.console.test_pages import answered
from tests.console.town import a_register
from tests.support.officers import Officer, table

MONDAY = date(2026, 11, 23)


async def file(visitor: Officer, name: str, query: str = "") -> list[dict[str, str]]:
    return table(await visitor.opens(f"/staf/ringkasan.csv?angka={name}&{query}"))


async def counts(counter: ConsoleCounter, *sums: tuple) -> None:
    await counter.store.write(lambda db: put(db, {Key(*key): count for *key, count in sums}))


async def test_a_viewer_sees_the_backlog_of_an_import(counter: ConsoleCounter):
    await counter.import_register(a_register(5, status="PRR").mended)
    viewer = await counter.enter(Role.VIEWER)
    page = (await viewer.opens("/staf/ringkasan")).text
    assert "Siap cetak" in page
    assert 'role="img" aria-label="Grafik batang permohonan' in page
    (row,) = await file(viewer, "backlog")
    assert (row["tahap"], row["jumlah"]) == ("Siap cetak", "5")
    assert int(row["median_hari"]) <= int(row["p90_hari"]) <= int(row["terlama_hari"])


async def test_figures_follow_point_and_period(counter: ConsoleCounter):
    old = MONDAY - timedelta(days=40)
    await counts(
        counter,
        (Subject.HANDED, MONDAY, "sooko", "", 7),
        (Subject.HANDED, MONDAY, "mpp", "", 5),
        (Subject.HANDED, old, "sooko", "", 11),
    )
    officer = await counter.enter(Role.OFFICER)
    week = f"dari={MONDAY}&sampai={MONDAY}"
    assert [row["selesai"] for row in await file(officer, "flow", week)] == ["12"]
    assert [row["selesai"] for row in await file(officer, "flow", f"{week}&titik=sooko")] == ["7"]
    for period in (f"dari={old}&sampai={MONDAY}", f"dari={MONDAY}&sampai={old}"):
        assert sum(int(row["selesai"]) for row in await file(officer, "flow", period)) == 23
    monthly = await file(officer, "flow", "dari=2026-01-01&sampai=2026-11-23")
    assert [row["bulan"] for row in monthly][-1] == "2026-11-01"


async def test_a_member_of_a_point_sees_their_point_only(counter: ConsoleCounter):
    await counts(
        counter, (Subject.STANDS, MONDAY, "mpp", "PRINTED", 5), (Subject.CHATS, MONDAY, "", "web", 9)
    )
    officer = await counter.enter(Role.OFFICER, "sooko")
    assert await file(officer, "backlog") == []
    page = (await officer.opens("/staf/ringkasan")).text
    assert "dihitung untuk seluruh kantor saja" in page
    assert 'id="chats"' not in page
    async with counter.client() as http:
        http.cookies = officer.http.cookies
        assert (await http.get("/staf/ringkasan.csv?angka=chats")).status_code == 404
        assert (await http.get("/staf/ringkasan.csv?titik=mpp")).status_code == 403


async def test_chats_are_counted_by_day_and_channel_and_without_staff(counter: ConsoleCounter):
    async def write(db) -> None:
        for serial in range(12):
            one = await chats.meet(db, channel="telegram", account="bot", address=f"t{serial}", language="id")
            if serial < 6:
                await open_handover(db, chat=one.id, why="asked", point=None, context={})
        own = await chats.meet(db, channel="web", account="bot", address="staff", language="id")
        member = (await db.one(staff_table.select())).id
        await db.run(update(chats_table).where(chats_table.c.id == own.id).values(staff_id=member))

    viewer = await counter.enter(Role.VIEWER)
    await counter.store.write(write)
    await counter.assembled.timers.close_days()
    (row,) = await file(viewer, "chats")
    assert row == {
        "hari": "2026-11-23",
        "kanal": "telegram",
        "obrolan": "12",
        "minta_petugas": "6",
        "tanpa_petugas_persen": "50,0",
    }
    # After midnight most have gone on; yesterday's count stays.
    await counter.store.write(
        lambda db: db.run(update(chats_table).values(heard_at=db.now + timedelta(days=1)))
    )
    counter.clock.move(days=1)
    await counter.assembled.timers.close_days()
    viewer = await counter.enter(Role.VIEWER)
    assert [row["obrolan"] for row in await file(viewer, "chats")] == ["12", "12"]


@pytest.mark.parametrize(("asked", "shown"), [(0, "0"), (4, ""), (5, "5")])
async def test_few_people_who_asked_for_a_human_are_not_disclosed(
    counter: ConsoleCounter, asked: int, shown: str
):
    await counts(
        counter, (Subject.CHATS, MONDAY, "", "web", 40), (Subject.CHATS_HELPED, MONDAY, "", "web", asked)
    )
    viewer = await counter.enter(Role.VIEWER)
    (row,) = await file(viewer, "chats")
    assert row["minta_petugas"] == shown
    assert bool(row["tanpa_petugas_persen"]) is bool(shown)


async def test_the_index_hides_months_that_the_public_page_hides(counter: ConsoleCounter):
    for month in (6, 7, 8):
        await answered(counter, 6, on=date(2026, month, 5))
    await answered(counter, 1, on=date(2026, 9, 5), score=1)
    viewer = await counter.enter(Role.VIEWER)
    rows = await file(viewer, "index", "dari=2026-01-01&sampai=2026-11-23")
    hidden = [row["bulan"] for row in rows if not row["ikm"]]
    assert hidden == ["2026-06-01", "2026-09-01"]  # June, too: September alone follows from the year


async def test_every_figure_of_the_page_has_its_file(counter: ConsoleCounter):
    await counter.walks_in("ktp_baru")
    await counter.assembled.timers.close_days()
    viewer = await counter.enter(Role.VIEWER)
    page = (await viewer.opens("/staf/ringkasan")).text
    names = [part.split("&")[0] for part in page.split("/staf/ringkasan.csv?angka=")[1:]]
    assert len(names) == len(set(names)) == 14
    for name in names:
        await file(viewer, name)
    (today,) = [row for row in await file(viewer, "appointments") if row["minggu"] == str(MONDAY)]
    assert int(today["kursi"]) > 0
    assert int(today["tanpa_janji"]) == 1


async def test_waits_at_the_counter_are_told_by_hour_and_not_of_few(counter: ConsoleCounter):
    await counts(
        counter,
        *(
            (Subject.QUEUE, MONDAY, point, f"9:{minutes}", 2)
            for point in ("sooko", "mpp")
            for minutes in (4, 10, 30)
        ),
        (Subject.QUEUE, MONDAY, "sooko", "13:50", 4),
    )
    viewer = await counter.enter(Role.VIEWER)
    nine, one = await file(viewer, "queue")
    assert nine == {
        "jam": "09.00",
        "orang": "12",
        "median_menit": "10",
        "p90_menit": "30",
        "terlama_menit": "30",
    }
    assert (one["jam"], one["orang"], one["median_menit"]) == ("13.00", "", "")


async def test_where_every_index_is_hidden_the_year_is_offered(counter: ConsoleCounter):
    for point in ("sooko", "mpp"):
        await answered(counter, 3, on=date(2026, 6, 5), point=point)
        await answered(counter, 3, on=date(2026, 11, 5), point=point)
    viewer = await counter.enter(Role.VIEWER)
    page = (await viewer.opens("/staf/ringkasan")).text
    year = "/staf/ringkasan?dari=2026-01-01&amp;sampai=2026-11-23#index-point"
    assert f'<a href="{year}">Lihat sejak 1 Januari</a>' in page
    whole = (await viewer.opens(year.replace("&amp;", "&"))).text
    assert "Lihat sejak 1 Januari" not in whole
    assert "100,0" in whole


async def test_the_index_is_told_by_point_and_service_without_few(counter: ConsoleCounter):
    for month in (6, 7):
        await answered(counter, 6, on=date(2026, month, 5))
        await answered(counter, 6, on=date(2026, month, 5), point="mpp", score=3)
    await answered(counter, 1, on=date(2026, 6, 5), point="jetis", score=1)
    viewer = await counter.enter(Role.VIEWER)
    period = "dari=2026-01-01&sampai=2026-11-23"
    points = {row["titik"]: row["ikm"] for row in await file(viewer, "index-point", period)}
    assert points["Kantor Dispendukcapil, Sooko"] == "100,0"
    assert not points["Kantor Kecamatan Jetis"]
    assert not points["Mal Pelayanan Publik"], "what one hidden point leaves over would be the other"
    services = await file(viewer, "index-service", period)
    assert [(row["layanan"], row["jawaban"]) for row in services] == [("KTP-el pertama", "25")]
    few = await file(viewer, "index-service", "dari=2026-05-01&sampai=2026-06-30")
    assert [row["jawaban"] for row in few] == ["13"]
    member = await counter.enter(Role.OFFICER, "sooko")
    assert 'id="index-service"' not in (await member.opens("/staf/ringkasan")).text
