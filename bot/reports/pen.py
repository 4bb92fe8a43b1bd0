"""Words and numbers of a report in one language, shared by table, workbook, PDF and page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.cards.forecast.forecast import Worth
from domain.cards.forecast.replay import LEAST_CASES
from domain.office.office import Office
from domain.ratings.figures import Figures
from domain.ratings.index import Element, Grade, half_up
from handlers.ratings.index import spread, trend
from locales.grammar import GRAMMARS
from locales.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Words a report's figures for one reader."""

    texts: Texts
    language: str
    office: Office

    def say(self, key: str, **variables: Any) -> str:
        """A sentence."""
        return self.texts.say(self.language, key, **variables)

    def number(self, value: Decimal) -> str:
        """A number with the language's decimal sign."""
        return GRAMMARS[self.language].number(value)

    def share(self, part: int, whole: int) -> str:
        """A share in per cent, to one decimal."""
        return f"{self.number(half_up(Decimal(100 * part) / whole, 1))} %" if whole else "-"

    def forecast(self, worth: Worth) -> str:
        """What the ranges told for "kapan jadi?" were worth; empty below thirty cases."""
        if worth.cases < LEAST_CASES or worth.coverage is None or worth.late is None:
            return ""
        shares = {
            name: self.number(half_up(Decimal(str(share)) * 100, 1))
            for name, share in (("within", worth.coverage), ("late", worth.late))
        }
        width = worth.median_width_days or 0
        return self.say("skm-forecast", cases=worth.cases, width=width, **shares)

    def element(self, element: Element) -> str:
        """An element's official short name."""
        return self.say(f"skm-element-{element}")

    def grade(self, grade: Grade) -> str:
        """Meaning of a grade."""
        return self.say(f"skm-grade-{grade}")

    def month(self, first: date) -> str:
        """A month like "Nov 2026"."""
        return f"{GRAMMARS[self.language].short_months[first.month - 1]} {first.year}"

    def point(self, point: str) -> str:
        """A point's name."""
        found = self.office.point(point) if point else None
        return found.name if found else point or self.say("skm-unknown")

    def service(self, service: str) -> str:
        """A service's title."""
        found = self.office.service(service) if service else None
        return found.title_in(self.language) if found else service or self.say("skm-unknown")

    def profile(self, part: str, code: StrEnum | None) -> str:
        """Meaning of a profile code."""
        return self.say("skm-untold") if code is None else self.say(f"skm-{part}", code=code.value)

    def period(self, figures: Figures) -> str:
        """The period as text."""
        return self.say("skm-period", first=figures.period.first, last=figures.period.last)

    def scope(self, figures: Figures) -> Iterator[str]:
        """Restrictions of the report, if any."""
        if figures.point is not None:
            yield self.say("skm-only-point", point=self.point(figures.point))
        if figures.service is not None:
            yield self.say("skm-only-service", service=self.service(figures.service))

    def certainty(self, figures: Figures) -> Iterator[str]:
        """Qualifications of the figure: number of answers, certainty, trend."""
        yield self.say("skm-answered", people=figures.now.people, partial=figures.partial)
        if figures.needed is not None and figures.served:
            key = "skm-enough" if figures.now.people >= figures.needed else "skm-not-enough"
            yield self.say(key, served=figures.served, needed=figures.needed, people=figures.now.people)
        yield from self.spread(figures)
        yield self.trend(figures)

    def spread(self, figures: Figures) -> Iterator[str]:
        """The interval, if the sample is small."""
        return (self.say(said.key, **said.variables) for said in spread(figures))

    def trend(self, figures: Figures) -> str:
        """Text about the difference to the previous period."""
        said = trend(figures)
        return self.say(said.key, **said.variables)
