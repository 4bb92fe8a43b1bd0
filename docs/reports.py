"""The pictures of docs/satisfaction.md: the public page, the paper, the chart in a staff chat; of the demo's made-up answers."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).parent / "images"
ROOT = Path(__file__).parents[1]
_PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
_DESKTOP = {"viewport": {"width": 1180, "height": 820}}
_PAPER_SCALE = 1.2


def photograph_reports(browser: "Browser", *, address: str, folder: str, staff_code: str) -> None:
    """Photograph every form of the satisfaction report that a running demo gives."""
    _page(browser, f"{address}kepuasan")
    _paper(Path(folder))
    _chat(browser, address, staff_code)


def _page(browser: "Browser", address: str) -> None:
    for name, screen, language in (
        ("kepuasan-phone", _PHONE, "id"),
        ("kepuasan-desktop-en", _DESKTOP, "en"),
    ):
        context = browser.new_context(**screen)
        context.add_cookies([{"name": "loket-bahasa", "value": language, "url": address}])
        page = context.new_page()
        page.goto(address)
        page.screenshot(path=IMAGES / f"{name}.png")
    _save(page.pdf(format="A4", print_background=True), "kepuasan-print", pages=1)


def _paper(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "report", "skm", "--out", "skm.pdf"]
    subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, check=True, capture_output=True)  # noqa: S603
    _save((folder / "skm.pdf").read_bytes(), "skm-page", pages=2)


def _chat(browser: "Browser", address: str, staff_code: str) -> None:
    page = browser.new_context(**_PHONE).new_page()
    page.goto(address)
    said = page.locator("#log .office")
    said.first.wait_for()
    for word in (f"/staf {staff_code}", "/ikm"):
        heard = said.count()
        page.fill("#text", word)
        page.press("#text", "Enter")
        said.nth(heard).wait_for()
    chart = page.locator("#log img").last
    chart.wait_for()
    chart.evaluate("image => image.scrollIntoView({block: 'end'})")
    page.wait_for_timeout(800)
    page.screenshot(path=IMAGES / "ikm-chat.png")


def _save(pdf: bytes, name: str, *, pages: int) -> None:
    paper = pypdfium2.PdfDocument(pdf)
    for number in range(pages):
        file = f"{name}-{number + 1}.png" if pages > 1 else f"{name}.png"
        paper[number].render(scale=_PAPER_SCALE).to_pil().save(IMAGES / file, optimize=True)
