"""One thing of each kind at a point, so that every route of the console has something to be about."""

import re
from dataclasses import dataclass

from sqlalchemy import update

from bot.announcing.file import Order
from bot.console.announcing import Written
from bot.holidays import calendar_of
from domain.announcement import Audience, Wording
from domain.booking import TicketCode
from domain.roles import Role
from domain.stages import Stage
from storage.announcements import planning
from storage.appointments import attendance
from storage.handing_over.handovers import living_of, open_handover
from storage.people import chats
from storage.satisfaction import cases
from storage.schema import handovers
from storage.team import jobs, staff
from tests.console.conftest import Counter
from tests.storage import rows


@dataclass
class Things:
    """The ids that stand in addresses, by what stands before them."""

    point: str
    ids: dict[str, object]

    def path(self, pattern: str) -> str:
        """An address of the route table, about the thing of its kind."""
        for before, row in self.ids.items():
            if pattern.startswith(f"{before}/{{"):
                pattern = re.sub(r"\{(id|kode|nomor|layanan)\}", str(row), pattern)
                break
        pattern = pattern.replace("{ending}", "csv").replace("{langkah}", "batalkan").replace("{baris}", "1")
        assert "{" not in pattern, f"there is no thing for {pattern}"
        return pattern


async def made_at(counter: Counter, point: str) -> Things:
    """Make them."""
    await counter.code("Teguh Santoso", Role.OFFICER, point)
    today = counter.office.today(counter.clock.now)
    slots = calendar_of(counter.office, (), today).slots(point, today)

    async def make(db) -> dict[str, object]:
        colleague = (await staff.find(db, name="Teguh Santoso")).id
        job = {"kind": "import", "staff": colleague, "argument": {"name": "a.csv", "write": False}}
        place = next(slot for slot in slots if slot.starts_at > db.now)
        ticket = await attendance.walk_in(
            db, slot=place, seats=4, service="ktp_baru", code=TicketCode("ABC234"), by="system"
        )
        complaint = {"kind": "complaint", "word": "lama", "chat": None, "on": db.now.date()}
        resident = (await chats.meet(db, channel="web", account="a", address="b", language="id")).id
        await open_handover(db, chat=resident, why="asked", point=point, context={})
        await db.run(update(handovers).values(point=point))  # also where nobody of it can be called
        by = await staff.find_by_id(db, member=colleague)
        told = {"name": "Kabar", "wording": Wording({"id": "Sudah jadi"}), "by": by}
        audience = Audience(stage=Stage.READY_FOR_PICKUP, point=point)
        order = Order(name="Kabar", wording=told["wording"], audience=audience)
        written = Written(order=order, urgent=False, override=False, listed=False)
        look = {"kind": "announce-check", "staff": colleague, "argument": written.to_json()}
        return {
            "/staf/pengumuman/periksa": await jobs.plan(db, **look, gathering=True),
            "/staf/pengumuman": await planning.draft(db, **told, audience=audience),
            "/staf/permintaan": await living_of(db, chat=resident),
            "/staf/tiket": ticket,
            "/staf/kasus": (await cases.open_case(db, **complaint, due_days=3)).number,
            "/staf/register/impor": await jobs.plan(db, **job, gathering=True),
            "/staf/register": await rows.application(db, point=point),
            "/staf/petugas": colleague,
            "/staf/layanan": "ktp_hilang",
        }

    return Things(point, await counter.store.write(make))
