"""Audit: who did what, by day, person and number, on the page and as a file."""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console.visits.desk import Visit, download
from bot.setup.clock import read_day
from domain.appointments.booking import TicketCode
from domain.refusals.appointments import BadTicketCode, NotYourBooking
from domain.text.cells import csv_of
from storage import audit
from storage.appointments.booking_rows import by_code
from storage.audit import AuditFilter, AuditLine
from storage.cards import desk
from storage.ids import read_id
from storage.session import Reading
from storage.staff import staff

_HOME = "/staf/audit"
_PAGE = 50
_PART, _MOST_EXPORTED = 2_000, 100_000
_LONGEST = 40
_COLUMNS = ("waktu", "oleh", "petugas", "perbuatan", "tentang", "rincian")


async def show(visit: Visit, *, fault: str = "", status: int = 200) -> Response:
    """Serve `GET /staf/audit`; `fault`: what is wrong with its form."""
    asked = visit.query
    lines = await visit.store.read(
        audit.page, wanted=_wanted(visit), before=read_id(asked.get("sebelum", "")), limit=_PAGE
    )
    shown = {name: asked.get(name, "") for name in ("apa", "siapa", "dari", "sampai", "tentang")}
    return visit.draw(
        "audit.html",
        status=status,
        lines=lines,
        names=await visit.store.read(staff.names),
        actions=await visit.store.read(audit.actions),
        asked=shown,
        query=urlencode(shown),
        more=lines[-1].id if len(lines) == _PAGE else None,
        fault=fault,
        longest=_LONGEST,
    )


async def search(visit: Visit) -> Response:
    """Serve `POST /staf/audit`: go to what concerns a number; the address names the row, not the number."""
    typed = visit.form.get("nomor", "").strip()[:_LONGEST]
    about = await visit.store.read(_subjects, visit, typed)
    if not about:
        return await show(visit, fault="tak-ditemukan", status=422)
    return visit.go(f"{_HOME}?{urlencode({'tentang': ','.join(about)})}")


async def export(visit: Visit) -> Response:
    """Serve `GET /staf/audit.csv`: the lines that the page lists, at most 100,000; audited."""
    await visit.store.write(audit.record, actor=visit.actor, action="audit-fetched", subject="audit")
    return download("audit.csv", _csv(visit, await visit.store.read(staff.names)))


async def _csv(visit: Visit, names: dict[int, str]) -> AsyncIterator[bytes]:
    yield csv_of([_COLUMNS]).encode("utf-8-sig")
    before: int | None = None
    for _ in range(_MOST_EXPORTED // _PART):
        lines = await visit.store.read(audit.page, wanted=_wanted(visit), before=before, limit=_PART)
        yield csv_of(_cells(line, visit, names) for line in lines).encode()
        if len(lines) < _PART:
            return
        before = lines[-1].id


def _cells(line: AuditLine, visit: Visit, names: dict[int, str]) -> tuple[str, ...]:
    kind, _, row = line.actor.partition(":")
    name = names.get(int(row), "") if kind == "staff" and row.isdecimal() else ""
    at = f"{visit.office.local(line.at):%Y-%m-%d %H:%M:%S}"
    return (at, line.actor, name, line.action, line.subject, line.details)


def _wanted(visit: Visit) -> AuditFilter:
    asked = visit.query
    member = read_id(asked.get("siapa", ""))
    first, last = read_day(asked.get("dari", "")), read_day(asked.get("sampai", ""))
    midnight = partial(datetime.combine, time=time(), tzinfo=visit.office.timezone)
    return AuditFilter(
        actor=audit.by_staff(member) if member is not None else "",
        action=asked.get("apa", ""),
        subjects=tuple(filter(None, asked.get("tentang", "").split(",")))[:2],
        since=midnight(first) if first else None,
        until=midnight(last + timedelta(days=1)) if last else None,
    )


async def _subjects(db: Reading, visit: Visit, typed: str) -> list[str]:
    """What the audit calls the application or appointment of a number."""
    number = visit.office.number.find(typed)
    if number is not None:
        application = await desk.id_of(db, number=number)
        return [] if application is None else [f"application:{application}"]
    try:
        code = TicketCode.parse(typed)
        return [f"booking:{(await by_code(db, code=code)).id}", f"ticket:{code}"]
    except (BadTicketCode, NotYourBooking):
        return []
