"""A token of one point sees and changes what belongs to that point, and nothing else."""

import pytest
from sqlalchemy import update

from storage.schema import bookings
from tests.api.conftest import NUMBER, ROW, ApiCounter, of_problem
from tests.api.test_applications import row

EVERY = {"If-Match": "*"}
HERE, THERE = "sooko", "mojosari"


@pytest.fixture
async def mojosari(counter: ApiCounter):
    return await counter.system(point=THERE, name="Antrean Mojosari")


async def test_things_of_another_point_are_refused_and_audited(counter: ApiCounter, mojosari):
    await counter.imports(ROW)
    code = await counter.books("ktp_baru", HERE)
    closure = {"date": "2026-12-01", "point": HERE}
    order = {"name": "Siap", "text": "Sudah jadi.", "status": "PRINTED", "point": HERE}
    asked = [
        ("GET", f"/applications/{NUMBER}", {}),
        ("GET", f"/applications/{NUMBER}/stage", {}),
        ("PUT", f"/applications/{NUMBER}/stage", {"json": {"stage": "PRINTED"}, "headers": EVERY}),
        ("GET", f"/applications?point={HERE}", {}),
        ("GET", f"/appointments?point={HERE}", {}),
        ("POST", f"/appointments/{code}:arrive", {}),
        ("POST", f"/appointments/{code}:serve", {}),
        ("POST", f"/appointments/{code}:no-show", {}),
        ("GET", f"/slots?point={HERE}&from=2026-12-01&to=2026-12-01", {}),
        ("POST", "/closures", {"json": closure}),
        ("POST", "/announcements", {"json": order}),
        ("GET", f"/index?point={HERE}", {}),
        ("GET", f"/overview?point={HERE}", {}),
    ]
    for place, (method, path, more) in enumerate(asked, start=1):
        answer = await mojosari.request(method, path, **more)
        assert of_problem(answer) == (403, "not-allowed"), f"{method} {path}"
        assert len(await counter.audited("refused")) == place
    assert await counter.count("closures") == 0


async def test_without_a_point_only_its_own_things_are_shown(counter: ApiCounter, mojosari):
    mine = row(1, lokasi=THERE)
    await counter.imports(ROW, mine)
    await counter.books("ktp_baru", HERE)
    code = await counter.books("ktp_baru", THERE)
    (one,) = (await mojosari.get("/applications")).json()["items"]
    assert one["number"] == mine["no_registrasi"]
    (booked,) = (await mojosari.get("/appointments")).json()["items"]
    assert booked["code"] == code
    slots = (await mojosari.get("/slots?from=2026-12-01&to=2026-12-01")).json()["items"]
    assert {one["point"] for one in slots} == {THERE}
    assert (await mojosari.get("/overview")).json()["point"] == THERE
    made = await mojosari.post("/closures", json={"date": "2026-12-01"})
    assert made.json()["point"] == THERE


async def test_a_point_that_left_the_office_file_is_served_to_its_token(counter: ApiCounter):
    system = await counter.system(point="pacet")
    assert counter.office.point("pacet") is None
    await counter.books("ktp_baru")
    moved = update(bookings).values(point="pacet")
    await counter.store.write(lambda db: db.run(moved))
    assert len((await system.get("/appointments")).json()["items"]) == 1
    for path in ("/applications", "/slots?from=2026-12-01&to=2026-12-01", "/overview", "/index"):
        assert (await system.get(path)).status_code == 200, path


async def test_rows_of_another_point_are_refused_one_by_one(counter: ApiCounter, mojosari):
    await counter.imports(ROW)
    own, elsewhere, taken = row(1), row(2, lokasi=HERE), {**ROW, "lokasi": THERE}
    del own["lokasi"]
    told = (await mojosari.post("/applications:batch", json={"rows": [own, elsewhere, taken]})).json()
    assert [(one["result"], one["column"]) for one in told["results"]] == [
        ("new", None),
        ("refused", "lokasi"),
        ("refused", "no_registrasi"),
    ]
    shown = await mojosari.get(f"/applications/{own['no_registrasi']}")
    assert shown.json()["point"] == THERE


async def test_files_are_of_the_whole_office(counter: ApiCounter, mojosari):
    answer = await mojosari.post("/imports", content=b"x", headers={"content-type": "text/csv"})
    assert of_problem(answer) == (403, "not-allowed")
    assert await counter.count("jobs") == 0
