"""WCAG 2.2 AA by axe-core: the chat page and the public page, on phone and desktop, light and dark."""

import pytest
from playwright.async_api import Browser

from handlers.engine.screen import File, Link, Place, Screen
from storage.store import Store
from tests.support.axe import violations
from tests.web.conftest import Site
from tests.web.office import choices
from tests.web.test_browser import opened
from tests.web.test_kepuasan import every_grade

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

SIZES = pytest.mark.parametrize("width", [320, 1180], ids=["phone", "desktop"])
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
EVERYTHING = Screen(
    text="*Siap diambil* di Kantor.",
    choices=choices("Kabari saya", "Nomor lain", "Petugas", question="q2"),
    files=(
        File(name="tiket.png", mime="image/png", data=PIXEL),
        File(name="tiket.ics", mime="text/calendar", data=b"BEGIN:VCALENDAR"),
        File(name="suara.ogg", mime="audio/ogg", data=b"OggS"),
    ),
    link=Link(label="Buka peta", url="https://contoh.invalid/"),
    place=Place(latitude=-7.5, longitude=112.4, name="Kantor", label="Peta"),
    locate="Kirim lokasi",
    language="id",
)


async def test_the_check_finds_what_is_broken(browser: Browser):
    page = await browser.new_page()
    small = "<button style='width: 9px; height: 9px; padding: 0; border: 0'>a</button>" * 2
    small = f"<div style='display: flex'>{small}</div>"
    await page.set_content(f"<html lang=id><title>x</title><p style='color: #aaa'>pucat<img src=x>{small}")
    found = " ".join(await violations(page))
    for rule in ("image-alt", "color-contrast", "target-size"):
        assert f"{rule}: " in found


@SIZES
async def test_chat_page_breaks_no_rule_of_wcag(browser: Browser, site: Site, width: int):
    page = await opened(browser, site, viewport={"width": width, "height": 700})
    await page.get_by_role("button", name="Petugas").click()
    await page.locator(".office").nth(1).wait_for()
    assert await violations(page) == []
    site.office.answer = lambda heard: EVERYTHING
    await page.get_by_role("button", name="Cek status KTP").first.click()
    await page.get_by_role("button", name="Kirim lokasi").wait_for()
    assert await violations(page) == []
    await page.context.set_offline(offline=True)
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await page.get_by_label("Tulis pesan").fill("halo")
    await page.keyboard.press("Enter")
    await page.get_by_text("Belum terkirim").wait_for()
    assert await violations(page) == []


@SIZES
async def test_public_page_breaks_no_rule_of_wcag(browser: Browser, site: Site, web_store: Store, width: int):
    context = await browser.new_context(viewport={"width": width, "height": 700})
    page = await context.new_page()
    await page.goto(f"{site.url}/kepuasan")
    assert await violations(page) == []
    await every_grade(web_store)
    for path in ("/kepuasan", "/kepuasan?tahun=2025", "/kepuasan?tahun=1999"):
        await page.goto(site.url + path)
        assert await violations(page) == [], path
