"""The OpenAPI document and its page: made from the routes, true, and run."""

import asyncio
import json
import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser as Chromium
from sqlalchemy import update

from bot.api.routes import ENDPOINTS
from storage.schema import bookings
from tests.api.conftest import ROW, ApiCounter
from tests.conversations.offices import towns
from tests.support.axe import violations
from tests.support.elsewhere import FIRST_OFFICE

TOWNS = towns()


async def test_the_document_names_every_route_with_its_scope(counter: ApiCounter):
    await counter.token()
    answer = await counter.client().get("/openapi.json")
    document = answer.json()
    assert (answer.headers["content-type"], document["openapi"]) == ("application/json", "3.1.0")
    told = {
        (method.upper(), path): operation["security"][0]["token"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert told == {(one.method, one.path): [one.scope.value] for one in ENDPOINTS}
    names = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))


async def test_the_page_is_readable_without_script_or_third_parties(counter: ApiCounter):
    await counter.token()
    page = await counter.client().get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.search(r"<script|<img|@import|url\(|(?:src|href|action)=.?https?://", page.text)
    for one in ENDPOINTS:
        assert f"<code>{one.method} {one.path}</code>" in page.text


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1180])
async def test_the_page_fits_a_phone_and_leads_to_every_route(
    browser: Chromium, counter: ApiCounter, width: int
):
    await counter.token()
    page = await browser.new_page(viewport={"width": width, "height": 800})
    await page.goto(f"{counter.url}/api/v1/docs")
    assert await violations(page) == []
    wider = "[document.documentElement, ...document.querySelectorAll('table')].filter(one => one.scrollWidth > one.clientWidth)"
    assert await page.evaluate(f"{wider}.map(one => one.textContent.slice(0, 200))") == []
    for one in ENDPOINTS:
        await page.click(f"nav a:text-is('{one.method} {one.path}')")
        assert await page.locator(":target").text_content() == f"{one.method} {one.path}"


async def test_the_page_tells_bounds_and_defaults(counter: ApiCounter):
    await counter.token()
    page = re.sub(r"<[^>]+>", " ", (await counter.client().get("/docs")).text)
    words = " ".join(page.split())
    for told in (
        "limit query, integer, 1 to 200, default 100 Most items of a page.",
        "point query, string, at most 64 characters or null Every point without one.",
        "list of SentApplication , 1 to 1,000 items, required",
        "202 Accepted, ImportPlanned , Location",
        "429 Too Many Requests, ProblemDetails , Retry-After",
    ):
        assert told in words, told
    assert not re.search(r"\b(?:bot|domain|docs|storage)/", words), "the page is read without the source"


def examples_in(document: dict) -> Iterator[tuple[str, str, object]]:
    """Method, address and body of each example."""
    schemas = document["components"]["schemas"]
    for pattern, methods in document["paths"].items():
        for method, operation in methods.items():
            names = {one["name"]: one["example"] for one in operation["parameters"] if one["in"] == "path"}
            path = re.sub(r"{(\w+)}", lambda found, names=names: names[found[1]], pattern)
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            for example in schemas[body["schema"]["$ref"].rpartition("/")[2]]["examples"] if body else ():
                yield method, path, example


@pytest.mark.parametrize("office", [pytest.param(one.office, id=name) for name, one in TOWNS.items()])
async def test_every_example_of_the_document_works(counter: ApiCounter):
    town = next(one for one in TOWNS.values() if one.office.name == counter.office.name)
    own, point = town.person("0007", "Sri Astuti"), town.office.points[0].id
    own["nik"] = f"{town.office.districts[0].code[:4]}994107900001"  # of a kecamatan that there is not
    await counter.imports({**ROW, **own, "lokasi": point})
    code = await counter.books("ktp_baru", point)
    known = update(bookings).where(bookings.c.code == code).values(code="ABC234")
    await counter.store.write(lambda db: db.run(known))
    system = await counter.system()
    document = (await system.get("/openapi.json")).json()
    if town is not TOWNS["mojokerto"]:
        page = (await system.get("/docs")).text
        shown = page + json.dumps(document)
        assert [*FIRST_OFFICE.findall(shown), *re.findall(r"3516\d|\+07:00", shown)] == []
    sent = 0
    for method, path, example in examples_in(document):
        answer = await system.request(method, path, json=example, headers={"If-Match": "*"})
        assert answer.status_code < 300, f"{method} {path}: {answer.text}"
        sent += 1
    assert sent == 6
    assert (await system.post("/appointments/ABC234:arrive")).json()["state"] == "arrived"


async def test_a_short_exploration_finds_no_fault_and_every_answer_conforms(counter: ApiCounter):
    from tests.api.explored import explore  # loads schemathesis, which no other test of the daily run needs

    await counter.imports(ROW)
    token = await counter.token()
    assert await asyncio.to_thread(explore, counter.url, token, examples=2) > 50
