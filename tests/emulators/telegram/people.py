"""What a chat's members can see and wait for; shared by residents and groups."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.emulators.telegram.world import Bubble, Chat

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram

Wanted = str | re.Pattern[str] | Callable[[Bubble], bool]


class Reader:
    """Reads one chat from top to bottom; what was heard once is not heard again."""

    def __init__(self, telegram: "Telegram", chat: Chat) -> None:
        self.telegram = telegram
        self.chat = chat
        self._read = 0

    @property
    def bubbles(self) -> list[Bubble]:
        """All that the bot showed in this chat: messages, edits, deletions."""
        return self.chat.bubbles

    @property
    def last(self) -> Bubble:
        """The newest message or edit."""
        return next(one for one in reversed(self.bubbles) if one.kind != "deletion")

    @property
    def unheard(self) -> list[Bubble]:
        """What came after the last `hears` (or the last words of one's own)."""
        return self.bubbles[self._read :]

    def reads_all(self) -> None:
        """Count everything so far as heard."""
        self._read = len(self.bubbles)

    async def hears(self, wanted: Wanted = "", *, within: float = 60.0) -> Bubble:
        """Wait for the next message or edit that fits and give it; what came before it counts as heard.

        `wanted` is a part of the text (in any case), a pattern, or a function of the bubble.

        Raises:
            AssertionError: it did not come in time; the text tells what came instead.
        """
        fits = _fits(wanted)

        def found() -> Bubble | None:
            for index, bubble in enumerate(self.bubbles[self._read :], self._read):
                if bubble.kind != "deletion" and fits(bubble):
                    self._read = index + 1
                    return bubble
            return None

        return await self.telegram.world.bell.until(
            found, within=within, missing=lambda: self._missing(wanted)
        )

    async def sees_gone(self, message_id: int, *, within: float = 60.0) -> None:
        """Wait until the bot has deleted that message."""
        await self.telegram.world.bell.until(
            lambda: message_id in self.chat.deleted, within=within, missing=lambda: self._missing(message_id)
        )

    def _missing(self, wanted: object) -> str:
        heard = "\n  ".join(f"{one.kind}: {one.text!r} {one.labels}" for one in self.unheard) or "nothing"
        return f"{wanted!r} was not heard, but:\n  {heard}\n{self.telegram.journal.tail()}"


def _fits(wanted: Wanted) -> Callable[[Bubble], bool]:
    if isinstance(wanted, str):
        return lambda bubble: wanted.lower() in bubble.text.lower()
    if isinstance(wanted, re.Pattern):
        return lambda bubble: wanted.search(bubble.text) is not None
    return wanted
