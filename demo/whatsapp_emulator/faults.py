"""Scripted trouble: what the next calls meet instead of an answer, or what becomes of messages that were accepted."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from demo.whatsapp_emulator.http import Answer, LineCut
from demo.whatsapp_emulator.journal import ApiCall
from demo.whatsapp_emulator.refusals import RefusedCall

BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"

Work = Callable[[], Awaitable[Answer]]


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of trouble, planned for some calls. `times` None = until removed."""

    name: str
    what: str
    to: str | None
    times: int | None
    happen: Callable[[Work], Awaitable[Answer]] | None = None
    later: RefusedCall | None = None
    met: int = 0

    def concerns(self, call: ApiCall) -> bool:
        """Tell whether the call meets this fault."""
        return (
            self.times != 0
            and self.what in {"*", call.what}
            and self.to in {None, call.to, call.to.removeprefix("+")}
        )

    def meet(self) -> None:
        """Count one call that met it."""
        self.met += 1
        self.times = None if self.times is None else self.times - 1


@dataclass(slots=True)
class Faults:
    """The plan. `what` is a call's kind (messages, media, templates …) or "*"; the oldest fault that fits is met first."""

    planned: list[Fault] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, call: ApiCall, *, later: bool = False) -> Fault | None:
        """Give the fault that this call meets; `later`: the one that its accepted message meets."""
        for fault in self.planned:
            if (fault.later is not None) == later and fault.concerns(call):
                fault.meet()
                return fault
        return None

    def clear(self) -> None:
        """Plan nothing any more."""
        self.planned.clear()

    def refuse(
        self,
        code: int,
        *,
        what: str = "messages",
        to: str | None = None,
        times: int | None = 1,
        details: str = "",
    ) -> Fault:
        """Answer with an error of the platform instead of doing the call."""

        async def happen(_work: Work) -> Answer:
            raise RefusedCall(code, details or "Scripted.")

        return self._plan(f"refuse {code}", what, to, times, happen)

    def fail_later(
        self, code: int, *, to: str | None = None, times: int | None = 1, details: str = ""
    ) -> Fault:
        """Accept the message and tell in a `failed` status that nothing came of it."""
        later = RefusedCall(code, details or "Scripted.")
        fault = Fault(name=f"fail {code}", what="messages", to=to, times=times, later=later)
        self.planned.append(fault)
        return fault

    def server_error(
        self, status: int = 502, *, what: str = "messages", times: int | None = 1, page: bool = True
    ) -> Fault:
        """Answer 5xx: an HTML page as of a proxy, or with `page=False` an empty body."""

        async def happen(_work: Work) -> Answer:
            return Answer(status=status, body=BAD_GATEWAY if page else b"", content_type="text/html")

        return self._plan(f"server error {status}", what, None, times, happen)

    def hang(
        self, *, what: str = "messages", to: str | None = None, done: bool = False, times: int | None = 1
    ) -> Fault:
        """Answer nothing until `release()`; `done`: the call takes effect at once, else only when released."""

        async def happen(work: Work) -> Answer:
            answer = await work() if done else None
            await self.released.wait()
            return answer or await work()

        self.released.clear()
        return self._plan("hang", what, to, times, happen)

    def release(self) -> None:
        """Let every hanging call go on."""
        self.released.set()

    def cut(
        self, *, what: str = "messages", to: str | None = None, done: bool = False, times: int | None = 1
    ) -> Fault:
        """Cut the line after reading the request; `done`: after it took effect."""

        async def happen(work: Work) -> Answer:
            if done:
                await work()
            raise LineCut

        return self._plan("cut", what, to, times, happen)

    def _plan(
        self,
        name: str,
        what: str,
        to: str | None,
        times: int | None,
        happen: Callable[[Work], Awaitable[Answer]],
    ) -> Fault:
        fault = Fault(name=name, what=what, to=to, times=times, happen=happen)
        self.planned.append(fault)
        return fault
