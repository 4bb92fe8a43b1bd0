"""Every page of an office that has lived for weeks, the second sample office: each opens, and names nothing of the first one."""

import re
from collections.abc import Iterator

import httpx
import pytest

from bot.setup.office_file import OTHER_SAMPLES
from tests.cli.conftest import CommandLine
from tests.demo.test_start import CODE, demo
from tests.support.elsewhere import FIRST_OFFICE
from tests.support.ports import free_port

PUBLIC = ("/", "/kepuasan", "/layar/mandonga", "/healthz", "/readyz")
PAGES = 400
STAMPS = re.compile(r'value="[^"]*"')
"""Drawn at random."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The admin at the console of a demo in Kendari."""
    loket, port = CommandLine(tmp_path_factory.mktemp("demo")), free_port()
    office = str(OTHER_SAMPLES / "kendari.toml")
    with (
        demo(loket, "--port", str(port), LOKET_OFFICE=office) as (_, printed),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=60) as browser,
    ):
        form = re.search(r'name="form" value="([^"]+)"', browser.get("/staf").text)[1]
        browser.post("/staf", data={"code": CODE.search(printed)[1], "form": form}).raise_for_status()
        yield browser


def test_every_page_that_is_linked_opens_and_is_about_this_office(browser):
    waiting, seen, wrong = ["/staf", *PUBLIC], set(), []
    while waiting and len(seen) < PAGES:
        path = waiting.pop(0)
        if path in seen or "keluar" in path:
            continue
        seen.add(path)
        page = browser.get(path)
        words = FIRST_OFFICE.findall(STAMPS.sub("", page.text)) if _is_text(page) else []
        if page.status_code != httpx.codes.OK or words:
            wrong.append((path, page.status_code, words))
        if "html" in page.headers["content-type"]:
            waiting += links(path, page.text)
    assert wrong == []
    assert {"/staf/pengumuman", "/staf/kasus", "/staf/register", "/staf/layanan"} <= seen


def links(path: str, page: str) -> list[str]:
    """Addresses of this server that a page links to."""
    found = (one.replace("&amp;", "&").partition("#")[0] for one in re.findall(r'href="([/?][^"]*)"', page))
    return [path.partition("?")[0] + one if one.startswith("?") else one for one in found]


def _is_text(page: httpx.Response) -> bool:
    return page.headers["content-type"].startswith(("text/", "application/json"))
