"""Calls of the bot, and their answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from demo.whatsapp_emulator.bell import Bell

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class ApiCall:
    """One call. `what` is messages, read, media, download, templates or number; `at` is monotonic, in seconds.

    `status` is None until the bot has an answer; `id` is the message's (or file's) id if the call took
    effect.
    """

    number: int
    what: str
    verb: str
    at: float
    body: Json = field(default_factory=dict, repr=False)
    status: int | None = None
    error: str | None = None
    id: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the call took effect, even without an answer."""
        return self.id is not None

    @property
    def to(self) -> str:
        """Recipient as written by the bot."""
        return str(self.body.get("to") or self.body.get("recipient") or "")

    @property
    def kind(self) -> str:
        """Type of a message: text, interactive, template and so on."""
        return str(self.body.get("type", "text"))

    @property
    def text(self) -> str:
        """Text of a message."""
        return text_of(self.body)


def text_of(body: Json) -> str:
    """Text of a payload: text, interactive body, caption, or a template's name and variables."""
    content = body.get(str(body.get("type", "text")))
    if not isinstance(content, dict):
        return ""
    inner = content.get("body")
    if isinstance(inner, dict):
        return str(inner.get("text", ""))
    return str(inner or content.get("caption", ""))


class Journal:
    """All calls in order of arrival."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.all: list[ApiCall] = []

    def open(self, what: str, *, verb: str, body: Json, at: float) -> ApiCall:
        """Record a call."""
        call = ApiCall(number=len(self.all), what=what, verb=verb, at=at, body=body)
        self.all.append(call)
        self.bell.ring()
        return call

    def calls(
        self,
        what: str = "messages",
        *,
        to: str | None = None,
        kind: str | None = None,
        ok: bool | None = None,
    ) -> list[ApiCall]:
        """Calls by kind, recipient and success."""
        return [
            call
            for call in self.all
            if call.what == what
            and to in {None, call.to}
            and kind in {None, call.kind}
            and ok in {None, call.ok}
        ]

    async def until(
        self,
        what: str = "messages",
        *,
        times: int = 1,
        where: Callable[[ApiCall], bool] = lambda _call: True,
        within: float = 60.0,
    ) -> list[ApiCall]:
        """Wait for that many such calls (answered or not) and return them.

        Raises:
            AssertionError: they did not arrive in time.
        """

        def found() -> list[ApiCall] | None:
            calls = [call for call in self.calls(what) if where(call)]
            return calls if len(calls) >= times else None

        return await self.bell.until(found, within=within, missing=lambda: f"{times} × {what}; {self.tail()}")

    def tail(self, length: int = 12) -> str:
        """The last calls, for a failed assertion."""
        shown = [
            f"{call.what} {call.kind}→{call.error or call.status} {call.text[:60]!r}"
            for call in self.all[-length:]
        ]
        return "the last calls were:\n  " + "\n  ".join(shown)
