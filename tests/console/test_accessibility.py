"""WCAG 2.2 AA by axe-core: every page of the console, on phone and desktop, light and dark."""

import pytest
from playwright.async_api import Browser as Chromium

from bot.console.gates import Gate
from domain.staff.roles import Role
from tests.console.conftest import ConsoleCounter
from tests.console.test_browser import enters
from tests.console.things import Things, made_at
from tests.console.town import a_register
from tests.support.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


def pages(counter: ConsoleCounter, things: Things) -> list[str]:
    """Addresses of everything that an officer can look at, without parts of pages and downloads."""
    found: list[Gate] = [gate for gate in counter.console.gates() if gate.method == "GET"]
    return [things.path(gate.path) for gate in found]


@pytest.mark.parametrize("width", [320, 1180], ids=["phone", "desktop"])
async def test_console_pages_break_no_rule_of_wcag(browser: Chromium, counter: ConsoleCounter, width: int):
    await counter.import_register(a_register(5).mended)
    await counter.walks_in("ktp_baru")
    things = await made_at(counter, "sooko")
    size = {"width": width, "height": 800}
    page = await browser.new_page(viewport=size)
    await page.goto(f"{counter.url}/staf")
    assert await violations(page) == []
    page = await enters(browser, counter, "Wulan Hartini", Role.ADMIN, viewport=size)
    looked_at = 0
    for path in pages(counter, things):
        answer = await page.request.get(counter.url + path)
        if "text/html" not in answer.headers.get("content-type", "") or "<html" not in await answer.text():
            continue
        await page.goto(counter.url + path)
        assert await violations(page) == [], path
        looked_at += 1
    assert looked_at >= 15
