"""The morning message: once a day when the office opens, to those who want it and whom something waits for."""

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from domain.announcements.announcement import Audience, Order, Wording
from domain.cards.stages import Stage
from domain.staff.roles import Role
from handlers.announcements.service import draft
from storage.announcements import approvers
from storage.schema import chats
from storage.schema import staff as staff_rows
from storage.staff import mornings, staff
from tests.support.counter import Counter
from tests.support.officers import officer
from tests.support.people import SRI, row
from tests.support.resident import Resident


@pytest.fixture
async def sri(counter: Counter) -> Resident:
    """Sri waits for a human, since before the office opens."""
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    counter.clock.move(hours=-2)
    sri = counter.resident("Sri")
    await sri.says("/petugas")
    return sri


async def opens(counter: Counter) -> None:
    """Let the office's morning come."""
    counter.clock.move(hours=1, minutes=5)
    await counter.timers.tell_mornings()
    await counter.passes(minutes=1)


async def test_the_morning_message_comes_once_at_opening_time(counter, sri):
    wulan = await officer(counter, channel="whatsapp")
    await counter.timers.tell_mornings()
    assert await counter.count("errands", "conversation = 'morning'") == 0
    await opens(counter)
    wulan.hears("Perlu Anda hari ini")
    wulan.hears("1 warga menunggu petugas")
    await counter.timers.tell_mornings()
    assert await counter.count("errands", "conversation = 'morning'") == 1
    await counter.passes(days=1)
    await counter.timers.tell_mornings()
    assert await counter.count("errands", "conversation = 'morning'") == 2


async def test_of_two_staff_chats_the_one_used_last_is_told(counter, sri):
    first = await officer(counter)
    await counter.store.write(
        lambda db: db.run(sql("UPDATE chats SET heard_at = '2026-11-20 02:00:00.000000'"))
    )
    second = await officer(counter, channel="whatsapp")
    await opens(counter)
    second.hears("Perlu Anda hari ini")
    first.hears_not("Perlu Anda hari ini")


async def test_nothing_is_said_when_nothing_waits(counter):
    counter.clock.move(hours=-2)
    wulan = await officer(counter)
    await opens(counter)
    wulan.hears_not("Perlu Anda")


async def test_the_morning_message_is_turned_off_and_on_by_a_word(counter, sri):
    wulan = await officer(counter)
    await wulan.says("/pesanpagi")
    wulan.hears("1 warga menunggu petugas")
    await wulan.taps("Matikan")
    wulan.hears("pesan pagi mati")
    await opens(counter)
    assert await counter.count("errands", "conversation = 'morning'") == 0
    await wulan.says("pesanpagi")
    await wulan.taps("Nyalakan")
    wulan.hears("pesan pagi menyala")
    await counter.timers.tell_mornings()
    assert await counter.count("errands", "conversation = 'morning'") == 1


@pytest.mark.parametrize("turned_off", [False, True])
async def test_the_morning_message_stays_as_it_is_if_nothing_is_changed(counter, turned_off):
    wulan = await officer(counter)
    if turned_off:
        await wulan.says("/pesanpagi")
        await wulan.taps("Matikan")
    await wulan.says("/pesanpagi")
    await wulan.taps("Biarkan")
    wulan.hears("mati" if turned_off else "menyala")


async def test_residents_may_not_ask_what_waits(counter, sri):
    await sri.says("/pesanpagi")
    sri.hears("tidak berwenang")


async def test_the_staff_menu_lists_the_commands_of_the_role(counter):
    viewer = await officer(counter, "Citra", role=Role.VIEWER)
    await viewer.says("menu")
    assert "Hari ini" in viewer.labels
    assert "Umumkan" not in viewer.labels
    wulan = await officer(counter)
    await wulan.says("menu")
    assert wulan.labels[:5] == ["Hari ini", "Panggilan", "Tanpa janji", "Umumkan", "Perlu Anda"]
    await wulan.taps("Perlu Anda")
    wulan.hears("Tidak ada yang menunggu Anda")


async def test_approvers_are_told_of_a_draft_and_its_author_is_not(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    author = await officer(counter, "Teguh", role=Role.OFFICER)
    approver = await officer(counter, "Bagus", role=Role.APPROVER)
    elsewhere = await officer(counter, "Wulan", role=Role.ADMIN, point="mpp")
    by = await counter.store.read(lambda db: staff.find(db, name="Teguh"))
    order = Order(
        name="Siap 24 Nov",
        wording=Wording({"id": "Sudah jadi"}),
        audience=Audience(stage=Stage.READY_FOR_PICKUP),
    )
    waiting = await draft(counter.store, order=order, by=by)
    for _ in range(2):
        await counter.store.write(lambda db: approvers.tell(db, announcement=waiting))
    await counter.passes(minutes=1)
    approver.hears("Siap 24 Nov")
    author.hears_not("Siap 24 Nov")
    elsewhere.hears_not("Siap 24 Nov")


@pytest.mark.parametrize(
    "meanwhile", ["UPDATE announcements SET state = 'undone'", "DELETE FROM announcements"]
)
async def test_a_draft_that_was_decided_meanwhile_is_told_to_nobody(counter, meanwhile):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    author = await officer(counter, "Teguh", role=Role.OFFICER)
    approver = await officer(counter, "Bagus", role=Role.APPROVER)
    by = await counter.store.read(lambda db: staff.find(db, name="Teguh"))
    decides = await counter.store.read(lambda db: staff.find(db, name="Bagus"))
    audience = Audience(stage=Stage.READY_FOR_PICKUP)
    order = Order(name="Siap 24 Nov", wording=Wording({"id": "Sudah jadi"}), audience=audience)
    waiting = await draft(counter.store, order=order, by=by)

    async def tells_and_undoes(db) -> None:
        await approvers.tell(db, announcement=waiting)
        await approvers.give_back(db, announcement=waiting, by=decides, note="Mulai kapan?")
        await db.run(sql(meanwhile))

    await counter.store.write(tells_and_undoes)
    await counter.passes(minutes=1)
    for one in (author, approver):
        one.hears_not("Siap 24 Nov")
    assert await counter.count("errands", "outcome IS NULL") == 0, "it was tried"


async def test_while_only_one_point_is_open_the_others_sleep(counter):
    for name, point in (("Wulan", "sooko"), ("Citra", "mpp"), ("Bagus", None)):
        await officer(counter, name, point=point)
    day = counter.office.today(counter.clock.now)

    async def told(*points: str) -> set[str]:
        told = await counter.store.read(
            lambda db: mornings.untold(db, day=day, points=[*map(counter.place.point, points)])
        )
        named = select(staff_rows.c.name).join(chats, chats.c.staff_id == staff_rows.c.id)
        rows = await counter.store.read(lambda db: db.rows(named.where(chats.c.id.in_(told))))
        return {row.name for row in rows}

    assert await told("sooko") == {"Wulan", "Bagus"}
    assert await told("sooko", "mpp") == {"Wulan", "Citra", "Bagus"}
