"""One application as a person who proved it theirs may know it: no NIK, the name masked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from domain.cards.stages import Stage

MOST_AHEAD = 1000
"""Those ahead in the print order are counted no further: nobody plans a day by more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A stage that the application was in, from a day on; None = a code that nobody knows."""

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

    def to_json(self) -> dict[str, Any]:
        """Give the application as JSON values, for the encrypted transcript."""
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "service": self.service,
            "stage": self.stage,
            "raw_code": self.raw_code,
            "stage_on": self.stage_on.isoformat(),
            "complete_on": self.complete_on.isoformat() if self.complete_on else None,
            "point": self.point,
            "district": self.district,
            "note": self.note,
            "data_at": self.data_at.isoformat(),
            "ahead": self.ahead,
            "passed": [[one.stage, one.since.isoformat()] for one in self.passed],
            "followed": self.followed,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: another version wrote it.
        """
        complete_on = value["complete_on"]
        read = {
            "stage": _stage(value["stage"]),
            "stage_on": date.fromisoformat(value["stage_on"]),
            "complete_on": date.fromisoformat(complete_on) if complete_on else None,
            "data_at": datetime.fromisoformat(value["data_at"]),
            "passed": tuple(
                Passed(stage=_stage(stage), since=date.fromisoformat(since))
                for stage, since in value["passed"]
            ),
        }
        return cls(**(value | read))


def _stage(value: str | None) -> Stage | None:
    return None if value is None else Stage(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One line of the list of those whose news a chat gets."""

    application: int
    number: str
    name: str
    service: str

    def to_json(self) -> list[Any]:
        """Give the line as JSON values."""
        return [self.application, self.number, self.name, self.service]

    @classmethod
    def from_json(cls, value: list[Any]) -> Self:
        """Read what `to_json` wrote."""
        application, number, name, service = value
        return cls(application=application, number=number, name=name, service=service)
