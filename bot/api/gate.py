"""The gate of every request of the API: route, token, scope, limits and body, in this order."""

import asyncio
import hashlib
import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, unquote

import structlog
from pydantic import BaseModel, ValidationError
from starlette.types import Receive, Scope, Send

from bot.api.calls.upload import received
from bot.api.calls.wire import PREFIX, ApiAnswer, ApiProblem, bearer_of, header_of, note_route, too_many
from bot.api.door import ApiDoor
from bot.api.models.base import field_problem
from bot.api.openapi import documents
from bot.api.routes import ENDPOINTS
from bot.api.work import Asked, Work
from bot.http.asgi import body_of
from bot.http.rates import Rate
from bot.setup.logs import what
from domain.refusals import Refusal
from domain.staff.scopes import ApiToken
from storage.post.idempotency import ClaimLost
from storage.session import Reading, StoreDown
from storage.staff import tokens

AT_ONCE = 64
"""Requests with one token that are answered at once."""
_BURST_SECONDS = 10
_MOST_PARAMETERS = 20
_WARY_SECONDS = 60.0  # in which a spent budget of `strangers` is full again

log = structlog.get_logger(__name__)


class ApiGate:
    """Serves the requests behind the door (ASGI)."""

    def __init__(self, *, door: ApiDoor) -> None:
        self._door = door
        self._documents = documents(ENDPOINTS, door.tools.office)
        self._work = Work(tools=door.tools, admit=self._admit)
        self._busy: Counter[str] = Counter()
        self._known: set[str] = set()  # admitted tokens, which a neighbour's wrong one does not slow
        self._wary_until = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. The errors of BodyLimits pass through; everything else is answered here."""
        bearer = bearer_of(scope)
        self._busy[bearer] += 1
        try:
            answer = await self._answer(scope, receive, bearer)
        except ApiProblem as problem:
            await self._door.refuse(problem, scope, send)
        else:
            await self._door.answer(answer, scope, send)
        finally:
            self._busy[bearer] -= 1
            if not self._busy[bearer]:
                del self._busy[bearer]

    async def _answer(self, scope: Scope, receive: Receive, bearer: str) -> ApiAnswer:
        path = _path_of(scope)
        if scope["method"] == "GET" and path in self._documents:
            note_route(scope, "GET", path)
            self._take(scope)
            with _told(path):
                await self._door.tools.store.read(self._insist_on_any)
            return self._documents[path]
        asked = self._asked(scope, path, bearer)
        endpoint = asked.endpoint
        if bearer and self._busy[bearer] > AT_ONCE:
            raise too_many(seconds=1)
        if self._is_slowed(asked):
            raise too_many(seconds=30)
        if endpoint.kind == "works":  # a long body is read only for a token that may send it
            with _told(endpoint.path):
                await self._work.look(asked)
        await self._read(asked, receive)
        try:
            with _told(endpoint.path):
                return await self._work.run(asked)
        finally:
            if endpoint.file:
                await asked.sent["body"].file.close()

    def _asked(self, scope: Scope, path: str, bearer: str) -> Asked:
        """The route of a request, and what its address and headers say."""
        found = [(one, match) for one in ENDPOINTS if (match := one.pattern.fullmatch(path))]
        if not found:
            self._take(scope)
            raise ApiProblem(404, "not-found")
        chosen = next((one for one in found if one[0].method == scope["method"]), None)
        if chosen is None:
            self._take(scope)
            allowed = ", ".join(sorted(endpoint.method for endpoint, _ in found))
            raise ApiProblem(405, "method-not-allowed", headers={"allow": allowed})
        endpoint, match = chosen
        note_route(scope, endpoint.method, endpoint.path)
        values = {name: unquote(value, errors="replace") for name, value in match.groupdict().items()}
        if any("\0" in value for value in values.values()):
            raise ApiProblem(404, "not-found")
        return Asked(
            scope=scope,
            endpoint=endpoint,
            path=values,
            bearer=bearer,
            key=header_of(scope, b"idempotency-key") if endpoint.method == "POST" else None,
        )

    async def _read(self, asked: Asked, receive: Receive) -> None:
        """Read and check query and body; keep a digest of both for the Idempotency-Key."""
        endpoint, scope = asked.endpoint, asked.scope
        query: bytes = scope["query_string"]
        if endpoint.query is not None:
            asked.sent["query"] = _query(endpoint.query, query)
        body = b""
        if endpoint.takes is not None or endpoint.file:
            _insist_on_plain(scope)
        if endpoint.file:
            file = asked.sent["body"] = await received(scope, receive)
            body = file.digest.encode()
        elif endpoint.method not in {"GET", "DELETE"}:
            given = await body_of(receive, largest=endpoint.most_bytes)
            if given is None:
                raise ApiProblem(413, "too-large")
            body = given
            if endpoint.takes is not None:
                asked.sent["body"] = _body(endpoint.takes, scope, body)
        if asked.key is not None or endpoint.kind == "works":
            asked.digest = _digest(endpoint.method, scope["path"], query, body)

    async def _admit(self, db: Reading, asked: Asked) -> ApiToken:
        """The token of a request, if it is in use and has the scope.

        Raises:
            ApiProblem: 401, 403 or 429; 404 if there is no token at all.
        """
        token = await tokens.find(db, token=asked.bearer) if asked.bearer else None
        if token is None:
            self._known.discard(asked.bearer)
            if not asked.admitted:
                self._wary_until = time.monotonic() + _WARY_SECONDS
                self._door.take(asked.scope)
            await self._insist_on_any(db)
            raise ApiProblem(401, "unauthorized", headers={"www-authenticate": "Bearer"})
        asked.token = token
        if not asked.admitted:  # once, although a request may be tried again or have several transactions
            burst = max(1.0, token.per_minute * _BURST_SECONDS / 60)
            rate = Rate(per_minute=token.per_minute, burst=burst)
            if not self._door.buckets.take([(f"token {token.member.id}", rate)]):
                raise too_many(seconds=math.ceil(60 / token.per_minute))
            asked.admitted = True
            self._known.add(asked.bearer)
        if asked.endpoint.scope not in token.scopes:
            raise ApiProblem(403, "scope-missing", details={"scope": asked.endpoint.scope.value})
        if not token.may(asked.endpoint.scope, asked.endpoint.action):  # files are of the whole office
            raise ApiProblem(403, "not-allowed")
        return token

    async def _insist_on_any(self, db: Reading) -> None:
        if not await tokens.are_there(db):
            raise ApiProblem(404, "not-found")

    def _take(self, scope: Scope) -> None:
        """Count a request that needs no token against its source.

        Raises:
            ApiProblem: 429, its budget is spent.
        """
        if not self._door.take(scope):
            raise too_many(seconds=30)

    def _is_slowed(self, asked: Asked) -> bool:
        """Whether its source sent too many wrong tokens.

        Sources are looked at only after a wrong token: the look costs more than one of a token.
        """
        wary = time.monotonic() < self._wary_until and asked.bearer not in self._known
        return wary and not self._door.has_room(asked.scope)


def _path_of(scope: Scope) -> str:
    """The path below the prefix, with its escapes: a number may hold a slash. Some clients escape a colon, too."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].decode("latin-1").removeprefix(PREFIX)
    return path.replace("%3A", ":").replace("%3a", ":")


def _digest(*parts: str | bytes) -> str:
    """Digest of a request, by which a repetition is told from another request."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return whole.hexdigest()


def _query(model: type[BaseModel], query: bytes) -> BaseModel:
    try:
        pairs = parse_qsl(
            query.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_PARAMETERS, errors="replace"
        )
    except ValueError:
        raise ApiProblem(422, "invalid", field="") from None
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in values or "\0" in value:
            raise ApiProblem(422, "invalid", field=name[:40])
        values[name] = value
    try:
        return model.model_validate_strings(values)
    except ValidationError as error:
        raise field_problem(error) from None


def _insist_on_plain(scope: Scope) -> None:
    """Refuse a compressed body, which would be read as a damaged one.

    Raises:
        ApiProblem: 415.
    """
    coding = header_of(scope, b"content-encoding")
    if coding is not None and coding.strip().lower() != "identity":
        raise ApiProblem(415, "content-encoding", headers={"accept-encoding": "identity"})


def _body(model: type[BaseModel], scope: Scope, body: bytes) -> BaseModel:
    kind = (header_of(scope, b"content-type") or "").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise ApiProblem(415, "media-type")
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise field_problem(error) from None


def _meaning(error: Exception) -> ApiProblem | None:
    """The problem that an error means; None for a fault of ours."""
    if isinstance(error, StoreDown):
        return ApiProblem(503, "unavailable", headers={"retry-after": "5"})
    if isinstance(error, ClaimLost):
        return ApiProblem(409, "idempotency-busy", headers={"retry-after": "1"})
    if isinstance(error, Refusal):
        return ApiProblem(409, error.code, key=f"refusal-{error.code}", details=error.details)
    return None


@contextmanager
def _told(route: str) -> Iterator[None]:
    """Context in which every error becomes a problem; a fault is logged once, without its message."""
    try:
        yield
    except (ApiProblem, asyncio.CancelledError):
        raise
    except Exception as error:  # noqa: BLE001 (the caller is a program: it gets an answer, whatever happens)
        problem = _meaning(error)
        if problem is None:
            log.error("api.request_failed", route=route, **what(error))  # noqa: TRY400 (its message may hold data)
            problem = ApiProblem(500, "fault")
        raise problem from None
