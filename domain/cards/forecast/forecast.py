"""Today's forecasts of an office, made from its past, and the answer that they give about one application."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from domain import codec
from domain.cards.forecast.outlook import Outlook, Question, Range, Untold, estimate, scope_of
from domain.cards.forecast.printing import DRAWS, HORIZON
from domain.cards.forecast.replay import RECENT_DAYS, Replay, Score
from domain.cards.forecast.workdays import WorkDays
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.office.places import place_of

HISTORY_DAYS = RECENT_DAYS + 120
"""How far back the history is read: the recent cases, and those that came before and were still waiting."""
COMING_DAYS = 2 * HORIZON
OLD_DAYS = 10
"""Data that is older tells nothing about today."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The outlook of one queue or stage on the evening of a day, with its point's working days."""

    json_shape = codec.ROW

    outlook: Outlook
    days: WorkDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What the predictions of the last months were worth; `told` is the share of questions answered with a range."""

    cases: int = 0
    coverage: float | None = None
    late: float | None = None
    median_width_days: int | None = None
    told: float | None = None

    @classmethod
    def of(cls, score: Score) -> "Worth":
        """Shares of the sums."""
        return cls(
            cases=score.cases,
            coverage=_rounded(score.coverage),
            late=_rounded(score.late / score.cases if score.cases else None),
            median_width_days=score.median_width,
            told=_rounded(score.told / score.asked if score.asked else None),
        )


def forecasts_of(
    replay: Replay, days: Mapping[str, WorkDays], *, latest: date
) -> tuple[dict[str, Forecast], Worth]:
    """The forecast of every queue and stage on the evening of the last day of the data, and their worth."""
    for _ in replay.run(latest, score_from=latest - timedelta(days=RECENT_DAYS)):
        pass
    found = {
        name: Forecast(replay.outlook(name, latest, draws=DRAWS), days[_point(name)])
        for name in replay.scopes
    }
    return found, Worth.of(replay.score)


class Waiting(Protocol):
    """An application, as far as a forecast needs it."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def stage(self) -> Stage | None: ...  # noqa: D102
    @property
    def service(self) -> str: ...  # noqa: D102
    @property
    def point(self) -> str | None: ...  # noqa: D102
    @property
    def district(self) -> str | None: ...  # noqa: D102
    @property
    def complete_on(self) -> date | None: ...  # noqa: D102
    @property
    def stage_on(self) -> date: ...  # noqa: D102


def scope_of_application(application: Waiting, office: Office) -> str | None:
    """Name of the queue or stage in which an application waits; None where no range is ever told."""
    stage = application.stage
    if stage is Stage.PRINT_READY and office.printing.on_arrival:
        return None
    return scope_of(stage, application.service, place_of(application.point, application.district, office).id)


def answer(
    forecast: Forecast | None, as_of: date | None, application: Waiting, office: Office, today: date
) -> Range | Untold:
    """The range for an application, or why there is none."""
    if office.printing.out_of_blanks and application.stage is not Stage.PRINTED:
        return Untold(why="no-stock")
    if forecast is None or as_of is None:
        return Untold(why="few")
    if (today - as_of).days > OLD_DAYS:
        return Untold(why="old")
    order = application.complete_on or application.stage_on
    question = Question(id=application.id, order=order, since=application.stage_on)
    found = estimate(forecast.outlook, question, forecast.days, as_of)
    if isinstance(found, Untold) or found.earliest >= today:
        return found
    number = forecast.days.number(today - timedelta(days=1)) + 1
    earliest = forecast.days.day(number)
    if earliest is None or earliest >= found.before:
        return Untold(why="old")
    return Range(earliest=earliest, before=found.before, cases=found.cases)


def shift(old: date, new: date, days: WorkDays) -> int:
    """Working days from one end of a range to another."""
    return days.number(new) - days.number(old)


def _point(scope: str) -> str:
    return scope.partition("@")[2].partition("/")[0]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)
