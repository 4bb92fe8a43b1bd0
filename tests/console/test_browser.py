"""The console in a real browser: what an officer sees and does at the counter, on an old PC and on a phone."""

import asyncio
import re
from pathlib import Path

import pytest
import segno
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from domain.staff.roles import Role
from tests.console.conftest import ConsoleCounter
from tests.console.town import a_register, followed_by, sends_announcements
from tests.support.chromium import PATIENCE_MS, launched

pytestmark = pytest.mark.browser

PC, PHONE = {"width": 1024, "height": 768}, {"width": 390, "height": 844}
PAGES = (
    "/staf",
    "/staf/register",
    "/staf/register/daftar",
    "/staf/register/catat",
    "/staf/pengambilan",
    "/staf/templat",
    "/staf/register/impor",
    "/staf/pengumuman",
    "/staf/pengumuman/baru",
    "/staf/kalender",
    "/staf/permintaan",
    "/staf/kasus",
    "/staf/layanan",
    "/staf/ringkasan",
    "/staf/ikm",
    "/staf/petugas",
    "/staf/webhook",
    "/staf/audit",
    "/staf/saya",
)


async def enters(
    browser: Chromium, counter: ConsoleCounter, name: str, role: Role, **settings: object
) -> Page:
    context = await browser.new_context(**{"viewport": PC, **settings})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{counter.url}/staf")
    await page.get_by_label("Kode petugas").fill(await counter.code(name, role))
    await page.keyboard.press("Enter")
    await page.get_by_text(f"Selamat bekerja, {name}.").wait_for()
    return page


async def hands_in(page: Page, text: str) -> None:
    file = {"name": "daftar.csv", "mimeType": "text/csv", "buffer": text.encode()}
    await page.set_input_files("#berkas", file)
    await expect(page.locator("#terpilih")).to_contain_text("daftar.csv")
    await page.get_by_role("button", name="Periksa berkas").click()


async def downloaded(page: Page, link: str) -> str:
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name=link).click()
    file = await (await waiting.value).path()
    return await asyncio.to_thread(Path(file).read_text, "utf-8-sig")


async def finds_what_is_wrong(page: Page, text: str) -> None:
    await page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Register").click()
    await page.get_by_role("link", name="Impor berkas…").click()
    await hands_in(page, text)
    await page.get_by_role("heading", name="3 baris perlu diperbaiki").wait_for()
    table = page.get_by_role("region", name="Baris yang ditolak")
    await expect(table.get_by_role("row")).to_have_count(4)
    await expect(table).to_contain_text("NIK harus 16 angka, di sini 15.")
    await expect(table).to_contain_text("Mungkin satu angka 0 hilang.")
    refused = await downloaded(page, "Unduh 3 baris yang ditolak")
    assert len(refused.splitlines()) == 4
    assert not any(cell.startswith("=") for line in refused.splitlines() for cell in line.split(","))


async def imports_the_mended_file(page: Page, text: str) -> None:
    await page.get_by_role("link", name="Pilih berkas lain").click()
    await hands_in(page, text)
    await page.get_by_role("heading", name="Semua baris baik").wait_for()
    await page.get_by_role("button", name="Impor 60 baris yang baik").click()
    await page.get_by_role("heading", name="Impor selesai").wait_for()


async def leaves_an_announcement_for_approval(page: Page, address: str) -> str:
    await page.goto(address)
    await page.get_by_label("Judul").fill("Siap diambil 24 Nov")
    await page.get_by_label("Isi").fill("Kartu {nama} nomor {nomor} sudah jadi. Ambil di {tempat}.")
    await expect(page.locator("#contoh .bubble").first).to_contain_text("S*** A*** nomor MJK-")
    await page.get_by_role("button", name="Periksa").click()
    await page.get_by_role("heading", name="60 penerima").wait_for()
    await expect(page.get_by_role("button", name="Kirim kepada")).to_have_count(0)
    await page.get_by_role("button", name="Simpan untuk disetujui").click()
    await page.get_by_text("Menunggu seorang penyetuju.").wait_for()
    return page.url.partition("?")[0]


async def test_from_a_file_with_errors_to_the_report_of_an_announcement(
    browser: Chromium, counter: ConsoleCounter
):
    """Import with errors → mend → import → announce → approve as another person → watch → report."""
    register = a_register(60)
    endang = await enters(browser, counter, "Endang Lestari", Role.OFFICER)
    await finds_what_is_wrong(endang, register.with_errors)
    await imports_the_mended_file(endang, register.mended)
    await followed_by(counter, 60)
    async with sends_announcements(counter) as phones:
        draft = await leaves_an_announcement_for_approval(endang, f"{counter.url}/staf/pengumuman/baru")
        bagus = await enters(browser, counter, "Bagus Prasetyo", Role.APPROVER, viewport=PHONE)
        await bagus.goto(draft)
        await bagus.get_by_role("heading", name="60 penerima").wait_for()
        await expect(bagus.locator(".bubbles")).to_contain_text("WhatsApp, setelah 24 jam")
        await bagus.get_by_role("button", name="Setujui dan kirim").click()
        await bagus.get_by_text("sampai saat itu bisa dibatalkan tanpa bekas").wait_for()
        await bagus.get_by_text("Disetujui. Daftar penerima disusun").wait_for()
        counter.clock.move(seconds=61)
        await bagus.get_by_text("selesai", exact=True).wait_for()
        await expect(bagus.get_by_text("masih bisa dibatalkan")).to_have_count(0)
        await expect(bagus.locator(".counts > div", has_text="Terkirim").locator("dd")).to_have_text("60")
        report = await downloaded(bagus, "Laporan CSV")
    assert len(report.splitlines()) == 61
    assert "terkirim" in report
    assert not re.search(r"\d{16}", report)
    assert len(phones["telegram"].screens) == 60


async def test_an_officer_cannot_send_above_the_threshold_by_asking_differently(
    browser: Chromium, counter: ConsoleCounter
):
    await counter.import_register(a_register(60).mended)
    await followed_by(counter, 60)
    endang = await enters(browser, counter, "Endang Lestari", Role.OFFICER)
    await endang.goto(f"{counter.url}/staf/pengumuman/baru")
    await endang.get_by_label("Judul").fill("Siap diambil")
    await endang.get_by_label("Isi").fill("Sudah jadi.")
    await endang.get_by_role("button", name="Periksa").click()
    save = endang.get_by_role("button", name="Simpan untuk disetujui")
    await save.evaluate("button => button.value = 'kirim'")
    await save.click()
    await endang.get_by_text("tidak berwenang").wait_for()
    await endang.goto(f"{counter.url}/staf/pengumuman")
    await endang.get_by_text("Belum ada pengumuman.").wait_for()


async def test_a_second_click_while_the_answer_is_awaited_sends_nothing(
    browser: Chromium, counter: ConsoleCounter
):
    """It would be told that its form was used before; after "back" the form is sent again."""
    officer = await enters(browser, counter, "Endang Lestari", Role.OFFICER)
    sent = await officer.evaluate(
        """() => {
            const [form, sent] = [document.getElementById("panggil"), []];
            window.addEventListener("submit", (event) => {
                sent.push(!event.defaultPrevented);
                event.preventDefault();
            });
            form.requestSubmit();
            form.requestSubmit();
            window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
            form.requestSubmit();
            return sent;
        }"""
    )
    assert sent == [True, False, True]


async def test_a_ticket_is_scanned_with_the_camera(counter: ConsoleCounter, tmp_path: Path):
    code = await counter.books("ktp_baru")
    film = tmp_path / "tiket.mjpeg"
    picture = tmp_path / "tiket.png"
    segno.make(code).save(picture, scale=12, border=6)
    from PIL import Image

    scene = Image.new("RGB", (640, 480), "white")
    ticket = Image.open(picture).convert("RGB")
    scene.paste(ticket.resize((360, 360)), (140, 60))
    scene.save(tmp_path / "tiket.jpg", quality=90)
    film.write_bytes((tmp_path / "tiket.jpg").read_bytes() * 30)
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    async with launched(*flags) as chromium:
        page = await enters(chromium, counter, "Endang Lestari", Role.OFFICER, viewport=PHONE)
        await page.get_by_role("button", name="Pindai dengan kamera").click()
        await page.get_by_text("Tercatat datang, dan menunggu dipanggil.").wait_for()
        await expect(page.locator(f"[id='{code}']")).to_contain_text("datang")


async def test_a_ticket_is_read_off_a_photo_without_any_script(
    browser: Chromium, counter: ConsoleCounter, tmp_path: Path
):
    code = await counter.books("ktp_baru")
    picture = tmp_path / "tiket.png"
    segno.make(f"Tiket {code}").save(picture, scale=8, border=4)
    page = await enters(browser, counter, "Endang Lestari", Role.OFFICER, java_script_enabled=False)
    await page.set_input_files("#gambar", picture)
    await page.get_by_role("button", name="Baca foto").click()
    await expect(page.get_by_label("Kode tiket")).to_have_value(code)
    await page.get_by_role("button", name="Datang", exact=True).click()
    await page.get_by_text("Tercatat datang, dan menunggu dipanggil.").wait_for()


async def test_an_import_works_without_any_script(browser: Chromium, counter: ConsoleCounter):
    page = await enters(browser, counter, "Endang Lestari", Role.OFFICER, java_script_enabled=False)
    await page.goto(f"{counter.url}/staf/register/impor")
    text = a_register(3).mended
    await page.set_input_files("#berkas", {"name": "a.csv", "mimeType": "text/csv", "buffer": text.encode()})
    await page.get_by_role("button", name="Periksa berkas").click()
    await page.get_by_role("button", name="Impor 3 baris yang baik").click()
    await page.get_by_role("heading", name="Impor selesai").wait_for()


async def test_a_code_is_explained_and_an_import_taken_back(browser: Chromium, counter: ConsoleCounter):
    page = await enters(browser, counter, "Endang Lestari", Role.OFFICER, viewport=PHONE)
    await page.goto(f"{counter.url}/staf/register/impor")
    await hands_in(page, a_register(12).mended.replace("CARD_SHIPPED", "ACC KABID"))
    await page.get_by_label("ACC KABID").select_option("Siap diambil")
    await page.get_by_role("button", name="Simpan dan periksa lagi").click()
    await page.get_by_role("heading", name="Semua baris baik").wait_for()
    await expect(page.get_by_text("Apa arti status ini?")).to_have_count(0)
    await page.get_by_role("button", name="Impor 12 baris yang baik").click()
    await page.get_by_role("button", name="Batalkan impor ini").click()
    await page.get_by_role("heading", name="Impor dibatalkan").wait_for()


async def test_the_keyboard_alone_checks_somebody_in(browser: Chromium, counter: ConsoleCounter):
    code = await counter.books("ktp_baru")
    page = await enters(browser, counter, "Endang Lestari", Role.OFFICER)
    await expect(page.locator("#kode")).to_be_focused()
    await page.keyboard.type(code.lower())
    await page.keyboard.press("Enter")
    await page.get_by_text("Tercatat datang, dan menunggu dipanggil.").wait_for()
    await page.keyboard.press("Shift+Tab")
    focused = "document.activeElement.matches(':focus-visible')"
    assert await page.evaluate(focused)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(PC, "light"), (PHONE, "dark"), ({"width": 320, "height": 568}, "light")],
    ids=["pc-light", "phone-dark", "small-light"],
)
async def test_every_page_fits_is_readable_and_names_its_fields(
    browser: Chromium, counter: ConsoleCounter, size: dict, scheme: str
):
    await counter.import_register(a_register(5).mended)
    await counter.walks_in("ktp_baru")
    page = await enters(browser, counter, "Wulan Hartini", Role.ADMIN, viewport=size, color_scheme=scheme)
    await counter.code("Joko Susilo", Role.OFFICER)  # not used yet
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for path in PAGES:
        await page.goto(counter.url + path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert await page.evaluate(UNNAMED) == [], path
        assert await page.evaluate(SMALL) == [], path
        assert await page.evaluate(PALE) == [], path
        assert await page.evaluate(COVERED) == [], path
        assert await page.locator("h1").count() == 1, path
    assert told == []


@pytest.mark.parametrize("width", [1280, 1024, 360])
async def test_overview_shows_every_column_without_scrolling(
    browser: Chromium, counter: ConsoleCounter, width: int
):
    await counter.import_register(a_register(5, status="PRR").mended)
    size = {"width": width, "height": 800}
    page = await enters(browser, counter, "Wulan Hartini", Role.ADMIN, viewport=size)
    await page.goto(f"{counter.url}/staf/ringkasan")
    assert await page.evaluate(CUT_OFF) == []


async def test_printed_overview_shows_every_column(browser: Chromium, counter: ConsoleCounter):
    await counter.import_register(a_register(5, status="PRR").mended)
    paper = {"width": 718, "height": 1000}  # A4 between Chromium's margins
    page = await enters(browser, counter, "Wulan Hartini", Role.ADMIN, viewport=paper)
    await page.goto(f"{counter.url}/staf/ringkasan")
    await page.emulate_media(media="print")
    assert await page.evaluate(CUT_OFF) == []
    await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert await page.evaluate(CUT_OFF) == []


# Tables wider than the place that they are shown in.
CUT_OFF = """[...document.querySelectorAll('.scroll')].filter(one => one.checkVisibility()
    && one.scrollWidth > one.clientWidth + 1).map(one => `${one.ariaLabel}: ${one.scrollWidth} > ${one.clientWidth}`)"""
# Fields and buttons that a screen reader could not name.
UNNAMED = """[...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a, summary')].filter(one =>
    one.checkVisibility() && !(one.labels && one.labels.length) && !one.getAttribute('aria-label')
    && !one.innerText.trim() && !one.querySelector('img')).map(one => one.outerHTML)"""
# What is tapped is at least 44 points high; links in running text and boxes within a label may be smaller.
SMALL = """[...document.querySelectorAll('button, select, summary, .button, nav a, input:not([type=hidden])')].filter(one =>
    one.checkVisibility() && !one.closest('label.choice, label.photo') && one.getBoundingClientRect().height < 43.5)
    .map(one => one.outerHTML.slice(0, 120) + one.getBoundingClientRect().height)"""
# Text on its ground has a contrast of 4.5 at least (WCAG AA).
PALE = """(() => {
  const parse = (color) => { const n = color.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (one) => { for (let at = one; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor);
    if (c[3] > .9) return c; } return [255, 255, 255, 1]; };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, one = text.parentElement;
    if (!text.data.trim() || !one.checkVisibility() || one.closest('.unseen, option, :disabled, noscript, script')) continue;
    const a = light(parse(getComputedStyle(one).color)), b = light(ground(one));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(`${text.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return bad;
})()"""
# What stands in one line of a list covers nothing beside it.
COVERED = """[...document.querySelectorAll('.item')].flatMap(item => {
  const boxes = [...item.children].map(one => [one.textContent.trim(), one.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], place) => boxes.slice(place + 1).filter(([, b]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  ).map(([other]) => name + ' / ' + other));
})"""
