"""Photos, tickets and codes in a real browser."""

import asyncio
import base64
import io

import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from bot.voice import ogg
from demo.speaking import RECORDINGS
from handlers.engine.screen import File, Screen
from tests.support.chromium import launched
from tests.web.conftest import Site, frame
from tests.web.test_browser import opened

pytestmark = pytest.mark.browser


async def test_a_photo_of_a_receipt_leaves_small_enough_for_a_slow_line(site: Site):
    picture = io.BytesIO()
    noise = [Image.effect_noise((1700, 1300), 90) for _ in "RGB"]
    Image.merge("RGB", noise).save(picture, "PNG")
    assert len(picture.getvalue()) > 5 * 1024 * 1024
    async with launched(own=True) as browser:
        page = await opened(browser, site)
        await page.get_by_role("button", name="Petugas").wait_for()
        site.office.answer = lambda heard: Screen(text="Foto sudah diterima.")
        upload = {"name": "struk.png", "mimeType": "image/png", "buffer": picture.getvalue()}
        await page.get_by_label("Kirim foto tanda terima").set_input_files(upload)
        await expect(page.get_by_text("Foto sudah diterima.")).to_be_visible()
        heard = site.office.heard[-1]
        assert heard.kind == "photo"
        sent = Image.open(io.BytesIO(heard.data))
        assert max(sent.size) == 1600


async def test_a_first_photo_from_an_unknown_browser_follows_a_small_message(browser: Browser, site: Site):
    picture = io.BytesIO()
    Image.effect_noise((400, 400), 90).convert("RGB").save(picture, "PNG")
    assert len(picture.getvalue()) > 100_000
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    site.office.answer = lambda heard: Screen(text="Foto sudah diterima.")
    # The line is cut and comes back; the office has forgotten who that is.
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    upload = {"name": "struk.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    await page.get_by_label("Kirim foto tanda terima").set_input_files(upload)
    await expect(page.get_by_text("Foto sudah diterima.").last).to_be_visible()
    await expect(page.locator(".state").last).to_have_text("")
    assert [(one.kind, one.text) for one in site.office.heard] == [
        ("text", "/menu"),
        ("text", "/menu"),
        ("photo", ""),
    ]


async def test_a_line_that_was_idle_too_long_comes_back_by_itself(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    address = site.office.heard[0].address
    site.office.open = Screen(text="Ada yang bisa kami bantu?")
    monkeypatch.setattr("bot.web.limits.callers.KNOWN_SILENT_SECONDS", 0.3)
    # From now on each line without a word is ended after 0.3 s, and comes back.
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await page.get_by_text("Sambungan terputus").wait_for()
    await page.get_by_text("Tersambung lagi").wait_for()
    await page.get_by_text("Sambungan terputus").wait_for()

    sending = []

    def arrived(_address: str) -> None:
        """Send what waits, as the courier does."""
        sending.extend(asyncio.ensure_future(site.channel.send(one)) for one in site.office.waiting)

    site.channel.on_arrival = arrived
    await site.office.say(address, Screen(text="Kartu Anda siap diambil."))
    await expect(page.get_by_text("Kartu Anda siap diambil.")).to_be_visible()


async def test_a_file_that_is_no_photo_is_told_before_it_leaves(browser: Browser, site: Site):
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    upload = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    await page.get_by_label("Kirim foto tanda terima").set_input_files(upload)
    await expect(page.get_by_text("bukan foto yang bisa dibaca")).to_be_visible()
    assert site.office.texts() == ["/menu"]


async def test_a_ticket_comes_as_a_picture_and_a_calendar_file(browser: Browser, site: Site):
    dot = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    )
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    files = (
        File(name="tiket.png", mime="image/png", data=dot),
        File(name="jadwal.ics", mime="text/calendar", data=b"X"),
    )
    await site.office.say(site.office.heard[0].address, Screen(text="Tiket Anda", files=files))
    await expect(page.get_by_role("img", name="Buka tiket.png")).to_be_visible()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Buka jadwal.ics").click()
    assert (await download.value).suggested_filename == "jadwal.ics"


async def test_a_receipts_code_in_the_link_is_sent_and_leaves_the_address(browser: Browser, site: Site):
    page = await opened(browser, site, path="/#s_MJK-261102-0007-Z")
    await page.locator(".office").wait_for()
    assert site.office.texts() == ["/start s_MJK-261102-0007-Z"]
    assert "#" not in page.url


async def test_an_answer_is_listened_to_in_the_chat(browser: Browser, site: Site):
    recordings = [ogg.read(file.read_bytes()) for file in sorted(RECORDINGS.glob("report-*"))[:3]]
    sound = File(name="jawaban.ogg", mime="audio/ogg", data=ogg.join(recordings))
    page = await opened(browser, site)
    await page.get_by_role("button", name="Petugas").wait_for()
    await site.office.say(site.office.heard[0].address, Screen(text="Suara", files=(sound,), language="id"))
    audio = page.locator('audio[aria-label="Jawaban dalam suara"]')
    await audio.wait_for()
    length = await audio.evaluate(
        "async (one) => { while (one.readyState < 2) { await new Promise(requestAnimationFrame); }"
        " return one.duration; }"
    )
    assert length == pytest.approx(sum(one.seconds for one in recordings), abs=0.2)
    spoken = await audio.evaluate(
        "async (one) => { one.muted = true; await one.play();"
        " while (one.currentTime < 0.2) { await new Promise(requestAnimationFrame); } return one.error; }"
    )
    assert spoken is None
    await page.get_by_role("link", name="jawaban.ogg").wait_for()


async def test_a_player_may_ask_for_a_part_of_a_recording(site: Site):
    """Players of Apple play nothing that they cannot get in parts (RFC 9110, 14.2)."""
    sound = File(name="jawaban.ogg", mime="audio/ogg", data=bytes(range(200)))
    site.office.answer = lambda heard: Screen(text="Suara", files=(sound,))
    cookie = {"Cookie": "loket=" + "s" * 43}
    async with site.chat(cookie["Cookie"]) as tab, site.client() as http:
        await tab.send('{"id": "m1", "text": "dengar"}')
        url = (await frame(tab, "file"))["url"]
        for asked, part in (("0-1", sound.data[:2]), ("190-", sound.data[190:]), ("-5", sound.data[-5:])):
            got = await http.get(url, headers={**cookie, "Range": f"bytes={asked}"})
            assert (got.status_code, got.content) == (206, part)
            first = sound.data.index(part)
            assert got.headers["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/200"
        for asked in ("200-", "5-2", "x", "1-2,4-5", "-0", ""):
            got = await http.get(url, headers={**cookie, "Range": f"bytes={asked}"})
            assert (got.status_code, got.content) == (200, sound.data), asked
