"""Every call the bot made, and how it was answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from demo.whatsapp_emulator.bell import Bell
from tests.emulators.telegram.bodies import Fields, Upload


@dataclass(slots=True, kw_only=True)
class Call:
    """One call. `at` is a monotonic time in seconds; `status` stays None while the bot has no answer."""

    number: int
    method: str
    at: float
    by: Literal["http", "webhook answer"]
    values: dict[str, Any] = field(repr=False)
    uploads: dict[str, Upload] = field(repr=False)
    status: int | None = None
    error: str | None = None
    result: Any = field(default=None, repr=False)
    done: bool = False

    @property
    def chat(self) -> int | None:
        try:
            return int(self.values["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def text(self) -> str:
        """The text or caption as the bot wrote it."""
        return str(self.values.get("text", self.values.get("caption", "")))

    @property
    def buttons(self) -> list[str]:
        markup = Fields(self.values).tree("reply_markup") or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [button["text"] if isinstance(button, dict) else button for row in rows for button in row]

    @property
    def ok(self) -> bool:
        """The call took effect, whether or not the bot got the answer."""
        return self.result is not None


class Journal:
    """All calls in the order they came in."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.all: list[Call] = []

    def open(self, method: str, fields: Fields, *, by: Literal["http", "webhook answer"], at: float) -> Call:
        call = Call(
            number=len(self.all), method=method, at=at, by=by, values=fields.values, uploads=fields.uploads
        )
        self.all.append(call)
        self.bell.ring()
        return call

    def calls(
        self, method: str | None = None, *, chat: int | None = None, ok: bool | None = None
    ) -> list[Call]:
        """Calls of a method, to a chat, with or without success; getUpdates only when it is named."""
        return [
            call
            for call in self.all
            if (call.method == method if method else call.method != "getUpdates")
            and chat in {None, call.chat}
            and ok in {None, call.ok}
        ]

    async def until(
        self,
        method: str,
        *,
        times: int = 1,
        chat: int | None = None,
        where: Callable[[Call], bool] = lambda call: True,
        within: float = 60.0,
    ) -> list[Call]:
        """Wait until that many calls of the method have come in (answered or not) and give them.

        Raises:
            AssertionError: they did not come in time.
        """

        def found() -> list[Call] | None:
            calls = [call for call in self.calls(method, chat=chat) if where(call)]
            return calls if len(calls) >= times else None

        return await self.bell.until(
            found, within=within, missing=lambda: f"{times} × {method}; {self.tail()}"
        )

    def tail(self, length: int = 12) -> str:
        """The last calls, for a failed assertion."""
        shown = [
            f"{call.method}→{call.error or call.status} {call.text[:60]!r}" for call in self.all[-length:]
        ]
        return "the last calls were:\n  " + "\n  ".join(shown)
