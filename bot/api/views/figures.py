"""Figures without people: the satisfaction index, and the overview of the office's work."""

from datetime import date
from typing import Any

from bot.api.calls.call import ApiCall
from bot.api.calls.wire import ApiProblem
from bot.api.models.office import ElementShown, FiguresAsked, FigureShown, IndexShown, OverviewShown
from bot.reports.overview import Cell, Scope, figures
from domain.ratings.period import Period
from storage.ratings.figures import guarded_figures
from storage.session import Reading


async def show_index(db: Reading, call: ApiCall, query: FiguresAsked) -> IndexShown:
    """Get the satisfaction index of whole months, as members of staff see it who may not read single answers."""
    _insist_on_order(query)
    last = query.last or call.today
    first = query.first or date(last.year, 1, 1)
    found = await guarded_figures(
        db,
        period=Period(first=min(first, last), last=last),
        point=call.point(query.point),
        least=call.office.rating.min_cell,
        today=call.today,
        people=False,
    )
    period: dict[str, Any] = {"first": found.period.first, "last": found.period.last, "point": found.point}
    index = found.satisfaction
    if not found.told or index is None:
        return IndexShown(**period, told=found.told)
    return IndexShown(
        **period,
        told=True,
        people=index.people,
        index=float(index.index),
        ikm=float(index.ikm),
        grade=index.grade.value,
        elements=[
            ElementShown(
                key=one.element.value, average=float(one.average), ikm=float(one.ikm), grade=one.grade.value
            )
            for one in index.elements
        ],
    )


async def show_overview(db: Reading, call: ApiCall, query: FiguresAsked) -> OverviewShown:
    """Get the figures of the overview, of a point or of the office."""
    _insist_on_order(query)
    scope = Scope.of(
        query.first, query.last, point=call.point(query.point), today=call.today, office=call.office
    )
    return OverviewShown(
        first=scope.period.first,
        last=scope.period.last,
        point=scope.point,
        figures=[
            FigureShown(
                name=one.name,
                columns=[*one.columns],
                rows=[[_cell(cell) for cell in row] for row in one.rows],
            )
            for one in await figures(db, scope)
        ],
    )


def _insist_on_order(query: FiguresAsked) -> None:
    if query.first and query.last and query.first > query.last:
        raise ApiProblem(422, "days-order", field="to")


def _cell(cell: Cell) -> str | int | float | None:
    return cell.isoformat() if isinstance(cell, date) else cell
