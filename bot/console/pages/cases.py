"""Kasus: complaints of residents, answered in their chat; the author stays hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.pages.templates import LONGEST_REPLY, REPLY, offered
from bot.console.visits.desk import Visit
from domain.refusals import UnknownCase
from domain.staff.roles import Action, may_handle_case
from storage.ids import read_id
from storage.ratings import case_files, cases
from storage.ratings.case_files import Case
from storage.staff import staff

_HOME = "/staf/kasus"
_SHOWN = 200
KINDS = ("low", "fee", "complaint", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases the list shows; empty: all."""

    point: str = ""
    service: str = ""
    kind: str = ""
    district: str = ""
    overdue: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """Filter that an address names."""
        return cls(
            point=given.get("titik", ""),
            service=given.get("layanan", ""),
            kind=given.get("jenis", ""),
            district=given.get("kecamatan", ""),
            overdue=bool(given.get("terlambat")),
        )

    def wants(self, case: Case, today: date) -> bool:
        """Whether the list shows this case."""
        return (
            self.point in ("", *case.points)
            and self.service in ("", *case.services)
            and self.kind in ("", case.kind)
            and self.district in ("", *case.districts)
            and (not self.overdue or (case.state == "open" and case.due_on < today))
        )


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/kasus`."""
    over, wanted = visit.query.get("lihat") == "selesai", CaseFilter.of(visit.query)
    states = ("closed",) if over else ("open", "answered")
    listed = await visit.store.read(case_files.listed, states=states)
    theirs = [one for one in listed if may_handle_case(visit.member, kind=one.kind, points=one.points)]
    return visit.draw(
        "cases.html",
        cases=[one for one in theirs if wanted.wants(one, visit.today)][:_SHOWN],
        total=len(theirs),
        most=_SHOWN,
        withheld=len(listed) - len(theirs),
        over=over,
        wanted=wanted,
        kinds=KINDS,
    )


async def open_case(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    """Serve `GET /staf/kasus/{nomor}`; `faults`: what is wrong with its form, by field."""
    everybody, case = await visit.store.read(staff.list_staff), await case_of(visit)
    ready, prepared = await offered(visit, REPLY)
    return visit.draw(
        "case.html",
        status=status,
        case=case,
        settles=_settles(visit, case),
        names=await visit.store.read(staff.names),
        colleagues=[
            one.member for one in everybody if may_handle_case(one.member, kind=case.kind, points=case.points)
        ],
        faults=faults,
        longest=LONGEST_REPLY,
        templates=ready,
        prepared=prepared,
    )


async def reply(visit: Visit) -> Response:
    """Serve `POST /staf/kasus/{nomor}/balas`."""
    case, word = await case_of(visit), visit.form.get("jawaban", "").strip()
    if not word or len(word) > LONGEST_REPLY:
        return await open_case(visit, faults={"jawaban": "jawaban-salah"}, status=422)
    told = await visit.write(cases.reply, number=case.number, word=word, staff_id=visit.member.id)
    return visit.go(f"{_HOME}/{case.number}?kabar={'dijawab' if told else 'dijawab-tanpa-kabar'}")


async def close(visit: Visit) -> Response:
    """Serve `POST /staf/kasus/{nomor}/tutup`."""
    case = await case_of(visit)
    await _insist(visit, case)
    await visit.write(cases.close, number=case.number, by=visit.actor)
    return visit.go(f"{_HOME}?kabar=kasus-ditutup")


async def give(visit: Visit) -> Response:
    """Serve `POST /staf/kasus/{nomor}/beri`."""
    case, to = await case_of(visit), read_id(visit.form.get("kepada", ""))
    await _insist(visit, case)
    known = None if to is None else await visit.store.read(staff.find_by_id, member=to)
    if not may_handle_case(known, kind=case.kind, points=case.points) or known is None:
        return await open_case(visit, faults={"kepada": "petugas-kosong"}, status=422)
    await visit.write(cases.give, number=case.number, owner=known.id, by=visit.actor)
    return visit.go(f"{_HOME}/{case.number}?kabar=kasus-diberikan")


def _settles(visit: Visit, case: Case) -> bool:
    """Whether the member may close or reassign a case; if escalated, only its owner or an admin may."""
    return not case.escalated or case.owner_id == visit.member.id or visit.may(Action.SETTLE_CASES)


async def _insist(visit: Visit, case: Case) -> None:
    if not _settles(visit, case):
        await visit.insist(Action.SETTLE_CASES)


async def case_of(visit: Visit) -> Case:
    """Case of the address."""
    try:
        return await visit.store.read(case_files.show, number=visit.request.path_params["nomor"])
    except UnknownCase:
        raise HTTPException(404) from None
