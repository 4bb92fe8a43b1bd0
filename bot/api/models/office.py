"""Imports, announcements and figures: what is sent and given."""

from typing import Annotated

from pydantic import Field

from bot.api.models.applications import MOST_ROWS, RowOutcome
from bot.api.models.base import AskedFlag, Day, Given, Moment, PointId, RowId, Taken, Text, Time, example
from domain.announcements.announcement import State
from domain.cards.stages import Stage


class ImportAsked(Taken):
    """How a file is taken in."""

    dry_run: AskedFlag = Field(default=False, description="Check every row, write nothing.")
    accept_unknown: AskedFlag = Field(default=False, description="Although many status codes are unknown.")


class ImportPlanned(Given):
    """An import that runs in the background."""

    id: RowId
    state: str


class CauseShown(Given):
    """Why rows were refused: how many, and the first of them."""

    column: str
    reason: str
    suggestion: str
    count: int
    rows: list[int]


class CodeShown(Given):
    """A status code that means no stage, and in how many rows it stands."""

    code: str
    rows: int


class ImportShown(Given):
    """Progress and result of an import."""

    id: RowId
    state: str = Field(
        description="gathering, waiting, running, done or failed.",
        json_schema_extra={"enum": ["gathering", "waiting", "running", "done", "failed"]},
    )
    dry_run: bool
    done: int = Field(description="Rows done in the present step.")
    total: int | None
    why: str | None = Field(description="Why it failed, in one sentence.")
    stopped: bool = Field(description="Nothing was written, because many status codes are unknown.")
    import_id: int | None = Field(description="What `loket import --undo` takes back.")
    rows: int | None
    new: int | None
    changed: int | None
    unchanged: int | None
    refused: int | None
    causes: list[CauseShown]
    unknown: list[CodeShown]


class WavesSent(Taken):
    """People are asked to come on different days: so many cards a day, from a day on."""

    per_day: int = Field(ge=1, le=100_000)
    first: Day = Field(alias="from")


_DRAFT = {"name": "Siap diambil", "text": "Kartu Anda sudah jadi di {tempat}.", "status": "READY_FOR_PICKUP"}


class SentAnnouncement(Taken, json_schema_extra=example(**_DRAFT, point="$point")):
    """A draft, about a stage or about some numbers; an approver of the office releases it."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    text: Annotated[str, Field(max_length=4096)] | dict[str, Annotated[str, Field(max_length=4096)]]
    status: Stage | None = None
    point: PointId | None = None
    district: Text | None = None
    service: Text | None = None
    since: Day | None = None
    until: Day | None = None
    numbers: Annotated[list[Text], Field(min_length=1, max_length=MOST_ROWS)] | None = None
    waves: WavesSent | None = None
    send_at: Time | None = Field(
        default=None, description="Not before this moment, which has an offset; else once it is released."
    )


class AnnouncementDrafted(Given):
    """A draft that waits for an approver."""

    id: int
    state: State
    recipients: int = Field(description="Chats that would get it now.")
    none: int = Field(description="Applications that nobody follows.")
    refused: list[RowOutcome] = Field(description="Numbers that are left out; `row` counts from 1.")


class DeliveryCounts(Given):
    """Recipients per state; each is in one."""

    waiting: int
    sending: int
    sent: int
    delivered: int
    read: int
    failed: int
    unknown: int


class AnnouncementShown(Given):
    """An announcement with what became of it, without recipients."""

    id: int
    name: str
    state: State
    planned: int
    created_at: Moment
    starts_at: Moment | None
    finished_at: Moment | None
    counts: DeliveryCounts


class FiguresAsked(Taken):
    """Which days, and which point."""

    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    point: PointId | None = None


class ElementShown(Given):
    """One of the nine elements of the index."""

    key: str
    average: float
    ikm: float
    grade: str


class IndexShown(Given):
    """The satisfaction index of whole months; without figures where so few answered that somebody could be recognised."""

    first: Day
    last: Day
    point: str | None
    told: bool
    people: int | None = None
    index: float | None = None
    ikm: float | None = None
    grade: str | None = None
    elements: list[ElementShown] = Field(default_factory=list)


class FigureShown(Given):
    """One figure as a table of codes and numbers; what is not disclosed is null."""

    name: str
    columns: list[str]
    rows: list[list[str | int | float | None]]


class OverviewShown(Given):
    """The figures of the overview."""

    first: Day
    last: Day
    point: str | None
    figures: list[FigureShown]
