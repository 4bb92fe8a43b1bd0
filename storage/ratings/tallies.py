"""Sums behind the index, kept with every answer set, and a recount from the sets themselves."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, literal, or_, select

from domain import codec
from domain.cards.stages import Stage
from domain.ratings.index import ELEMENTS, Tally
from domain.ratings.period import Period
from domain.ratings.survey import PROFILE
from storage.bulk import insert_many
from storage.ratings.answers import ADDED, AnswerSet, chosen
from storage.schema import answer_sets, answer_sums, applications
from storage.session import Reading, Writing

Group = Literal["point", "service", "month"]

_summed = [func.coalesce(func.sum(answer_sums.c[name]), 0).label(name) for name in ADDED]
_total = sum((answer_sets.c[element.value] for element in ELEMENTS[1:]), answer_sets.c[ELEMENTS[0].value])
_counted = [
    func.count().label("people"),
    *(func.coalesce(func.sum(answer_sets.c[element.value]), 0).label(element.value) for element in ELEMENTS),
    func.coalesce(func.sum(_total * _total), 0).label("squares"),
]


async def tally(
    db: Reading, *, period: Period, point: str | None = None, service: str | None = None
) -> Tally:
    """Sums of a period from whole months and the days at its ends; the time does not grow with the answers."""
    row = await db.one(select(*_summed).where(_within(period), *_place(point, service)))
    return _tally(row)


async def tallies_by(
    db: Reading, group: Group, *, period: Period, point: str | None = None, service: str | None = None
) -> dict[Any, Tally]:
    """Sums per point, service or month with answers; a month is named by its first day.

    For months, the period is widened to whole months.
    """
    if group == "month":
        column: ColumnElement[Any] = answer_sums.c.starts_on
        first = period.first.replace(day=1)
        within = and_(answer_sums.c.span == "month", column.between(first, period.last))
    else:
        column = answer_sums.c[group]
        within = _within(period)
    query = select(column.label("cell"), *_summed).where(within, *_place(point, service)).group_by(column)
    return {row.cell: _tally(row) for row in await db.rows(query.order_by(column))}


async def people_by_month(
    db: Reading, *, period: Period, by: Literal["point", "service"] = "point"
) -> dict[date, dict[str, int]]:
    """Number of answers per month and point, or service; months without answers are missing."""
    within = (answer_sums.c.span == "month", answer_sums.c.starts_on.between(period.first, period.last))
    place = (answer_sums.c.starts_on, answer_sums.c[by].label("place"))
    query = (
        select(*place, func.sum(answer_sums.c.people).label("people"))
        .where(*within)
        .group_by(answer_sums.c.starts_on, answer_sums.c[by])
    )
    found: dict[date, dict[str, int]] = {}
    for row in await db.rows(query):
        found.setdefault(row.starts_on, {})[row.place] = int(row.people)
    return found


async def recount(
    db: Reading, *, period: Period, point: str | None = None, service: str | None = None
) -> Tally:
    """Same as `tally`, counted from every answer set, to verify the sums."""
    query = select(*_counted).where(answer_sets.c.complete, *chosen(period, point, service))
    return _tally(await db.one(query))


async def profiles(
    db: Reading, *, period: Period, point: str | None = None, service: str | None = None
) -> dict[str, dict[StrEnum | None, int]]:
    """Number of complete sets per sex, age band, education and job; None = not given."""
    found: dict[str, dict[StrEnum | None, int]] = {}
    columns = [answer_sets.c[part] for part in PROFILE]
    query = select(*columns, func.count().label("people")).where(
        answer_sets.c.complete, *chosen(period, point, service)
    )
    rows = await db.rows(query.group_by(*columns))
    for position, (part, kind) in enumerate(PROFILE.items()):
        counts: dict[StrEnum | None, int] = dict.fromkeys((*kind, None), 0)
        for row in rows:
            counts[None if row[position] is None else kind(row[position])] += row.people
        found[part] = counts
    return found


async def partial_sets(
    db: Reading, *, period: Period, point: str | None = None, service: str | None = None
) -> int:
    """Number of sets with fewer than nine answers; no other figure includes them."""
    partial = answer_sets.c.complete.is_(False)
    query = select(func.count()).select_from(answer_sets).where(partial, *chosen(period, point, service))
    return int(await db.scalar(query))


async def served(db: Reading, *, period: Period, point: str | None = None, service: str | None = None) -> int:
    """Number of applications handed over in the period: the population of the sample."""
    query = (
        select(func.count())
        .select_from(applications)
        .where(
            applications.c.stage.in_([Stage.PICKED_UP, Stage.DELIVERED]),
            applications.c.stage_on.between(period.first, period.last),
            *([] if point is None else [applications.c.point == point]),
            *([] if service is None else [applications.c.service == service]),
        )
    )
    return int(await db.scalar(query))


async def days_answered(db: Reading) -> Period | None:
    """First to last day with a complete set; None without any."""
    days = answer_sums.c.span == "day"
    row = await db.one(
        select(func.min(answer_sums.c.starts_on), func.max(answer_sums.c.starts_on)).where(days)
    )
    return Period(first=row[0], last=row[1]) if row is not None and row[0] is not None else None


async def fill(db: Writing, sets: Sequence[AnswerSet]) -> None:
    """Insert many answer sets, imported or invented; call `rebuild` afterwards."""
    await insert_many(
        db,
        answer_sets,
        [
            {
                "key": one.key,
                "answered_on": one.answered_on,
                "time_band": one.band.value,
                "point": one.point,
                "service": one.service,
                "complete": one.complete,
                **{element.value: one.scores.get(element) for element in ELEMENTS},
                **codec.dump(one.profile),
            }
            for one in sets
        ],
    )


async def rebuild(db: Writing) -> None:
    """Recompute all sums from the answer sets, after they were filled other than by `store_answers`."""
    await db.run(delete(answer_sums))
    place = (answer_sets.c.point, answer_sets.c.service)
    by_day: Select[Any] = (
        select(literal("day"), answer_sets.c.answered_on, *place, *_counted)
        .where(answer_sets.c.complete)
        .group_by(answer_sets.c.answered_on, *place)
    )
    names = ["span", "starts_on", "point", "service", *ADDED]
    await db.run(answer_sums.insert().from_select(names, by_day))
    rows = await db.rows(select(answer_sums))
    months: dict[tuple[date, str, str], Tally] = {}
    for row in rows:
        month = (row.starts_on.replace(day=1), row.point, row.service)
        months[month] = months.get(month, Tally()) + _tally(row)
    if months:
        await db.run(answer_sums.insert(), [_row(month, added) for month, added in months.items()])


def _row(month: tuple[date, str, str], added: Tally) -> dict[str, Any]:
    starts_on, point, service = month
    sums = {element.value: total for element, total in zip(ELEMENTS, added.sums, strict=True)}
    place = {"span": "month", "starts_on": starts_on, "point": point, "service": service}
    return {**place, "people": added.people, **sums, "squares": added.squares}


def _within(period: Period) -> ColumnElement[bool]:
    months = period.whole_months
    parts = [("month", months)] if months else []
    spans = [*parts, *(("day", edge) for edge in period.edges)]
    return or_(
        *(
            and_(answer_sums.c.span == span, answer_sums.c.starts_on.between(one.first, one.last))
            for span, one in spans
        )
    )


def _place(point: str | None, service: str | None) -> list[ColumnElement[bool]]:
    wanted = {"point": point, "service": service}
    return [answer_sums.c[name] == value for name, value in wanted.items() if value is not None]


def _tally(row: Row[Any] | None) -> Tally:
    if row is None:
        return Tally()
    values = row._asdict()
    return Tally(
        people=int(values["people"]),
        sums=tuple(int(values[element.value]) for element in ELEMENTS),
        squares=int(values["squares"]),
    )
