"""Applications: what is sent and given. Rows have the columns of a register file (docs/api.md)."""

from typing import Annotated, Self

from pydantic import Field

from bot.api.models.base import AskedNumber, Day, Given, Moment, Page, PointId, RowId, Taken, Text, example
from bot.importing.report import Remark
from bot.importing.rows import RowResult
from domain.cards.stages import Stage

MOST_ROWS = 1000
_FIELDS = {
    "nik": "$nik",
    "nama": "Sri Astuti",
    "layanan": "$service",
    "status": "siap diambil",
    "tanggal": "2026-11-20",
    "lokasi": "$point",
}
_ROW = {"no_registrasi": "$number", **_FIELDS}
Cell = Annotated[Text | None, Field(default=None)]


class SentFields(Taken, json_schema_extra=example(**_FIELDS)):
    """The columns of an application besides its number. The first five are required; an empty one clears the field."""

    nik: Cell
    nama: Cell
    layanan: Cell
    status: Cell
    tanggal: Cell
    tanggal_masuk: Cell
    tanggal_lengkap: Cell
    lokasi: Cell
    kecamatan: Cell
    desa: Cell
    no_hp: Cell
    catatan: Cell


class SentApplication(SentFields, json_schema_extra=example(**_ROW)):
    """One row of a register file."""

    no_registrasi: Cell


class SentApplications(Taken, json_schema_extra=example(rows=[_ROW])):
    """Up to 1,000 rows of a register file, taken in together."""

    rows: Annotated[list[SentApplication], Field(min_length=1, max_length=MOST_ROWS)]
    accept_unknown: bool = Field(
        default=False, description="Take them in although many status codes are unknown."
    )


class RowOutcome(Given):
    """What became of a row; `row` counts from 1. Why it was refused is told as for a file."""

    row: int
    result: RowResult
    column: str | None = None
    code: str | None = None
    reason: str | None = None
    suggestion: str | None = None

    @classmethod
    def of_refused(cls, why: Remark, code: str, column: str | None = None) -> Self:
        """A refused row; `column`: its name in the request, if that has another."""
        told = {"reason": why.reason, "suggestion": why.suggestion}
        return cls(row=why.row, result=RowResult.REFUSED, column=column or why.column, code=code, **told)


class TakenInRows(Given):
    """The counts of an import, which `loket import --undo` takes back by its id, and what became of each row."""

    import_id: int
    rows: int
    new: int
    changed: int
    unchanged: int
    refused: int
    results: list[RowOutcome]


class TakenInOne(Given):
    """What became of the application."""

    import_id: int
    result: RowResult


class ApplicationShown(Given):
    """An application. The number and the name are masked without `register:read`; a NIK is never given."""

    id: RowId
    number: str = Field(examples=["$masked"])
    name: str = Field(examples=["S*** A***"])
    service: str = Field(description="Id of the service.", examples=["$service"])
    stage: Stage | None = Field(description="Null: the office's list has a code that means no stage.")
    code: str = Field(description="The status as the office's list has it.")
    since: Day = Field(description="Day from which the status counts.")
    point: str | None


class ApplicationDetails(ApplicationShown):
    """One application with its dates."""

    submitted_on: Day | None
    complete_on: Day | None
    updated_at: Moment


class ApplicationsAsked(Page):
    """Which applications a list has, oldest status first."""

    stage: Stage | None = Field(default=None, description="Only those at this stage.")
    point: PointId | None = Field(default=None, description="Only those of this point.")
    least_days: AskedNumber = Field(
        default=0, ge=0, le=3650, description="Only those whose status stands so many days."
    )


class ApplicationList(Given):
    """A page of applications."""

    items: list[ApplicationShown]
    next: str | None = Field(description="`cursor` of the next page; null: this is the last one.")


class SentStage(Taken, json_schema_extra=example(stage="READY_FOR_PICKUP", date="2026-11-20")):
    """A change of the stage by hand, as at the console."""

    stage: Stage
    date: Day | None = Field(default=None, description="Day from which it counts; today without one.")
    sure: bool = Field(default=False, description="Although the present stage was reached on a later day.")


class StageShown(Given):
    """The stage of an application; its ETag is what a change names in If-Match."""

    id: RowId
    stage: Stage | None
    code: str
    since: Day
