"""The range in which a card will be ready, in sentences; never a single date."""

from collections.abc import Iterator
from datetime import date

from domain.cards.application import Application
from domain.cards.forecast.forecast import answer, scope_of_application
from domain.cards.forecast.outlook import Range, Untold
from domain.office.office import Office
from handlers.engine.chat import Said
from handlers.shared.kinds import waits_for_blanks
from storage.cards import forecasts
from storage.session import Reading

Told = tuple[Range | Untold, date | None] | None
"""A range, or why there is none, with the last day of the data; None for stages without forecasts."""


async def forecast_of(db: Reading, *, application: Application, office: Office) -> Told:
    """Forecast for an application: one read by key, and none for other stages."""
    scope = scope_of_application(application, office)
    if scope is None:
        return None
    as_of, forecast = await forecasts.forecast_in(db, scope=scope) or (None, None)
    return answer(forecast, as_of, application, office, office.today(db.now)), as_of


def range_of(told: Range) -> Said:
    """The range with its basis, in one sentence."""
    return Said("forecast-range", {"earliest": told.earliest, "before": told.before, "cases": told.cases})


def in_short(forecast: Told, application: Application) -> Iterator[Said]:
    """At most two lines for the first answer; what to do meanwhile is said by the stage."""
    if forecast is None:
        return
    found, as_of = forecast
    if isinstance(found, Range):
        yield range_of(found)
    elif (
        found.why != "no-stock"
        and application.stage is not None
        and application.stage.waits_for_print
        and as_of
    ):
        yield Said("forecast-untold", {"why": found.why})


def at_length(forecast: Told, application: Application) -> Iterator[Said]:
    """The answer to "kapan jadi?": the range and the day of its data, or why there is none and what to do."""
    if forecast is None:
        yield Said("follow-when")
        return
    found, as_of = forecast
    if isinstance(found, Range):
        yield range_of(found)
        if as_of is not None:
            yield Said("forecast-data", {"on": as_of})
    else:
        waits = application.stage is not None and application.stage.waits_for_print
        waits = waits and waits_for_blanks(application.service)
        yield Said("forecast-untold", {"why": found.why})
        yield Said("report-meanwhile" if waits else "forecast-meanwhile")
