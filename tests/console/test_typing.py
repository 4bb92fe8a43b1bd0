"""Behaviour of forms while an officer types."""

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from domain.staff.roles import Role
from tests.console.conftest import ConsoleCounter
from tests.console.test_browser import PC, enters

pytestmark = pytest.mark.browser


async def test_the_code_is_typed_at_once(browser: Chromium, counter: ConsoleCounter):
    page = await (await browser.new_context(viewport=PC)).new_page()
    await page.goto(f"{counter.url}/staf")
    await page.locator("input:focus").wait_for()
    await page.keyboard.type(await counter.code("Endang Lestari", Role.OFFICER))
    await page.keyboard.press("Enter")
    await page.get_by_text("Selamat bekerja, Endang Lestari.").wait_for()


async def test_the_sample_of_a_text_follows_the_typing_without_errors(
    browser: Chromium, counter: ConsoleCounter
):
    page = await enters(browser, counter, "Endang Lestari", Role.OFFICER)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await page.goto(f"{counter.url}/staf/pengumuman/baru")
    await page.get_by_label("Isi").fill("Kartu {nama} sudah jadi.")
    await expect(page.locator("#contoh")).to_contain_text("Kartu S*** A*** sudah jadi.")
    assert wrong == []


async def test_a_file_above_the_limit_is_told_before_it_is_sent(browser: Chromium, counter: ConsoleCounter):
    page = await enters(browser, counter, "Endang Lestari", Role.OFFICER)
    await page.goto(f"{counter.url}/staf/register/impor")
    await page.evaluate("document.getElementById('berkas').dataset.most = '0.00001'")
    await page.set_input_files("#berkas", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"no" * 50})
    await expect(page.locator("#terpilih")).to_contain_text("terlalu besar")
    assert not await page.evaluate("document.getElementById('berkas').validity.valid")
