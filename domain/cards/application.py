"""One application as a person who proved it theirs may know it: no NIK, the name masked."""

from dataclasses import dataclass
from datetime import date, datetime

from domain import codec
from domain.cards.stages import Stage

MOST_AHEAD = 1000
"""Those ahead in the print order are counted no further: nobody plans a day by more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A stage that the application was in, from a day on; None = a code that nobody knows."""

    json_shape = codec.ROW

    stage: Stage | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What is told of an application.

    `data_at` is when the office's list last came in; `ahead` counts those printed before it; more than
    MOST_AHEAD is not counted further (None: it does not wait for its print, or the order is not known); `passed` is its way so far, oldest
    first, kept only where the 24-hour standard needs it; `followed`: this chat gets its news.
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
        """The stage, or the office's own code where we do not know it: what a follower has heard of."""
        return self.stage or self.raw_code

    @property
    def final(self) -> bool:
        """Nothing more happens to it."""
        return self.stage is not None and self.stage.final


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One line of the list of those whose news a chat gets."""

    json_shape = codec.ROW

    application: int
    number: str
    name: str
    service: str
