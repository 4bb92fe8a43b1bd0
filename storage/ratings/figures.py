"""The figures of one report, read in one transaction so that they fit each other."""

from domain.ratings.figures import Figures
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
