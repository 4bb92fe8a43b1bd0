"""One Chromium per worker; each test connects to it and gets its own contexts."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

PATIENCE_MS = 60_000
"""How long a browser may take for one step; only a step that never ends reaches it."""
# The same engine without a window around the page takes a third less CPU.
_CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
_FLAGS = ("--no-sandbox", "--headless", "--disable-background-networking", "--disable-gpu")
# Connecting sometimes waited for ever for the first window to attach, so there is none.
_SHARED = ("--remote-debugging-port=0", "--no-startup-window")
expect.set_options(timeout=PATIENCE_MS)


class _Shared:
    """The browser of this worker: started by the first test that needs it, ended with the worker."""

    process: subprocess.Popen[bytes] | None = None
    folder = Path()

    def start(self) -> str:
        """Return the address of its debugging port."""
        if self.process is None:
            self.folder = Path(tempfile.mkdtemp(prefix="loket-chromium-"))
            self.process = subprocess.Popen(
                [_CHROMIUM, *_FLAGS, *_SHARED, f"--user-data-dir={self.folder}"],
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        port = self.folder / "DevToolsActivePort"
        while not (port.exists() and "\n" in port.read_text()):
            assert self.process.poll() is None, "Chromium did not start"
            time.sleep(0.02)
        return f"http://127.0.0.1:{port.read_text().split()[0]}"

    def end(self) -> None:
        """End it and delete its folder."""
        if self.process is not None:
            # The group, because Debian's chromium-headless-shell is a script around the browser.
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait()
            shutil.rmtree(self.folder, ignore_errors=True)


shared = _Shared()


@asynccontextmanager
async def launched(*flags: str, own: bool = False) -> AsyncIterator[Browser]:
    """A browser: the shared one, or an own one for other flags and large files (slow over a connection)."""
    if not shutil.which(_CHROMIUM):
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium; .ci/run installs it", pytrace=False)
        pytest.skip("Chromium was not found: the page was not tried in a browser")
    async with async_playwright() as playwright:
        if flags or own:
            opened = await playwright.chromium.launch(
                executable_path=_CHROMIUM, args=[*_FLAGS, *flags], timeout=PATIENCE_MS
            )
        else:
            opened = await playwright.chromium.connect_over_cdp(shared.start(), timeout=PATIENCE_MS)
        yield opened
        await opened.close()
