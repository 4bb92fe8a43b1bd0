"""What the page of a case tells of who wrote: nothing."""

import re
from datetime import timedelta

from domain.roles import Role
from storage import audit
from storage.audit import SYSTEM
from storage.people import chats
from storage.satisfaction import case_files, cases
from storage.team import rights, staff
from tests.console.conftest import Counter

A_CLOCK = re.compile(r"\d\d\.\d\d")


async def test_when_a_resident_wrote_is_told_by_the_day_alone(counter: Counter):
    """The minute would tell an officer whom they had just served."""

    async def complain(db):
        chat = (await chats.meet(db, channel="web", account="a", address="b", language="id")).id
        today = counter.clock.now.date()
        return await cases.open_case(db, kind="low", word="", chat=chat, on=today, due_days=3)

    opened = await counter.store.write(complain)
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/kasus/{opened.number}"
    answered = await officer.sends(path, f"{path}/balas", jawaban="Kami menambah loket.")
    history = answered.text.partition("Riwayat")[2]
    by_resident, by_staff = re.findall(r'<span class="soft">(.*?) ·', history)
    assert A_CLOCK.search(by_staff)
    assert not A_CLOCK.search(by_resident)


async def opened(counter: Counter, owner: str) -> str:
    """A case of this owner; give its number."""

    async def step(db):
        await staff.invite(db, name=owner, role=Role.APPROVER, point=None, actor=SYSTEM)
        today = counter.clock.now.date()
        return await cases.open_case(db, kind="low", word="", chat=None, on=today, due_days=3)

    return (await counter.store.write(step)).number


async def escalates(counter: Counter) -> None:
    late = counter.clock.now.date() + timedelta(days=4)
    assert await counter.store.write(lambda db: cases.escalate_late(db, today=late, limit=9)) == 1


async def test_what_was_escalated_is_closed_or_passed_on_by_its_owner_or_an_admin_alone(counter: Counter):
    number = await opened(counter, "Bima")
    path = f"/staf/kasus/{number}"
    officer = await counter.enter(Role.OFFICER, name="Endang Lestari")
    forms = {step: await officer.stamp(path, f"{path}/{step}") for step in ("tutup", "beri")}
    await escalates(counter)
    page = await officer.opens(path)
    assert "hanya penanggung jawabnya atau admin" in page.text
    assert "Ya, tutup kasus ini" not in page.text
    for step, stamp in forms.items():
        refused = await officer.http.post(f"{path}/{step}", data={"csrf": stamp, "kepada": "1"})
        assert refused.status_code == 403
        assert "tidak berwenang" in refused.text
    lines = await counter.store.read(lambda db: audit.entries(db, action=rights.REFUSED))
    assert [line.subject for line in lines] == ["action:settle-cases"] * 2
    bima = await counter.enter(Role.APPROVER, name="Bima")
    await bima.sends(path, f"{path}/tutup")
    shown = await counter.store.read(lambda db: case_files.show(db, number=number))
    assert shown.state == "closed"


async def test_an_admin_closes_somebody_else_s_escalated_case(counter: Counter):
    number = await opened(counter, "Bima")
    await escalates(counter)
    admin = await counter.enter(Role.ADMIN, name="Bu Rini")
    await admin.sends(f"/staf/kasus/{number}", f"/staf/kasus/{number}/tutup")
    shown = await counter.store.read(lambda db: case_files.show(db, number=number))
    assert shown.state == "closed"


async def test_a_case_that_was_not_escalated_is_closed_by_any_officer(counter: Counter):
    number = await opened(counter, "Bima")
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/kasus/{number}"
    await officer.sends(path, f"{path}/tutup")
    shown = await counter.store.read(lambda db: case_files.show(db, number=number))
    assert shown.state == "closed"
