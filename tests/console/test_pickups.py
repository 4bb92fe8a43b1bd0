"""Pickups: who is called to a day, one button to hand a card over, the scanner, and [Batalkan] for ten minutes."""

from datetime import UTC, datetime, timedelta

import pypdfium2 as pdfium
import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect
from sqlalchemy import func, select

from domain.staff.roles import Role
from storage.overview.sums import Subject
from storage.schema import announcement_applications, announcements, applications, daily_sums, invitations
from storage.staff import staff
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.console.test_browser import enters
from tests.console.town import a_register, followed_by
from tests.support.officers import Officer, table

LIST = "/staf/pengambilan"
SCAN = "/staf/register/catat"
SMALL = {"width": 360, "height": 740}
NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


async def cards(counter: ConsoleCounter) -> dict[str, object]:
    found = await counter.store.read(lambda db: db.rows(select(applications)))
    return {one.number: one for one in found}


@pytest.fixture
async def stocked(counter: ConsoleCounter) -> ConsoleCounter:
    """Three cards are ready at Sooko; their lists are older than today."""
    await counter.import_register(a_register(3).mended)
    counter.clock.move(seconds=1)
    return counter


def number(place: int) -> str:
    return person(place)["no_registrasi"]


async def calls(counter: ConsoleCounter, place: int, *, state: str = "finished") -> None:
    """An announcement in waves called this person to nine o'clock."""
    await counter.code("Bu Ratih", Role.APPROVER)
    author = (await counter.store.read(lambda db: staff.find(db, name="Bu Ratih"))).id
    card = (await cards(counter))[number(place)].id
    told = {
        "id": 1,
        "name": "Gelombang",
        "state": state,
        "wording": b"",
        "audience": "{}",
        "created_by": author,
    }
    told |= {"created_at": counter.clock.now, "urgent": False, "override": False}
    window = {"announcement_id": 1, "application_id": card, "comes_at": NINE}
    window["comes_until"] = NINE + timedelta(hours=1)

    async def write(db) -> None:
        await db.run(announcements.insert(), told)
        await db.run(announcement_applications.insert(), window)

    await counter.store.write(write)


async def test_called_cards_stand_on_calendar_day_list_and_pickup_list(stocked: ConsoleCounter):
    await calls(stocked, 2)
    officer = await stocked.enter(Role.OFFICER, "sooko")
    assert "1 kartu</a> diundang diambil" in (await officer.opens("/staf/kalender?titik=sooko")).text
    assert "09.00–10.00: 1 kartu" in (await officer.opens("/staf?titik=sooko")).text
    called, _, ready = (await officer.opens(f"{LIST}?titik=sooko")).text.partition('id="siap"')
    assert number(2) in called
    assert number(1) not in called
    assert number(1) in ready
    assert number(2) not in ready
    exported = await officer.opens(f"{LIST}.csv?titik=sooko")
    lines = table(exported)
    assert [line["no_registrasi"] for line in lines] == [number(2), number(1), number(3)]
    assert (lines[0]["dari_jam"], lines[0]["sampai_jam"], lines[1]["dari_jam"]) == ("09:00", "10:00", "")
    assert not any(person(place)["nik"] in exported.text for place in (1, 2, 3))


async def test_an_undone_announcement_calls_nobody(stocked: ConsoleCounter):
    await calls(stocked, 2, state="undone")
    viewer = await stocked.enter(Role.VIEWER)
    assert "diundang" not in (await viewer.opens("/staf/kalender?titik=sooko")).text


@pytest.mark.parametrize("where", ["list", "card"])
async def test_a_card_is_handed_over_by_one_button_and_taken_back(stocked: ConsoleCounter, where: str):
    await followed_by(stocked, 3)
    officer = await stocked.enter(Role.OFFICER, "sooko")
    before = (await cards(stocked))[number(1)]
    card = f"/staf/register/{before.id}"
    page, dari = (LIST, {"dari": "pengambilan"}) if where == "list" else (card, {})
    given = await officer.sends(page, f"{card}/serahkan", **dari)
    assert "Tercatat diserahkan" in given.text
    assert (await cards(stocked))[number(1)].stage == "PICKED_UP"
    assert await invited(stocked) == 1
    back = await officer.sends(page, f"{card}/batalkan", **dari)
    assert "kembali seperti semula" in back.text
    after = (await cards(stocked))[number(1)]
    assert (after.stage, after.raw_code, after.stage_on, after.stage_by) == (
        before.stage,
        before.raw_code,
        before.stage_on,
        "import",
    )
    assert await invited(stocked) == 0
    assert await summed(stocked) == {
        Subject.STANDS: 3,
        Subject.READY: 3,
        Subject.ENTERED: 0,
        Subject.HANDED: 0,
    }
    await officer.sends(page, f"{card}/serahkan", **dari)
    assert await invited(stocked) == 1, "handed over again, they are asked as usual"


async def invited(counter: ConsoleCounter) -> int:
    return await counter.store.read(lambda db: db.scalar(select(func.count()).select_from(invitations)))


async def summed(counter: ConsoleCounter) -> dict[str, int]:
    kinds = (Subject.STANDS, Subject.READY, Subject.ENTERED, Subject.HANDED)
    query = select(daily_sums.c.subject, func.sum(daily_sums.c.total)).group_by(daily_sums.c.subject)
    found = {row[0]: row[1] for row in await counter.store.read(lambda db: db.rows(query))}
    return {kind: int(found.get(kind, 0)) for kind in kinds}


async def test_after_ten_minutes_or_a_newer_status_nothing_is_taken_back(stocked: ConsoleCounter):
    officer = await stocked.enter(Role.OFFICER, "sooko")
    first, second = [(await cards(stocked))[number(place)].id for place in (1, 2)]
    for card in (first, second):
        await officer.sends(LIST, f"/staf/register/{card}/serahkan")
    stamps = [
        await officer.stamp(f"/staf/register/{card}", f"/staf/register/{card}/batalkan")
        for card in (first, second)
    ]
    await officer.sends(
        f"/staf/register/{first}", f"/staf/register/{first}/status", status="READY_FOR_PICKUP", tanggal="2026-11-23",
        yakin="1",
    )  # fmt: skip
    stocked.clock.move(minutes=10)
    for card, stamp in zip((first, second), stamps, strict=True):
        late = await officer.http.post(f"/staf/register/{card}/batalkan", data={"csrf": stamp})
        assert "Tidak bisa dibatalkan lagi" in late.text
    found = await cards(stocked)
    assert (found[number(1)].stage, found[number(2)].stage) == ("READY_FOR_PICKUP", "PICKED_UP")


async def test_a_handover_stands_once_somebody_was_asked_to_rate(stocked: ConsoleCounter):
    await followed_by(stocked, 1)
    officer = await stocked.enter(Role.OFFICER, "sooko")
    card = (await cards(stocked))[number(1)].id
    await officer.sends(LIST, f"/staf/register/{card}/serahkan")
    await stocked.store.write(lambda db: db.run(invitations.update().values(state="started")))
    told = await officer.sends(LIST, f"/staf/register/{card}/batalkan", dari="pengambilan")
    assert "sudah dimintai penilaian" in told.text
    assert (await cards(stocked))[number(1)].stage == "PICKED_UP"


async def scans(officer: Officer, status: str, typed: str, *, script: bool = True):
    stamp = await officer.stamp(SCAN, SCAN)
    headers = {"accept": "application/json" if script else "text/html"}
    data = {"csrf": stamp, "status": status, "nomor": typed}
    return await officer.http.post(SCAN, data=data, headers=headers)


async def test_scanned_numbers_get_one_status_and_each_can_be_taken_back(stocked: ConsoleCounter):
    officer = await stocked.enter(Role.OFFICER, "sooko")
    stamp = await officer.stamp(SCAN, SCAN)
    for typed in (number(1), f"https://t.me/loket?start=s_{number(2)}"):
        data = {"csrf": stamp, "status": "PRINTED", "nomor": typed}
        told = (await officer.http.post(SCAN, data=data, headers={"accept": "application/json"})).json()
        assert told["good"]
        assert "Sudah dicetak" in told["line"]
        stamp = told["csrf"]
    await scans(officer, "PRINTED", number(3), script=False)
    assert {one.stage for one in (await cards(stocked)).values()} == {"PRINTED"}
    card = (await cards(stocked))[number(2)].id
    shown = await officer.sends(SCAN, f"/staf/register/{card}/batalkan", dari="catat", status="PRINTED")
    assert "kembali seperti semula" in shown.text
    assert '<option value="PRINTED" selected' in shown.text, "the status is chosen once"
    assert (await cards(stocked))[number(2)].stage == "READY_FOR_PICKUP"


@pytest.mark.parametrize("script", [True, False])
async def test_a_scanned_card_of_another_point_is_sent_there(stocked: ConsoleCounter, script: bool):
    officer = await stocked.enter(Role.OFFICER, "mpp")
    told = await scans(officer, "PRINTED", number(1), script=script)
    words = told.json()["line"] if script else told.text
    assert "Dilayani di Kantor Dispendukcapil, Sooko. Arahkan pemohon ke sana." in words


@pytest.mark.parametrize("script", [True, False])
async def test_a_nik_that_is_scanned_is_not_repeated(stocked: ConsoleCounter, script: bool):
    officer = await stocked.enter(Role.OFFICER, "sooko")
    told = await scans(officer, "PRINTED", person(1)["nik"], script=script)
    assert told.status_code == 422
    assert person(1)["nik"] not in told.text
    assert "Itu NIK" in told.text


async def test_each_refused_scan_says_why_and_changes_nothing(stocked: ConsoleCounter):
    elsewhere = await stocked.enter(Role.OFFICER, "mpp")
    officer = await stocked.enter(Role.OFFICER, "sooko")
    given = (await cards(stocked))[number(3)].id
    await officer.sends(LIST, f"/staf/register/{given}/serahkan")
    stood = {place: one.stage for place, one in (await cards(stocked)).items()}
    for who, status, typed, why in (
        (officer, "READY_FOR_PICKUP", number(1), "Sudah berstatus itu"),
        (officer, "PRINTED", number(3), "Sudah diserahkan"),
        (officer, "PRINTED", number(9), "tidak ditemukan"),
        (officer, "PRINTED", "ABC <b>", "nomor"),
        (officer, "", number(1), "Pilih status"),
        (elsewhere, "PRINTED", number(1), "bukan di titik layanan Anda"),
    ):
        for script in (True, False):
            told = await scans(who, status, typed, script=script)
            assert told.status_code == 422
            assert why in (told.json()["line"] if script else told.text)
            assert "<b>" not in told.text
    assert {place: one.stage for place, one in (await cards(stocked)).items()} == stood


@pytest.mark.browser
async def test_a_scanner_types_numbers_and_the_pickup_list_prints_on_a4(
    browser: Chromium, stocked: ConsoleCounter
):
    page = await enters(browser, stocked, "Endang Lestari", Role.OFFICER, viewport=SMALL)
    await page.goto(f"{stocked.url}{LIST}?titik=sooko")
    paper = pdfium.PdfDocument(await page.pdf(prefer_css_page_size=True))
    assert [round(side) for side in paper[0].get_size()] == [595, 842]
    words = paper[0].get_textpage().get_text_range()
    assert all(number(place) in words for place in (1, 2, 3))
    assert "Serahkan" not in words
    await page.goto(f"{stocked.url}{SCAN}")
    await page.select_option("#status", "PRINTED")
    await page.focus("#nomor")
    for typed in (number(1), "ABC", number(2), number(1)):  # faster than the answers come
        await page.keyboard.type(typed)
        await page.keyboard.press("Enter")
    await expect(page.locator("#hitung")).to_have_text("2 tercatat, 2 tidak")
    lines = page.locator("#tercatat li")
    await expect(lines).to_have_count(4)
    await expect(lines.first).to_contain_text("Sudah berstatus itu")
    await expect(page.locator("#nomor")).to_be_focused()
    await page.get_by_role("button", name=f"{number(2)} batalkan").click()
    await page.get_by_text("Dibatalkan: statusnya kembali seperti semula.").wait_for()
    found = await cards(stocked)
    assert (found[number(1)].stage, found[number(2)].stage) == ("PRINTED", "READY_FOR_PICKUP")
