"""Scripted trouble: what the next calls of a method (to a chat) meet instead of an answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from demo.whatsapp_emulator.http import Answer, LineCut
from tests.emulators.telegram import refusals
from tests.emulators.telegram.journal import Call
from tests.emulators.telegram.refusals import Refused

BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"

Work = Callable[[], Awaitable[Answer]]


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of trouble, planned for some calls. `times` None = until removed."""

    method: str
    chat: int | None
    times: int | None
    happen: Callable[[Work], Awaitable[Answer]]
    name: str
    met: int = 0

    def concerns(self, call: Call) -> bool:
        return (
            self.times != 0
            and self.method.lower() in {"*", call.method.lower()}
            and self.chat in {None, call.chat}
            and not (self.method == "*" and call.method == "getUpdates")
        )


@dataclass(slots=True)
class Faults:
    """The plan. `method` "*" means every method except getUpdates; the oldest fault that fits is met first."""

    planned: list[Fault] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, call: Call) -> Fault | None:
        for fault in self.planned:
            if fault.concerns(call):
                fault.met += 1
                fault.times = None if fault.times is None else fault.times - 1
                return fault
        return None

    def clear(self) -> None:
        self.planned.clear()

    def refuse(
        self, method: str, refusal: Refused, *, chat: int | None = None, times: int | None = 1
    ) -> Fault:
        """Answer with an error of the Bot API instead of doing the call."""

        async def happen(work: Work) -> Answer:
            raise refusal

        return self._plan(method, chat, times, happen, f"refuse {refusal.code}")

    def too_many(
        self, method: str, retry_after: int, *, chat: int | None = None, times: int | None = 1
    ) -> Fault:
        return self.refuse(method, refusals.too_many(retry_after), chat=chat, times=times)

    def conflict(self, *, times: int | None = 1) -> Fault:
        """409 for getUpdates, as if another process polled."""
        return self.refuse("getUpdates", refusals.conflict(refusals.TERMINATED_BY_POLL), times=times)

    def server_error(
        self,
        method: str,
        status: int = 502,
        *,
        page: bool = True,
        chat: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """5xx: an HTML page as of a proxy, or with `page=False` the API's own JSON."""

        async def happen(work: Work) -> Answer:
            if page:
                return Answer(status=status, body=BAD_GATEWAY, content_type="text/html")
            raise Refused(status, "Internal Server Error")

        return self._plan(method, chat, times, happen, f"server error {status}")

    def hang(
        self, method: str, *, done: bool = False, chat: int | None = None, times: int | None = 1
    ) -> Fault:
        """No answer until `release()`; `done`: the call takes effect at once, else only when released."""

        async def happen(work: Work) -> Answer:
            answer = await work() if done else None
            await self.released.wait()
            return answer or await work()

        self.released.clear()
        return self._plan(method, chat, times, happen, "hang")

    def release(self) -> None:
        """Let every hanging call go on."""
        self.released.set()

    def late(self, method: str, seconds: float, *, times: int | None = None) -> Fault:
        """The call takes effect at once; its answer is so long on its way."""

        async def happen(work: Work) -> Answer:
            answer = await work()
            await asyncio.sleep(seconds)
            return answer

        return self._plan(method, None, times, happen, "late")

    def cut(
        self, method: str, *, done: bool = False, chat: int | None = None, times: int | None = 1
    ) -> Fault:
        """Cut the line after reading the request; `done`: after it took effect."""

        async def happen(work: Work) -> Answer:
            if done:
                await work()
            raise LineCut

        return self._plan(method, chat, times, happen, "cut")

    def _plan(
        self,
        method: str,
        chat: int | None,
        times: int | None,
        happen: Callable[[Work], Awaitable[Answer]],
        name: str,
    ) -> Fault:
        fault = Fault(method=method, chat=chat, times=times, happen=happen, name=name)
        self.planned.append(fault)
        return fault
