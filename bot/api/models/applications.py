"""Applications: what is sent and given."""

from datetime import date

from pydantic import Field

from bot.api.models.base import Given, Moment, RowId
from domain.cards.stages import Stage


class ApplicationShown(Given):
    """An application. The number and the name are masked without `register:read`; a NIK is never given."""

    id: RowId
    number: str = Field(examples=["MJK-******-****-Z"])
    name: str = Field(examples=["S*** A***"])
    service: str = Field(description="Id of the service.", examples=["ktp_baru"])
    stage: Stage | None = Field(description="None: the office's list has a code that means no stage.")
    code: str = Field(description="The status as the office's list has it.")
    since: date = Field(description="Day from which the status counts.")
    point: str | None
    submitted_on: date | None
    complete_on: date | None
    updated_at: Moment
