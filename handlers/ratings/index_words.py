"""Sentences beside an index: its certainty, and the trend."""

from collections.abc import Iterator

from domain.ratings.figures import Figures
from domain.ratings.index import satisfaction_of
from domain.ratings.trend import Trend
from handlers.engine.scene import Said, Variable


def spread(figures: Figures) -> Iterator[Said]:
    """The interval, if the sample is small."""
    interval = figures.interval
    if interval is None:
        yield Said("skm-no-interval")
    elif figures.is_small:
        edges = {"low": interval.low, "high": interval.high}
        if len(interval.grades) > 1:
            yield Said("skm-interval-grades", {**edges, "grades": [*map(str, interval.grades)]})
        else:
            yield Said("skm-interval", edges)


def trend(figures: Figures) -> Said:
    """The difference to the previous period."""
    comparison, before = figures.comparison, satisfaction_of(figures.before)
    if comparison.trend is Trend.NO_DATA or before is None:
        return Said("skm-trend-no-data")
    period = figures.period.before
    told: dict[str, Variable] = {"before": before.ikm, "first": period.first, "last": period.last}
    return Said(f"skm-trend-{comparison.trend}", told)
