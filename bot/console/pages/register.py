"""Register: find an application by number or NIK, view it, change its stage."""

from datetime import date
from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.visits.desk import Filled, Visit
from bot.setup.clock import read_day
from domain.cards.stages import Stage
from domain.people.nik import Nik, find_nik
from domain.refusals import Refusal
from domain.staff.roles import Action
from storage.cards import desk
from storage.cards.desk import Card
from storage.cards.stage_undo import undo_until
from storage.keeping.overview import overview
from storage.staff import jobs, staff

_LAST = 4  # digits of a NIK that people know by heart


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/register`."""
    return await _page(visit)


async def search(visit: Visit) -> Response:
    """Serve `POST /staf/register`; a POST, because an address must not hold a NIK."""
    if "empat" in visit.form:
        return await _search_last_four(visit)
    typed = visit.form.get("cari", "").strip()
    try:
        found = await _find(visit, typed)
    except Refusal as refusal:
        return await _page(visit, fault=visit.say(refusal), typed=typed, status=422)
    return await _page(visit, found=found, searched=True)


async def _search_last_four(visit: Visit) -> Response:
    last_four, born = visit.form["empat"].strip(), _born(visit.form.get("lahir", ""))
    if not (len(last_four) == _LAST and last_four.isascii() and last_four.isdigit()) or born is None:
        return await _page(visit, four_fault="empat-salah", status=422)
    find = partial(
        desk.by_last_four,
        last_four=last_four,
        born=born,
        regencies=sorted({district.code[:4] for district in visit.office.districts}),
        member=visit.member.id,
    )
    return await _page(visit, found=await visit.store.write(find), searched=True)


def _born(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def open_card(visit: Visit) -> Response:
    """Serve `GET /staf/register/{id}`."""
    return await _card(visit)


async def change_stage(visit: Visit) -> Response:
    """Serve `POST /staf/register/{id}/status`."""
    application = visit.path_id()
    stage, day = _stage(visit.form.get("status", "")), read_day(visit.form.get("tanggal", ""))
    faults = {}
    if stage is None:
        faults["status"] = "status-kosong"
    if day is None or day > visit.today:
        faults["tanggal"] = "tanggal-salah"
    if stage is None or day is None or faults:
        return await _card(visit, faults=faults, status=422)
    if not visit.form.get("yakin") and await visit.store.read(
        partial(desk.is_older, application=application, day=day)
    ):
        return await _card(visit, faults={"tanggal": "tanggal-lama"}, status=422)
    change = partial(
        desk.change_stage,
        application=application,
        stage=stage,
        day=day,
        member=visit.member.id,
        rules=visit.office,
    )
    changed = await visit.write(change)
    return visit.go(f"/staf/register/{application}?kabar={'status-diubah' if changed else 'status-sama'}")


async def _page(
    visit: Visit,
    *,
    found: list[Card] | None = None,
    searched: bool = False,
    fault: str = "",
    four_fault: str = "",
    typed: str = "",
    status: int = 200,
) -> Response:
    imports = await visit.store.read(partial(jobs.recent, kind="import", limit=5))
    mine = [card for card in found or [] if visit.may(Action.SEE_REGISTER, card.point)]
    return visit.draw(
        "register.html",
        status=status,
        found=mine,
        elsewhere=[card for card in found or [] if card not in mine],
        searched=searched,
        fault=fault,
        four_fault=four_fault,
        # A number may be corrected in its field; a NIK is not sent back.
        typed="" if find_nik(typed) else typed,
        overview=await visit.store.read(overview),
        imports=imports if visit.may(Action.IMPORT_REGISTER) else [],
        example=visit.office.number.example,
    )


async def _find(visit: Visit, typed: str) -> list[Card]:
    number = visit.office.number
    if find_nik(typed) and not number.find(typed):
        by_nik = partial(desk.by_nik, nik=Nik.parse(typed), member=visit.member.id)
        return await visit.store.write(by_nik)
    by_number = partial(desk.by_number, number=number.parse(typed), member=visit.member.id)
    return await visit.store.write(by_number)


async def _card(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    look = partial(desk.look_at, application=visit.path_id(), member=visit.member.id)
    found = await visit.store.write(look)
    if found is None:
        raise HTTPException(404)
    card, steps = found
    return visit.draw(
        "card.html",
        status=status,
        card=card,
        steps=steps,
        undo_until=undo_until(steps, updated_at=card.updated_at),
        now=visit.now,
        names=await visit.store.read(staff.names),
        stages=list(Stage),
        faults=Filled(faults or {}),
        sent=Filled(visit.form),
    )


def _stage(text: str) -> Stage | None:
    return Stage(text) if text in set(Stage) else None
