"""Scripted faults of the next calls, or of accepted messages."""

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
    """A fault planned for some calls. `times` None: until removed."""

    name: str
    what: str
    to: str | None
    times: int | None
    happen: Callable[[Work], Awaitable[Answer]] | None = None
    later: RefusedCall | None = None
    met: int = 0

    def concerns(self, call: ApiCall) -> bool:
        """Whether the fault applies to the call."""
        return (
            self.times != 0
            and self.what in {"*", call.what}
            and self.to in {None, call.to, call.to.removeprefix("+")}
        )

    def meet(self) -> None:
        """Count one affected call."""
        self.met += 1
        self.times = None if self.times is None else self.times - 1


@dataclass(slots=True)
class Faults:
    """Planned faults, of which the oldest match applies. `what` is a kind of call (media, …) or "*"."""

    planned: list[Fault] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, call: ApiCall, *, later: bool = False) -> Fault | None:
        """Fault of this call; `later`: of its accepted message."""
        for fault in self.planned:
            if (fault.later is not None) == later and fault.concerns(call):
                fault.meet()
                return fault
        return None

    def clear(self) -> None:
        """Remove all faults."""
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
        """Answer with an error of the platform."""

        async def happen(_work: Work) -> Answer:
            raise RefusedCall(code, details or "Scripted.")

        return self._plan(f"refuse {code}", what, to, times, happen)

    def fail_later(
        self, code: int, *, to: str | None = None, times: int | None = 1, details: str = ""
    ) -> Fault:
        """Accept the message, then report it as `failed`."""
        later = RefusedCall(code, details or "Scripted.")
        fault = Fault(name=f"fail {code}", what="messages", to=to, times=times, later=later)
        self.planned.append(fault)
        return fault

    def server_error(
        self, status: int = 502, *, what: str = "messages", times: int | None = 1, page: bool = True
    ) -> Fault:
        """Answer 5xx: a proxy's HTML page, or an empty body with `page=False`."""

        async def happen(_work: Work) -> Answer:
            return Answer(status=status, body=BAD_GATEWAY if page else b"", content_type="text/html")

        return self._plan(f"server error {status}", what, None, times, happen)

    def hang(
        self, *, what: str = "messages", to: str | None = None, done: bool = False, times: int | None = 1
    ) -> Fault:
        """Do not answer until `release()`; `done`: the call takes effect at once, else when released."""

        async def happen(work: Work) -> Answer:
            answer = await work() if done else None
            await self.released.wait()
            return answer or await work()

        self.released.clear()
        return self._plan("hang", what, to, times, happen)

    def release(self) -> None:
        """Continue all hanging calls."""
        self.released.set()

    def cut(
        self, *, what: str = "messages", to: str | None = None, done: bool = False, times: int | None = 1
    ) -> Fault:
        """Disconnect after reading the request; `done`: after it took effect."""

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
