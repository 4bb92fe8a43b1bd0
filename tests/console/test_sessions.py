"""Sessions in the browser: they end when they should, are never carried over, and a form counts once (A13)."""

import re

import httpx
import pytest

from domain.staff.roles import Role
from storage import audit
from storage.staff import rights
from storage.staff.staff import revoke
from tests.console.conftest import ConsoleCounter
from tests.support.chromium import PATIENCE_MS
from tests.support.officers import Officer


async def refused(counter: ConsoleCounter) -> list[str]:
    lines = await counter.store.read(lambda db: audit.entries(db, action=rights.REFUSED))
    return [line.subject for line in lines]


async def test_a_session_that_idles_is_refused_by_name_and_audited(counter: ConsoleCounter):
    visitor = await counter.enter(Role.OFFICER)
    counter.clock.move(minutes=29)
    assert (await visitor.opens("/staf/register")).status_code == 200
    counter.clock.move(minutes=30)
    answer = await visitor.opens("/staf/register")
    assert answer.status_code == 403
    assert "tidak berwenang" in answer.text
    assert "Kode petugas" in answer.text
    assert await refused(counter) == ["session"]


@pytest.mark.browser
async def test_a_page_idle_for_half_an_hour_shows_the_sign_in_only(browser, counter: ConsoleCounter):
    page = await (await browser.new_context()).new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.clock.install()
    await page.goto(f"{counter.url}/staf")
    await page.get_by_label("Kode petugas").fill(await counter.code("Bu Rini", Role.OFFICER))
    await page.keyboard.press("Enter")
    await page.get_by_text("Selamat bekerja, Bu Rini.").wait_for()
    await page.goto(f"{counter.url}/staf/register")
    await page.clock.run_for("20:00")
    await page.get_by_role("searchbox").or_(page.get_by_role("textbox")).first.press("A")
    await page.clock.run_for("29:00")
    await page.get_by_text("Bu Rini").first.wait_for()
    counter.clock.move(minutes=49)
    await page.clock.run_for("01:02")
    await page.get_by_label("Kode petugas").wait_for()
    assert "Bu Rini" not in await page.content()


async def test_after_twelve_hours_even_a_busy_session_ends(counter: ConsoleCounter):
    visitor = await counter.enter(Role.OFFICER)
    for _ in range(35):
        counter.clock.move(minutes=20)
        assert (await visitor.opens("/staf/register")).status_code == 200
    counter.clock.move(minutes=20)
    assert (await visitor.opens("/staf/register")).status_code == 403


async def test_a_revoked_session_is_refused_by_name_and_audited(counter: ConsoleCounter):
    visitor = await counter.enter(Role.ADMIN, name="Bu Rini")
    await counter.store.write(lambda db: revoke(db, name="Bu Rini", actor="system"))
    answer = await visitor.sends_anyway("/staf/petugas", nama="Penyusup", peran="admin")
    assert answer.status_code == 403
    assert "tidak berwenang" in answer.text
    assert await refused(counter) == ["session"]


async def test_a_role_that_was_taken_away_is_gone_at_once(counter: ConsoleCounter):
    visitor = await counter.enter(Role.ADMIN, name="Bu Rini")
    assert (await visitor.opens("/staf/audit")).status_code == 200
    await counter.code("Bu Rini", Role.VIEWER)
    assert (await visitor.opens("/staf/audit")).status_code == 403


async def test_a_page_that_asks_by_itself_keeps_no_session_awake(counter: ConsoleCounter):
    visitor = await counter.enter(Role.OFFICER)
    for _ in range(4):
        counter.clock.move(minutes=10)
        answer = await visitor.http.get("/staf/register/impor/1/maju", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert answer.headers["HX-Refresh"] == "true"


async def test_a_replayed_form_is_refused_by_name_and_audited(counter: ConsoleCounter):
    visitor = await counter.enter(Role.ADMIN)
    fields = {"csrf": await visitor.stamp("/staf/petugas", "/staf/petugas"), "nama": "Ani", "peran": "viewer"}
    first = await visitor.http.post("/staf/petugas", data=fields)
    assert "Kode untuk Ani" in first.text
    again = await visitor.http.post("/staf/petugas", data=fields)
    assert again.status_code == 403
    assert "tidak berwenang" in again.text
    assert "Kode untuk" not in again.text
    assert await refused(counter) == ["form"]


async def test_a_session_is_never_carried_over_a_log_in(counter: ConsoleCounter):
    """A cookie planted before sign-in gives no access afterwards (session fixation)."""
    async with counter.client(cookies={"loket-staf": "a" * 43}) as http:
        visitor = Officer(http)
        first = await visitor.log_in(await counter.code("Bu Rini", Role.OFFICER))
        mine = http.cookies.get("loket-staf", domain="127.0.0.1")
        assert first.status_code == 303
        assert mine != "a" * 43
        form = re.search(r'name="form" value="([^"]+)"', (await counter_form(counter, http)).text)[1]
        code = await counter.code("Pak Joko", Role.OFFICER)
        await http.post("/staf", data={"form": form, "code": code})
        other = http.cookies.get("loket-staf", domain="127.0.0.1")
    assert other not in (mine, None)
    async with counter.client(cookies={"loket-staf": mine}) as http:
        assert "Kode petugas" in (await http.get("/staf")).text


async def counter_form(counter: ConsoleCounter, http: httpx.AsyncClient) -> httpx.Response:
    """The sign-in form as an unknown visitor gets it; its cookie is stored in the client."""
    async with counter.client() as fresh:
        page = await fresh.get("/staf")
        http.cookies.update(fresh.cookies)
        return page


async def test_after_entering_one_is_where_one_wanted_to_be_and_never_elsewhere(counter: ConsoleCounter):
    code = await counter.code("Bu Rini", Role.OFFICER)
    async with counter.client() as http:
        page = await http.get("/staf/register")
        assert 'name="ke" value="/staf/register"' in page.text
        form = re.search(r'name="form" value="([^"]+)"', page.text)[1]
        entered = await http.post("/staf", data={"form": form, "code": code, "ke": "/staf/register"})
        assert entered.headers["location"] == "/staf/register"
    for elsewhere in ("//evil.example", "https://evil.example", "/staf/../../x", "/staf/keluar", "/staff"):
        async with counter.client() as http:
            page = await http.get("/staf")
            form = re.search(r'name="form" value="([^"]+)"', page.text)[1]
            code = await counter.code("Bu Rini", Role.OFFICER)
            entered = await http.post("/staf", data={"form": form, "code": code, "ke": elsewhere})
            assert entered.headers["location"] == "/staf"


async def test_the_cookie_is_kept_from_scripts_and_other_sites(counter: ConsoleCounter):
    async with counter.client() as http:
        answer = await Officer(http).log_in(await counter.code("Bu Rini", Role.OFFICER))
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("loket-staf=")]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    "path", ["/staf", "/staf/register", "/staf/petugas", "/staf/audit", "/staf/register/impor"]
)
async def test_no_page_holds_anything_inline(counter: ConsoleCounter, path: str):
    visitor = await counter.enter(Role.ADMIN)
    page = await visitor.opens(path)
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page.text)
    assert page.headers["cache-control"] == "no-store"
