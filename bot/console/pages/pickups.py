"""Pengambilan: the cards to be fetched at a point on a day, and one button to hand a card over."""

from datetime import timedelta

from starlette.responses import Response

from bot.console.pages.today import Day, asked_day, span_of
from bot.console.visits.desk import Visit, named_stage
from domain.cards.stages import Stage
from domain.staff.roles import Action
from storage.cards import desk, lists, pickups, stage_undo
from storage.cards.lists import CardFilter
from storage.cards.pickups import PickupLine
from storage.cards.stage_undo import Recorded
from storage.session import Reading

HOME = "/staf/pengambilan"
_SHOWN = 200
_MOST_EXPORTED = 5000
_UNDOABLE = 5
_COLUMNS = ("dari_jam", "sampai_jam", "no_registrasi", "nama", "layanan", "status", "sejak")


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/pengambilan`."""
    day = asked_day(visit, visit.query)
    wanted = CardFilter(stage=Stage.READY_FOR_PICKUP, point=day.point)
    await visit.store.write(lists.note_list, wanted=wanted, member=visit.member.id)
    called, ready = await visit.store.read(_read, visit, day, _SHOWN)
    return visit.draw(
        "pickups.html",
        day=day,
        called=called,
        ready=ready,
        most=_SHOWN,
        undoable=await handed_over(visit),
        before=day.on - timedelta(days=1),
        after=day.on + timedelta(days=1),
    )


async def download(visit: Visit) -> Response:
    """Serve `GET /staf/pengambilan.csv`: who is called to that day, then all other ready cards; audited."""
    day = asked_day(visit, visit.query)
    wanted = CardFilter(stage=Stage.READY_FOR_PICKUP, point=day.point)
    await visit.store.write(lists.note_export, wanted=wanted, member=visit.member.id)
    called, ready = await visit.store.read(_read, visit, day, _MOST_EXPORTED)
    name = f"pengambilan-{day.point}-{day.on}.csv"
    return visit.table(name, [_COLUMNS, *(_row(visit, line) for line in [*called, *ready])])


async def hand_over(visit: Visit) -> Response:
    """Serve `POST /staf/register/{id}/serahkan`: the card was handed to its owner just now."""
    changed = await visit.write(
        desk.change_stage,
        application=visit.path_id(),
        stage=Stage.PICKED_UP,
        day=visit.today,
        member=visit.member.id,
        rules=visit.office,
    )
    return _back(visit, "diserahkan" if changed else "status-sama")


async def take_back(visit: Visit) -> Response:
    """Serve `POST /staf/register/{id}/batalkan`: take back the last status that was recorded by hand."""
    undone = await visit.write(
        stage_undo.take_back, application=visit.path_id(), member=visit.member.id, rules=visit.office
    )
    return _back(visit, "status-batal" if undone else "status-batal-telat")


async def handed_over(visit: Visit) -> list[Recorded]:
    """What this member handed over a moment ago and can take back."""
    recent = await visit.store.read(stage_undo.recent, member=visit.member.id)
    given = [one for one in recent if one.standing and one.stage is Stage.PICKED_UP]
    return [one for one in given if visit.may(Action.CHANGE_STAGE, one.point)][:_UNDOABLE]


async def _read(db: Reading, visit: Visit, day: Day, limit: int) -> tuple[list[PickupLine], list[PickupLine]]:
    span = span_of(visit, day)
    called = await pickups.called(db, span=span)
    ids = {line.id for line in called}
    ready = await pickups.ready(db, span=span, limit=limit)
    return called, [line for line in ready if line.id not in ids]


def _back(visit: Visit, told: str) -> Response:
    """Lead back to the page that the form stood on."""
    if visit.form.get("dari") == "pengambilan":
        day = asked_day(visit, visit.form)
        return visit.go(f"{HOME}?titik={day.point}&hari={day.on}&kabar={told}")
    if visit.form.get("dari") == "catat":
        stage = named_stage(visit.form.get("status", ""))
        chosen = f"status={stage}&" if stage else ""
        return visit.go(f"/staf/register/catat?{chosen}kabar={told}")
    return visit.go(f"/staf/register/{visit.path_id()}?kabar={told}")


def _row(visit: Visit, line: PickupLine) -> list[str]:
    window = [f"{visit.office.local(one):%H:%M}" if one else "" for one in (line.comes_at, line.comes_until)]
    drawing = visit.desk.drawing
    stage = drawing.words("stages")[line.stage.value] if line.stage else ""
    service = drawing.service(line.service)
    return [*window, line.number, line.name, service, stage, line.stage_on.isoformat()]
