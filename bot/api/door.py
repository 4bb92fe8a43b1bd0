"""The door of the API at `/api/v1`: it is closed (404) until the office has a token, and costs nothing until then.

Models and views are imported with the first request that finds a token.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.types import Receive, Scope, Send

from bot.api.calls.wire import PREFIX, ApiAnswer, ApiProblem, ApiTools, begin, count, language_of, too_many
from bot.http.rates import Buckets, Rate, shared
from bot.importing.table import MAX_FILE_BYTES
from storage.session import StoreDown
from storage.staff import tokens

if TYPE_CHECKING:
    from bot.api.gate import ApiGate

_MEBIBYTE = 1024 * 1024
BATCH_BYTES = 2 * _MEBIBYTE
LARGER_BODIES = {
    f"{PREFIX}/imports": MAX_FILE_BYTES + _MEBIBYTE,
    f"{PREFIX}/applications:batch": BATCH_BYTES,
}


@dataclass(kw_only=True)
class ApiDoor:
    """The API of one process (ASGI).

    Requests of a source (`source_of`) without a valid token are limited to `strangers`, times `factor`; so are
    those that need none.
    """

    tools: ApiTools
    strangers: Rate
    factor: int
    source_of: Callable[[Scope], str]
    buckets: Buckets = field(default_factory=lambda: Buckets(time.monotonic))
    _gate: "ApiGate | None" = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    larger_bodies = LARGER_BODIES
    prefix = f"{PREFIX}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begin(scope)
        gate = self._gate
        if gate is None:
            if not await self._opens(scope, send):
                return
            gate = await self._behind()
        await gate(scope, receive, send)

    async def _behind(self) -> "ApiGate":
        """What is behind the door, imported when it is first needed."""

        def built() -> "ApiGate":
            from bot.api.gate import ApiGate

            return ApiGate(door=self)

        async with self._opening:
            # In a thread, because residents are answered meanwhile.
            if self._gate is None:
                self._gate = await asyncio.to_thread(built)
            return self._gate

    def has_room(self, scope: Scope) -> bool:
        """Whether the source of a request may send one more without a valid token."""
        return self.buckets.has_room(self._budget(scope))

    def take(self, scope: Scope) -> bool:
        """Count a request without a valid token against its source; False: its budget is spent."""
        return self.buckets.take(self._budget(scope))

    def _budget(self, scope: Scope) -> Any:
        return shared("api", self.source_of(scope), self.strangers, self.factor)

    async def refuse(self, problem: ApiProblem, scope: Scope, send: Send) -> None:
        """Answer with a problem."""
        language = language_of(scope, self.tools.texts.languages)
        sentence = self.tools.texts.say(language, problem.key, **problem.details)
        await self.answer(problem.answer(sentence), scope, send)

    async def answer(self, answer: ApiAnswer, scope: Scope, send: Send) -> None:
        """Count a request and answer it."""
        count(scope, self.tools.metrics, answer.status)
        await answer.send(send)

    async def refuse_body(
        self, status: HTTPStatus, _words: str, scope: Scope, _receive: Receive, send: Send
    ) -> None:
        """Answer a body that is too large, too slow, or one of too many."""
        codes = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large", HTTPStatus.REQUEST_TIMEOUT: "too-slow"}
        code = codes.get(status, "unavailable")
        again = {} if code == "too-large" else {"retry-after": "5"}  # the same body stays too large
        await self.refuse(ApiProblem(status, code, headers={"connection": "close", **again}), scope, send)

    async def _opens(self, scope: Scope, send: Send) -> bool:
        try:
            problem = too_many(seconds=30)
            if self.has_room(scope):
                if await self.tools.store.read(tokens.are_there):
                    return True
                self.take(scope)
                problem = ApiProblem(404, "not-found")
        except StoreDown:
            problem = ApiProblem(503, "unavailable", headers={"retry-after": "5"})
        await self.refuse(problem, scope, send)
        return False
