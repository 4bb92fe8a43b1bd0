"""The pictures of docs/staff.md: the console of the running demo, on an office PC and on a phone."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).parent / "images"
ROOT = Path(__file__).parents[1]
_PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
_TALLEST = {"staff-index": 1760}  # down to what residents wrote
_TALLEST_USUAL = 1100
_PC = {"viewport": {"width": 1024, "height": 768}}
# A lost zero, a number that a spreadsheet rounded, a slip in a registration number, and a code that nobody knows.
_FILE = """no_registrasi,nik,nama,layanan,status,tanggal,lokasi
{number},{nik},Sri Aminah,ktp_baru,CARD_SHIPPED,{day},sooko
MJK-261102-0007-Z,3.52E+15,Budi Santoso,ktp_baru,PRR,{day},sooko
MJK-261102-0007-A,3516994107900001,Dewi Lestari,ktp_baru,PRR,{day},sooko
MJK-261102-0007-Z,351699410790000,Wati,ktp_rusak,PRR,{day},sooko
MJK-261102-0007-Z,3516994107900001,Tono,ktp_hilang,ANTRE,{day},sooko
"""


def photograph_console(
    browser: "Browser", *, address: str, folder: str, pairs: list[tuple[str, str]]
) -> None:
    """Work through the console as an officer does, and photograph what it shows."""
    for number, nik in pairs:
        _follow(browser, address, number, nik)
    page = _enter(browser, address, folder)
    _day(page, address)
    _register(page, address, pairs[0])
    _announce(page, address)
    _scan(page, address, pairs)
    page.goto(f"{address}staf/kalender")
    page.locator(".fill a").first.click()  # the first day to which cards are called
    page.wait_for_selector("#diundang")
    _save(page, "staff-pickups")
    for name, path in (
        ("mine", "saya"),
        ("cases", "kasus"),
        ("calendar", "kalender"),
        ("services", "layanan/ktp_hilang"),
        ("index", "ikm"),
        ("overview", "ringkasan"),
        ("people", "petugas"),
        ("waiting", "../layar/sooko"),
    ):
        page.goto(f"{address}staf/{path}")
        _save(page, f"staff-{name}")
    page.goto(f"{address}staf/audit")
    _save(page, "staff-audit", "phone")


def _enter(browser: "Browser", address: str, folder: str) -> "Page":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "staff", "invite", "Wulan Hartini", "--role", "admin"]
    invited = subprocess.run(  # noqa: S603 (our own command)
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    page = browser.new_context(**_PC, locale="id-ID").new_page()
    page.goto(f"{address}staf")
    _save(page, "staff-enter", "phone")
    page.fill("#code", invited.stdout.split()[-1])
    page.keyboard.press("Enter")
    page.wait_for_selector("#isi")
    return page


def _follow(browser: "Browser", address: str, number: str, nik: str) -> None:
    """Let somebody in the web chat ask for news of a card."""
    context = browser.new_context(**_PHONE)
    page = context.new_page()
    page.goto(address)
    said = page.locator("#log .office")
    said.first.wait_for()
    for word in ("/status", number, nik):
        heard = said.count()
        page.fill("#text", word)
        page.press("#text", "Enter")
        said.nth(heard).wait_for()
    heard = said.count()
    page.get_by_role("button", name="Kabari saya").click()
    said.nth(heard).wait_for()


def _day(page: "Page", address: str) -> None:
    for service in ("ktp_baru", "ktp_hilang", "ktp_baru", "ikd"):
        page.goto(f"{address}staf")
        page.select_option("#layanan", service)
        with page.expect_navigation():
            page.get_by_role("button", name="Beri kursi").click()
    given = page.locator(".ticket .code")
    if given.count():
        page.goto(f"{address}staf")
        page.fill("#loket", "2")
        with page.expect_navigation():
            page.get_by_role("button", name="Panggil berikutnya").click()
        awaited = page.locator(".booking", has_text="ditunggu")
        page.fill("#kode", awaited.locator(".code").first.inner_text())
        with page.expect_navigation():
            page.keyboard.press("Enter")
    for screen in ("pc", "phone"):
        _save(page, "staff-today", screen)


def _register(page: "Page", address: str, pair: tuple[str, str]) -> None:
    number, nik = pair
    page.goto(f"{address}staf/register")
    page.fill("#cari", number)
    page.keyboard.press("Enter")
    page.locator("main a.item", has_text=number).click()
    page.wait_for_selector("#status")
    _save(page, "staff-card")
    page.goto(f"{address}staf/register/impor")
    day = page.evaluate("new Date().toISOString().slice(0, 10)")
    text = _FILE.format(number=number, nik=nik, day=day)
    page.set_input_files("#berkas", {"name": "daftar.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="Periksa berkas").click()
    page.wait_for_selector(".counts")
    _save(page, "staff-import")


def _scan(page: "Page", address: str, pairs: list[tuple[str, str]]) -> None:
    """Enter two numbers as a scanner does, and one that is not in the register."""
    page.goto(f"{address}staf/register/catat")
    page.select_option("#status", "PRINTED")
    for number in (pairs[1][0], "MJK-261102-0007-Z", pairs[2][0]):
        page.fill("#nomor", number)
        page.press("#nomor", "Enter")
    page.locator("#tercatat li").nth(2).wait_for()
    _save(page, "staff-scan")


def _announce(page: "Page", address: str) -> None:
    page.goto(f"{address}staf/pengumuman/baru")
    page.fill("#nama", "Siap diambil, akhir November")
    page.fill("#teks_id", "Kartu {nama} nomor {nomor} *sudah jadi*. Ambil di {tempat}, gratis.")
    page.wait_for_selector("#contoh .bubble")
    page.wait_for_timeout(800)
    _save(page, "staff-write")
    page.get_by_role("button", name="Periksa").click()
    page.wait_for_selector(".bubbles")
    _save(page, "staff-check")
    page.get_by_role("button", name=re.compile("Kirim kepada")).click()
    page.wait_for_selector(".counts")
    page.wait_for_timeout(500)
    _save(page, "staff-sending", "phone")


def _save(page: "Page", name: str, screen: str = "pc") -> None:
    """Photograph a page as a PC or a phone shows it."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.set_viewport_size((_PC if screen == "pc" else _PHONE)["viewport"])
    page.wait_for_timeout(200)
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, _TALLEST.get(name, _TALLEST_USUAL))}
    page.evaluate("window.scrollTo(0, 0)")  # else the header that stays in sight stands in the middle
    page.screenshot(path=IMAGES / f"{name}-{screen}.png", clip=clip, full_page=True)
    page.set_viewport_size(_PC["viewport"])
