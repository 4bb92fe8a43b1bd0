"""Register lists: by stage, point, age and unknown code, with counts and an export."""

from collections.abc import AsyncIterator

from starlette.responses import Response

from bot.console.visits.desk import Visit, download
from domain.cards.stages import Stage
from domain.text.cells import csv_of
from storage.cards import lists
from storage.cards.lists import UNKNOWN, CardFilter, CardLine, Place

FOLDER = "/staf/register/daftar"
AGES = (0, 1, 3, 7, 14, 30, 60, 90)
_SHOWN = 200
_PART = 1000
_MOST_EXPORTED = 50_000
_COLUMNS = ("no_registrasi", "nama", "layanan", "status", "kode", "tanggal", "lokasi")


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/register/daftar`."""
    wanted = _wanted(visit)
    return visit.draw(
        "register-list.html",
        wanted=wanted,
        found=await visit.store.write(
            lists.card_list, wanted=wanted, today=visit.today, limit=_SHOWN, member=visit.member.id
        ),
        stages=list(Stage),
        unknown=UNKNOWN,
        ages=AGES,
        points=visit.points(),
        export=f"{FOLDER}.csv?{visit.request.url.query}",
        most=_MOST_EXPORTED,
    )


async def export(visit: Visit) -> Response:
    """Serve `GET /staf/register/daftar.csv`: what the list shows, at most 50,000 lines; audited."""
    wanted = _wanted(visit)
    await visit.store.write(lists.note_export, wanted=wanted, member=visit.member.id)
    return download("register.csv", _csv(visit, wanted))


async def _csv(visit: Visit, wanted: CardFilter) -> AsyncIterator[bytes]:
    yield csv_of([_COLUMNS]).encode("utf-8-sig")
    after: Place | None = None
    for _ in range(_MOST_EXPORTED // _PART):
        lines = await visit.store.read(
            lists.some_lines, wanted=wanted, today=visit.today, after=after, limit=_PART
        )
        yield csv_of(_cells(line, visit) for line in lines).encode()
        if len(lines) < _PART:
            return
        after = (lines[-1].stage_on, lines[-1].id)


def _cells(line: CardLine, visit: Visit) -> tuple[str, ...]:
    drawing = visit.desk.drawing
    stage = drawing.words("stages")[line.stage.value] if line.stage else ""
    place, service = drawing.point(line.point) if line.point else "", drawing.service(line.service)
    return (line.number, line.name, service, stage, line.raw_code, line.stage_on.isoformat(), place)


def _wanted(visit: Visit) -> CardFilter:
    stage, age = visit.query.get("tahap", ""), visit.query.get("umur", "")
    return CardFilter(
        stage=stage if stage in {*Stage, UNKNOWN} else "",
        point=visit.chosen_point(),
        least_days=int(age) if age in map(str, AGES) else 0,
    )
