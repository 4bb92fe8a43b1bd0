"""Imports, announcements, and figures."""

import asyncio
import io
from datetime import date

import pytest
import xlsxwriter
from sqlalchemy import update

from domain.staff.roles import Role
from storage.announcements.records import find
from storage.schema import announcements
from tests.api.conftest import NUMBER, ROW, ApiCounter, of_problem
from tests.console.test_pages import answered
from tests.support.officers import officer

CSV = ",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n"
BAD = CSV + ",".join({**ROW, "no_registrasi": "MJK-261102-0008-X", "nik": "12"}.values()) + "\n"


_GOOD = {"name": "A", "text": "B", "status": "PRINTED"}


async def ended(system, job: str) -> dict:
    """The import when it is over."""
    async with asyncio.timeout(60):
        while True:
            told = (await system.get(f"/imports/{job}")).json()
            if told["state"] in ("done", "failed"):
                return told
            await asyncio.sleep(0.02)


def xlsx() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*ROW])
        sheet.write_row(1, 0, [*ROW.values()])
    return file.getvalue()


@pytest.mark.parametrize("form", [False, True])
async def test_a_file_is_taken_in_in_the_background(counter: ApiCounter, form: bool):
    system = await counter.system("applications:write")
    if form:
        planned = await system.post("/imports", files={"file": ("daftar.csv", BAD)})
    else:
        planned = await system.post("/imports", content=BAD, headers={"content-type": "text/csv"})
    assert planned.status_code == 202
    told = await ended(system, planned.json()["id"])
    assert planned.headers["location"].endswith(planned.json()["id"])
    assert (told["state"], told["rows"], told["new"], told["refused"]) == ("done", 2, 1, 1)
    assert told["causes"][0]["rows"] == [3]
    assert "A NIK has 16 digits" in told["causes"][0]["reason"]
    assert (told["done"], told["total"]) == (2, 2)
    assert await counter.count("applications") == 1


async def test_a_workbook_can_be_checked_without_writing(counter: ApiCounter):
    system = await counter.system("applications:write")
    kind = {"content-type": "application/octet-stream"}
    planned = await system.post("/imports", params={"dry_run": "true"}, content=xlsx(), headers=kind)
    told = await ended(system, planned.json()["id"])
    assert (told["dry_run"], told["new"], told["import_id"]) == (True, 1, None)
    assert await counter.count("applications") == 0


@pytest.mark.parametrize(("file", "why"), [("<html>", "web page"), ("", "empty")])
async def test_an_unusable_file_says_why_in_the_language_of_the_request(counter: ApiCounter, file, why):
    system = await counter.system("applications:write")
    planned = await system.post("/imports", content=file, headers={"content-type": "text/csv"})
    told = await ended(system, planned.json()["id"])
    assert (told["state"], told["rows"]) == ("failed", None)
    assert why in told["why"]


async def test_imports_of_a_token_that_wait_are_bounded(counter: ApiCounter, monkeypatch):
    system = await counter.system("applications:write")
    file = {"content": CSV, "headers": {"content-type": "text/csv"}}
    monkeypatch.setattr("bot.api.views.imports.MOST_WAITING", 0)
    answer = await system.post("/imports", **file)
    assert of_problem(answer) == (429, "too-many-waiting")
    assert answer.headers["retry-after"]
    assert await counter.count("jobs") == 0


async def test_drafts_of_a_token_that_wait_are_bounded(counter: ApiCounter, monkeypatch):
    monkeypatch.setattr("bot.api.views.announcements.MOST_DRAFTS", 1)
    system = await counter.system("announcements:write")
    other = await counter.system("announcements:write", name="Lain")
    assert (await system.post("/announcements", json=_GOOD)).status_code == 201
    assert of_problem(await system.post("/announcements", json=_GOOD)) == (409, "too-many-waiting")
    assert (await other.post("/announcements", json=_GOOD)).status_code == 201
    await counter.store.write(lambda db: db.run(update(announcements).values(returned_at=counter.clock.now)))
    assert (await system.post("/announcements", json=_GOOD)).status_code == 201


async def test_a_token_follows_only_its_own_imports(counter: ApiCounter):
    system = await counter.system("applications:write")
    other = await counter.system("applications:write", name="Lain")
    planned = await system.post("/imports", content=CSV, headers={"content-type": "text/csv"})
    assert of_problem(await other.get(f"/imports/{planned.json()['id']}")) == (404, "not-found")
    for odd in ("1", "x", "99999999999999999999"):
        assert of_problem(await system.get(f"/imports/{odd}")) == (404, "not-found")


async def test_other_bodies_than_files_are_refused(counter: ApiCounter):
    system = await counter.system("applications:write")
    assert of_problem(await system.post("/imports", json={})) == (415, "media-type-file")
    assert of_problem(await system.post("/imports", files={"berkas": ("a.csv", CSV)})) == (422, "missing")
    odd = {"content-type": "multipart/form-data"}
    assert of_problem(await system.post("/imports", content=b"x", headers=odd)) == (400, "form")
    odd = {"content-type": "multipart/form-data; boundary=x; charset=punycode"}
    assert of_problem(await system.post("/imports", content=b"--x--", headers=odd)) == (400, "form")


async def test_an_announcement_waits_for_an_approver(counter: ApiCounter):
    await counter.open()
    approver = await officer(counter, "Bagus", role=Role.APPROVER)
    await counter.imports({**ROW, "status": "siap diambil"})
    sri = counter.resident("Sri")
    await sri.says(f"{NUMBER} {ROW['nik']}")
    await sri.taps("Kabari saya")
    system = await counter.system("announcements:write")
    order = {
        "name": "Siap diambil",
        "text": "Kartu Anda sudah jadi di {tempat}.",
        "status": "READY_FOR_PICKUP",
    }
    made = await system.post("/announcements", json=order)
    told = made.json()
    assert (made.status_code, told["state"], told["recipients"], told["none"]) == (201, "draft", 1, 0)
    await counter.passes(seconds=61)
    approver.hears("Siap diambil")
    shown = (await system.get(f"/announcements/{told['id']}")).json()
    assert (shown["state"], shown["name"], shown["planned"]) == ("draft", "Siap diambil", 0)
    assert set(shown["counts"].values()) == {0}
    await counter.close()


async def test_an_announcement_may_wait_for_a_moment(counter: ApiCounter):
    system = await counter.system("announcements:write")
    made = await system.post("/announcements", json={**_GOOD, "send_at": "2026-11-30T09:00:00+07:00"})
    one = await counter.store.read(lambda db: find(db, announcement=made.json()["id"]))
    assert counter.office.local(one.not_before).isoformat() == "2026-11-30T09:00:00+07:00"


async def test_an_announcement_about_numbers_lists_the_refused_ones(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("announcements:write")
    order = {
        "name": "Ambil",
        "text": {"id": "Silakan datang."},
        "numbers": [NUMBER, "MJK-261102-0008-A", "?"],
    }
    told = (await system.post("/announcements", json=order)).json()
    assert [(one["row"], one["code"]) for one in told["refused"]] == [
        (2, "number-bad-check"),
        (3, "number-bad-shape"),
    ]
    assert told["none"] == 1


@pytest.mark.parametrize(
    ("order", "code", "field"),
    [
        ({"name": "A", "text": "B"}, "announcement-whom", "status"),
        ({"name": "A", "text": "B", "status": "PRINTED", "numbers": ["1"]}, "announcement-whom", "status"),
        ({"name": "A", "text": "B", "numbers": ["1"], "point": "sooko"}, "announcement-list", "numbers"),
        ({"name": "A", "text": {"xx": "B"}, "status": "PRINTED"}, "announcement-language", "text"),
        ({"name": "A", "text": "{nik}", "status": "PRINTED"}, "announcement-placeholder", "text"),
        ({"name": " ", "text": "B", "status": "PRINTED"}, "announcement-name", "name"),
        ({**_GOOD, "send_at": "2020-01-01T09:00:00+07:00"}, "announcement-send-at", "send_at"),
        ({**_GOOD, "district": "Atlantis"}, "announcement-district", "district"),
        ({**_GOOD, "service": "Atlantis"}, "announcement-service", "service"),
        ({**_GOOD, "send_at": "2026-12-01T09:00:00"}, "invalid", "send_at"),
        ({**_GOOD, "send_at": "1795824000"}, "invalid", "send_at"),
        ({"name": "A", "text": " ", "status": "PRINTED"}, "announcement-text-empty", "text"),
    ],
)
async def test_an_unusable_announcement_is_refused(counter: ApiCounter, order, code, field):
    system = await counter.system("announcements:write")
    answer = await system.post("/announcements", json=order)
    assert of_problem(answer) == (422, code)
    assert answer.json()["field"] == field
    assert not {"quotes", "file"} & set(answer.json()["title"].split()), "that is about another way"
    assert await counter.count("announcements") == 0


async def test_the_index_is_told_in_months_and_only_of_enough_people(counter: ApiCounter):
    system = await counter.system("index:read")
    empty = (await system.get("/index", params={"from": "2026-11-01", "to": "2026-11-30"})).json()
    assert (empty["ikm"], empty["elements"]) == (None, [])
    assert of_problem(await system.get("/index", params={"from": "2026-12-01", "to": "2026-11-01"}))[0] == 422


async def test_the_index_has_the_figures_of_the_console_and_hides_the_same(counter: ApiCounter):
    for month in (6, 7):
        await answered(counter, 6, on=date(2026, month, 5), score=3)
    await answered(counter, 1, on=date(2026, 9, 5), score=1)
    system = await counter.system("index:read")
    told = (await system.get("/index", params={"from": "2026-07-02", "to": "2026-07-09"})).json()
    assert (told["first"], told["last"], told["people"]) == ("2026-07-01", "2026-07-31", 6)
    assert (told["index"], told["ikm"], {one["ikm"] for one in told["elements"]}) == (3.0, 75.0, {75.0})
    for first, last in (("2026-09-01", "2026-09-30"), ("2026-06-01", "2026-07-31")):
        few = (await system.get("/index", params={"from": first, "to": last})).json()
        assert (few["told"], few["people"], few["ikm"], few["elements"]) == (False, None, None, [])


async def test_the_overview_has_the_figures_of_the_console(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("overview:read")
    told = (await system.get("/overview")).json()
    figures = {one["name"]: one for one in told["figures"]}
    assert figures["backlog"]["columns"][:2] == ["tahap", "jumlah"]
    assert figures["backlog"]["rows"][0][:2] == ["PRINT_READY", 1]
    assert {"flow", "appointments", "announced", "cases"} <= figures.keys()
