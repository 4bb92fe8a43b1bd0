"""The pictures of docs/screens.md: the ten screens that residents see most, on a phone of 320 points."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).parent / "images"
_SMALL = {"viewport": {"width": 320, "height": 640}}
_COLOURS = 64  # a third of the size, and the eye sees no difference
_RESTS_MS = 700  # the scrolling comes to rest, and choices can be tapped again


def photograph_screens(browser: "Browser", *, address: str, pairs: list[tuple[str, str]]) -> None:
    """Go the ways that most residents go, and photograph each screen once."""
    ready, waiting, to_record = pairs
    _cards(browser, address, ready, waiting)
    _booking(browser, address, to_record)


def _cards(browser: "Browser", address: str, ready: tuple[str, str], waiting: tuple[str, str]) -> None:
    page = _opened(browser, address)
    _save(page, "menu")
    _says(page, "/status")
    _save(page, "number")
    _says(page, ready[0])
    _save(page, "nik")
    _says(page, ready[1])
    _save(page, "ready")
    _taps(page, "Kabari saya")
    _says(page, " ".join(waiting))
    _save(page, "waiting")
    _taps(page, "Kabari saya")
    _says(page, "status")
    _save(page, "family")
    _says(page, "petugas")
    _save(page, "officer")


def _booking(browser: "Browser", address: str, to_record: tuple[str, str]) -> None:
    page = _opened(browser, address)
    _says(page, " ".join(to_record))
    _save(page, "to-record")
    _taps(page, "Pesan jadwal")
    while page.locator("#log .office").last.get_by_role("button", name="Konfirmasi").count() == 0:
        if page.locator("#log .office").last.get_by_role("button", name="Sen").count():
            _save(page, "days")
        _taps(page, "1")
    _taps(page, "Konfirmasi")
    _save(page, "ticket")


def _opened(browser: "Browser", address: str) -> "Page":
    page = browser.new_context(**_SMALL).new_page()
    page.goto(address)
    page.locator("#log .office").first.wait_for()
    return page


def _says(page: "Page", words: str) -> None:
    said = page.locator("#log .office")
    heard = said.count()
    page.fill("#text", words)
    page.press("#text", "Enter")
    said.nth(heard).wait_for()


def _taps(page: "Page", label: str) -> None:
    said = page.locator("#log .office")
    heard = said.count()
    said.last.locator(".choice", has_text=label).first.click()
    said.nth(heard).wait_for()


def _save(page: "Page", name: str) -> None:
    page.wait_for_timeout(_RESTS_MS)
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement && document.activeElement.blur()")
    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shown.quantize(_COLOURS).save(IMAGES / f"small-{name}.png", optimize=True)
