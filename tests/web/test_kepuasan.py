"""The public satisfaction page: without a script, light, readable by everybody, silent about small cells."""

import re
from datetime import date
from functools import partial

import httpx
import pytest
from playwright.async_api import Browser

from domain.cards.forecast.forecast import Worth
from domain.ratings.index import ELEMENTS
from domain.ratings.survey import TimeBand
from storage.cards import forecasts
from storage.ratings import answers
from storage.store import Store
from tests.web.conftest import Site

MOST_BYTES = 30_000
FOURS, TWOS = dict.fromkeys(ELEMENTS, 4), dict.fromkeys(ELEMENTS, 2)
# Text needs 4.5 : 1 (24 px, or 18.66 px and bold: 3 : 1), what a graphic means 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
CONTRASTS = """
() => {
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => {
    const part = (v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.a === 1) return colour;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + .05) / (low + .05);
  };
  const poor = [];
  let seen = 0;
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const drawn = element.tagName === "rect" && !element.classList.contains("ground");
    if ((!words && !drawn) || element.tagName === "title") continue;
    seen += 1;
    const isSvg = element.namespaceURI.endsWith("svg");
    const colour = parse(isSvg ? style.fill : style.color);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const needed = drawn || large ? 3 : 4.5;
    const grounds = [ground(element)];
    if (drawn) grounds.push(parse(getComputedStyle(element.parentElement.querySelector(".ground")).fill));
    for (const below of grounds) {
      const found = ratio(colour, below);
      if (found < needed) poor.push(`${element.tagName} ${element.textContent.slice(0, 30)}: ${found.toFixed(2)}`);
    }
  }
  return { seen, poor };
}
"""


async def answered(
    store: Store, scores, people: int, *, on=date(2026, 11, 20), point="sooko", service="kia"
) -> None:
    for _ in range(people):
        await store.write(
            lambda db: answers.store_answers(
                db, scores=scores, on=on, band=TimeBand.MORNING, point=point, service=service
            )
        )


async def every_grade(store: Store) -> None:
    """Two years; the elements of this one have every grade."""
    grades = zip(ELEMENTS, (4, 3, 3, 2, 4, 4, 3, 4, 4), strict=True)
    await answered(store, {**dict(grades), "sarana": 3}, 10)
    await answered(
        store, {**FOURS, "prosedur": 3, "biaya": 2, "waktu": 3}, 8, point="mpp", service="ktp_baru"
    )
    await answered(store, TWOS, 3, point="jetis", on=date(2026, 3, 3))
    await answered(store, TWOS, 20, on=date(2025, 5, 5))


async def got(site: Site, path: str = "/kepuasan") -> httpx.Response:
    async with site.client() as client:
        return await client.get(path)


async def test_nobody_answered_is_said_and_no_figure_shown(site: Site):
    page = await got(site)
    assert page.status_code == 200
    assert "Belum ada data." in page.text
    assert "<svg" not in page.text


async def test_the_worth_of_estimates_is_shown_from_thirty_cases(site: Site, web_store: Store):
    for cases, is_shown in ((29, False), (412, True)):
        found = Worth(cases=cases, coverage=0.913, late=0.031, median_width_days=6, told=0.8)
        source = await web_store.write(partial(forecasts.claim, today=date(2026, 11, cases % 28 + 1)))
        kept = partial(forecasts.keep, source=source, as_of=date(2026, 11, 20), found={}, worth=found)
        await web_store.write(kept)
        assert ("Dari 412 perkiraan" in (await got(site)).text) is is_shown
    assert "91,3 % kartu jadi di dalam rentangnya dan 3,1 % lebih lambat" in (await got(site)).text


async def test_four_answers_are_too_few_and_five_are_shown(site: Site, web_store: Store):
    await answered(web_store, FOURS, 4)
    assert "Belum cukup jawaban" in (await got(site)).text
    assert "100" not in (await got(site, "/kepuasan.csv")).text
    await answered(web_store, FOURS, 1)
    page = (await got(site)).text
    assert '<data value="100.00">100,00</data>' in page
    assert "5 orang menjawab lengkap." in page


async def test_figures_of_three_answers_are_hidden_on_page_and_in_file(site: Site, web_store: Store):
    await every_grade(web_store)
    page, file = (await got(site)).text, (await got(site, "/kepuasan.csv")).text
    row = page.split("Kantor Kecamatan Jetis")[1].split("</tr>")[0]
    assert "disembunyikan" in row
    assert "lokasi,Kantor Kecamatan Jetis,,," in file


async def test_a_year_stays_as_it_was_and_can_be_asked_for(site: Site, web_store: Store):
    await every_grade(web_store)
    before = (await got(site, "/kepuasan?tahun=2025")).text
    assert '<data value="50.00">50,00</data>' in before
    await answered(web_store, FOURS, 9)
    assert (await got(site, "/kepuasan?tahun=2025")).text == before
    assert (await got(site, "/kepuasan?tahun=1999")).status_code == 404
    assert (await got(site, "/kepuasan?tahun=abc")).status_code == 404


async def test_the_page_is_light_and_has_no_script_and_sets_no_cookie(site: Site, web_store: Store):
    await every_grade(web_store)
    page = await got(site)
    files = [await got(site, path) for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)]
    assert len(page.content) + sum(len(one.content) for one in files) < MOST_BYTES
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "set-cookie" not in page.headers


async def test_every_drawing_has_words_for_who_cannot_see_it(site: Site, web_store: Store):
    await every_grade(web_store)
    drawings = re.findall(r"<svg[^>]*>(?:<title[^>]*>[^<]+</title>)?", (await got(site)).text)
    assert len(drawings) >= 10
    assert all('role="img"' in one and ("aria-label=" in one or "<title" in one) for one in drawings)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1180])
async def test_text_and_charts_have_the_contrast_of_wcag_aa(
    browser: Browser, site: Site, web_store: Store, scheme, width
):
    await every_grade(web_store)
    context = await browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page = await context.new_page()
    await page.goto(f"{site.url}/kepuasan")
    measured = await page.evaluate(CONTRASTS)
    assert measured["seen"] > 60
    assert not measured["poor"]
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
async def test_on_a_small_phone_a_name_has_the_whole_line(browser: Browser, site: Site, web_store: Store):
    await every_grade(web_store)
    page = await browser.new_page(viewport={"width": 320, "height": 700})
    await page.goto(f"{site.url}/kepuasan")
    names = page.locator('.cells th[scope="row"]')
    widths = [(await one.bounding_box())["width"] for one in await names.all()]
    assert len(widths) > 3
    assert min(widths) > 220


@pytest.mark.browser
async def test_the_page_says_the_same_without_scripts_and_in_print(
    browser: Browser, site: Site, web_store: Store
):
    await every_grade(web_store)
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{site.url}/kepuasan")
    assert await page.get_by_role("heading", name="Indeks Kepuasan Masyarakat").is_visible()
    assert await page.get_by_role("img", name=re.compile("^Waktu penyelesaian: ")).is_visible()
    await page.emulate_media(media="print")
    assert not await page.get_by_role("link", name="Unduh CSV").is_visible()
    assert await page.get_by_text("orang menjawab lengkap").is_visible()
