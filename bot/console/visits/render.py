"""Renders pages of the console: Indonesian, on the server, nothing inline, nothing from other sites.

Their words are in the templates, so that reviewers read them in place (docs/decisions/0022).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.channels import CAPS
from bot.http.assets import Assets, templates_in
from bot.markup import to_html
from domain.office.office import Office
from locales.grammar import GRAMMARS, Grammar
from locales.texts import DEFAULT, Texts

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parents[1]
STATIC = "/staf/statis"


def bold(text: str) -> Markup:
    """The text with its *bold* words bold, all else escaped."""
    return Markup(to_html(text))  # noqa: S704 (it escapes)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Templates with dates and names of the office."""

    texts: Texts
    office: Office
    shared: Assets
    own: Assets = field(default_factory=lambda: Assets(FOLDER / "static", STATIC))

    @cached_property
    def _templates(self) -> "Environment":
        templates = templates_in(FOLDER / "templates")
        grammar = self._grammar
        filters: dict[str, Callable[..., str]] = {
            "day": grammar.day,
            "short": grammar.short_day,
            "when": self._when,
            "clock": self._clock,
            "number": lambda number: f"{number:,}".replace(",", "."),
            "bold": bold,
            "point": self.point,
            "service": self.service,
        }
        templates.filters |= filters
        templates.globals |= {
            "office": self.office,
            "indonesian": DEFAULT,
            "channels": CAPS,
            "asset": self.own.url,
            "shared": self.shared.url,
            "say": lambda key, **variables: self.texts.say(DEFAULT, key, **variables),
        }
        return templates

    def draw(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """Render a page or a part of one."""
        body = self._templates.get_template(template).render(values)
        # With the site's no-referrer, browsers would send "Origin: null" with our own forms.
        return HTMLResponse(
            body, status_code=status, headers={"Referrer-Policy": "same-origin", **(headers or {})}
        )

    def words(self, name: str) -> Mapping[str, str]:
        """Words that pages share, by code, for a file that says the same (words.html)."""
        found: Mapping[str, str] = vars(self._templates.get_template("words.html").module)[name]
        return found

    def service(self, service: str) -> str:
        """Title of a service."""
        found = self.office.service(service)
        return found.title[DEFAULT] if found else service

    @cached_property
    def _grammar(self) -> Grammar:
        return replace(GRAMMARS[DEFAULT], zone=self.office.timezone)

    def _when(self, moment: datetime) -> str:
        return f"{self._grammar.short_day(moment)} {self._clock(moment)}"

    def _clock(self, moment: datetime) -> str:
        return f"{self.office.local(moment):%H.%M}"

    def point(self, point: str | None) -> str:
        """Name of a point."""
        found = self.office.point(point) if point else None
        return found.name if found else (point or "—")
