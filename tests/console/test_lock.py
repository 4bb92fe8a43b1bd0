"""Thirty idle minutes lock a page of an officer with a PIN; the PIN carries on with what was typed."""

import asyncio
import re

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from bot.console.visits.lock import own_page
from domain.staff.roles import Role
from storage import audit
from storage.schema import cases as cases_table
from storage.schema import staff as staff_table
from tests.console.conftest import ConsoleCounter
from tests.console.things import made_at
from tests.support.chromium import PATIENCE_MS
from tests.support.officers import Officer

PIN = "274915"
HOME = "/staf/saya"


async def with_pin(counter: ConsoleCounter, role: Role = Role.OFFICER, **who: str) -> Officer:
    visitor = await counter.enter(role, **who)
    page = await visitor.sends(HOME, f"{HOME}/pin", pin=PIN, lagi=PIN)
    assert "PIN disimpan" in page.text
    return visitor


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


async def unlocks(visitor: Officer, page: str, pin: str, **more: str):
    """Send the lock page's form; what it keeps is sent by the caller."""
    fields = {"kunci-cap": hidden(page, "kunci-cap"), "kunci-ke": hidden(page, "kunci-ke"), "kunci-pin": pin}
    return await visitor.http.post("/staf/buka", data={**fields, **more}, headers={"accept": "text/html"})


async def actions(counter: ConsoleCounter, action: str) -> list:
    return await counter.store.read(lambda db: audit.entries(db, action=action))


async def test_an_idle_page_is_locked_and_the_pin_leads_back_to_it(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    counter.clock.move(minutes=31)
    locked = await visitor.opens("/staf/kalender?titik=sooko")
    assert locked.status_code == 423
    assert "Layar terkunci" in locked.text
    assert 'aria-label="Menu utama"' not in locked.text
    opened = await unlocks(visitor, locked.text, PIN)
    assert opened.status_code == 200
    assert str(opened.url).endswith("/staf/kalender?titik=sooko")
    (line,) = await actions(counter, "staff-session-unlocked")
    assert line.details == "pin"


async def test_a_form_that_meets_the_lock_is_carried_on_once(counter: ConsoleCounter):
    things = await made_at(counter, "mojosari")
    visitor = await with_pin(counter, Role.APPROVER)
    path = f"/staf/kasus/{things.ids['/staf/kasus']}"
    sent = {"csrf": await visitor.stamp(path, f"{path}/balas"), "jawaban": "Terima kasih.\nKami perbaiki."}
    counter.clock.move(minutes=31)
    locked = await visitor.http.post(f"{path}/balas", data=sent, headers={"accept": "text/html"})
    assert locked.status_code == 423
    assert "dikirim begitu terbuka" in locked.text
    kept = dict(re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', locked.text, re.DOTALL))
    assert kept == sent
    wrong = await unlocks(visitor, locked.text, "111112", **kept, **{"kunci-simpan": "1"})
    assert wrong.status_code == 422
    assert 'Masih <span id="kunci-sisa">4</span>' in wrong.text
    assert "Kami perbaiki." in wrong.text
    done = await unlocks(visitor, wrong.text, PIN, **kept, **{"kunci-simpan": "1"})
    assert "Jawaban" in done.text
    query = select(cases_table.c.state).where(cases_table.c.number == things.ids["/staf/kasus"])
    assert await counter.store.read(lambda db: db.scalar(query)) == "answered"
    again = await visitor.http.post(f"{path}/balas", data=sent)
    assert again.status_code == 403


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/staf/kalender?titik=sooko", "/staf/kalender?titik=sooko"),
        ("/staf/tiket/ABC234/hadir", "/staf/tiket/ABC234/hadir"),
        ("/staf/pengumuman/1/laporan.csv", "/staf/pengumuman/1/laporan.csv"),
        ("//evil.example", "/staf"),
        ("https://evil.example/staf", "/staf"),
        ("/staf/../datasaya", "/staf"),
        ("/staf/a\r\nX: y", "/staf"),
        ("/staf?a=//evil.example", "/staf"),
        ("/staf/keluar", "/staf"),
        ("/staf/buka", "/staf"),
        ("/staf/" + "a" * 500, "/staf"),
        ("", "/staf"),
    ],
)
def test_the_lock_leads_to_own_pages_only(asked, page):
    assert own_page(asked) == page


async def test_what_is_kept_is_bounded(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    stamp = await visitor.stamp("/staf/register", "/staf/register")
    counter.clock.move(minutes=31)
    page = await visitor.http.post("/staf/register", data={"csrf": stamp, "cari": "x" * 70_000})
    assert page.status_code == 423
    assert "terlalu panjang" in page.text
    assert "xxxx" not in page.text


async def test_a_foreign_form_is_not_kept(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    counter.clock.move(minutes=31)
    page = await visitor.http.post("/staf/register", data={"csrf": "a.b", "cari": "dari luar"})
    assert page.status_code == 423
    assert "dari luar" not in page.text


async def test_five_wrong_pins_end_the_session_even_at_once(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    counter.clock.move(minutes=31)
    page = (await visitor.opens("/staf")).text
    answers = await asyncio.gather(*(unlocks(visitor, page, f"99887{number}") for number in range(8)))
    assert {answer.status_code for answer in answers} <= {422, 403}
    assert len(await actions(counter, "staff-unlock-failed")) == 5
    (line,) = await actions(counter, "staff-session-ended")
    assert line.details == "too-many"
    assert "Kode petugas" in (await unlocks(visitor, page, PIN)).text
    assert "Kode petugas" in (await visitor.opens("/staf")).text


async def test_a_right_pin_forgives_earlier_slips(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    for _ in range(3):
        counter.clock.move(minutes=31)
        page = (await visitor.opens("/staf")).text
        for typed in ("998871", "998872"):
            assert (await unlocks(visitor, page, typed)).status_code == 422
        assert (await unlocks(visitor, page, PIN)).status_code == 200


async def test_twelve_hours_end_a_locked_session_too(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    counter.clock.move(hours=12)
    page = await visitor.opens("/staf/register")
    assert page.status_code == 403
    assert "Kode petugas" in page.text


async def test_a_part_of_a_page_and_a_script_get_no_page(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    counter.clock.move(minutes=31)
    for headers in ({"HX-Request": "true"}, {"accept": "application/json"}):
        answer = await visitor.http.get("/staf/hari-ini/daftar", headers=headers)
        assert answer.status_code == 423
        assert answer.headers["HX-Reswap"] == "none"
        assert answer.text == ""


async def test_another_officer_takes_over_with_their_own_code(counter: ConsoleCounter):
    visitor = await with_pin(counter, name="Endang Lestari")
    counter.clock.move(minutes=31)
    locked = await visitor.opens("/staf/register")
    left = await visitor.http.post("/staf/keluar", data={"csrf": hidden(locked.text, "csrf")})
    assert "Endang" not in left.text
    await visitor.log_in(await counter.code("Pak Joko", Role.OFFICER))
    assert "Pak Joko" in (await visitor.opens("/staf")).text


async def test_a_new_pin_revives_no_session_that_had_ended(counter: ConsoleCounter):
    first = await counter.enter(Role.OFFICER, name="Bu Rini")
    counter.clock.move(minutes=31)
    await with_pin(counter, name="Bu Rini")
    assert "Kode petugas" in (await first.opens("/staf")).text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"pin": "123456", "lagi": "123456"}, "mudah ditebak"),
        ({"pin": "000000", "lagi": "000000"}, "mudah ditebak"),
        ({"pin": "27491", "lagi": "27491"}, "harus 6 angka"),
        ({"pin": PIN, "lagi": "274916"}, "tidak sama"),
        ({}, "harus 6 angka"),
    ],
)
async def test_a_bad_pin_is_refused_with_its_reason(counter: ConsoleCounter, fields, told):
    visitor = await counter.enter(Role.VIEWER)
    page = await visitor.sends(HOME, f"{HOME}/pin", **fields)
    assert page.status_code == 422
    assert told in page.text
    assert "274916" not in page.text


async def test_changing_a_pin_asks_for_the_present_one(counter: ConsoleCounter):
    visitor = await with_pin(counter)
    counter.clock.move(minutes=11)
    for _ in range(2):
        page = await visitor.sends(HOME, f"{HOME}/pin", pin="918273", lagi="918273", lama="111113")
        assert "PIN sekarang tidak cocok" in page.text
    page = await visitor.sends(HOME, f"{HOME}/pin", pin="918273", lagi="918273", lama=PIN)
    assert "PIN disimpan" in page.text
    for _ in range(4):
        page = await visitor.sends(HOME, f"{HOME}/pin", pin=PIN, lagi=PIN, lama="111113")
        assert page.status_code == 422
    page = await visitor.sends(HOME, f"{HOME}/pin", pin=PIN, lagi=PIN, lama="111113")
    assert "Kode petugas" in (await visitor.opens("/staf")).text


async def test_removing_a_pin_asks_for_the_present_one(counter: ConsoleCounter):
    """Otherwise somebody at an open screen would remove it, and set their own."""
    visitor = await with_pin(counter)
    counter.clock.move(minutes=11)
    for fields in ({}, {"lama": "111113"}):
        page = await visitor.sends(HOME, f"{HOME}/pin/hapus", **fields)
        assert (page.status_code, "PIN sekarang tidak cocok" in page.text) == (422, True)
    page = await visitor.sends(HOME, f"{HOME}/pin/hapus", lama=PIN)
    assert "PIN dihapus" in page.text
    page = await visitor.sends(HOME, f"{HOME}/pin", pin="918273", lagi="918273")
    assert "PIN disimpan" in page.text


async def test_the_store_holds_no_pin(counter: ConsoleCounter):
    await with_pin(counter)
    (row,) = await counter.store.read(lambda db: db.rows(select(staff_table.c.pin)))
    assert PIN.encode() not in row.pin
    assert "scrypt" not in repr(row)


async def opens_with_pin(browser, counter: ConsoleCounter, **settings: object) -> Page:
    """An officer with a PIN at a browser; its clock is the test's."""
    page = await (await browser.new_context(**settings)).new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{counter.url}/staf")
    await page.get_by_label("Kode petugas").fill(await counter.code("Bu Rini", Role.APPROVER))
    await page.keyboard.press("Enter")
    await page.get_by_text("Selamat bekerja, Bu Rini.").wait_for()
    await page.goto(counter.url + HOME)
    await page.get_by_label("PIN baru", exact=True).fill(PIN)
    await page.get_by_label("PIN baru, sekali lagi").fill(PIN)
    await page.keyboard.press("Enter")
    await page.get_by_text("PIN disimpan").wait_for()
    return page


@pytest.mark.browser
@pytest.mark.parametrize("size", [{"width": 1024, "height": 768}, {"width": 360, "height": 740}])
async def test_the_lock_covers_the_page_and_what_was_typed_stays(browser, counter: ConsoleCounter, size):
    """Keyboard only: typed, left alone, a wrong PIN, the right one, and on where the cursor was."""
    page = await opens_with_pin(browser, counter, viewport=size)
    await page.clock.install()
    await page.goto(f"{counter.url}/staf/pengumuman/baru")
    await page.get_by_label("Judul").focus()
    await page.keyboard.type("Siap diambil")
    counter.clock.move(minutes=31)
    await page.clock.run_for("30:02")
    await page.get_by_role("dialog", name="Layar terkunci").wait_for()
    assert not await page.get_by_label("Judul").is_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"]
    await page.locator("input:focus").wait_for()
    await page.keyboard.type("111113")
    await page.keyboard.press("Enter")
    await page.get_by_text("itu tidak cocok. Masih 4 kali").wait_for()
    await page.locator("input:focus").wait_for()
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Judul")).to_be_focused()
    await page.keyboard.type(" besok")
    await expect(page.get_by_label("Judul")).to_have_value("Siap diambil besok")


@pytest.mark.browser
async def test_a_page_that_asks_by_itself_notices_the_lock(browser, counter: ConsoleCounter):
    page = await opens_with_pin(browser, counter)
    await page.clock.install()
    await page.goto(f"{counter.url}/staf")
    await page.get_by_label("Kode tiket").fill("ABC234")
    counter.clock.move(minutes=31)
    await page.clock.run_for("00:21")
    lock = page.get_by_role("dialog", name="Layar terkunci")
    await lock.get_by_label("PIN").fill(PIN)
    await page.keyboard.press("Enter")
    await expect(lock).to_be_hidden()
    await expect(page.get_by_label("Kode tiket")).to_have_value("ABC234")


@pytest.mark.browser
async def test_a_form_sent_after_a_long_sleep_waits_for_the_pin(browser, counter: ConsoleCounter):
    """The computer slept: no timer ran, and the first thing that happens is the form; it goes on by itself.

    A search may hold a whole NIK, so "back" does not show it again.
    """
    page = await opens_with_pin(browser, counter)
    await page.clock.install(time=0)
    await page.goto(f"{counter.url}/staf/register")
    await page.get_by_label("Nomor registrasi atau NIK").fill("MJK-261102-0007-Z")
    counter.clock.move(minutes=31)
    await page.clock.set_system_time(31 * 60_000)
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog", name="Layar terkunci").wait_for()
    await page.locator("input:focus").wait_for()
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    await page.get_by_text("Data tidak ditemukan").wait_for()
    await page.go_back()
    await expect(page.get_by_label("Nomor registrasi atau NIK")).to_have_value("")


@pytest.mark.browser
async def test_what_was_typed_survives_the_lock_and_back(browser, counter: ConsoleCounter):
    page = await opens_with_pin(browser, counter)
    await page.goto(f"{counter.url}/staf/pengumuman/baru")
    await page.get_by_label("Judul").fill("Siap diambil")
    counter.clock.move(minutes=31)
    await page.goto(f"{counter.url}/staf/kalender")
    await page.get_by_role("heading", name="Layar terkunci").wait_for()
    await page.go_back()
    await page.get_by_role("heading", name="Layar terkunci").wait_for()
    await page.locator("input:focus").wait_for()
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Judul")).to_have_value("Siap diambil")


@pytest.mark.browser
async def test_a_nik_that_was_typed_is_not_kept_for_back(browser, counter: ConsoleCounter):
    page = await opens_with_pin(browser, counter)
    await page.goto(f"{counter.url}/staf")
    leave = "() => { window.dispatchEvent(new Event('pagehide')); return JSON.stringify(history.state); }"
    for typed, kept in (("ABC234", True), ("3516 9941-0790 0001", False)):
        await page.get_by_label("Kode tiket").fill(typed)
        assert (typed in await page.evaluate(leave)) == kept


@pytest.mark.browser
async def test_without_a_script_the_form_is_carried_on(browser, counter: ConsoleCounter):
    page = await opens_with_pin(browser, counter, java_script_enabled=False)
    await page.goto(f"{counter.url}/staf/register")
    await page.get_by_label("Nomor registrasi atau NIK").fill("MJK-261102-0007-Z")
    counter.clock.move(minutes=31)
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Layar terkunci").wait_for()
    await page.get_by_label("PIN").fill(PIN)
    await page.keyboard.press("Enter")
    await page.get_by_text("Data tidak ditemukan").wait_for()
    assert page.url == f"{counter.url}/staf/register"
