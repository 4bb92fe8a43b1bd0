"""Applications: looked at, listed, and taken in with the rules of an import."""

from datetime import timedelta

from domain.office.registration import check_character
from storage.cards.register_undo import undo
from tests.api.conftest import NUMBER, ROW, ApiCounter, of_problem

ONE = f"/applications/{NUMBER}"
FIELDS = {key: value for key, value in ROW.items() if key != "no_registrasi"}


def row(place: int, **fields: str) -> dict[str, str]:
    """Another application of our own numbers, with an invented NIK."""
    body = f"MJK261103{place:04}"
    number = f"MJK-261103-{place:04}-{check_character(body)}"
    return {**ROW, "no_registrasi": number, "nik": f"351699410790{place:04}", **fields}


async def test_names_and_numbers_are_masked_without_their_scope(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:read")
    shown = (await system.get(ONE)).json()
    assert (shown["number"], shown["name"]) == ("MJK-******-****-Z", "S*** A***")
    assert (shown["stage"], shown["point"], shown["since"]) == ("PRINT_READY", "sooko", "2026-11-20")
    assert shown["updated_at"].endswith("+07:00")
    assert "nik" not in shown


async def test_each_look_at_a_whole_name_is_audited(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:read", "register:read")
    shown = (await system.get(ONE)).json()
    assert (shown["number"], shown["name"]) == (NUMBER, "Sri Astuti")
    (listed,) = (await system.get("/applications")).json()["items"]
    assert listed["name"] == "Sri Astuti"
    seen = await counter.audited("register-seen")
    assert [one.details for one in seen] == ["whole-names", "whole-names"]
    assert {one.subject for one in seen} == {f"application:{shown['id']}"}
    assert len(await counter.audited("register-listed")) == 1


async def test_nobody_is_found_by_nik(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system()
    assert of_problem(await system.get(f"/applications/{ROW['nik']}")) == (404, "not-found")
    assert of_problem(await system.get("/applications", params={"nik": ROW["nik"]}))[0] == 422


async def test_a_list_comes_in_pages_without_gaps(counter: ApiCounter):
    rows = [row(place, tanggal=f"2026-11-{10 + place % 3}") for place in range(1, 8)]
    await counter.imports(*rows)
    system = await counter.system("applications:read", "register:read")
    found, cursor = [], None
    while True:
        params = {"limit": 3, "stage": "PRINT_READY"} | ({"cursor": cursor} if cursor else {})
        page = (await system.get("/applications", params=params)).json()
        found += [(one["since"], one["number"]) for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(number for _, number in found) == sorted(one["no_registrasi"] for one in rows)
    assert [day for day, _ in found] == sorted(day for day, _ in found)
    audited = [one.subject for one in await counter.audited("register-seen")]
    assert len(audited) == len(set(audited)) == len(rows), "a line was audited that was not shown"
    for wrong in ("", "!!", "eA", "x" * 300):
        answer = await system.get("/applications", params={"cursor": wrong})
        assert of_problem(answer)[0] == 422
        assert answer.json()["field"] == "cursor"


async def test_a_row_creates_and_changes_an_application(counter: ApiCounter):
    system = await counter.system("applications:write", "applications:read")
    results = [
        (await system.put(ONE, json=FIELDS)).json()["result"],
        (await system.put(ONE, json=FIELDS)).json()["result"],
        (await system.put(ONE, json={**FIELDS, "status": "siap diambil", "tanggal": "2026-11-22"})).json()[
            "result"
        ],
    ]
    assert results == ["new", "unchanged", "changed"]
    assert (await system.get(ONE)).json()["stage"] == "READY_FOR_PICKUP"


async def test_a_bad_row_is_a_problem_with_its_column(counter: ApiCounter):
    system = await counter.system("applications:write")
    for fields, column in [
        ({**FIELDS, "nik": "3,52E+15"}, "nik"),
        ({**FIELDS, "layanan": "=HYPERLINK(1)"}, "layanan"),
        ({key: value for key, value in FIELDS.items() if key != "nama"}, "nama"),
        ({**FIELDS, "umur": "17"}, "umur"),
        ({**FIELDS, "nama": 17}, "nama"),
    ]:
        answer = await system.put(ONE, json=fields)
        assert (answer.status_code, answer.json()["field"]) == (422, column)
        assert FIELDS["nik"] not in answer.text
    assert of_problem(await system.put("/applications/MJK-261102-0007-A", json=FIELDS)) == (
        422,
        "number-bad-check",
    )
    assert await counter.count("applications") == 0
    assert await counter.count("imports") == 0


async def test_a_batch_answers_for_every_row(counter: ApiCounter):
    await counter.imports(row(1), row(2))
    system = await counter.system("applications:write")
    rows = [
        row(1),
        row(2, status="siap diambil", tanggal="2026-11-22"),
        row(3),
        row(4, nik="1"),
        row(1, nik=row(9)["nik"]),
    ]
    answer = await system.post("/applications:batch", json={"rows": rows})
    told = answer.json()
    assert [one["result"] for one in told["results"]] == ["unchanged", "changed", "new", "refused", "refused"]
    assert (told["rows"], told["new"], told["changed"], told["unchanged"], told["refused"]) == (5, 1, 1, 1, 2)
    assert (told["results"][3]["column"], told["results"][3]["code"]) == ("nik", "nik-not-16-digits")
    assert told["results"][4]["code"] == "number-held"
    assert told["results"][4]["reason"]


async def test_a_batch_can_be_taken_back_like_an_import(counter: ApiCounter):
    await counter.imports(row(2))
    system = await counter.system("applications:write", "applications:read")
    told = (
        await system.post(
            "/applications:batch", json={"rows": [row(2, status="siap diambil", tanggal="2026-11-22")]}
        )
    ).json()
    number = row(2)["no_registrasi"]
    assert (await system.get(f"/applications/{number}")).json()["stage"] == "READY_FOR_PICKUP"
    done = await undo(
        counter.store, import_id=told["import_id"], actor="system", hold=timedelta(0), advance=lambda _: None
    )
    assert done.restored == 1
    assert (await system.get(f"/applications/{number}")).json()["stage"] == "PRINT_READY"


async def test_a_batch_with_many_unknown_codes_is_stopped_until_accepted(counter: ApiCounter):
    system = await counter.system("applications:write")
    rows = [row(place, status="antre di meja") for place in range(1, 13)]
    answer = await system.post("/applications:batch", json={"rows": rows})
    assert of_problem(answer) == (409, "unknown-codes")
    assert "antre di meja (12)" in answer.json()["title"]
    assert await counter.count("applications") == 0
    accepted = await system.post("/applications:batch", json={"rows": rows, "accept_unknown": True})
    assert accepted.json()["new"] == 12


async def test_a_batch_is_limited(counter: ApiCounter):
    system = await counter.system("applications:write")
    assert of_problem(await system.post("/applications:batch", json={"rows": [ROW] * 1001})) == (
        422,
        "invalid",
    )
    huge = await system.post(
        "/applications:batch", content=b" " * (3 * 1024 * 1024), headers={"content-type": "application/json"}
    )
    assert of_problem(huge) == (413, "too-large")
    assert of_problem(await system.post("/applications:batch", content=b"{")) == (415, "media-type")
    odd = await system.post("/applications:batch", content=b"{", headers={"content-type": "application/json"})
    assert of_problem(odd) == (400, "no-json")
