"""Every route, role and point: allowed requests succeed, others are refused and audited.

The table of routes is read, not copied: a new route is in the matrix by itself, and one without a thing to try it on fails.
"""

import pytest
from sqlalchemy import func, select

from bot.console.concerns import of_everything, of_query
from bot.console.gates import Gate
from domain.staff.roles import WHOLE_OFFICE, Action, Role, StaffMember, may
from storage import audit
from storage.schema import (
    applications,
    staff_forms,
    staff_sessions,
)
from storage.schema import audit as audit_table
from storage.schema import staff as staff_table
from storage.staff import forms, rights
from tests.console.conftest import ConsoleCounter
from tests.console.things import Things, made_at
from tests.support.officers import Officer

pytestmark = pytest.mark.thorough

WHO = [(role, point) for role in Role for point in (None, "sooko", "mojosari")]
STATE = (applications, staff_table)


async def secret_of(counter: ConsoleCounter) -> str:
    """The secret that the newest session's forms are stamped with."""
    query = select(staff_sessions.c.csrf).order_by(staff_sessions.c.opened_at.desc(), staff_sessions.c.csrf)
    return await counter.store.read(lambda db: db.scalar(query))


async def refusals(counter: ConsoleCounter) -> int:
    query = select(func.count()).select_from(audit_table).where(audit_table.c.action == rights.REFUSED)
    return await counter.store.read(lambda db: db.scalar(query))


async def state(counter: ConsoleCounter) -> list:
    return [await counter.store.read(lambda db, table=table: db.rows(select(table))) for table in STATE]


def concerned(gate: Gate, things: Things) -> str | None:
    """Which point a request of `knock` is about."""
    if gate.concerns is of_everything:
        return WHOLE_OFFICE
    return None if gate.concerns is None else things.point


async def knock(
    visitor: Officer, gate: Gate, things: Things, secret: str, stamp: str | None = None, *, kind: str = ""
):
    """Send a well-formed request about the thing of that point."""
    path = things.path(gate.path, kind)
    if gate.method == "GET":
        asked = {"titik": things.point} if gate.concerns is of_query else {}
        return await visitor.http.get(path, params=asked, headers={"accept": "text/html"})
    fields = {gate.stamp: stamp if stamp is not None else forms.stamp(secret, path), "titik": things.point}
    return await visitor.http.post(path, data=fields, headers={"accept": "text/html"})


def gates(counter: ConsoleCounter) -> list[Gate]:
    found = [gate for gate in counter.console.gates() if gate.path != "/staf/keluar"]
    assert len(found) > 10
    return found


@pytest.mark.parametrize(("role", "point"), WHO)
@pytest.mark.parametrize("of", ["sooko", "mojosari"])
async def test_who_gets_through_which_gate(counter: ConsoleCounter, role: Role, point: str | None, of: str):
    things = await made_at(counter, of)
    visitor = await counter.enter(role, point)
    secret = await secret_of(counter)
    member = StaffMember(id=1, name="-", role=role, point=point)
    for gate in gates(counter):
        if gate.theirs is not None:  # whose each of these is, is the table of test_whose.py
            continue
        before = await refusals(counter)
        answer = await knock(visitor, gate, things, secret)
        # Somebody else's announcement is an approver's to steer.
        action = Action.APPROVE if gate.path.endswith("{langkah}") else gate.action
        permitted = may(member, action) and may(member, action, concerned(gate, things))
        where = f"{role} of {point}: {gate.method} {gate.path} of {of}: {answer.status_code}"
        if permitted:
            assert answer.status_code < 500, where
            assert answer.status_code != 403, where
            assert await refusals(counter) == before, where
        else:
            assert answer.status_code == 403, where
            assert "tidak berwenang" in answer.text, where
            assert await refusals(counter) == before + 1, where


async def test_every_form_of_the_table_is_refused_without_its_stamp(counter: ConsoleCounter):
    things = await made_at(counter, "sooko")
    visitor = await counter.enter(Role.ADMIN)
    secret = await secret_of(counter)
    stood = await state(counter)
    for gate in gates(counter):
        if gate.method == "GET":
            continue
        path = things.path(gate.path)
        for stamp in ("", "a.b", secret, forms.stamp(secret, "/staf/lain"), forms.stamp("x" * 43, path)):
            before = await refusals(counter)
            answer = await knock(visitor, gate, things, secret, stamp)
            assert answer.status_code == 403, path
            assert "tidak berwenang" in answer.text
            assert await refusals(counter) == before + 1
        # Nor from another site, whatever it knows.
        sent = {gate.stamp: forms.stamp(secret, path), "titik": things.point}
        foreign = await visitor.http.post(path, data=sent, headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403
    assert await state(counter) == stood
    assert await counter.store.read(lambda db: db.scalar(select(func.count()).select_from(staff_forms))) == 0


async def test_without_a_session_no_gate_opens(counter: ConsoleCounter):
    things = await made_at(counter, "sooko")
    async with counter.client() as http:
        for gate in gates(counter):
            path = things.path(gate.path)
            answer = await http.get(path) if gate.method == "GET" else await http.post(path, data={})
            assert "Kode petugas" in answer.text, path
            front = gate.method == "GET" and gate.path == "/staf"
            assert answer.status_code == (200 if front else 403), path


async def test_every_deed_of_staff_in_the_browser_has_its_gate(counter: ConsoleCounter):
    """Actions without a route of their own: OVERRIDE and URGENT are fields of a form, TALK is done in the chat."""
    asked = {gate.action for gate in counter.console.gates()}
    assert asked >= {
        Action.SEE_DAY,
        Action.SEE_REGISTER,
        Action.CHANGE_STAGE,
        Action.MANAGE_STAFF,
        Action.SEE_AUDIT,
    }
    assert WHOLE_OFFICE not in {point.id for point in counter.office.points}


async def test_a_refused_visit_names_who_and_what_and_nobody_else(counter: ConsoleCounter):
    visitor = await counter.enter(Role.VIEWER)
    await visitor.opens("/staf/audit")
    (line,) = await counter.store.read(lambda db: audit.entries(db, action=rights.REFUSED))
    assert line.subject == "action:see-audit"
    assert line.actor.startswith("staff:")
    assert line.details == ""
