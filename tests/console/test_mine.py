"""/staf/saya: one's own sessions and staff chats; and /staf/petugas asks about nearly equal names."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from domain.announcements.announcement import Audience, Order, Wording
from domain.cards.stages import Stage
from domain.staff.roles import Role
from storage import audit
from storage.announcements import approvers, drafts
from storage.ratings import cases
from storage.schema import errands, staff_sessions
from storage.schema import staff as staff_table
from storage.staff import forms, passkeys, staff, staff_chats
from storage.staff.sessions import Limits
from tests.console.conftest import ConsoleCounter
from tests.console.things import asked_for
from tests.console.town import sends_announcements
from tests.support.chromium import PATIENCE_MS
from tests.support.officers import officer

HOME = "/staf/saya"
ORDER = Order(
    name="Kabar",
    wording=Wording({"id": "Sudah jadi"}),
    audience=Audience(stage=Stage.READY_FOR_PICKUP, point="sooko"),
)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"


async def rini_enters(counter: ConsoleCounter, role: Role = Role.OFFICER):
    return await counter.enter(role, name="Bu Rini")


def ends(page: str, kind: str) -> list[str]:
    return re.findall(rf'action="({HOME}/{kind}/[^"]+/akhiri)"', page)


@pytest.fixture(autouse=True)
async def phones(counter: ConsoleCounter) -> AsyncIterator[None]:
    """Let the phones be answered."""
    async with sends_announcements(counter):
        yield


async def test_a_session_elsewhere_is_listed_with_its_device_and_ended(counter: ConsoleCounter):
    other = await counter.visitor()
    other.http.headers["user-agent"] = CHROME
    await other.log_in(await counter.code("Bu Rini", Role.OFFICER))
    mine = await rini_enters(counter)
    page = (await mine.opens(HOME)).text
    assert "Chrome, Windows" in page
    assert "(sesi ini)" in page
    (action,) = ends(page, "sesi")
    assert "Sesi itu sudah diakhiri" in (await mine.sends(HOME, action)).text
    assert "Kode petugas" in (await other.opens("/staf")).text
    (line,) = await counter.store.read(lambda db: audit.entries(db, action="staff-session-ended"))
    assert line.details == "signed-out"


async def test_nobody_ends_anothers_session_or_chat(counter: ConsoleCounter):
    await officer(counter, "Pak Joko")
    joko = await counter.enter(Role.OFFICER, name="Pak Joko")
    joko_too = await counter.enter(Role.OFFICER, name="Pak Joko")
    page = (await joko.opens(HOME)).text
    actions = [*ends(page, "sesi"), *ends(page, "obrolan")]
    assert len(actions) == 2
    rini = await rini_enters(counter, Role.ADMIN)
    session = await rini.stamp(HOME, f"{HOME}/pin")
    for action in actions:
        assert (await rini.http.post(action, data={"csrf": session})).status_code == 403
    query = select(staff_sessions.c.csrf).join(staff_table).where(staff_table.c.name == "Bu Rini")
    secret = await counter.store.read(lambda db: db.scalar(query))
    for action in actions:
        answer = await rini.http.post(action, data={"csrf": forms.stamp(secret, action)})
        assert answer.status_code == 404
    assert (await joko_too.opens("/staf")).status_code == 200
    me = await counter.store.read(lambda db: staff.find(db, name="Pak Joko"))
    assert len(await counter.store.read(lambda db: staff_chats.chats_of(db, member=me.id))) == 1


async def test_a_staff_chat_is_listed_and_ended(counter: ConsoleCounter):
    rini = await officer(counter, "Bu Rini")
    mine = await rini_enters(counter)
    page = (await mine.opens(HOME)).text
    assert "Telegram" in page
    (action,) = ends(page, "obrolan")
    assert "bukan chat petugas lagi" in (await mine.sends(HOME, action)).text
    await rini.says("/hariini")
    rini.hears("tidak berwenang")


async def test_a_console_code_opens_the_console(counter: ConsoleCounter):
    rini = await officer(counter, "Bu Rini")
    await rini.says("/konsol")
    code = re.search(r"\b[A-Z2-9]{10}\b", rini.screen.text)[0]
    visitor = await counter.visitor()
    visitor.http.headers["user-agent"] = CHROME
    assert "Selamat bekerja, Bu Rini." in (await visitor.log_in(code)).text
    await counter.passes(seconds=1)
    rini.hears("Kode konsol Anda dipakai", "Chrome, Windows")


async def test_a_new_passkey_is_told_in_the_owners_staff_chat(counter: ConsoleCounter):
    rini, joko = await officer(counter, "Bu Rini"), await officer(counter, "Pak Joko")
    also = await officer(counter, "Bu Rini", channel="whatsapp")
    me = await counter.store.read(lambda db: staff.find(db, name="Bu Rini"))
    key = {"member": me.id, "credential": "a", "public_key": "b", "name": "HP", "limits": Limits()}
    assert await counter.store.write(lambda db: passkeys.add(db, **key))
    await counter.passes(seconds=1)
    for one in (rini, also):
        one.hears("Kunci sandi baru ditambahkan", "pukul 09.00")
    assert "Kunci sandi baru" not in joko.screen.text


async def test_a_member_gets_a_new_code_from_their_row(counter: ConsoleCounter):
    first = await counter.code("Bu Rini", Role.OFFICER, "sooko")
    admin = await counter.enter(Role.ADMIN)
    (her,) = [
        one.member for one in await counter.store.read(staff.list_staff) if one.member.name == "Bu Rini"
    ]
    page = await admin.sends("/staf/petugas", f"/staf/petugas/{her.id}/kode")
    assert "Kode untuk Bu Rini" in page.text
    code = re.search(r'class="big code">([A-Z0-9]{10})<', page.text)[1]
    rini = await counter.visitor()
    assert "Kode itu tidak berlaku" in (await rini.log_in(first)).text
    assert "Selamat bekerja, Bu Rini." in (await rini.log_in(code)).text
    assert await counter.store.read(lambda db: staff.find(db, name="Bu Rini")) == her


@pytest.mark.parametrize("given", [{"peran": "viewer"}, {"peran": "admin", "titik": "sooko"}])
async def test_an_admin_does_not_take_away_their_own_rights_by_an_invitation(counter: ConsoleCounter, given):
    admin = await counter.enter(Role.ADMIN, name="Wulan Hartini")
    page = await admin.sends("/staf/petugas", "/staf/petugas", nama="Wulan Hartini", **given)
    assert (page.status_code, "tidak bisa mengubah peran" in page.text) == (422, True)
    member = await counter.store.read(lambda db: staff.find(db, name="Wulan Hartini"))
    assert (member.role, member.point) == (Role.ADMIN, None)
    page = await admin.sends("/staf/petugas", "/staf/petugas", nama="Wulan Hartini", peran="admin")
    assert "Kode untuk Wulan Hartini" in page.text


@pytest.mark.parametrize(
    ("name", "asks"), [("Rini Hastuti", True), ("rini  astuti", True), ("Dewi Lestari", False)]
)
async def test_a_nearly_equal_name_is_asked_about(counter: ConsoleCounter, name, asks):
    await counter.code("Rini Astuti", Role.OFFICER)
    admin = await counter.enter(Role.ADMIN)
    page = await admin.sends("/staf/petugas", "/staf/petugas", nama=name, peran="viewer")
    assert ("Rini Astuti. Orang yang sama?" in page.text) == asks
    assert ("Kode untuk" in page.text) != asks
    if asks:
        sure = await admin.sends("/staf/petugas", "/staf/petugas", nama=name, peran="viewer", yakin="1")
        assert "Kode untuk" in sure.text


async def test_names_of_another_point_are_not_told(counter: ConsoleCounter):
    await counter.code("Rini Astuti", Role.OFFICER, "mojosari")
    admin = await counter.enter(Role.ADMIN, "sooko")
    page = await admin.sends(
        "/staf/petugas", "/staf/petugas", nama="Rini Hastuti", peran="viewer", titik="sooko"
    )
    assert "Rini Astuti" not in page.text


@pytest.mark.browser
async def test_the_own_page_is_reached_from_the_menu_and_fits_a_phone(browser, counter: ConsoleCounter):
    await officer(counter, "Bu Rini")
    page = await (await browser.new_context(viewport={"width": 360, "height": 740})).new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{counter.url}/staf")
    await page.get_by_label("Kode petugas").fill(await counter.code("Bu Rini", Role.OFFICER))
    await page.keyboard.press("Enter")
    await page.get_by_text("Menu", exact=True).press("Enter")
    await page.get_by_role("navigation", name="Menu").get_by_role("link", name="Saya").press("Enter")
    await page.get_by_role("heading", name="Saya", level=1).wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.get_by_role("button", name="Akhiri chat petugas di Telegram").press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("bukan chat petugas lagi")


async def test_one_turns_off_what_one_does_not_want_to_be_told(counter: ConsoleCounter):
    rini, joko = await officer(counter, "Bu Rini", role=Role.APPROVER), await officer(counter, "Pak Joko")
    mine = await rini_enters(counter, Role.APPROVER)
    page = (await mine.opens(HOME)).text
    assert page.count('type="checkbox"') == page.count('value="1" checked') == 4
    shown = (await mine.sends(HOME, f"{HOME}/kabar", mornings="1")).text
    assert shown.count('value="1" checked') == 1
    ids = {name: one for one, name in (await counter.store.read(staff.names)).items()}
    told = {"kind": "complaint", "word": "", "chat": None, "on": counter.clock.now.date(), "due_days": 3}

    async def happens(db) -> None:
        await cases.open_case(db, **told)
        await asked_for(db, point="sooko", held_by=None)
        draft = await drafts.draft(db, order=ORDER, by=await staff.find_by_id(db, member=ids["Pak Joko"]))
        await approvers.tell(db, announcement=draft)

    await counter.store.write(happens)
    waiting = select(errands.c.conversation).where(errands.c.outcome.is_(None))
    found = [row[0] for row in await counter.store.read(lambda db: db.rows(waiting))]
    assert found == ["call"], "Pak Joko is called; the case is Bu Rini's, and so is the draft"
    assert rini is not joko


async def test_everybody_is_called_if_nobody_wants_to_be(counter: ConsoleCounter):
    await officer(counter, "Bu Rini")
    mine = await rini_enters(counter)
    assert (await mine.opens(HOME)).text.count('type="checkbox"') == 3, "officers approve nothing"
    await mine.sends(HOME, f"{HOME}/kabar")
    await counter.store.write(lambda db: asked_for(db, point="sooko", held_by=None))
    called = select(errands.c.conversation).where(errands.c.outcome.is_(None))
    assert [row[0] for row in await counter.store.read(lambda db: db.rows(called))] == ["call"]
