"""The waiting room's screen: codes only, bounded, without a script."""

import re

import pytest
from playwright.async_api import Browser

from domain.appointments.booking import TicketCode
from domain.appointments.dayplan import Slot
from storage.appointments import attendance, queue
from storage.store import Store
from tests.storage.appointments.town import Counter
from tests.support.axe import violations
from tests.web.conftest import Site


async def waits(store: Store, count: int) -> list[str]:
    """So many people wait at Sooko, in the order of their codes."""
    town = Counter(store, store.clock)
    slot = Slot("sooko", store.clock(), store.clock(), count)

    async def comes(db, code: str) -> TicketCode:
        code = TicketCode(code)
        return await attendance.walk_in(
            db, slot=slot, seats=count, service="ktp_baru", code=code, by="staff:1"
        )

    return [str(await store.write(lambda db: comes(db, town.next_code()))) for _ in range(count)]


async def calls(store: Store, desk: int | None) -> str:
    office = Counter(store, store.clock).office
    called = await store.write(
        lambda db: queue.call_next(db, point="sooko", office=office, by="staff:1", desk=desk)
    )
    return str(called.booking.code)


async def test_codes_are_shown_with_their_desk_and_nothing_else(site: Site, web_store: Store):
    codes = await waits(web_store, 20)
    called = await calls(web_store, 2)
    async with site.client() as client:
        page = await client.get("/layar/sooko")
        assert (page.status_code, page.headers["cache-control"]) == (200, "public, max-age=3")
        assert "set-cookie" not in page.headers
        assert '<meta http-equiv="refresh" content="5">' in page.text
        assert "<script" not in page.text
        assert re.search(rf"<strong>{called}</strong> <span>Loket 2</span>", page.text)
        shown = re.findall(r"<li>(\w{6})</li>", page.text)
        assert len(shown) == 12
        assert set(shown) <= set(codes) - {called}
        assert "dan 7 lagi" in page.text
        assert "ktp_baru" not in page.text
        assert (await client.get("/layar/entah")).status_code == 404
        assert codes[0] not in (await client.get("/layar/mpp")).text


async def test_many_screens_look_once_in_a_few_seconds(site: Site, web_store: Store):
    async with site.client() as client:
        await client.get("/layar/sooko")
        (code,) = await waits(web_store, 1)
        seen = (await client.get("/layar/sooko")).text
    assert "Belum ada yang menunggu." in seen
    assert code not in seen


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1920])
async def test_the_screen_breaks_no_rule_of_wcag(
    browser: Browser, site: Site, web_store: Store, scheme: str, width: int
):
    await waits(web_store, 5)
    await calls(web_store, 1)
    page = await browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    await page.goto(f"{site.url}/layar/sooko")
    assert [one for one in await violations(page) if "meta-refresh" not in one] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
