"""Pages, files and headers, as an HTTP client sees them."""

import re

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web.guards import content_policy, security_headers
from tests.web.conftest import Site

HTML = {"Accept": "text/html"}
PUBLIC = {"public_url": "https://loket.example"}


async def _break(_request: Request) -> PlainTextResponse:
    raise RuntimeError("secret 3516010101900001 in /srv/loket/bot")


async def _read(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


ROUTES = {"routes": [Route("/broken", _break), Route("/hook", _read, methods=["POST"])]}


async def test_the_cookie_is_unreadable_for_scripts_and_other_sites(site: Site):
    async with site.client() as http:
        first, second = await http.get("/"), await http.get("/")
    cookie = first.headers["set-cookie"]
    assert re.fullmatch(r"loket=[\w-]{43}; Max-Age=15552000; Path=/; HttpOnly; SameSite=Lax", cookie)
    # The same browser keeps its name, and its cookie lasts on.
    assert second.headers["set-cookie"] == cookie


@pytest.mark.parametrize("site", [PUBLIC], indirect=True)
async def test_behind_https_the_cookie_is_secure_and_bound_to_this_host(site: Site):
    async with site.client() as http:
        page = await http.get("/")
    assert page.headers["set-cookie"].startswith("__Host-loket=")
    assert page.headers["set-cookie"].endswith("; Secure")
    assert "max-age" in page.headers["strict-transport-security"]
    assert "connect-src 'self' wss://loket.example;" in page.headers["content-security-policy"]


async def test_every_answer_carries_the_security_headers(site: Site):
    async with site.client() as http:
        answers = [
            await http.get(path) for path in ("/", "/nowhere", "/healthz", "/staf", "/static/chat.css")
        ]
    for answer in answers:
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] in {"no-referrer", "same-origin"}
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "server" not in answer.headers
        assert "strict-transport-security" not in answer.headers


async def test_pages_have_no_inline_script_and_no_inline_style(site: Site):
    async with site.client() as http:
        pages = [(await http.get(path, headers=HTML)).text for path in ("/", "/staf", "/nowhere")]
    for page in pages:
        assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
        assert not re.search(r"(src|href)=\"(https?:)?//", page)


async def test_a_page_that_does_not_exist_is_told_kindly(site: Site):
    async with site.client() as http:
        page = await http.get("/tidak-ada", headers=HTML)
        bare = await http.get("/tidak-ada")
        english = await http.get("/tidak-ada", headers={**HTML, "Cookie": "loket-bahasa=en"})
    assert page.status_code == bare.status_code == 404
    assert "Halaman ini tidak ada" in page.text
    assert bare.json() == {"error": "Halaman ini tidak ada, atau sudah tidak berlaku."}
    assert 'lang="en"' in english.text


async def test_a_wrong_method_is_told_kindly(site: Site):
    async with site.client() as http:
        page = await http.post("/", headers=HTML)
    assert page.status_code == 405
    assert "GET" in page.headers["allow"]
    assert "tidak bisa dibuka dengan cara itu" in page.text


@pytest.mark.parametrize("site", [ROUTES], indirect=True)
async def test_a_fault_of_ours_shows_no_traceback_and_keeps_the_headers(site: Site):
    async with site.client() as http:
        page = await http.get("/broken", headers=HTML)
        assert (await http.get("/healthz")).status_code == 200
    assert page.status_code == 500
    assert "Ada gangguan pada sistem kami" in page.text
    assert "Traceback" not in page.text
    assert "3516" not in page.text
    assert "frame-ancestors" in page.headers["content-security-policy"]


@pytest.mark.parametrize("site", [ROUTES], indirect=True)
async def test_a_body_that_is_too_big_is_refused_with_and_without_length(site: Site):
    async def pieces():
        for _ in range(40):
            yield bytes(32 * 1024)

    async with site.client() as http:
        assert (await http.post("/hook", content=bytes(1024 * 1024))).text == str(1024 * 1024)
        assert (await http.post("/hook", content=bytes(1024 * 1024 + 1))).status_code == 413
        assert (await http.post("/hook", content=pieces())).status_code == 413


async def test_files_are_named_by_their_content_and_kept_by_browsers(site: Site):
    async with site.client() as http:
        page = (await http.get("/")).text
        urls = re.findall(r"/static/[\w.]+\?v=[0-9a-f]{12}", page)
        assert len(set(urls)) == 8
        for url in urls:
            named = await http.get(url)
            assert named.status_code == 200
            assert "immutable" in named.headers["cache-control"]
            assert named.headers["content-encoding"] == "gzip"
        plain = await http.get("/static/chat.js", headers={"Accept-Encoding": "identity"})
        assert plain.status_code == 404
        plain = await http.get("/static/line.js", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.headers["cache-control"] == "no-cache"
        for outside in ("/static/../page.py", "/static/%2e%2e%2fpage.py", "/static/page.py"):
            assert (await http.get(outside)).status_code == 404
        assert (await http.get("/favicon.ico", follow_redirects=True)).headers[
            "content-type"
        ] == "image/svg+xml"


async def test_the_page_is_light(site: Site):
    async with site.client() as http:
        page = await http.get("/")
        urls = set(re.findall(r"/static/[\w.]+\?v=[0-9a-f]{12}", page.text))
        on_the_wire = [await http.get(url) for url in urls]
    assert len(page.content) < 16_000
    assert sum(int(one.headers["content-length"]) for one in on_the_wire) < 20_000


def test_scripts_use_nothing_that_an_old_android_does_not_know():
    from bot.web.files import FOLDER

    younger = re.compile(
        r"\?\.[a-zA-Z(\[]|\?\?|catch \{|\{ ?\.\.\.|^import |^export |async \*|/\(\?<|\.at\(|replaceAll|#\w+ ="
    )
    for path in (FOLDER / "static").glob("*.js"):
        assert not younger.search(path.read_text()), path.name


def test_the_policy_names_the_socket_of_the_public_address_only():
    assert "connect-src 'self';" in content_policy("")
    assert "connect-src 'self' ws://127.0.0.1:8080;" in content_policy("http://127.0.0.1:8080")
    assert "Strict-Transport-Security" not in security_headers("http://127.0.0.1:8080")
