"""`make docs`: write what the product itself knows best into the pages: the settings table, the walks, and the pictures.

The dashboard of deploy/observe is written as well. `--only settings`, `walks`, `dashboard`, `pictures`, `console` or `screens` does one of them. The pictures are of the real demo in a real browser.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.setup.settings import Settings, variable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = Path(__file__).parent
CHROMIUM = ["--no-sandbox", "--disable-background-networking"]
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1180, "height": 820}}
_PAIR = re.compile(r"(MJK-\S+)\s+(\d{16})")
_PHONE = re.compile(r"^WhatsApp\s+(http://\S+/)", re.MULTILINE)
_CODE = re.compile(r"^Staff code +(\S+)", re.MULTILINE)
_ADDRESS = re.compile(r"http://\S+/$", re.MULTILINE)


@dataclass(frozen=True)
class Demo:
    """A running demo: its pages and the pairs that it printed."""

    address: str
    phone: str
    folder: str
    staff_code: str
    pairs: list[tuple[str, str]]


def write_settings() -> None:
    """Write the table of docs/operating.md: variable, default, meaning."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for field, info in Settings.model_fields.items():
        default = "" if info.default in (None, "") else f"`{info.default}`"
        lines.append(f"| `{variable(field)}` | {default} | {info.description} |")
    _put("operating.md", "settings", "\n".join(lines) + "\n")


def write_walks() -> None:
    """Write the walks of docs/architecture.md: the modules that run while something happens."""
    from walks import walks

    _put("architecture.md", "walks", walks())


def write_dashboard() -> None:
    """Write the dashboard of deploy/observe."""
    import dashboard

    dashboard.FILE.write_text(dashboard.written(), encoding="utf-8")


def _put(name: str, part: str, words: str) -> None:
    """Put words between the two marks of a page."""
    page = DOCS / name
    marked = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end -->)", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    page.write_text(marked.sub(lambda found: found[1] + words + found[2], text), encoding="utf-8")


def write_pictures() -> None:
    """Ask for the first card on a phone in Indonesian and on a desk in English, and photograph the answers."""
    from playwright.sync_api import sync_playwright
    from reports import photograph_reports

    (DOCS / "images").mkdir(exist_ok=True)
    with _running_demo("--whatsapp-emulator") as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for name, screen, words in (
            ("web-chat-phone", PHONE, []),
            ("web-chat-phone-jv", PHONE, ["/bahasa jawa"]),
            ("web-chat-desktop-en", DESKTOP, ["/bahasa english"]),
        ):
            page = browser.new_context(**screen).new_page()
            page.goto(demo.address)
            said = page.locator("#log .office")
            said.first.wait_for()
            number, nik = demo.pairs[0]
            for word in [*words, "/status", number, nik]:
                heard = said.count()
                page.fill("#text", word)
                page.press("#text", "Enter")
                said.nth(heard).wait_for()
            page.wait_for_timeout(600)  # the scrolling comes to rest
            page.screenshot(path=DOCS / "images" / f"{name}.png")
        _photograph_phone(browser, demo)
        photograph_reports(browser, address=demo.address, folder=demo.folder, staff_code=demo.staff_code)
        browser.close()


def _photograph_phone(browser: "Browser", demo: "Demo") -> None:
    """Ask on the emulated WhatsApp: the open list and the answer on a phone, and the whole page on a desk."""
    number, nik = demo.pairs[0]
    for name, screen in (("whatsapp-phone", PHONE), ("whatsapp-desktop", DESKTOP)):
        page = browser.new_context(**screen).new_page()
        page.goto(demo.phone)
        said = page.locator(".line:not(.mine)")
        for word in ("menu", "/status", number, nik[-4:]):
            heard = said.count()
            page.fill("#text", word)
            page.press("#text", "Enter")
            said.nth(heard).wait_for()
            if word == "menu" and name == "whatsapp-phone":
                page.locator(".tap", has_text="☰").click()
                page.mouse.move(0, 0)
                page.wait_for_timeout(600)
                page.screenshot(path=DOCS / "images" / "whatsapp-phone-list.png")
                page.locator("#close").click()
        heard = said.count()
        page.locator(".tap", has_text="Kabari saya").click()
        said.nth(heard).wait_for()
        page.mouse.move(0, 0)
        page.locator(".told", has_text="dibaca").nth(4).wait_for()
        page.screenshot(path=DOCS / "images" / f"{name}.png")
        page.locator("#new").evaluate("button => button.click()")  # somebody else takes the phone next


def write_console() -> None:
    """Work through the staff console and photograph it."""
    from playwright.sync_api import sync_playwright
    from staff import photograph_console

    with _running_demo("--whatsapp-emulator") as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        photograph_console(browser, address=demo.address, folder=demo.folder, pairs=demo.pairs)
        browser.close()


def write_screens() -> None:
    """Photograph the screens of docs/screens.md."""
    from playwright.sync_api import sync_playwright
    from screens import photograph_screens

    with _running_demo("--whatsapp-emulator") as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        photograph_screens(browser, address=demo.address, pairs=demo.pairs)
        browser.close()


@contextmanager
def _running_demo(*flags: str) -> Iterator[Demo]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bot", "demo", "--port", "8137", *flags]
        environment = {**os.environ, "PYTHONPATH": str(DOCS.parent)}
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
        assert process.stdout is not None  # noqa: S101 (it was asked for)
        printed = ""
        while "Ctrl+C" not in printed:
            line = process.stdout.readline()
            if not line:
                raise SystemExit("The demo did not start.")
            printed += line
        try:
            phone = _PHONE.search(printed)
            assert phone is not None, printed  # noqa: S101 (the demo was asked for it)
            yield Demo(
                address=_ADDRESS.findall(printed)[0],
                phone=phone[1],
                folder=folder,
                staff_code=_CODE.findall(printed)[0],
                pairs=_PAIR.findall(printed),
            )
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def main() -> None:
    """Write the pages anew."""
    steps = {
        "settings": write_settings,
        "walks": write_walks,
        "dashboard": write_dashboard,
        "pictures": write_pictures,
        "console": write_console,
        "screens": write_screens,
    }
    reader = argparse.ArgumentParser(description="Write the settings table, the walks and the pictures anew.")
    reader.add_argument("--only", choices=steps)
    only = reader.parse_args().only
    for name, step in steps.items():
        if only in (None, name):
            step()


if __name__ == "__main__":
    main()
