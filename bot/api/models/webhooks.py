"""Webhooks: targets as they are sent and given."""

from typing import Annotated

from pydantic import Field

from bot.api.models.base import Given, Moment, RowId, Taken, example
from domain.webhooks.destinations import MOST_CHARACTERS
from domain.webhooks.webhook import EventType

_EXAMPLE = "https://antrian.example.go.id/loket"
Secret = Annotated[
    str,
    Field(
        description="Signs every call (Standard Webhooks). It is never shown again.",
        examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"],
    ),
]


class WebhookOrder(Taken, json_schema_extra=example(url=_EXAMPLE, events=["appointment.arrived"])):
    """A new target."""

    url: str = Field(
        min_length=1,
        max_length=MOST_CHARACTERS,
        description="A public https address.",
        examples=[_EXAMPLE],
        json_schema_extra={
            "format": "uri",
            "pattern": r"^https://[A-Za-z0-9._-]+(:[0-9]{1,4})?(/[!\"$-~]*)?$",
        },
    )
    events: tuple[EventType, ...] = Field(
        default=(*EventType,),
        min_length=1,
        max_length=len(EventType),
        description="What it is told of; without it, everything.",
        examples=[["appointment.booked", "appointment.arrived"]],
    )
    numbers: bool = Field(
        default=False, description="Whether it gets registration numbers, too; needs `register:read`."
    )


class WebhookShown(Given):
    """A target that this token made."""

    id: RowId
    url: str = Field(examples=[_EXAMPLE])
    events: tuple[EventType, ...]
    numbers: bool
    made_at: Moment
    succeeded_at: Moment | None = Field(description="When an event last arrived.")
    failing_since: Moment | None
    disabled_at: Moment | None = Field(description="Since when nothing is sent to it.")
    waiting: int = Field(description="Events that wait to be sent.")
    given_up: int = Field(description="Events that failed for a day.")


class WebhookList(Given):
    """The targets that this token made."""

    webhooks: tuple[WebhookShown, ...]


class WebhookMade(Given):
    """A new target with its secret."""

    id: RowId
    url: str = Field(examples=[_EXAMPLE])
    events: tuple[EventType, ...]
    numbers: bool
    secret: Secret


class WebhookSecret(Given):
    """The new secret of a target; the old one signs as well for 24 hours."""

    secret: Secret
