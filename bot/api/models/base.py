"""What all models of the API share: strict fields, days, texts, and the cursor of a list."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from bot.api.calls.wire import ApiProblem
from bot.setup.clock import YEARS

# Kinds of pydantic's errors (https://docs.pydantic.dev/latest/errors/validation_errors/) that have a sentence.
_CODES = {"missing": "missing", "extra_forbidden": "unknown-field", "json_invalid": "no-json"}
_LONGEST_FIELD = 80
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    _DAY.pattern + r"[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_NUMBER = re.compile(r"-?[0-9]{1,19}")


# Pydantic itself also takes "1795824000" as a day or a time, and "1_0" or "5.0" as a number of a query.
def _day(value: Any) -> date:
    day = value if type(value) is date else date.fromisoformat(_matching(_DAY, value))
    if day.year not in YEARS:
        raise ValueError("the year is out of range")
    return day


def _flag(value: Any) -> bool:
    if value not in ("true", "false"):
        raise ValueError("neither true nor false")
    return bool(value == "true")


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("another form")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A day of the office, `2026-11-28`."""
Time = Annotated[
    AwareDatetime, BeforeValidator(lambda value: datetime.fromisoformat(_matching(_TIME, value).upper()))
]
"""A moment that a client names, RFC 3339 with an offset."""
AskedNumber = Annotated[int, BeforeValidator(lambda value: int(_matching(_NUMBER, value)))]
"""A number in a query."""
AskedFlag = Annotated[bool, BeforeValidator(_flag)]
"""`true` or `false` in a query."""
# No NUL, which no database stores.
Text = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
PointId = Annotated[str, Field(max_length=64, description="Id of a service point.", examples=["$point"])]
Moment = Annotated[
    str,
    Field(
        description="RFC 3339, in the office's zone and with its offset.",
        examples=["$moment"],
        json_schema_extra={"format": "date-time"},
    ),
]
RowId = Annotated[str, Field(pattern=r"^[0-9]{1,19}$", description="An id, to be treated as text.")]


def example(**fields: Any) -> Any:
    """Schema of a model with an example, which the page shows and the tests send; `$names` are of openapi.py."""
    return {"examples": [fields]}


class Taken(BaseModel):
    """Base of everything that a client sends: no unknown field, no conversion of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Page(Taken):
    """A part of a list."""

    limit: AskedNumber = Field(default=100, ge=1, le=200, description="Most items of a page.")
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="`next` of the page before."
    )


class Given(BaseModel):
    """Base of everything that a client is given."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ProblemDetails(Given):
    """An error (RFC 9457)."""

    type: str = Field(description="A name of the code as a URI.")
    title: str = Field(
        description="One sentence, in the language of Accept-Language: what is wrong, what to do."
    )
    status: int
    code: str = Field(description="Stable name of the error, for programs.", examples=["scope-missing"])
    field: str | None = Field(default=None, description="Place in the request.", examples=["rows.3.nik"])


def cursor_of(*place: str) -> str:
    """The cursor of a place in a list; clients treat it as text without meaning."""
    return urlsafe_b64encode("\x1f".join(place).encode()).decode().rstrip("=")


def place_of(cursor: str, parts: int) -> list[str]:
    """The place that a cursor names.

    Raises:
        ApiProblem: 422, it is none of ours.
    """
    try:
        place = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("\x1f")
    except ValueError:
        place = []
    if len(place) != parts:
        raise ApiProblem(422, "cursor", field="cursor")
    return place


def field_problem(error: ValidationError) -> ApiProblem:
    """The first fault of a query or body, with the place of the field; nothing of the input is repeated."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    code = _CODES.get(first["type"], "invalid")
    if code == "no-json":
        return ApiProblem(400, code)
    return ApiProblem(422, code, field=".".join(map(str, first["loc"]))[:_LONGEST_FIELD])
