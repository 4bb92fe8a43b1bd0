"""An application as shown to a person with proof: no NIK, masked name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from domain.cards.stages import Stage

MOST_AHEAD = 1000
"""Counting in the print order stops here; a larger number is no help for planning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A stage of the application since a day; None = unknown code."""

    stage: Stage | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """One line of a chat's followed applications."""

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
