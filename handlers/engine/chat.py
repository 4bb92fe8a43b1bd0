"""The script's side of a conversation: say, ask, choose, confirm, once. Scripts are replayed; see docs/architecture.md."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Concatenate, Literal, NoReturn, ParamSpec, TypeVar

from domain import codec
from domain.refusals import Refusal
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Entry, Transcript
from handlers.engine.recall import (
    Asked,
    Diverged,
    Left,
    answer_loader,
    load_or_diverge,
    result_loader,
    result_of,
)
from handlers.engine.scene import Answer, Asker, Choice, Page, Question, Said, Scene, Variable
from handlers.engine.screen import File, Place
from handlers.engine.telling import Telling
from storage.session import Reading, Writing

__all__ = [
    "Asked",
    "Asker",
    "Chat",
    "Choice",
    "Diverged",
    "File",
    "Left",
    "Page",
    "Place",
    "Said",
    "Variable",
]

T = TypeVar("T")
P = ParamSpec("P")
Offering = Callable[[], Awaitable[Sequence[Choice]]]
_PROVEN_AT_MOST = 50  # of one sitting: more than a family has


class Chat(Telling):
    """One run of a script over its transcript, up to the first question without an answer."""

    def __init__(self, scene: Scene, transcript: Transcript, answer: Answer | None) -> None:
        # What stands before the open question was said in an earlier turn.
        super().__init__(scene.language, silent=transcript.question is not None or bool(transcript.entries))
        self._scene = scene
        self._transcript = transcript
        self._position = 0
        self._answer = answer
        self.refused = False
        self.taken: str | None = None
        self.caps = scene.caps
        self.office = scene.office
        self.now = scene.db.now
        self.id = scene.chat
        self.askers = scene.askers
        self.staff = scene.staff
        self.stopped = scene.stopped
        self.holidays = scene.holidays
        self.argument = transcript.argument
        self.given = transcript.given
        self.pushed = transcript.pushed
        self.interrupts = False  # another conversation waits for this one to end
        self.interrupted = "", ""  # which one, and its question
        self.handed = scene.handed
        self.uncalled = scene.uncalled
        self.veiled = False
        self.gate_answers = 0
        self.ends_all = False  # with this conversation everything else that is open is over, too

    @property
    def channels(self) -> Mapping[str, Caps]:
        """Every channel that the office can be reached over, by name."""
        return self._scene.channels

    @property
    def covered(self) -> tuple[int, ...] | None:
        """The applications that may be told, changed, exported or erased here.

        At a shared device those whose pair was shown since somebody sat down there; None: all that belong to the chat.
        """
        return tuple(self._scene.proven) if self.caps.shared_device else None

    @property
    def covered_cases(self) -> tuple[str, ...] | None:
        """The cases that may be told here: those that were opened or named since; None: all of the chat."""
        return tuple(self._scene.cases) if self.caps.shared_device else None

    @property
    def others_may_read(self) -> bool:
        """Whether nobody who sits at a shared device has shown a pair yet: then everything personal asks for one."""
        return self.covered == ()

    def prove(self, application: int) -> None:
        """Note that the pair of an application was shown; it counts until the device is left, or idle."""
        _keep_latest(self._scene.proven, application)

    def prove_case(self, number: str) -> None:
        """Note that a case was opened or named here; it counts as long as a pair does."""
        _keep_latest(self._scene.cases, number)

    def veil(self) -> None:
        """Begin to ask who is at the device; a push that begins here says no more than that there is news.

        What is answered until `unveil` answers nothing of the push itself.
        """
        self.veiled = True

    def unveil(self) -> None:
        """Go on as who is at the device has answered."""
        self.veiled = False

    async def ask(
        self,
        key: str,
        parse: Callable[[str], T],
        *,
        choices: Offering | None = None,
        location: bool = False,
        **variables: Variable,
    ) -> T:
        """Ask until the parser takes the answer; what it refuses is told, and the question stays.

        With `location`, a button sends where the resident is: the parser gets it as `latitude,longitude`, and typed
        words as ever. With `choices`, answers can be tapped, too; they are looked up only while the question is open,
        and their values are what `codec.dump` gives of the answer.
        """
        loads = answer_loader(parse)
        recorded = self._recall("ask", key)
        if recorded is not None:
            loaded: T = load_or_diverge(loads, recorded.value)
            return loaded
        offered = await choices() if choices else ()
        question = Question("ask", Said(key, variables), offered, locates=location)
        text = self.given.pop(key, None)
        if text is None:
            answer = self._hear(question)
            if answer.token is not None:
                self.taken = answer.token
                self._record("ask", key, answer.value)
                tapped: T = load_or_diverge(loads, answer.value)
                return tapped
            if answer.located and not location:
                self.said.append(Said("engine-unsupported", {"kind": "location"}))
                raise Asked(question)
            text = answer.text
        try:
            value = parse(text)
        except Refusal as refusal:
            self.refused = True
            self.refuse(refusal)
            raise Asked(question) from None
        self._record("ask", key, value)
        return value

    async def choose(self, key: str, choices: Sequence[Choice], **variables: Variable) -> Any:
        """Ask for one of the choices; give its value."""
        recorded = self._recall("choose", key)
        if recorded is not None:
            return recorded.value
        question = Question("choose", Said(key, variables), choices)
        answer = self._hear(question)
        if answer.token is None or all(answer.value != choice.value for choice in choices):
            self.said.append(Said("engine-choose-again"))
            raise Asked(question)
        self.taken = answer.token
        self._record("choose", key, answer.value)
        return answer.value

    async def confirm(self, key: str, **variables: Variable) -> bool:
        """Ask for yes or no."""
        choices = [Choice("yes", "engine-yes"), Choice("no", "engine-no")]
        return bool(await self.choose(key, choices, **variables) == "yes")

    async def once(
        self,
        key: str,
        step: Callable[Concatenate[Writing, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Carry a step out once, in a savepoint, and give its recorded result ever after.

        Raises:
            Refusal: the step refused; it is raised again on every replay.
        """
        return await self._step("once", key, step, *args, **kwargs)

    async def learn(
        self,
        key: str,
        read: Callable[Concatenate[Reading, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Read something and keep it, so that it may decide what is asked next; a step back goes past it.

        Raises:
            Refusal: what was read refused; it is raised again on every replay.
        """
        return await self._step("learn", key, read, *args, **kwargs)

    async def _step(
        self,
        kind: Literal["once", "learn"],
        key: str,
        step: Callable[..., Awaitable[T]],
        /,
        *args: Any,
        **kwargs: Any,
    ) -> T:
        loads = result_loader(step)
        recorded = self._recall(kind, key)
        if recorded is not None:
            replayed: T = load_or_diverge(lambda outcome: result_of(outcome, loads), recorded.value)
            return replayed
        db = self._scene.db
        if not isinstance(db, Writing):
            raise Diverged  # shown again, the script would go further than it was played
        try:
            async with db.savepoint():
                result = await step(db, *args, **kwargs)
        except Refusal as refusal:
            self._record(kind, key, {"refused": refusal.to_json()})
            raise
        self._record(kind, key, {"result": codec.dump(result)})
        return result

    async def read(
        self, read: Callable[Concatenate[Reading, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read something now; a replay reads it again, so nothing that decides the next question."""
        return await read(self._scene.db, *args, **kwargs)

    async def open(self, conversation: str, argument: str = "") -> NoReturn:
        """Leave for another conversation."""
        raise Left(conversation, argument)

    def require_played_out(self) -> None:
        """Make sure that the script, which left or ended, has used up all that was recorded.

        Raises:
            Diverged: an answer or the open question has no place in the script any more.
        """
        if self._position < len(self._transcript.entries) or self._transcript.question is not None:
            raise Diverged

    def _recall(self, kind: Literal["ask", "choose", "once", "learn"], key: str) -> Entry | None:
        """Give the record of this step, None for the first step without one."""
        transcript = self._transcript
        if self._position == len(transcript.entries):
            waiting = transcript.question
            if waiting is not None and (waiting.kind, waiting.key) != (kind, key):
                raise Diverged
            return None
        entry = transcript.entries[self._position]
        if (entry.kind, entry.key) != (kind, key):
            raise Diverged
        self._count(kind)
        return entry

    def _count(self, kind: str) -> None:
        self._position += 1
        self.gate_answers += self.veiled and kind in ("ask", "choose")

    def _hear(self, question: Question) -> Answer:
        """Give the answer, if this question is the one that waited for it."""
        answer, self._answer = self._answer, None
        if answer is None or self._transcript.question is None:
            raise Asked(question)
        return answer

    def _record(self, kind: str, key: str, value: Any) -> None:
        self._transcript.entries.append(Entry(kind, key, codec.dump(value)))
        self._count(kind)
        self._transcript.question = None
        self._silent = False


def _keep_latest(kept: list[T], one: T) -> None:
    """Put it last; the oldest gives way when there are too many."""
    if one in kept:
        kept.remove(one)
    kept.append(one)
    del kept[:-_PROVEN_AT_MOST]


async def another_waits(chat: Chat, key: str) -> bool:
    """Tell whether another question waits: it comes back at once, so that nothing is asked beside it.

    It is kept under the key, so that a replay goes the same way.
    """
    return await chat.learn(key, _as_it_stands, interrupts=chat.interrupts)


async def _as_it_stands(_db: Reading, *, interrupts: bool) -> bool:
    return interrupts
