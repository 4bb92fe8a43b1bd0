"""What the API reads from a request and writes as an answer."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.types import Scope, Send

from bot.setup.metrics import Metrics
from domain.office.office import Office
from domain.people.networks import Network
from locales.texts import DEFAULT, Texts
from storage.store import Store

JSON, PROBLEM = "application/json", "application/problem+json"
PREFIX = "/api/v1"
_ONE_TAG = r'(W/)?"[\x21\x23-\x7e]*"'
IF_MATCH = rf"^(\*|[ \t,]*{_ONE_TAG}([ \t]*,[ \t,]*{_ONE_TAG})*[ \t,]*)$"
"""What an If-Match may be: `*`, or ETags of which one must match; empty elements do not count (RFC 9110, 5.6.1 and 13.1.1)."""
# An answer is for one program; no browser may guess its type, show it in a frame, or keep it.
_ALWAYS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
)
_LONGEST_LANGUAGES = 200
_ROUTE, _BEGAN = "loket.api-route", "loket.api-began"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTools:
    """What every view needs of the office. `wake_work` wakes the background jobs.

    `webhook_networks`: where webhooks may go besides public addresses.
    """

    store: Store
    office: Office
    texts: Texts
    metrics: Metrics
    wake_work: Callable[[], None] = lambda: None
    webhook_networks: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiAnswer:
    """A whole answer."""

    status: int
    body: bytes = field(default=b"", repr=False)
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)

    async def send(self, send: Send) -> None:
        """Send it (ASGI)."""
        length = str(len(self.body)).encode()
        about = [(b"content-type", self.kind.encode()), (b"content-length", length)]
        headers = [
            *(about if self.status != HTTPStatus.NO_CONTENT else ()),  # it has neither (RFC 9110, 8.6)
            *((name.encode(), value.encode("latin-1")) for name, value in self.headers.items()),
            *(one for one in _ALWAYS if one[0].decode() not in self.headers),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})

    def to_json(self) -> dict[str, Any]:
        """The answer as it is kept for a request that comes again."""
        return {"status": self.status, "body": self.body.decode(), "headers": dict(self.headers)}

    @classmethod
    def again(cls, kept: Mapping[str, Any]) -> "ApiAnswer":
        """A kept answer, marked as a repetition."""
        headers = {**kept["headers"], "idempotent-replayed": "true"}
        return cls(status=kept["status"], body=kept["body"].encode(), headers=headers)


class ApiProblem(Exception):
    """The request is refused: a status, and a code that is worded as `key`, usually `api-<code>` (RFC 9457).

    `field` is the place in the request; details are variables of the sentence, and never personal data.
    """

    def __init__(
        self,
        status: int,
        code: str,
        *,
        field: str = "",
        headers: Mapping[str, str] | None = None,
        key: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.field = field
        self.headers = headers or {}
        self.key = key or f"api-{code}"
        self.details = details or {}

    def answer(self, sentence: str) -> ApiAnswer:
        """The problem in words."""
        told = {"type": f"urn:loket:{self.code}", "title": sentence, "status": self.status, "code": self.code}
        if self.field:
            told["field"] = self.field
        body = json.dumps(told, ensure_ascii=False).encode()
        return ApiAnswer(status=self.status, body=body, kind=PROBLEM, headers=self.headers)


def too_many(*, seconds: int) -> ApiProblem:
    """The problem of a spent budget, which is worth another try after so many seconds."""
    return ApiProblem(429, "too-many-requests", headers={"retry-after": str(seconds)})


def begin(scope: Scope) -> None:
    """Note when a request began."""
    scope[_BEGAN] = time.monotonic()


def note_route(scope: Scope, method: str, path: str) -> None:
    """Note the route of a request, for the metrics."""
    scope[_ROUTE] = f"{method} {path}"


def count(scope: Scope, metrics: Metrics, status: int) -> None:
    """Count a request that was answered."""
    now = time.monotonic()
    seconds = now - scope.get(_BEGAN, now)
    metrics.api(route=scope.get(_ROUTE, "other"), status=status, seconds=seconds)


def header_of(scope: Scope, name: bytes) -> str | None:
    """A header of the request, or None. One that comes twice is a list (RFC 9110, 5.3), never the first of two."""
    found = [value for one, value in scope["headers"] if one == name]
    return b", ".join(found).decode("latin-1") if found else None


def language_of(scope: Scope, languages: Sequence[str]) -> str:
    """The first language of Accept-Language that the office speaks."""
    wanted = (header_of(scope, b"accept-language") or "")[:_LONGEST_LANGUAGES]
    tags = (one.partition(";")[0].strip().partition("-")[0].lower() for one in wanted.split(","))
    return next((tag for tag in tags if tag in languages), DEFAULT)


def bearer_of(scope: Scope) -> str:
    """The token of the request, "" without one."""
    scheme, _, token = (header_of(scope, b"authorization") or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
