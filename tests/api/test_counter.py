"""Appointments and their steps, slots and closures."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.staff.roles import Role
from storage.schema import applications, bookings
from storage.staff import staff
from tests.api.conftest import NUMBER, ROW, ApiCounter, of_problem


async def booked(counter: ApiCounter, point: str = "sooko") -> str:
    """The ticket code of somebody whose application is in the register."""
    await counter.imports({**ROW, "lokasi": point})
    code = await counter.books("ktp_baru", point)

    async def link(db) -> None:
        row = await db.scalar(select(applications.c.id))
        await db.run(update(bookings).where(bookings.c.code == code).values(application_id=row))

    await counter.store.write(link)
    return code


async def test_the_day_shows_appointments_with_masked_people(counter: ApiCounter):
    code = await booked(counter)
    system = await counter.system("appointments:read")
    day = counter.office.today(counter.clock.now).isoformat()
    (one,) = (await system.get("/appointments", params={"date": day, "point": "sooko"})).json()["items"]
    assert (one["code"], one["state"], one["name"]) == (code, "booked", "S*** A***")
    assert one["number"] == "MJK-******-****-Z"
    assert one["starts_at"].endswith("+07:00")
    assert await counter.audited("register-seen") == []


async def test_whole_names_of_a_day_are_audited(counter: ApiCounter):
    await booked(counter)
    system = await counter.system("appointments:read", "register:read")
    (one,) = (await system.get("/appointments")).json()["items"]
    assert (one["name"], one["number"]) == ("Sri Astuti", NUMBER)
    (line,) = await counter.audited("register-seen")
    assert line.subject.startswith("booking:")


async def test_a_day_comes_in_pages(counter: ApiCounter):
    codes = [await counter.books("ktp_baru") for _ in range(3)]
    system = await counter.system("appointments:read")
    first = (await system.get("/appointments", params={"limit": 2})).json()
    second = (await system.get("/appointments", params={"limit": 2, "cursor": first["next"]})).json()
    assert sorted(one["code"] for one in first["items"] + second["items"]) == sorted(codes)
    assert len(first["items"]) == 2
    assert second["next"] is None


async def test_a_page_goes_on_although_the_line_before_it_went_away(counter: ApiCounter):
    codes = [await counter.books("ktp_baru") for _ in range(4)]
    system = await counter.system("appointments:read")
    first = (await system.get("/appointments", params={"limit": 2})).json()
    gone = first["items"][-1]["code"]
    later = {"starts_at": counter.clock.now + timedelta(days=3)}
    moved = update(bookings).where(bookings.c.code == gone).values(later)
    await counter.store.write(lambda db: db.run(moved))
    rest = (await system.get("/appointments", params={"cursor": first["next"]})).json()["items"]
    assert {one["code"] for one in first["items"] + rest} == set(codes)
    assert len(rest) == 2


async def test_steps_at_the_counter_are_taken_once(counter: ApiCounter):
    code = await counter.books("ktp_baru")
    system = await counter.system("appointments:write")

    async def step(name: str) -> tuple[str, bool]:
        told = (await system.post(f"/appointments/{code}:{name}")).json()
        return told["state"], told["changed"]

    assert await step("arrive") == ("arrived", True)
    assert (await system.post(f"/appointments/{code}%3Aarrive")).json()["changed"] is False
    assert await step("arrive") == ("arrived", False)
    assert await step("serve") == ("served", True)
    assert await step("serve") == ("served", False)
    for name in ("arrive", "no-show"):
        answer = await system.post(f"/appointments/{code}:{name}")
        assert of_problem(answer) == (409, "appointment-served")


async def test_a_step_tells_for_when_and_where_the_ticket_is(counter: ApiCounter):
    code = await counter.books("ktp_baru", "mojosari")
    system = await counter.system("appointments:write", "appointments:read")
    (listed,) = (await system.get("/appointments")).json()["items"]
    told = (await system.post(f"/appointments/{code}:arrive")).json()
    assert (told["point"], told["starts_at"]) == ("mojosari", listed["starts_at"])


async def test_a_no_show_is_recorded_only_after_its_time(counter: ApiCounter):
    code = await counter.books("ktp_baru")
    system = await counter.system("appointments:write")
    assert of_problem(await system.post(f"/appointments/{code}:no-show")) == (409, "appointment-early")
    counter.clock.move(hours=10)
    assert (await system.post(f"/appointments/{code}:no-show")).json()["state"] == "no_show"


@pytest.mark.parametrize("code", ["ABC234", "x", "ABC%2F23"])
async def test_an_unknown_ticket_is_not_found(counter: ApiCounter, code: str):
    system = await counter.system("appointments:write")
    assert of_problem(await system.post(f"/appointments/{code}:arrive")) == (404, "not-found")


async def test_slots_are_counted_as_on_the_command_line(counter: ApiCounter):
    await counter.books("ktp_baru")
    system = await counter.system("appointments:read")
    day = counter.office.today(counter.clock.now)
    params = {"from": day.isoformat(), "to": day.isoformat(), "point": "sooko"}
    slots = (await system.get("/slots", params=params)).json()["items"]
    assert sum(one["booked"] for one in slots) == 1
    assert all(one["seats"] > 0 for one in slots)
    for last in (day - timedelta(days=1), day + timedelta(days=31)):
        answer = await system.get("/slots", params={**params, "to": last.isoformat()})
        assert of_problem(answer) == (422, "days")


async def test_a_closure_with_appointments_needs_a_sure_client(counter: ApiCounter):
    await counter.books("ktp_baru")
    system = await counter.system("appointments:write", "appointments:read")
    day = counter.office.today(counter.clock.now).isoformat()
    closure = {"point": "sooko", "date": day, "reason": "Listrik padam"}
    assert of_problem(await system.post("/closures", json=closure)) == (409, "closure-booked")
    assert await counter.count("closures") == 0
    made = await system.post("/closures", json={**closure, "sure": True})
    assert (made.status_code, made.json()["appointments"]) == (201, 1)
    again = await system.post("/closures", json={**closure, "sure": True})
    assert again.status_code == 201
    assert await counter.count("closures") == 1


@pytest.mark.parametrize(
    ("closure", "expected"),
    [
        ({"date": "2020-01-01"}, (422, "day-over")),
        ({"date": "2026-12-01", "from": "11:00", "to": "09:00"}, (422, "span")),
        ({"date": "2026-12-01", "from": "25:00"}, (422, "invalid")),
        ({"date": "2026-12-01", "point": "mars"}, (422, "point-unknown")),
        ({"date": "1795824000"}, (422, "invalid")),
        ({}, (422, "missing")),
    ],
)
async def test_an_unusable_closure_is_refused(counter: ApiCounter, closure, expected):
    system = await counter.system("appointments:write")
    assert of_problem(await system.post("/closures", json=closure)) == expected


async def test_a_person_may_have_the_name_of_a_token(counter: ApiCounter):
    """A token with the rights of an approver is no colleague."""
    await counter.token("appointments:write", name="Antrean")
    assert await counter.store.read(staff.list_staff) == []
    code = await counter.store.write(
        lambda db: staff.invite(db, name="Antrean", role=Role.VIEWER, actor="system")
    )
    person = await counter.store.write(lambda db: staff.redeem_code(db, code=code, asker=b"a"))
    assert person.role is Role.VIEWER


@pytest.mark.parametrize(
    "query",
    ["date=0", "date=1795824000", "date=20261201", "limit=1_0", "limit=5.0", "limit=%205", "limit=%2B5"],
)
async def test_a_query_is_read_as_the_document_says(counter: ApiCounter, query: str):
    system = await counter.system("appointments:read")
    assert of_problem(await system.get(f"/appointments?{query}")) == (422, "invalid")
