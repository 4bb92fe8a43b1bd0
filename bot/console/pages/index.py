"""IKM: index of a period, its elements, its files, and improvements announced by the office."""

import asyncio
import tempfile
from datetime import date
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.visits.desk import Visit, download
from bot.reports.files import ENDINGS, TooManyRows, write_report
from bot.reports.pen import Pen
from bot.setup.clock import read_day
from domain.people.nik import hide_niks
from domain.ratings.figures import Figures
from domain.ratings.period import Period
from domain.staff.roles import WHOLE_OFFICE, Action
from locales.texts import DEFAULT
from storage import audit
from storage.cards.forecasts import worth
from storage.ratings.answers import improvement, tell_improvement, words
from storage.ratings.figures import figures, guarded_figures
from storage.session import Reading

_LONGEST = 200
_MOST_WORDS = 100  # of residents, on the page
_ROWS = frozenset({"csv", "xlsx"})  # files with one row per answer set


async def show(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    """Serve `GET /staf/ikm`; `faults`: what is wrong with its form, by field."""
    found = await visit.store.read(_figures, visit)
    pen = pen_of(visit)
    sees_answers = _sees_answers(visit, found.point)
    reads_words = sees_answers and found.point is None
    query = f"dari={found.period.first}&sampai={found.period.last}&titik={found.point or ''}"
    return visit.draw(
        "index.html",
        status=status,
        figures=found,
        index=found.satisfaction,
        pen=pen,
        certainty=list(pen.certainty(found)) if found.satisfaction else [],
        query=query,
        forecast=pen.forecast(await visit.store.read(worth)),
        told_now=await visit.store.read(improvement),
        sees_answers=sees_answers,
        reads_words=reads_words,
        written=await visit.store.read(_words, found.period) if reads_words else [],
        publishes=visit.may(Action.PUBLISH, WHOLE_OFFICE),
        faults=faults,
        longest=_LONGEST,
    )


async def chart(visit: Visit) -> Response:
    """Serve `GET /staf/ikm/grafik.png`."""
    from bot.reports.chart import index_chart

    found = await visit.store.read(_figures, visit, people=False)
    if not found.told:
        return visit.draw("refused.html", status=403, why="few")
    if found.satisfaction is None:
        raise HTTPException(404)
    picture = await asyncio.to_thread(index_chart, found, pen_of(visit))
    return Response(picture, media_type="image/png")


async def download_report(visit: Visit) -> Response:
    """Serve `GET /staf/ikm/laporan.pdf`: the figures of the page."""
    return await _download(visit, "pdf")


async def download_answers(visit: Visit) -> Response:
    """Serve `GET /staf/ikm/laporan.{ending}`: csv or xlsx with one row per answer set; audited."""
    ending = visit.request.path_params["ending"]
    if ending not in _ROWS:
        raise HTTPException(404)
    await visit.store.write(audit.record, actor=visit.actor, action="answers-fetched", subject="answers")
    return await _download(visit, ending)


async def _download(visit: Visit, ending: str) -> Response:
    found = await visit.store.read(_figures, visit)
    if not found.told:
        return visit.draw("refused.html", status=403, why="few")
    with tempfile.TemporaryDirectory(prefix="loket-") as folder:
        path = Path(folder) / f"ikm-{found.period.first}-{found.period.last}.{ending}"
        try:
            await write_report(visit.store, found, pen_of(visit), path)
        except TooManyRows:
            raise HTTPException(404) from None
        return download(path.name, await asyncio.to_thread(path.read_bytes), ENDINGS[path.suffix])


async def tell(visit: Visit) -> Response:
    """Serve `POST /staf/ikm/perbaikan`: the improvement that thank-you messages name."""
    told = " ".join(visit.form.get("perbaikan", "").split())
    if len(told) > _LONGEST:
        return await show(visit, faults={"perbaikan": "perbaikan-panjang"}, status=422)
    await visit.write(tell_improvement, told=told, staff=visit.member.id)
    return visit.go("/staf/ikm?kabar=perbaikan-disimpan")


async def _words(db: Reading, period: Period) -> list[tuple[date, str]]:
    """What residents wrote in the period, by the Monday of its week, without their NIKs."""
    return [
        (one.written_on, hide_niks(one.word)) for one in await words(db, period=period, limit=_MOST_WORDS)
    ]


def _sees_answers(visit: Visit, point: str | None) -> bool:
    return visit.may(Action.SEE_ANSWERS, point or WHOLE_OFFICE)


async def _figures(db: Reading, visit: Visit, *, people: bool = True) -> Figures:
    """Figures of the requested days; of whole months for members who may not see single answers."""
    given = visit.query
    first, last = read_day(given.get("dari", "")), read_day(given.get("sampai", ""))
    last = last or visit.today
    first = first or date(last.year, 1, 1)
    period = Period(first=min(first, last), last=max(first, last))
    point = visit.chosen_point()
    if _sees_answers(visit, point):
        return await figures(db, period=period, point=point, people=people)
    least = visit.office.rating.min_cell
    return await guarded_figures(
        db, period=period, point=point, least=least, today=visit.today, people=people
    )


def pen_of(visit: Visit) -> Pen:
    """Words of reports for the member."""
    return Pen(texts=visit.desk.texts, language=DEFAULT, office=visit.office)
