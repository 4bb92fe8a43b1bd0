"""What the page of a case tells of who wrote: nothing."""

import re
from datetime import date, timedelta

from domain.staff.roles import Role
from storage import audit
from storage.audit import SYSTEM
from storage.people import chats
from storage.ratings import case_files, cases
from storage.staff import rights, staff
from tests.console.conftest import ConsoleCounter

A_CLOCK = re.compile(r"\d\d\.\d\d")


async def test_when_a_resident_wrote_is_told_by_the_day_alone(counter: ConsoleCounter):
    """The exact time would identify a resident whom the officer has just served."""

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


async def opened(counter: ConsoleCounter, owner: str) -> str:
    """A case of this owner; give its number."""

    async def step(db):
        await staff.invite(db, name=owner, role=Role.APPROVER, point=None, actor=SYSTEM)
        today = counter.clock.now.date()
        return await cases.open_case(db, kind="low", word="", chat=None, on=today, due_days=3)

    return (await counter.store.write(step)).number


async def escalates(counter: ConsoleCounter) -> None:
    late = counter.clock.now.date() + timedelta(days=4)
    assert await counter.store.write(lambda db: cases.escalate_late(db, today=late, limit=9)) == 1


async def test_only_owner_or_admin_close_or_give_away_an_escalated_case(
    counter: ConsoleCounter,
):
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


async def test_an_admin_closes_somebody_else_s_escalated_case(counter: ConsoleCounter):
    number = await opened(counter, "Bima")
    await escalates(counter)
    admin = await counter.enter(Role.ADMIN, name="Bu Rini")
    await admin.sends(f"/staf/kasus/{number}", f"/staf/kasus/{number}/tutup")
    shown = await counter.store.read(lambda db: case_files.show(db, number=number))
    assert shown.state == "closed"


async def test_a_case_that_was_not_escalated_is_closed_by_any_officer(counter: ConsoleCounter):
    number = await opened(counter, "Bima")
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/kasus/{number}"
    await officer.sends(path, f"{path}/tutup")
    shown = await counter.store.read(lambda db: case_files.show(db, number=number))
    assert shown.state == "closed"


async def case_at(counter: ConsoleCounter, *points: str, kind: str = "complaint") -> str:
    async def step(db):
        told = {"kind": kind, "word": "Dimarahi di loket", "chat": None, "points": points}
        return await cases.open_case(db, **told, on=counter.clock.now.date(), due_days=3)

    return (await counter.store.write(step)).number


async def test_officers_cannot_read_complaints_about_their_own_point_and_learn_why(
    counter: ConsoleCounter,
):
    number = await case_at(counter, "sooko")
    here, there = await counter.enter(Role.OFFICER, "sooko"), await counter.enter(Role.OFFICER, "mojosari")
    listed = (await here.opens("/staf/kasus")).text
    assert number not in listed
    assert "1 kasus lain menyangkut titik layanan Anda sendiri" in listed
    page = await here.opens(f"/staf/kasus/{number}")
    assert page.status_code == 403
    assert "Supaya warga berani bicara" in page.text
    assert "Dimarahi" not in page.text
    assert number in (await there.opens("/staf/kasus")).text
    assert "Dimarahi" in (await there.opens(f"/staf/kasus/{number}")).text


async def test_a_case_without_a_point_is_for_staff_of_the_whole_office(counter: ConsoleCounter):
    number = await case_at(counter)
    path = f"/staf/kasus/{number}"
    for role, point in ((Role.OFFICER, "sooko"), (Role.OFFICER, "mojosari"), (Role.APPROVER, "sooko")):
        visitor = await counter.enter(role, point)
        assert number not in (await visitor.opens("/staf/kasus")).text
        page = await visitor.opens(path)
        assert page.status_code == 403
        assert "petugas seluruh kantor" in page.text
        assert "Dimarahi" not in page.text
        assert (await visitor.sends_anyway(f"{path}/tutup")).status_code == 403
    whole = await counter.enter(Role.OFFICER)
    await whole.sends(path, f"{path}/tutup")
    shown = await counter.store.read(lambda db: case_files.show(db, number=number))
    assert shown.state == "closed"


async def test_a_case_about_a_fee_is_hidden_from_the_points_staff(counter: ConsoleCounter):
    number = await case_at(counter, "sooko", kind="fee")
    for role in (Role.OFFICER, Role.APPROVER, Role.ADMIN):
        visitor = await counter.enter(role, "sooko")
        assert number not in (await visitor.opens("/staf/kasus")).text
        page = await visitor.opens(f"/staf/kasus/{number}")
        assert page.status_code == 403
        assert "tentang uang yang diminta" in page.text
    assert "Dimarahi" in (await (await counter.enter(Role.OFFICER)).opens(f"/staf/kasus/{number}")).text


async def test_a_case_is_passed_on_only_to_who_may_have_it(counter: ConsoleCounter):
    number = await case_at(counter, "sooko", kind="fee")
    await counter.enter(Role.APPROVER, "sooko", name="Sari Sooko")
    await counter.enter(Role.OFFICER, "mojosari", name="Mila Mojosari")
    ids = {one: id_ for id_, one in (await counter.store.read(staff.names)).items()}
    admin = await counter.enter(Role.ADMIN)
    path = f"/staf/kasus/{number}"
    page = (await admin.opens(path)).text
    assert "Mila Mojosari" in page
    assert "Sari Sooko" not in page
    refused = await admin.sends(path, f"{path}/beri", kepada=ids["Sari Sooko"])
    assert refused.status_code == 422
    await admin.sends(path, f"{path}/beri", kepada=ids["Mila Mojosari"])
    shown = await counter.store.read(lambda db: case_files.show(db, number=number))
    assert shown.owner == "Mila Mojosari"


async def test_of_a_case_that_came_of_answers_the_week_alone_is_told(counter: ConsoleCounter):
    async def rated(db):
        told = {"kind": "low", "word": "", "chat": None, "points": ["sooko"], "of_answers": True}
        return await cases.open_case(db, **told, on=date(2026, 11, 26), due_days=5)

    opened = await counter.store.write(rated)
    assert opened.due_on == date(2026, 12, 4)
    officer = await counter.enter(Role.OFFICER)
    page = (await officer.opens(f"/staf/kasus/{opened.number}")).text
    assert "dibuka pada minggu 23 Nov 2026" in page
    assert "26 Nov" not in page


async def test_a_withdrawn_visit_is_shown_as_cancelled_by_the_resident(counter: ConsoleCounter):
    async def withdraw(db) -> str:
        chat = (await chats.meet(db, channel="web", account="a", address="b", language="id")).id
        told = {"kind": "complaint", "word": "Desa Kemlagi", "on": counter.clock.now.date(), "due_days": 3}
        number = (await cases.open_case(db, chat=chat, of_visit=True, **told)).number
        assert await cases.withdraw(db, number=number, chat=chat)
        return number

    number = await counter.store.write(withdraw)
    officer = await counter.enter(Role.OFFICER)
    page = (await officer.opens(f"/staf/kasus/{number}")).text
    assert "dibatalkan warga" in page
    assert "Dibatalkan oleh warga" in page.partition("Riwayat")[2]
    assert "Kirim jawaban" not in page
    assert number not in (await officer.opens("/staf/kasus")).text
    assert "dibatalkan warga" in (await officer.opens("/staf/kasus?lihat=selesai")).text
