"""An application as shown to a person with proof: no NIK, masked name."""

from dataclasses import dataclass
from datetime import date, datetime

from domain import codec
from domain.cards.stages import Stage
from domain.codec import light_dataclass

MOST_AHEAD = 1000
"""Counting in the print order stops here; a larger number is no help for planning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A stage of the application since a day; None = unknown code."""

    json_shape = codec.ROW

    stage: Stage | None
    since: date


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What residents are told of an application.

    `data_at` is the time of the latest import. `ahead` is the number printed before it, at most MOST_AHEAD + 1;
    None if it does not wait for print or the order is unknown. `passed` are earlier stages, oldest first, only
    where the 24-hour standard needs them. `followed`: this chat gets its news.
    """

    id: int
    number: str
    name: str
    service: str
    stage: Stage | None
    raw_code: str
    stage_on: date
    complete_on: date | None = None
    point: str | None = None
    district: str | None = None
    note: str = ""
    data_at: datetime
    ahead: int | None = None
    passed: tuple[Passed, ...] = ()
    followed: bool = False

    @property
    def standing(self) -> str:
        """The stage, or the office's own code if unknown; followers are told changes of it."""
        return self.stage or self.raw_code

    @property
    def final(self) -> bool:
        """Whether nothing more happens to it."""
        return self.stage is not None and self.stage.final


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One line of a chat's followed applications; `stage` is None for an unknown code."""

    json_shape = codec.ROW

    application: int
    number: str
    name: str
    service: str
    stage: Stage | None = None
