"""What waits for a member stands in the menu and the title, for their rights and their point only."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.jobs.announcements import AnnouncementForm
from domain.announcements.announcement import Audience, Wording
from domain.cards.stages import Stage
from domain.staff.roles import Role
from storage.announcements import drafts
from storage.overview.needs import needs
from storage.ratings import cases
from storage.schema import bookings
from storage.staff import staff
from tests.console.conftest import ConsoleCounter
from tests.console.things import KINDS, asked_for, made_at
from tests.console.town import a_register
from tests.support.officers import Officer


async def waits(visitor: Officer, path: str = "/staf/ikm") -> tuple[str, set[str]]:
    """The number in the title, and what the menu tells."""
    page = (await visitor.opens(path)).text
    title = re.search(r"<title>(?:\((\d+)\) )?", page)[1] or ""
    return title, {one for told in re.findall(r"perlu Anda: ([^<]*)<", page) for one in told.split(", ")}


async def test_nothing_waits_in_a_quiet_office(counter: ConsoleCounter):
    assert await waits(await counter.enter(Role.ADMIN)) == ("", set())


async def test_an_admin_is_told_of_everything_that_waits(counter: ConsoleCounter):
    await made_at(counter, "sooko")
    await counter.store.write(lambda db: db.run(update(bookings).values(state="booked")))
    await counter.import_register(a_register(3, status="BLA BLA").mended)
    late = {"word": "", "chat": None, "on": counter.clock.now.date() - timedelta(days=9), "due_days": 3}
    await counter.store.write(lambda db: cases.open_case(db, kind="complaint", **late))
    counter.clock.move(days=3)
    admin = await counter.enter(Role.ADMIN)
    title, told = await waits(admin)
    assert told == {
        "1 janji belum dicatat datang atau tidak",
        "3 permohonan dengan kode tidak dikenal",
        "1 pengumuman menunggu persetujuan",
        "1 warga menunggu petugas",
        "1 kasus terlambat dijawab",
        f"{len(KINDS)} kasus harus dijawab hari ini",
    }
    assert int(title) == 7 + len(KINDS)


@pytest.mark.parametrize(("role", "point", "count"), [
    (Role.VIEWER, None, ""), (Role.OFFICER, None, "1"), (Role.OFFICER, "sooko", "1"), (Role.OFFICER, "mpp", ""),
])  # fmt: skip
async def test_talks_count_for_those_who_may_take_them(counter: ConsoleCounter, role, point, count):
    await counter.store.write(lambda db: asked_for(db, point="sooko", held_by=None))
    title, told = await waits(await counter.enter(role, point))
    assert title == count
    assert told == ({"1 warga menunggu petugas"} if count else set())


async def test_a_case_about_the_own_point_is_not_counted(counter: ConsoleCounter):
    today = counter.clock.now.date()
    fee = {"word": "", "chat": None, "on": today, "due_days": 0, "points": ["sooko"]}
    await counter.store.write(lambda db: cases.open_case(db, kind="fee", **fee))
    assert await waits(await counter.enter(Role.APPROVER, "sooko")) == ("", set())
    assert (await waits(await counter.enter(Role.OFFICER, "mpp")))[0] == "1"


async def test_a_draft_for_the_whole_office_is_not_a_points_to_approve(counter: ConsoleCounter):
    await counter.code("Teguh Santoso", Role.OFFICER)
    marked = {"waves": None, "urgent": False, "override": False, "listed": False}
    wording, audience = Wording({"id": "Sudah jadi"}), Audience(stage=Stage.READY_FOR_PICKUP)
    form = AnnouncementForm(name="Kabar", texts=wording, audience=audience, **marked)

    async def save(db) -> None:
        await drafts.draft(db, order=form.order(), by=await staff.find(db, name="Teguh Santoso"))

    await counter.store.write(save)
    assert (await waits(await counter.enter(Role.APPROVER)))[0] == "1"
    assert (await waits(await counter.enter(Role.ADMIN, "sooko")))[0] == ""


async def test_the_counts_cost_two_reads(counter: ConsoleCounter):
    await made_at(counter, "sooko")
    member = await counter.store.read(lambda db: staff.find(db, name="Teguh Santoso"))
    seen: list[object] = []

    class Counting:
        """Counts the queries of a read."""

        def __init__(self, db) -> None:
            self.db, self.now, self.vault = db, db.now, db.vault

        async def rows(self, *asked):
            seen.append(asked[0])
            return await self.db.rows(*asked)

    await counter.store.read(lambda db: needs(Counting(db), member=member, today=db.now.date()))
    assert len(seen) == 2


async def test_appointments_left_open_are_counted_for_a_week(counter: ConsoleCounter):
    await counter.walks_in("ktp_baru")
    await counter.store.write(lambda db: db.run(update(bookings).values(state="open")))
    assert (await waits(await counter.enter(Role.OFFICER, "sooko")))[0] == "1"
    assert (await waits(await counter.enter(Role.OFFICER, "mpp")))[0] == ""
    counter.clock.move(days=8)
    assert (await waits(await counter.enter(Role.OFFICER, "sooko")))[0] == ""
