"""One request of the API as its view sees it, and the description of a route."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, get_type_hints

from pydantic import BaseModel
from starlette.types import Scope

from bot.api.calls.upload import Upload
from bot.api.calls.wire import ApiAnswer, ApiProblem, ApiTools, header_of, language_of
from domain.office.office import Office
from domain.office.registration import RegistrationNumber
from domain.staff.roles import Action, StaffMember
from domain.staff.scopes import ApiToken, TokenScope
from locales.texts import Texts
from storage import audit
from storage.ids import read_id
from storage.session import Writing
from storage.store import Store

JSON_BYTES = 256 * 1024
"""Most bytes of a body, unless the endpoint says otherwise."""


@dataclass(frozen=True)
class Endpoint:
    """One route with everything that the gate and the OpenAPI document need to know.

    A new one is a line in bot/api/routes.py. The signature of its view says the rest: with `db: Reading` it is one pure
    read; with `db: Writing` one transaction, which also claims the Idempotency-Key; without `db` it needs several, and
    ends with `call.finish`. `query` and `body` are what it is sent (an Upload: a file), its result is the answer.

    Args:
        path: below /api/v1; `{name}` is one segment, or what stands before a colon.
        scope, action: the token needs the scope, and the right to the action at the point of the thing.
        refuses: statuses besides those that every endpoint has.
        personal: it shows people; shown in full, the read is written to the audit by the view.
        finishes: model of the answer that the last of several transactions gives.
    """

    method: str
    path: str
    scope: TokenScope
    action: Action
    view: Callable[..., Awaitable[Any]]
    _: KW_ONLY
    status: int = 200
    refuses: tuple[int, ...] = ()
    personal: bool = False
    etag: bool = False
    needs_match: bool = False
    most_bytes: int = JSON_BYTES
    finishes: type[BaseModel] | None = None

    @cached_property
    def _signature(self) -> Mapping[str, Any]:
        return get_type_hints(self.view)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What the path of its requests looks like."""
        return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.path)))

    @property
    def kind(self) -> Literal["reads", "writes", "works"]:
        """Whether the view is one read, one transaction, or several."""
        db = self._signature.get("db")
        return "works" if db is None else "writes" if db is Writing else "reads"

    @property
    def query(self) -> type[BaseModel] | None:
        """Model of the query."""
        return self._signature.get("query")

    @property
    def file(self) -> bool:
        """Whether the body is a file instead of JSON."""
        return self._signature.get("body") is Upload

    @property
    def takes(self) -> type[BaseModel] | None:
        """Model of the body."""
        return None if self.file else self._signature.get("body")

    @property
    def gives(self) -> type[BaseModel] | None:
        """Model of the answer."""
        given = self.finishes or self._signature["return"]
        return given if issubclass(given, BaseModel) else None


@dataclass(slots=True, kw_only=True)
class ApiCall:
    """A request whose token was admitted."""

    tools: ApiTools
    endpoint: Endpoint
    token: ApiToken
    path: Mapping[str, str]
    digest: str = ""
    scope: Scope
    headers: dict[str, str] = field(default_factory=dict)
    finish_work: Callable[[Callable[[Writing], Awaitable[Any]]], Awaitable[ApiAnswer]] | None = None

    @property
    def store(self) -> Store:
        """The database."""
        return self.tools.store

    @property
    def office(self) -> Office:
        """The office file."""
        return self.tools.office

    @property
    def language(self) -> str:
        """The first language that the client wants and the office speaks."""
        return language_of(self.scope, self.texts.languages)

    @property
    def match(self) -> str | None:
        """The If-Match header."""
        return header_of(self.scope, b"if-match")

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.tools.texts

    @property
    def member(self) -> StaffMember:
        """The member of staff that the token acts as."""
        return self.token.member

    @property
    def actor(self) -> str:
        """The token as an actor of the audit."""
        return audit.by_staff(self.member.id)

    @property
    def today(self) -> date:
        """Current day of the office."""
        return self.office.today(self.store.clock())

    def time(self, moment: datetime) -> str:
        """A moment in the office's zone, with offset (RFC 3339)."""
        return self.office.local(moment).isoformat(timespec="seconds")

    def maybe_time(self, moment: datetime | None) -> str | None:
        """A moment as `time` writes it, or None."""
        return None if moment is None else self.time(moment)

    def number(self, canonical: str) -> str:
        """A registration number as the token may see it."""
        return canonical if self.token.sees_people else RegistrationNumber(canonical).masked

    def insist(self, point: str | None = None) -> None:
        """Refuse what belongs to another point than the token's.

        Raises:
            ApiProblem: 403.
        """
        if not self.token.may(self.endpoint.scope, self.endpoint.action, point):
            raise ApiProblem(403, "not-allowed")

    def point(self, asked: str | None) -> str | None:
        """The point that a request names, else the token's own; None: every point.

        Raises:
            ApiProblem: 422, the office has no such point; 403, it is not the token's.
        """
        if asked is None:
            return self.member.point
        found = self.office.point(asked)
        known = found.id if found else next((one.id for one in self.office.outreach if one.id == asked), None)
        if known is None:
            raise ApiProblem(422, "point-unknown", field="point")
        self.insist(known)
        return known

    def path_id(self) -> int:
        """Row id of the address.

        Raises:
            ApiProblem: 404, it is none.
        """
        row = read_id(self.path["id"])
        if row is None:
            raise ApiProblem(404, "not-found")
        return row

    async def finish(self, work: Callable[[Writing], Awaitable[Any]]) -> ApiAnswer:
        """Run the last transaction of a view of several, and keep its answer in it."""
        if self.finish_work is None:
            raise RuntimeError(f"{self.endpoint.path} is one transaction already")
        return await self.finish_work(work)
