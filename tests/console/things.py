"""One object of each kind at a point, so that every route of the console can be requested."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from bot.jobs.announcements import AnnouncementForm
from bot.setup.holidays import calendar_of
from domain import codec
from domain.announcements.announcement import Audience, Wording
from domain.appointments.booking import TicketCode
from domain.cards.stages import Stage
from domain.staff.roles import Role
from domain.webhooks.webhook import EventType
from storage.announcements import drafts
from storage.appointments import attendance
from storage.handovers import lines
from storage.handovers.handovers import living_of, open_handover
from storage.people import chats
from storage.ratings import cases
from storage.schema import handovers
from storage.schema import jobs as jobs_table
from storage.staff import jobs, staff, templates
from storage.staff.jobs import GIVEN, REFUSED
from storage.webhooks import targets
from tests.console.conftest import ConsoleCounter
from tests.storage import rows

SECRET = "RAHASIA"
"""Stands in everything that a resident said or that a list names."""
_REMARK = {"row": 2, "column": "nik", "reason": SECRET, "suggestion": ""}
_CAUSE = {"column": "nik", "reason": SECRET, "suggestion": "", "count": 1, "rows": [2]}
_IMPORTED = {
    "rows": 2,
    "new": 1,
    "changed": 0,
    "unchanged": 0,
    "refused": 1,
    "flagged": 0,
    "doubts": [_CAUSE],
}
_IMPORTED |= {"causes": [_CAUSE], "unknown": [{"code": SECRET, "rows": 1}], "import": None}
_SEEN = {
    "per_channel": {"telegram": 1, "whatsapp": 0, "web": 0},
    "none": [SECRET],
    "none_count": 1,
    "text": "Sudah jadi",
    "starts_at": "2026-11-23T09:00:00+07:00",
    "waits_for_morning": False,
    "templates": 0,
    "unreachable": 0,
    "already": None,
    "refusal": None,
    "calendar": [],
}


@dataclass
class Things:
    """The ids that stand in addresses, by what stands before them; `also`: those of other kinds of the same thing."""

    point: str
    ids: dict[str, object]
    line: int = 0
    also: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def path(self, pattern: str, kind: str = "") -> str:
        """An address of the route table, about the thing of its kind."""
        for before, row in (self.ids | dict(self.also.get(kind, {}))).items():
            if pattern.startswith(f"{before}/{{"):
                pattern = re.sub(r"\{(id|kode|nomor|layanan)\}", str(row), pattern)
                break
        pattern = pattern.replace("{ending}", "csv").replace("{langkah}", "batalkan")
        pattern = pattern.replace("{baris}", str(self.line))
        assert "{" not in pattern, f"there is no thing for {pattern}"
        return pattern


async def ended(db: Any, job: int, outcome: dict[str, Any]) -> None:
    """Let a job be done, with a file of what was given and one of refused rows."""
    for name in (GIVEN, REFUSED):
        await jobs.add_part(db, job=job, name=name, part=0, body=f"nik\n{SECRET}\n".encode())
    sealed = db.vault.seal(json.dumps(outcome), at=f"jobs.outcome:{job}")
    done = update(jobs_table).where(jobs_table.c.id == job)
    await db.run(done.values(state="done", finished_at=db.now, outcome=sealed))


async def asked_for(db: Any, *, point: str, held_by: int | None) -> tuple[int, int]:
    """Somebody asked for a human and sent a word and a file; give the hand-over, and the line of the file."""
    resident = (await chats.meet(db, channel="web", account="a", address="b", language="id")).id
    await open_handover(db, chat=resident, why="asked", point=point, context={})
    handover = await living_of(db, chat=resident)
    sent = lines.File(name="surat.txt", mime="text/plain", data=SECRET.encode())
    for said in ({"word": SECRET}, {"file": sent, "what": "file"}):
        await lines.hear(db, chat=resident, kept=timedelta(hours=24), **said)
    held = {"state": "taken", "taken_by": held_by, "taken_at": db.now} if held_by else {}
    # Also where nobody of the point can be called.
    await db.run(update(handovers).where(handovers.c.id == handover).values(point=point, **held))
    (line,) = [one.id for one in await lines.lines(db, handover=handover) if one.file]
    return handover, line


async def made_at(counter: ConsoleCounter, point: str, *, owner: int | None = None) -> Things:
    """Make them; they are a colleague's, or `owner`'s."""
    await counter.code("Teguh Santoso", Role.OFFICER, point)
    today = counter.office.today(counter.clock.now)
    slots = calendar_of(counter.office, (), today).slots(point, today)

    async def make(db) -> Things:
        colleague = (await staff.find(db, name="Teguh Santoso")).id
        whose = owner or colleague
        place = next(slot for slot in slots if slot.starts_at > db.now)
        ticket = await attendance.walk_in(
            db, slot=place, seats=4, service="ktp_baru", code=TicketCode("ABC234"), by="system"
        )
        complaint = {"word": SECRET, "chat": None, "on": db.now.date(), "due_days": 3, "points": [point]}
        handover, line = await asked_for(db, point=point, held_by=owner)
        by = await staff.find_by_id(db, member=whose)
        audience = Audience(stage=Stage.READY_FOR_PICKUP, point=point)
        marked = {"waves": None, "urgent": False, "override": False, "listed": False}
        written = AnnouncementForm(
            name="Kabar", texts=Wording({"id": "Sudah jadi"}), audience=audience, **marked
        )
        look = {"kind": "announce-check", "staff": whose, "argument": codec.dump(written)}
        job = {"kind": "import", "staff": whose, "argument": {"name": "a.csv", "write": False}}
        imported, looked = [await jobs.plan(db, **one, gathering=True) for one in (job, look)]
        await ended(db, imported, _IMPORTED)
        await ended(db, looked, {"preview": _SEEN, "refused": 1, "remarks": [_REMARK]})
        by_kind = {kind: (await cases.open_case(db, kind=kind, **complaint)).number for kind in KINDS}
        url, kinds = f"https://antrian.example/{SECRET}", (EventType.CASE_OPENED,)
        target, _ = await targets.add(db, url=url, events=kinds, numbers=False, actor="system")
        ids = {
            "/staf/pengumuman/periksa": looked,
            "/staf/pengumuman": await drafts.draft(db, order=written.order(), by=by),
            "/staf/permintaan": handover,
            "/staf/tiket": ticket,
            "/staf/kasus": by_kind["complaint"],
            "/staf/register/impor": imported,
            "/staf/register": await rows.application(db, point=point),
            "/staf/petugas": colleague,
            "/staf/layanan": "ktp_hilang",
            "/staf/templat": await templates.keep(
                db, kind="reply", name="Maaf", text="Mohon maaf.", member=whose
            ),
            "/staf/webhook": target,
            "/staf/saya/kunci-sandi": handover,
            "/staf/saya/sesi": "00ff",
            "/staf/saya/obrolan": handover,
        }
        also = {kind: {"/staf/kasus": number} for kind, number in by_kind.items()}
        return Things(point, ids, line, also)

    return await counter.store.write(make)


KINDS = ("complaint", "fee")
