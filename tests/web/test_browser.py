"""The page in a real browser: what a resident sees, taps and hears read aloud."""

import pytest
from playwright.async_api import Browser, Page, expect

from handlers.engine.screen import Screen
from tests.support.chromium import PATIENCE_MS
from tests.web.conftest import Site, serving
from tests.web.office import choices, pages_alone
from tests.web.script import counter

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 568}


async def opened(browser: Browser, site: Site, *, path: str = "/", **settings: object) -> Page:
    site.office.answer = counter
    context = await browser.new_context(**{"viewport": PHONE, **settings})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(site.url + path)
    return page


async def test_a_resident_gets_from_the_menu_to_the_answer(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Cek status KTP").click()
    await expect(page.get_by_text("Silakan tulis nomor registrasi")).to_be_visible()
    for words in ("MJK-261102-0007-Z", "3516010101900001"):
        await page.get_by_label("Tulis pesan").fill(words)
        await page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(
            page.locator(".you .words", has_text=words if "MJK" in words else "sembunyikan")
        ).to_be_visible()
    log = page.get_by_role("log", name="Percakapan dengan Loket")
    await expect(log.get_by_text("KTP-el S*** A*** siap diambil.")).to_be_visible()
    await expect(log.get_by_text("3516010101900001")).to_have_count(0)
    assert await page.locator("strong", has_text="KTP-el S*** A*** siap diambil.").count() == 1
    assert site.office.texts() == ["/menu", "", "MJK-261102-0007-Z", "3516010101900001"]


async def test_everything_works_by_keyboard(browser: Browser, site: Site):
    page = await opened(browser, site, viewport={"width": 1280, "height": 800})
    await page.get_by_role("button", name="Cek status KTP").wait_for()
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Langsung ke kolom pesan"
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "text"
    for _ in range(4):
        await page.keyboard.press("Shift+Tab")
    assert "Cek status KTP" in await page.evaluate("document.activeElement.textContent")
    await page.keyboard.press("Enter")
    await page.get_by_text("Silakan tulis nomor registrasi").wait_for()
    # From here the resident types on; the choices that come next are one Shift+Tab away.
    assert await page.evaluate("document.activeElement.id") == "text"
    await expect(page.get_by_role("button", name="Cek status KTP")).to_have_attribute("aria-pressed", "true")


async def test_a_digit_is_as_good_as_a_tap(browser: Browser, site: Site):
    page = await opened(browser, site)
    await expect(page.locator(".choice .number").first).to_have_text("1")
    await page.get_by_label("Tulis pesan").fill("1")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Silakan tulis nomor registrasi")).to_be_visible()


async def test_choices_below_the_edge_of_a_small_screen_are_pointed_at(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    site.office.answer = lambda heard: Screen(text="baris\n" * 30, choices=choices("Ya", "Tidak"))
    await page.get_by_role("button", name="Petugas").click()
    pointer = page.get_by_role("button", name="Lihat pilihan")
    await pointer.click()
    await expect(page.get_by_role("button", name="Ya")).to_be_in_viewport()
    await expect(pointer).to_be_hidden()


async def test_on_a_small_phone_a_tap_never_scrolls_the_page(browser: Browser, site: Site):
    page = await opened(browser, site, viewport={"width": 320, "height": 568}, has_touch=True)
    await page.get_by_role("button", name="Petugas").wait_for()
    site.office.answer = lambda heard: Screen(text="baris\n" * 30, choices=choices("Ya", "Tidak"))
    for label in ("Petugas", "Ya", "Tidak"):
        await page.get_by_role("button", name=label).last.tap()
        await expect(page.locator("[aria-disabled]")).to_have_count(0)
    assert await page.evaluate("[document.documentElement.scrollTop, document.body.scrollTop]") == [0, 0]
    assert await page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


async def test_in_a_low_window_the_whole_page_scrolls_to_what_was_said(browser: Browser, site: Site):
    page = await opened(browser, site, viewport={"width": 640, "height": 300})
    await page.get_by_role("button", name="Lihat pilihan").click()
    await page.get_by_role("button", name="Cek status KTP").click()
    await expect(page.get_by_text("Silakan tulis nomor registrasi")).to_be_in_viewport()
    await expect(page.get_by_label("Tulis pesan")).to_be_in_viewport()


async def test_a_registration_number_is_not_broken_at_the_end_of_a_line(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    text = "Nomornya *MJK-261102-0007-Z*, jam 13.00–15.00; " + "x-1" * 30
    await site.office.say(site.office.heard[0].address, Screen(text=text))
    whole = page.locator(".office .whole")
    await expect(whole).to_have_text(["MJK-261102-0007-Z", "13.00–15.00;"])


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
async def test_nothing_is_wider_than_the_window(browser: Browser, site: Site, width: int):
    page = await opened(browser, site, viewport={"width": width, "height": 640})
    await page.get_by_role("button", name="Petugas").wait_for()
    long = "https://contoh.invalid/" + "sangat-panjang" * 20
    await site.office.say(site.office.heard[0].address, Screen(text=long, choices=choices("x" * 80, "y")))
    await page.get_by_role("button", name="xxx").wait_for()
    widest = await page.evaluate(
        "Math.max(...Array.from(document.querySelectorAll('body, body *'), (one) => one.scrollWidth * "
        "(getComputedStyle(one).overflowX === 'hidden' || one.matches('#log') ? 0 : 1)))"
    )
    log = await page.evaluate(
        "[document.getElementById('log').scrollWidth, document.getElementById('log').clientWidth]"
    )
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert widest <= width
    assert log[0] == log[1]


async def test_what_can_be_tapped_is_large_enough_for_a_thumb(browser: Browser, site: Site):
    page = await opened(browser, site, has_touch=True)
    await page.get_by_role("button", name="Petugas").wait_for()
    sizes = await page.evaluate(
        "Array.from(document.querySelectorAll('button, label.attach, #text')).filter((one) => one.offsetParent)"
        ".map((one) => [one.textContent.trim(), one.offsetWidth, one.offsetHeight])"
    )
    assert len(sizes) >= 8
    assert [size for size in sizes if size[1] < 44 or size[2] < 44] == []


CONTRASTS = """
() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const shine = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) { return colour; }
    }
    return [255, 255, 255];
  };
  const found = [];
  document.querySelectorAll("body *").forEach((one) => {
    const own = Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !one.offsetParent || one.matches(".unseen, script")) { return; }
    const [a, b] = [shine(parse(getComputedStyle(one).color)), shine(ground(one))].sort((x, y) => y - x);
    found.push([(a + .05) / (b + .05), one.textContent.trim().slice(0, 40)]);
  });
  const field = document.getElementById("text");
  const [a, b] = [shine(parse(getComputedStyle(field, "::placeholder").color)), shine(ground(field))].sort((x, y) => y - x);
  found.push([(a + .05) / (b + .05), "placeholder"]);
  return found;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(browser: Browser, site: Site, scheme: str):
    page = await opened(browser, site, color_scheme=scheme)
    await page.get_by_role("button", name="Petugas").click()
    await page.locator(".office").nth(1).wait_for()
    await page.context.set_offline(offline=True)
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await page.get_by_label("Tulis pesan").fill("halo")
    await page.keyboard.press("Enter")
    await page.get_by_text("Belum terkirim").wait_for()
    found = await page.evaluate(CONTRASTS)
    assert len(found) > 15
    assert [one for one in found if one[0] < 4.5] == []


async def test_everything_has_a_name_for_a_screen_reader(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    session = await page.context.new_cdp_session(page)
    tree = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    spoken = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree
        if not node.get("ignored")
        and node.get("role", {}).get("value") in {"button", "textbox", "log", "heading", "link"}
    ]
    assert [one for one in spoken if not one[1]] == []
    assert ("log", "Percakapan dengan Loket") in spoken
    assert ("textbox", "Tulis pesan") in spoken
    assert ("button", "1 Cek status KTP Sampai di mana berkasnya, dan perlu datang atau tidak") in spoken
    assert ("heading", "Loket") in spoken
    assert await page.get_by_role("log").get_attribute("aria-live") == "polite"
    assert await page.locator("html").get_attribute("lang") == "id"


async def test_nothing_is_fetched_from_anywhere_else(browser: Browser, site: Site):
    context = await browser.new_context()
    page = await context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    site.office.answer = counter
    await page.goto(site.url)
    await page.get_by_role("button", name="Petugas").wait_for()
    assert complaints == []
    assert [url for url in asked if not url.startswith(site.url + "/")] == []
    sizes = [len(await response.body()) for response in [await page.request.get(url) for url in set(asked)]]
    assert sum(sizes) < 60_000


async def test_the_cookie_cannot_be_read_by_a_script(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    assert "loket=" not in await page.evaluate("document.cookie")
    names = {one["name"]: one for one in await page.context.cookies()}
    assert names["loket"]["httpOnly"] is True
    assert names["loket"]["sameSite"] == "Lax"


async def test_a_message_written_offline_is_sent_once_when_the_line_is_back(
    browser: Browser, site: Site, web_store
):
    port = site.address
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    app = pages_alone(site.office, site.channel, web_store, metrics=site.metrics)
    site.stop()
    await expect(page.get_by_role("status")).to_contain_text("Sambungan terputus")
    await page.get_by_label("Tulis pesan").fill("1")
    await page.keyboard.press("Enter")
    await expect(page.locator(".state")).to_have_text("Belum terkirim")
    await site.stopped.wait()
    async with serving(app, port):
        await page.evaluate("window.dispatchEvent(new Event('online'))")
        await expect(page.get_by_text("Silakan tulis nomor registrasi")).to_be_visible()
        await expect(page.get_by_role("status")).to_contain_text("Tersambung lagi")
        await expect(page.locator(".state")).to_have_text("")
        assert site.office.texts() == ["/menu", "1"]
        await page.close()


async def test_coming_back_shows_the_open_question_once(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    menu = counter(site.office.heard[0])
    site.office.open = Screen(
        text="Ada yang bisa kami bantu? Pilih, atau ketik angkanya.", choices=menu.choices
    )
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await page.get_by_text("Sambungan terputus").wait_for()
    await page.get_by_text("Tersambung lagi").wait_for()
    assert await page.locator(".office").count() == 1
    await page.reload()
    await expect(page.locator(".office")).to_have_count(1)
    await page.get_by_role("button", name="Cek status KTP").click()
    await expect(page.get_by_text("Silakan tulis nomor registrasi")).to_be_visible()
    assert site.office.texts() == ["/menu", ""]


async def test_the_language_switch_is_in_sight_and_changes_the_whole_page(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Bahasa", exact=True).click()
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    await expect(page.get_by_text("Every service is free.")).to_be_visible()
    assert await page.locator(".office").last.get_attribute("lang") == "en"
    site.office.answer = lambda heard: Screen(text="Menu", language="en")
    await page.reload()
    await expect(page.get_by_text("Menu")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_a_screen_that_replaces_another_stands_in_its_place(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    address = site.office.heard[0].address
    await site.office.say(address, Screen(text="1 dari 10 terkirim"))
    shown = str(site.office.numbered)
    await site.office.say(address, Screen(text="10 dari 10 terkirim", replaces=shown))
    await expect(page.get_by_text("10 dari 10 terkirim")).to_be_visible()
    await expect(page.get_by_text("1 dari 10 terkirim", exact=True)).to_have_count(0)


async def test_what_people_wrote_is_never_markup(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    nasty = "<img src=x onerror=alert(1)> *tebal* S*** A*** a*b*c \u2068*nama*\u2069"
    await site.office.say(site.office.heard[0].address, Screen(text=nasty, choices=choices("<b>x</b>")))
    said = page.locator(".office").last
    await expect(said).to_contain_text("<img src=x onerror=alert(1)>")
    assert await said.locator("img, b").count() == 0
    assert await said.locator("strong").all_inner_texts() == ["tebal"]


async def test_after_fifteen_idle_minutes_the_screen_is_cleared(browser: Browser, site: Site):
    site.office.answer = counter
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    await page.clock.install()
    await page.goto(site.url)
    await page.get_by_role("button", name="Petugas").wait_for()
    await page.clock.fast_forward("15:01")
    await expect(page.get_by_text("15 menit tidak dipakai")).to_be_visible()
    await expect(page.locator(".office")).to_have_count(0)
    await page.get_by_role("button", name="Mulai lagi").click()
    await expect(page.get_by_role("button", name="Petugas")).to_be_visible()


async def test_who_is_done_leaves_a_clean_screen(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Cek status KTP").click()
    await page.get_by_text("Silakan tulis nomor registrasi").wait_for()
    await page.get_by_role("button", name="Selesai").click()
    await expect(page.get_by_text("Layar sudah dibersihkan")).to_be_visible()
    await expect(page.get_by_text("Silakan tulis nomor registrasi")).to_have_count(0)
    await expect(page.get_by_role("button", name="Cek status KTP")).to_be_visible()
    assert site.office.heard[-1].kind == "left"


async def test_without_scripts_one_clear_sentence_stands_there(browser: Browser, site: Site):
    page = await opened(browser, site, java_script_enabled=False)
    notice = page.locator("noscript .notice")
    await expect(notice).to_be_visible()
    assert "Obrolan ini memerlukan JavaScript" in await notice.inner_text()
    assert await page.locator("#composer").is_hidden()


async def test_a_browser_that_cannot_run_our_scripts_is_told_so(browser: Browser, site: Site):
    # Its script engine runs, but stops at our syntax: that page has no <noscript>.
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    await page.route(
        "**/*.js*", lambda route: route.fulfill(body="this is no script", content_type="text/javascript")
    )
    await page.goto(site.url)
    await expect(page.get_by_text("Peramban ini belum bisa membuka obrolan")).to_be_visible()


async def test_dots_stand_still_for_who_asked_for_less_motion(browser: Browser, site: Site):
    page = await opened(browser, site, reduced_motion="reduce")
    await page.get_by_role("button", name="Petugas").wait_for()
    site.office.silence.clear()
    await page.get_by_label("Tulis pesan").fill("halo")
    await page.keyboard.press("Enter")
    dots = page.locator(".writing i").first
    await dots.wait_for()
    assert await dots.evaluate("(one) => getComputedStyle(one).animationName") == "none"
    site.office.silence.set()
    await expect(page.locator(".writing")).to_have_count(0)
