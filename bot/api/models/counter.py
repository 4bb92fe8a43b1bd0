"""Appointments, slots and closures: what is sent and given."""

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.api.models.base import Day, Given, Moment, Page, PointId, Taken, Text, example
from domain.appointments.booking import BookingState

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of the office's day, `09:00`."""


class AppointmentsAsked(Page):
    """Which day of which point."""

    date: Day | None = Field(default=None, description="Today without one.")
    point: PointId | None = Field(default=None, description="Every point without one.")


class AppointmentShown(Given):
    """An appointment; number and name are masked without `register:read`."""

    code: str = Field(description="Ticket code, by which its steps are recorded.", examples=["ABC234"])
    point: str
    starts_at: Moment
    service: str
    state: BookingState
    walked_in: bool
    number: str | None
    name: str | None
    coming: bool = Field(description="The resident said that they come.")
    asked_to_move: bool = Field(description="Its time was closed, and no other is chosen yet.")
    arrived_at: Moment | None
    called_at: Moment | None
    desk: int | None


class AppointmentList(Given):
    """A page of appointments, by point and time."""

    items: list[AppointmentShown]
    next: str | None = Field(description="`cursor` of the next page; null: this is the last one.")


class StepShown(Given):
    """An appointment after a step."""

    code: str
    point: str
    starts_at: Moment = Field(description="A step counts whatever day the ticket is for; compare it.")
    state: BookingState
    changed: bool = Field(description="False: the step was recorded before.")


class SlotsAsked(Taken):
    """Which days, at most 31."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    point: PointId | None = None


class SlotShown(Given):
    """A time of the calendar; `held` seats are neither free nor booked."""

    point: str
    starts_at: Moment
    seats: int
    held: int
    booked: int


class SlotList(Given):
    """Times of some days."""

    items: list[SlotShown]


_CLOSED = {"point": "$point", "date": "2026-12-01", "from": "09:00", "to": "11:00", "reason": "Rapat"}


class SentClosure(Taken, json_schema_extra=example(**_CLOSED)):
    """A day, or a part of it, on which a point is closed."""

    point: PointId | None = Field(default=None, description="Every point without one.")
    date: Day
    first: Clock | None = Field(default=None, alias="from")
    last: Clock | None = Field(default=None, alias="to")
    reason: Text = Field(default="", description="What residents are told who ask for that day.")
    sure: bool = Field(
        default=False, description="Although somebody booked; they are asked to choose another time."
    )


class ClosureMade(Given):
    """A closure; residents with an appointment in it are asked to choose another time."""

    point: str | None
    date: Day
    appointments: int
