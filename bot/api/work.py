"""Runs the view of a request in its transactions, and claims its Idempotency-Key like the id of a message."""

import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel
from starlette.types import Scope

from bot.api.calls.call import ApiCall, Endpoint
from bot.api.calls.wire import ApiAnswer, ApiProblem, ApiTools
from domain.refusals import NotAllowed
from domain.staff.scopes import ApiToken
from storage.post import idempotency
from storage.session import Reading, Writing
from storage.staff import rights

T = TypeVar("T")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_AUDITED = frozenset({"not-allowed", "scope-missing"})


@dataclass(slots=True, kw_only=True)
class Asked:
    """A request on its way through the gate.

    `sent` are its query and body, `key` is its Idempotency-Key, `attempt` names this attempt, `claimed` is the row of the claimed key.
    """

    scope: Scope
    endpoint: Endpoint
    path: dict[str, str]
    bearer: str = field(repr=False)
    key: str | None = None
    sent: dict[str, Any] = field(default_factory=dict, repr=False)
    digest: str = ""
    token: ApiToken | None = None
    admitted: bool = False
    attempt: str = field(default_factory=lambda: secrets.token_hex(8))
    claimed: int | None = None


Admit = Callable[[Reading, Asked], Awaitable[ApiToken]]


class _ShowsPeople(Exception):
    """The read shows people in full, so it must be a transaction that can write the audit."""


class Work:
    """Runs views. `admit` finds the token of a request, in the transaction of the work."""

    def __init__(self, *, tools: ApiTools, admit: Admit) -> None:
        self._tools = tools
        self._admit = admit
        self._open: set[tuple[int, str]] = set()

    async def look(self, asked: Asked) -> None:
        """Admit a request before its body is read.

        Raises:
            ApiProblem: it is refused.
        """
        await self._audited(asked, self._tools.store.read(self._admit, asked))

    async def run(self, asked: Asked) -> ApiAnswer:
        """Run the view of a request.

        Raises:
            ApiProblem: the request is refused.
        """
        if asked.key is not None and not _KEY.fullmatch(asked.key):
            raise ApiProblem(400, "idempotency-key", field="Idempotency-Key")
        mine = (hash(asked.bearer), asked.key or asked.attempt)
        if mine in self._open:
            raise ApiProblem(409, "idempotency-busy", headers={"retry-after": "1"})
        self._open.add(mine)
        try:
            return await self._audited(asked, self._run(asked))
        finally:
            self._open.discard(mine)

    async def _run(self, asked: Asked) -> ApiAnswer:
        store = self._tools.store
        if asked.endpoint.kind == "works":
            return await self._run_long(asked)
        if asked.endpoint.kind == "reads":
            try:
                return await store.read(self._run_once, asked)
            except _ShowsPeople:
                pass
        return await store.write(self._run_once, asked)

    async def _run_once(self, db: Reading, asked: Asked) -> ApiAnswer:
        """The whole request in one transaction."""
        token = await self._admit(db, asked)
        if not isinstance(db, Writing):
            if asked.endpoint.personal and token.sees_people:
                raise _ShowsPeople
            return self._answered(
                call := self._call(asked), await asked.endpoint.view(db, call, **asked.sent)
            )
        if (kept := await self._claim(db, asked)) is not None:
            return kept
        call = self._call(asked)
        return await self._kept(
            db, asked, self._answered(call, await asked.endpoint.view(db, call, **asked.sent))
        )

    async def _run_long(self, asked: Asked) -> ApiAnswer:
        """A request of several transactions: its key is claimed first, and kept with the last one.

        The token is looked up again in both: since `look`, a long body may have taken minutes.
        """
        store = self._tools.store

        async def first(db: Writing) -> ApiAnswer | None:
            await self._admit(db, asked)
            return await self._claim(db, asked)

        if (kept := await store.write(first)) is not None:
            return kept
        call = self._call(asked)

        async def finish(work: Callable[[Writing], Awaitable[Any]]) -> ApiAnswer:
            async def last(db: Writing) -> ApiAnswer:
                await self._admit(db, asked)
                return await self._kept(db, asked, self._answered(call, await work(db)))

            return await store.write(last)

        call.finish_work = finish
        try:
            answer: ApiAnswer = await asked.endpoint.view(call, **asked.sent)
        except BaseException:
            if asked.claimed is not None:
                await store.write(idempotency.let_go, row=asked.claimed, owner=asked.attempt)
            raise
        return answer

    async def _claim(self, db: Writing, asked: Asked) -> ApiAnswer | None:
        """Claim the key of a request; return the answer that was given before."""
        if asked.key is None or asked.token is None:
            return None
        claim = await idempotency.claim(
            db, staff=asked.token.member.id, key=asked.key, request=asked.digest, owner=asked.attempt
        )
        if claim.refused == "other":
            raise ApiProblem(422, "idempotency-other", field="Idempotency-Key")
        if claim.refused == "busy":
            raise ApiProblem(409, "idempotency-busy", headers={"retry-after": "1"})
        asked.claimed = claim.row
        return ApiAnswer.again(claim.answer) if claim.answer is not None else None

    async def _kept(self, db: Writing, asked: Asked, answer: ApiAnswer) -> ApiAnswer:
        if asked.claimed is not None:
            await idempotency.keep(db, row=asked.claimed, owner=asked.attempt, answer=answer.to_json())
        return answer

    async def _audited(self, asked: Asked, work: Awaitable[T]) -> T:
        """Result of some work; a refused right is written to the audit in a transaction of its own."""
        try:
            return await work
        except NotAllowed:
            problem = ApiProblem(403, "not-allowed")
        except ApiProblem as refused:
            problem = refused
        if problem.code in _AUDITED and asked.token is not None:
            await self._tools.store.write(
                rights.refuse, member=asked.token.member, action=asked.endpoint.action
            )
        raise problem

    def _call(self, asked: Asked) -> ApiCall:
        if asked.token is None:
            raise RuntimeError("nobody runs a view without a token")
        return ApiCall(
            tools=self._tools,
            endpoint=asked.endpoint,
            token=asked.token,
            path=asked.path,
            digest=asked.digest,
            scope=asked.scope,
        )

    def _answered(self, call: ApiCall, given: BaseModel | None) -> ApiAnswer:
        status = call.endpoint.status
        if given is None:
            return ApiAnswer(status=status, headers=call.headers)
        return ApiAnswer(status=status, body=given.model_dump_json().encode(), headers=call.headers)
