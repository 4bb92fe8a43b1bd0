"""Register: find an application by number or NIK, view it, change its stage."""

from datetime import date

from starlette.responses import Response

from bot.console.visits.desk import Visit, named_stage, or_404
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


async def show(
    visit: Visit,
    *,
    found: list[Card] | None = None,
    searched: bool = False,
    fault: str = "",
    four_fault: str = "",
    typed: str = "",
    status: int = 200,
) -> Response:
    """Serve `GET /staf/register`; `fault`: what is wrong with its form."""
    imports = await visit.store.read(jobs.recent, kind="import", limit=5)
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


async def search(visit: Visit) -> Response:
    """Serve `POST /staf/register`; a POST, because an address must not hold a NIK."""
    if "empat" in visit.form:
        return await _search_last_four(visit)
    typed = visit.form.get("cari", "").strip()
    try:
        found = await _find(visit, typed)
    except Refusal as refusal:
        return await show(visit, fault=visit.say(refusal), typed=typed, status=422)
    return await show(visit, found=found, searched=True)


async def _search_last_four(visit: Visit) -> Response:
    last_four, born = visit.form["empat"].strip(), _born(visit.form.get("lahir", ""))
    if not (len(last_four) == _LAST and last_four.isascii() and last_four.isdigit()) or born is None:
        return await show(visit, four_fault="empat-salah", status=422)
    found = await visit.store.write(
        desk.by_last_four,
        last_four=last_four,
        born=born,
        regencies=sorted({district.code[:4] for district in visit.office.districts}),
        member=visit.member.id,
    )
    return await show(visit, found=found, searched=True)


def _born(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def open_card(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    """Serve `GET /staf/register/{id}`; `faults`: what is wrong with its form, by field."""
    look = await visit.store.write(desk.look_at, application=visit.path_id(), member=visit.member.id)
    card, steps = or_404(look)
    return visit.draw(
        "card.html",
        status=status,
        card=card,
        steps=steps,
        undo_until=undo_until(steps, updated_at=card.updated_at),
        now=visit.now,
        names=await visit.store.read(staff.names),
        stages=list(Stage),
        faults=faults,
    )


async def change_stage(visit: Visit) -> Response:
    """Serve `POST /staf/register/{id}/status`."""
    application = visit.path_id()
    stage, day = named_stage(visit.form.get("status", "")), read_day(visit.form.get("tanggal", ""))
    faults = {}
    if stage is None:
        faults["status"] = "status-kosong"
    if day is None or day > visit.today:
        faults["tanggal"] = "tanggal-salah"
    if stage is None or day is None or faults:
        return await open_card(visit, faults=faults, status=422)
    if not visit.form.get("yakin") and await visit.store.read(
        desk.is_older, application=application, day=day
    ):
        return await open_card(visit, faults={"tanggal": "tanggal-lama"}, status=422)
    changed = await visit.write(
        desk.change_stage,
        application=application,
        stage=stage,
        day=day,
        member=visit.member.id,
        rules=visit.office,
    )
    return visit.go(f"/staf/register/{application}?kabar={'status-diubah' if changed else 'status-sama'}")


async def _find(visit: Visit, typed: str) -> list[Card]:
    number = visit.office.number
    if find_nik(typed) and not number.find(typed):
        return await visit.store.write(desk.by_nik, nik=Nik.parse(typed), member=visit.member.id)
    return await visit.store.write(desk.by_number, number=number.parse(typed), member=visit.member.id)
