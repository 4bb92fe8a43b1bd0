"""What a script tells in a turn: thoughts, and what is enclosed with them; what an earlier turn told stays silent."""

from collections.abc import Awaitable, Callable, Sequence

from domain.refusals import Refusal
from handlers.engine.scene import Attached, Enclosed, Said, Variable
from handlers.engine.screen import Place


class Telling:
    """Collects what is told; `silent` while the script is replayed up to the open question."""

    def __init__(self, language: str, *, silent: bool) -> None:
        self.language = language
        self._silent = silent
        self.said: list[Said] = []
        self.enclosed = Enclosed()
        self.padding_seconds = 0.0

    async def say(self, key: str, **variables: Variable) -> None:
        """Say one thought; silent when it was said in an earlier turn."""
        if not self._silent:
            self.said.append(Said(key, variables))

    async def tell(self, thoughts: Callable[[], Awaitable[Sequence[Said]]]) -> None:
        """Say several thoughts that are costly to make: made only when they are said, and not on a replay."""
        if not self._silent:
            self.said += await thoughts()

    async def attach(self, file: Attached | Callable[[], Attached]) -> None:
        """Send a picture, document or page along with this turn's words; like `say`, once.

        A function is called only when the file is sent, and not on a replay: it makes the file from what it holds.
        """
        if not self._silent:
            self.enclosed.files.append(file() if callable(file) else file)

    async def link(self, key: str, url: str, **variables: Variable) -> None:
        """Put a button below this turn's words that opens a page; like `say`, once. The label fits any button (20)."""
        if not self._silent:
            self.enclosed.links.append((Said(key, variables), url))

    async def place(self, place: Place) -> None:
        """Show where to go along with this turn's words; like `say`, once. A turn without words shows a pin."""
        if not self._silent:
            self.enclosed.place = place

    def approved(self, name: str, *gaps: str | Said) -> None:
        """Name the approved words for what the office begins here, for a channel that takes no others."""
        self.enclosed.approve(name, *gaps)

    def speak(self, language: str) -> None:
        """Go on in another language, from this turn's answer on; a replay never takes a later switch back."""
        if not self._silent:
            self.language = language

    def pad(self, seconds: float) -> None:
        """Let this turn's answer leave no earlier than so many seconds after the turn began (equal answers)."""
        if not self._silent:
            self.padding_seconds = max(self.padding_seconds, seconds)

    def refuse(self, refusal: Refusal) -> None:
        """Tell a refusal."""
        self.said.append(Said(f"refusal-{refusal.code}", refusal.details))
