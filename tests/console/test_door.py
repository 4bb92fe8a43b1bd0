"""GET /staf: a one-time code, a session, and nothing for anybody else."""

import re

import httpx
import pytest

from domain.staff.roles import Role
from storage import audit
from storage.staff.staff import invite, revoke
from storage.store import Store
from tests.console.conftest import ConsoleCounter


async def code_for(store: Store, name: str = "Bu Rini", point: str | None = "sooko") -> str:
    return await store.write(lambda db: invite(db, name=name, role=Role.OFFICER, point=point, actor="system"))


async def hidden(http: httpx.AsyncClient, name: str = "form") -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', (await http.get("/staf")).text)[1]


async def test_a_code_opens_a_session_that_shows_who_you_are(counter: ConsoleCounter):
    code = await code_for(counter.store)
    async with counter.client(follow_redirects=True) as http:
        page = await http.post("/staf", data={"form": await hidden(http), "code": f" {code.lower()} "})
        assert "Selamat bekerja, Bu Rini." in page.text
        assert "Anda masuk sebagai petugas." in page.text
        assert "Titik layanan: " in page.text
        cookie = page.history[0].headers.get_list("set-cookie")[0]
        assert cookie.startswith("loket-staf=")
        assert "HttpOnly; SameSite=Strict" in cookie
        assert "Max-Age" not in cookie
        left = await http.post("/staf/keluar", data={"csrf": await hidden(http, "csrf")})
        assert "Anda sudah keluar." in left.text
        assert "Kode petugas" in (await http.get("/staf")).text


@pytest.mark.parametrize("encoding", ["punycode", "undefined", "utf-16"])
async def test_a_sender_chooses_no_encoding(counter: ConsoleCounter, encoding: str):
    body = b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\na-\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={encoding}"
    async with counter.client() as http:
        refused = await http.post("/staf", content=body, headers={"content-type": kind})
        assert refused.status_code == 400


async def test_a_code_opens_one_session_only(counter: ConsoleCounter):
    code = await code_for(counter.store)
    for status in (303, 403):
        async with counter.client() as http:
            page = await http.post("/staf", data={"form": await hidden(http), "code": code})
            assert page.status_code == status


async def test_a_closed_session_is_closed_in_the_store_as_well(counter: ConsoleCounter):
    code = await code_for(counter.store)
    async with counter.client(follow_redirects=True) as http:
        await http.post("/staf", data={"form": await hidden(http), "code": code})
        stolen = http.cookies["loket-staf"]
        await http.post("/staf/keluar", data={"csrf": await hidden(http, "csrf")})
    async with counter.client(cookies={"loket-staf": stolen}) as thief:
        assert "Kode petugas" in (await thief.get("/staf")).text


async def test_who_is_revoked_is_out_at_once(counter: ConsoleCounter):
    code = await code_for(counter.store)
    async with counter.client(follow_redirects=True) as http:
        await http.post("/staf", data={"form": await hidden(http), "code": code})
        await counter.store.write(lambda db: revoke(db, name="Bu Rini", actor="system"))
        assert "Kode petugas" in (await http.get("/staf")).text


async def test_a_wrong_code_is_a_sentence_slowed_and_budgeted(counter: ConsoleCounter):
    code = await code_for(counter.store)
    async with counter.client() as http:
        form = await hidden(http)
        for _ in range(5):
            page = await http.post("/staf", data={"form": form, "code": "SALAHSALAH"})
            assert page.status_code == 403
            assert "Kode itu tidak berlaku." in page.text
        assert counter.padded == [1.0] * 5
        refused = await http.post("/staf", data={"form": form, "code": code})
        assert refused.status_code == 429
        assert "coba lagi 15 menit lagi" in refused.text
        counter.clock.move(minutes=16)
        assert (await http.post("/staf", data={"form": form, "code": code})).status_code == 303


async def test_guesses_from_a_shared_address_slow_colleagues_down_but_lock_nobody_out(
    counter: ConsoleCounter,
):
    code = await code_for(counter.store)
    for _ in range(6):
        async with counter.client() as guesser:
            form = await hidden(guesser)
            for _ in range(5):
                await guesser.post("/staf", data={"form": form, "code": "SALAHSALAH"})
    counter.padded.clear()
    async with counter.client() as colleague:
        entered = await colleague.post("/staf", data={"form": await hidden(colleague), "code": code})
        assert entered.status_code == 303
    assert counter.padded == [3.0], "thirty wrong codes from one address: the longest delay, and no refusal"


async def test_a_form_of_another_site_counts_for_nothing(counter: ConsoleCounter):
    code = await code_for(counter.store)
    async with counter.client() as http:
        form = await hidden(http)
        for sent, headers in (
            ({"code": code}, {}),
            ({"form": "x" * 64, "code": code}, {}),
            ({"form": form, "code": code}, {"Origin": "https://evil.example"}),
            ({"form": form, "code": code}, {"Sec-Fetch-Site": "cross-site"}),
        ):
            page = await http.post("/staf", data=sent, headers=headers)
            assert page.status_code == 403
            assert "terlalu lama terbuka" in page.text
        assert (await http.post("/staf", data={"form": form, "code": code})).status_code == 303
        # And nobody is logged out from elsewhere.
        await http.post("/staf/keluar", data={"csrf": "guess"})
        await http.post(
            "/staf/keluar",
            data={"csrf": await hidden(http, "csrf")},
            headers={"Origin": "https://evil.example"},
        )
        assert "Selamat bekerja" in (await http.get("/staf")).text


async def test_forms_that_make_no_sense_are_answered(counter: ConsoleCounter):
    async with counter.client() as http:
        for body in (b"", b"\xff\xfe", b"&".join(b"a=b" for _ in range(50)), b"code=%ZZ"):
            page = await http.post(
                "/staf", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
            )
            assert page.status_code == 403
        assert (await http.post("/staf/keluar", content=b"")).status_code == 403


async def test_a_name_is_never_markup(counter: ConsoleCounter):
    code = await code_for(counter.store, name="<b>Rini</b>", point=None)
    async with counter.client(follow_redirects=True) as http:
        page = await http.post("/staf", data={"form": await hidden(http), "code": code})
    assert "&lt;b&gt;Rini&lt;/b&gt;" in page.text
    assert "Titik layanan: " not in page.text


async def test_without_a_database_the_page_says_so(counter: ConsoleCounter, monkeypatch: pytest.MonkeyPatch):
    from storage.session import StoreDown

    async def down(self, *_args, **_more):
        raise StoreDown

    async with counter.client(cookies={"loket-staf": "x" * 43}) as http:
        form = await hidden(http)
        monkeypatch.setattr(Store, "write", down)
        for answer in (
            await http.get("/staf"),
            await http.post("/staf", data={"form": form, "code": "X"}),
            await http.post("/staf/keluar", data={"csrf": "x"}),
        ):
            assert answer.status_code == 503
            assert "sedang terganggu" in answer.text


async def test_every_failed_code_is_audited_with_its_address_and_reason(counter: ConsoleCounter):
    code = await code_for(counter.store)
    async with counter.client() as http:
        await http.post("/staf", data={"form": await hidden(http), "code": code})
    async with counter.client() as guesser:
        form = await hidden(guesser)
        for typed in (code, *["SALAHSALAH"] * 5):
            await guesser.post("/staf", data={"form": form, "code": typed})
    found = await counter.store.read(lambda db: audit.entries(db, action="sign-in-failed"))
    assert [one.details for one in found] == ["too-many", *["wrong"] * 4, "used"]
    (origin,) = {one.actor for one in found}
    assert re.fullmatch(r"address:[0-9a-f]{8}", origin)
    admin = await counter.enter(Role.ADMIN)
    page = (await admin.opens("/staf/audit?apa=sign-in-failed")).text
    for words in ("Gagal masuk", "alamat jaringan", "kode sudah dipakai", "terlalu sering mencoba"):
        assert words in page


@pytest.mark.browser
async def test_staff_enter_and_leave_in_a_real_browser(browser, counter: ConsoleCounter):
    page = await (await browser.new_context(viewport={"width": 320, "height": 568})).new_page()
    await page.goto(counter.url + "/staf")
    await page.get_by_label("Kode petugas").fill("SALAHSALAH")
    await page.keyboard.press("Enter")
    assert "Kode itu tidak berlaku." in await page.get_by_role("alert").inner_text()
    await page.get_by_label("Kode petugas").fill(await code_for(counter.store))
    await page.get_by_role("button", name="Masuk").click()
    await page.get_by_text("Selamat bekerja, Bu Rini.").wait_for()
    await page.get_by_role("button", name="Keluar").click()
    await page.get_by_text("Anda sudah keluar.").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
