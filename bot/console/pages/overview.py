"""Ringkasan: how the office is doing, for a point and a period; every figure is also a file."""

from collections.abc import Iterator, Sequence
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.pages.index import pen_of
from bot.console.visits.desk import Visit
from bot.reports.overview import Cell, Figure, Scope, figures
from bot.reports.svg import bars, columns
from bot.setup.clock import read_day


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/ringkasan`."""
    scope = _scope(visit)
    found = await visit.store.read(figures, scope=scope)
    query = f"dari={scope.period.first}&sampai={scope.period.last}&titik={scope.point or ''}"
    return visit.draw(
        "overview.html",
        scope=scope,
        figures={one.name: one for one in found},
        pen=pen_of(visit),
        query=query,
        bars=bars,
        columns=columns,
        labels=[_tick(day, monthly=scope.monthly) for day in scope.starts],
        ticks=lambda figure: [_tick(row[0], monthly=True) for row in figure.rows],
        column=lambda figure, place: [row[place] for row in figure.rows],
        pairs=lambda figure: [row[:2] for row in figure.rows],
    )


async def download(visit: Visit) -> Response:
    """Serve `GET /staf/ringkasan.csv?angka=`: one figure, or without `angka` the backlog."""
    scope, name = _scope(visit), visit.query.get("angka", "") or "backlog"
    found = {one.name: one for one in await visit.store.read(figures, scope=scope)}
    if name not in found:
        raise HTTPException(404)
    figure = found[name]
    file = f"ringkasan-{figure.name}-{scope.period.first}-{scope.period.last}.csv"
    return visit.table(file, _told(figure, visit))


def _told(figure: Figure, visit: Visit) -> Iterator[Sequence[Cell]]:
    """The rows of a figure's file: headings, then rows with stages, points and services by their names."""
    columns, rows = figure.daily or (figure.columns, figure.rows)
    drawing = visit.desk.drawing
    stages = {**drawing.words("stages"), "UNKNOWN": "Kode tidak dikenal"}
    named = {"tahap": lambda code: stages.get(code, code), "titik": drawing.point, "layanan": drawing.service}
    yield columns
    for row in rows:
        yield [
            named[column](cell) if column in named and isinstance(cell, str) and cell else cell
            for column, cell in zip(columns, row, strict=True)
        ]


def _scope(visit: Visit) -> Scope:
    first, last = (read_day(visit.query.get(name, "")) for name in ("dari", "sampai"))
    return Scope.of(first, last, point=visit.chosen_point(), today=visit.today, office=visit.office)


def _tick(day: date, *, monthly: bool) -> str:
    """A day or month as short as the foot of a column."""
    return f"{day.month}/{day:%y}" if monthly else f"{day.day}/{day.month}"
