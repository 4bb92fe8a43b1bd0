"""Taps in a real browser: a double tap hits one button only, and large letters lose nothing."""

import pytest
from playwright.async_api import Browser, expect

from handlers.engine.screen import Screen
from tests.web.conftest import Site
from tests.web.office import choices
from tests.web.test_browser import opened

pytestmark = pytest.mark.browser

LABELS = ("Setuju", "Tolak", "Batal")
# Taps the middle of a choice, waits until the answer stands there, and taps the same place of the screen again.
DOUBLE_TAP = """async (label) => {
  const at = (spot) => document.elementFromPoint(spot.x, spot.y);
  const tap = (spot) => at(spot).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 }));
  const choice = [...document.querySelectorAll(".choice")].find((one) => one.textContent.includes(label));
  choice.scrollIntoView({ block: "center" });
  const box = choice.getBoundingClientRect();
  const spot = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const answered = document.querySelectorAll(".office").length + 1;
  tap(spot);
  while (document.querySelectorAll(".office").length < answered) { await new Promise(requestAnimationFrame); }
  const under = at(spot).closest(".choice");
  if (under) { tap(spot); }
  return under ? under.textContent : null;
}"""


async def test_a_double_tap_cannot_hit_another_button_after_a_shift(browser: Browser, site: Site):
    page = await opened(browser, site, has_touch=True)
    await page.get_by_role("button", name="Bahasa").last.wait_for()
    under = []
    for turn, label in enumerate(("Petugas", "Batal", "Setuju", "Batal")):
        labels = LABELS if turn % 2 == 0 else reversed(LABELS)
        shown = Screen(text="baris\n" * 9, choices=choices(*labels, question=f"q{turn}"), language="id")
        site.office.answer = lambda heard, shown=shown: shown
        met = await page.evaluate(DOUBLE_TAP, label)
        await expect(page.locator("[aria-disabled]")).to_have_count(0)
        assert len(site.office.heard) == turn + 2, f"the second tap took {met}"
        under += [met] if met and label not in met else []
    assert under, "another choice has come under the finger, or this test shows nothing"


async def test_a_tab_at_another_process_is_cleared_when_somebody_leaves(
    browser: Browser, site: Site, monkeypatch
):
    async def wipe(_line):
        """The other tab's process hears nothing of it."""

    monkeypatch.setattr(site.channel, "wipe", wipe)
    page = await opened(browser, site)
    other = await page.context.new_page()
    await other.goto(site.url)
    await page.get_by_role("button", name="Cek status KTP").last.click()
    await other.get_by_text("Silakan tulis nomor registrasi").wait_for()
    await page.get_by_role("button", name="Selesai").click()
    await expect(other.get_by_text("Layar sudah dibersihkan")).to_be_visible()
    await expect(other.get_by_text("Silakan tulis nomor registrasi")).to_have_count(0)


async def test_choices_are_disabled_for_everybody_until_the_office_has_heard(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    site.office.silence.clear()
    await page.get_by_role("button", name="Petugas").click()
    disabled = page.locator('.choice[aria-disabled="true"]')
    await expect(disabled).to_have_count(3)
    await disabled.first.dispatch_event("click")
    site.office.silence.set()
    await expect(disabled).to_have_count(0)
    assert len(site.office.heard) == 2
    await page.get_by_role("button", name="Cek status KTP").first.click()
    await expect(page.get_by_text("Silakan tulis nomor registrasi")).to_be_visible()


async def test_a_reloaded_page_shows_the_last_answer_once(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    site.office.last = Screen(
        text="Kartunya siap diambil.\n\nAda lagi?", choices=choices("Ya"), language="id"
    )
    site.office.open = Screen(text="Ada lagi?", choices=choices("Ya"), language="id")
    await page.reload()
    await expect(page.get_by_text("Kartunya siap diambil.")).to_be_visible()
    await expect(page.locator(".office")).to_have_count(1)
    await page.get_by_role("button", name="Ya").click()
    await expect(page.locator(".office")).to_have_count(2)
    assert site.office.texts() == ["/menu", ""]
    site.office.open = Screen(text="Pertanyaan lain", language="id")
    await page.reload()
    await expect(page.get_by_text("Pertanyaan lain")).to_be_visible()
    await expect(page.get_by_text("Kartunya siap diambil.")).to_have_count(0)


# Elements whose content is cut off, or that reach beyond the window.
LOST = """(width) => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".unseen, .skip, svg")) { return false; }
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const cut = style.overflow !== "visible" && !one.matches(".log, input")
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
  return cut || box.right > width + 0.5 || box.left < -0.5;
}).map((one) => one.outerHTML.slice(0, 120))"""
FIELD = """() => { const field = document.getElementById("text"), style = getComputedStyle(field);
  return [field.clientHeight, parseFloat(style.fontSize), field.clientWidth]; }"""


@pytest.mark.parametrize("language", ["id", "en"])
async def test_letters_of_double_size_lose_nothing_on_320_points(browser: Browser, site: Site, language: str):
    """WCAG 2.2, 1.4.4 and 1.4.10: text at 200 % without loss, no scrolling in two directions."""
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    session = await page.context.new_cdp_session(page)
    sizes = {"standard": 32, "fixed": 26}
    await session.send("Page.setFontSizes", {"fontSizes": sizes})
    if language == "en":
        await page.get_by_role("button", name="Bahasa", exact=True).click()
        await page.get_by_role("button", name="English").click()
        await page.get_by_role("textbox", name="Write a message").wait_for()
    site.office.answer = lambda heard: Screen(
        text="Nomor *MJK-261102-0007-Z*, pertanggungjawaban, Kantor Dispendukcapil Kabupaten Mojokerto.",
        choices=choices("Kabari saya bila ada perubahan", "Pertanggungjawaban"),
        language=language,
    )
    await page.locator("#text").fill("MJK-261102-0007-Z")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Pertanggungjawaban").wait_for()
    await page.wait_for_timeout(100)
    assert await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 34
    assert await page.evaluate(LOST, 320) == []
    log = page.locator("#log")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    assert await log.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0
    height, letters, width = await page.evaluate(FIELD)
    assert height >= letters
    assert width >= 3 * letters, "a few letters of what is typed are seen"
    await page.locator("#send").scroll_into_view_if_needed()
    await expect(page.locator("#send")).to_be_in_viewport(ratio=1)
