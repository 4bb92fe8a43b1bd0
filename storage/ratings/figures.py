"""The figures of one report, read in one transaction so that they fit each other."""

from dataclasses import replace
from datetime import date

from domain.ratings.figures import Figures
from domain.ratings.index import Tally
from domain.ratings.period import Period
from domain.ratings.publishing import Guard
from storage.audit import day_of_the_demo
from storage.ratings import tallies
from storage.session import Reading


async def figures(
    db: Reading,
    *,
    period: Period,
    point: str | None = None,
    service: str | None = None,
    people: bool = True,
) -> Figures:
    """Give everything about a period; `people` (profiles, who stopped early) reads every answer set, all else the sums."""
    return Figures(
        period=period,
        point=point,
        service=service,
        now=await tallies.tally(db, period=period, point=point, service=service),
        before=await tallies.tally(db, period=period.before, point=point, service=service),
        partial=await tallies.partial_sets(db, period=period, point=point, service=service) if people else 0,
        served=await tallies.served(db, period=period, point=point, service=service),
        sample=await day_of_the_demo(db) is not None,
        by_point=await tallies.tallies_by(db, "point", period=period, point=point, service=service),
        by_service=await tallies.tallies_by(db, "service", period=period, point=point, service=service),
        by_month=await tallies.tallies_by(db, "month", period=period, point=point, service=service),
        profiles=await tallies.profiles(db, period=period, point=point, service=service) if people else {},
    )


async def guarded_figures(
    db: Reading, *, period: Period, point: str | None, least: int, today: date, people: bool = True
) -> Figures:
    """Give what may be shown of a period to who may see no single answers, in whole months; `told`: whether anything may.

    No two of these differ by fewer than `least` people (`Guard`). The running month grows by one answer after the other,
    so that its profiles are not among them: who looks each day would see who came.
    """
    period = period.in_months(today)
    before = period.before
    years = Period(first=date(before.first.year, 1, 1), last=date(period.last.year, 12, 31))
    guard = Guard(await tallies.people_by_month(db, period=years), least)
    found = await figures(db, period=period, point=point, people=people)
    told = guard.tells(period, point)
    return replace(
        found,
        told=told,
        now=found.now if told else Tally(),
        before=found.before if told and guard.tells(before, point) else Tally(),
        by_point={one: tally for one, tally in found.by_point.items() if told and guard.tells(period, one)},
        by_service={},
        by_month={},
        profiles=found.profiles if told and period.last < today else {},
    )
