"""Texts and attachments of a turn; those of earlier turns are not repeated."""

from collections.abc import Awaitable, Callable, Sequence

from domain.refusals import Refusal
from handlers.engine.scene import Attached, Enclosed, Said, Variable
from handlers.engine.screen import Place


class Telling:
    """Collects output; `silent` while the script replays earlier turns."""

    def __init__(self, language: str, *, silent: bool) -> None:
        self.language = language
        self._silent = silent
        self.said: list[Said] = []
        self.enclosed = Enclosed()
        self.padding_seconds = 0.0

    async def say(self, key: str, **variables: Variable) -> None:
        """Say a text; silent in a replay."""
        if not self._silent:
            self.said.append(Said(key, variables))

    async def tell(self, thoughts: Callable[[], Awaitable[Sequence[Said]]]) -> None:
        """Say texts that are costly to make; the function is not called in a replay."""
        if not self._silent:
            self.said += await thoughts()

    async def attach(self, file: Attached | Callable[[], Attached]) -> None:
        """Attach a picture, document or page; silent in a replay.

        A function is called only when the file is sent.
        """
        if not self._silent:
            self.enclosed.files.append(file() if callable(file) else file)

    async def link(self, key: str, url: str, **variables: Variable) -> None:
        """Add a button that opens a web page; silent in a replay. The label has at most 20 characters."""
        if not self._silent:
            self.enclosed.links.append((Said(key, variables), url))

    async def place(self, place: Place) -> None:
        """Show a place; silent in a replay. Without text, it becomes a pin."""
        if not self._silent:
            self.enclosed.place = place

    def approved(self, name: str, *gaps: str | Said) -> None:
        """Set the template for a push that needs one."""
        self.enclosed.approve(name, *gaps)

    def speak(self, language: str) -> None:
        """Switch the language from this turn on; a replay does not undo later switches."""
        if not self._silent:
            self.language = language

    def pad(self, seconds: float) -> None:
        """Send this turn's answer after at least so many seconds, so that all outcomes take equal time."""
        if not self._silent:
            self.padding_seconds = max(self.padding_seconds, seconds)

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal."""
        self.said.append(Said(f"refusal-{refusal.code}", refusal.details))
