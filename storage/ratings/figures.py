"""Figures of one report, read in one transaction so that they are consistent."""

from dataclasses import replace
from datetime import date

from domain.ratings.disclosure import Guard
from domain.ratings.figures import Figures
from domain.ratings.index import Tally
from domain.ratings.period import Period
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
    """All figures of a period; `people` (profiles, partial sets) scans every answer set, the rest reads sums."""
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
    """Figures, in whole months, for people who may not see single answers; `told` is False if nothing may be shown.

    No two results differ by fewer than `least` people (`Guard`). Profiles of the running month are left out: it
    grows by single answers, and a daily look would show who came.
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
