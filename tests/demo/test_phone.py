"""The demo's phone: a resident's chat in the browser, against an office of two answers."""

import json
import urllib.request
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.async_api import expect

from demo.whatsapp_emulator import NUMBER_ID, TOKEN, Graph
from demo.whatsapp_emulator.http import Answer, HttpServer
from demo.whatsapp_emulator.phone_page import PhonePage
from tests.demo.test_start import demo, loket, port  # noqa: F401 (fixtures)
from tests.support.chromium import PATIENCE_MS, launched

ROWS = [{"id": f"r{n}", "title": f"Pilihan {n}", "description": "Keterangan yang panjang"} for n in range(9)]
LIST = {
    "type": "list",
    "body": {"text": "*Selamat pagi*, pilih <b>satu</b>"},
    "action": {"button": "Lihat pilihan", "sections": [{"rows": ROWS}]},
}
BUTTON = {"type": "reply", "reply": {"id": "b1", "title": "Kabari saya"}}
BUTTONS = {"type": "button", "body": {"text": "Siap diambil. " * 30}, "action": {"buttons": [BUTTON]}}


@pytest.fixture
async def phone(clock):
    """The phone's address; the office answers a tapped row with a button, and anything else with a list."""
    async with Graph(clock=clock) as graph, httpx.AsyncClient(trust_env=False) as client:

        async def office(request):
            for message in json.loads(request.body)["entry"][0]["changes"][0]["value"].get("messages", []):
                content = BUTTONS if message["type"] == "interactive" else LIST
                body = {"messaging_product": "whatsapp", "to": f"+{message['from']}", "type": "interactive"}
                headers = {"Authorization": f"Bearer {TOKEN}"}
                await client.post(
                    f"{graph.api_base}/v25.0/{NUMBER_ID}/messages",
                    json={**body, "interactive": content},
                    headers=headers,
                )
            return Answer()

        server = HttpServer(office)
        await server.start()
        graph.deliveries.url = f"http://127.0.0.1:{server.port}/"
        graph.aside = PhonePage(graph, ZoneInfo("Asia/Jakarta"))
        yield f"{graph.api_base}/"
        await server.stop()


@pytest.fixture
async def page(phone):
    async with launched() as browser:
        context = await browser.new_context(viewport={"width": 320, "height": 568})
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda line: page.complaints.append(line.text))
        await page.goto(phone)
        yield page


@pytest.mark.browser
async def test_a_resident_chats_opens_the_list_and_sees_what_it_costs(page, phone):
    await page.get_by_role("button", name="halo").click()
    await page.get_by_role("button", name="Lihat pilihan").click()
    await page.get_by_role("button", name="Tutup").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.get_by_role("button", name="Lihat pilihan").click()
    await page.get_by_role("button", name="Pilihan 8").click()
    await expect(page.locator(".mine").last).to_contain_text("Pilihan 8")
    await expect(page.locator(".mine .ticks").last).to_have_text("✓✓")
    await expect(page.get_by_role("button", name="Kabari saya")).to_be_visible()
    await expect(page.locator(".told").last).to_contain_text("dibaca · layanan · Rp\u00a0350")
    await page.locator("#costs").click()
    await expect(page.locator("#what-costs")).to_contain_text("2 × layanan")
    await expect(page.locator("strong", has_text="Selamat pagi")).to_be_visible()
    assert await page.locator(".bubble b").count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    assert [url for url in page.asked if not url.startswith(phone)] == []
    assert page.complaints == []


@pytest.mark.browser
async def test_words_can_be_typed_and_the_list_closes_with_escape(page):
    await page.get_by_label("Tulis pesan").fill("*tebal* <i>")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_contain_text("tebal <i>")
    await page.get_by_role("button", name="Lihat pilihan").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_page_from_elsewhere_cannot_speak_for_the_resident(phone):
    async with httpx.AsyncClient(base_url=phone, trust_env=False) as stranger:
        assert (await stranger.post("/phone/say", json={"text": "halo"})).status_code == 404
        chat = await stranger.get("/phone/chat")
        assert "default-src 'none'" in chat.headers["content-security-policy"]
        assert chat.json()["bubbles"] == []


@pytest.mark.parametrize(
    ("deed", "asked"),
    [("tap", {"bubble": "x", "place": 0}), ("photo", {"data": "?"}), ("x", {}), ("say", [])],
)
async def test_what_is_no_deed_is_refused_without_a_fault(phone, deed, asked):
    async with httpx.AsyncClient(base_url=phone, trust_env=False) as client:
        answer = await client.post(f"/phone/{deed}", json=asked, headers={"X-Phone": "1"})
        assert answer.status_code == 400


def test_the_demo_answers_on_its_phone(loket, port):  # noqa: F811 (fixtures)
    with demo(loket, "--port", str(port), "--whatsapp-emulator") as (_process, printed):
        address = f"http://127.0.0.1:{port + 1}/"
        assert address in printed
        headers = {"X-Phone": "1", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{address}phone/say", b'{"text": "menu"}', headers)
        urllib.request.urlopen(request).close()
        shown, version = [], ""
        while not any(not one["mine"] for one in shown):
            with urllib.request.urlopen(f"{address}phone/chat?after={version}") as answer:
                chat = json.load(answer)
            shown, version = chat["bubbles"], chat["version"]
        assert len(shown[1]["choices"]) >= 3
