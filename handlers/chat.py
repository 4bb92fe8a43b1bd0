"""The script's side of a conversation: say, ask, choose, confirm, once. Scripts are replayed; see docs/architecture.md.

What leaves a script early (caught by handlers/engine.py only):

Unwind        a question was asked and waits for its answer
├── Diverged  the transcript does not fit the script any more
└── Left      the script handed over to another conversation
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

from domain.office import Office
from domain.refusals import Refusal
from domain.week import Week
from handlers import codec
from handlers.caps import Caps
from handlers.dialogue import Entry, Transcript
from storage.store import Reading, Writing

T = TypeVar("T")
P = ParamSpec("P")
# A mapping holds the same words by language; the texts take the resident's.
Variable = str | int | bool | date | datetime | Sequence[str] | Mapping[str, str] | Week


class Unwind(BaseException):
    """A question was asked and waits for its answer."""


class Diverged(Unwind):
    """The transcript does not fit the script any more."""


class Left(Unwind):
    """The script handed over to another conversation."""

    def __init__(self, conversation: str, argument: str) -> None:
        self.conversation = conversation
        self.argument = argument


@dataclass(frozen=True, slots=True)
class Said:
    """One thought: a key of the texts and its variables."""

    key: str
    variables: Mapping[str, Variable] = field(default_factory=dict)


class Choice:
    """One thing to choose: the value that the script gets, the key of its label, the key of its hint."""

    __slots__ = ("hint", "label", "value", "variables")

    def __init__(self, value: Any, label: str, *, hint: str | None = None, **variables: Variable) -> None:
        self.value = value
        self.label = label
        self.hint = hint
        self.variables = variables


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices, as a script asks it."""

    said: Said
    choices: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A keyed hash that wrong pairs are counted under; `allowance` multiplies the chat's budget (web: 20 per address)."""

    key: bytes
    allowance: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The member of staff that a chat belongs to."""

    id: int
    name: str
    role: str
    point: str | None = None


@dataclass(slots=True, kw_only=True)
class Scene:
    """Where a script is played: who is asking, over which channel, at which moment."""

    db: Writing
    office: Office
    caps: Caps
    language: str
    chat: int
    askers: tuple[Asker, ...] = ()
    staff: Member | None = None
    stopped: bool = False
    idle_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the open question hears: the typed text, or the value of the choice that was taken."""

    text: str = ""
    chosen: bool = False
    value: Any = None


class Chat:
    """One run of a script over its transcript, up to the first question without an answer."""

    def __init__(self, scene: Scene, transcript: Transcript, answer: Answer | None) -> None:
        self._scene = scene
        self._transcript = transcript
        self._position = 0
        self._answer = answer
        # What stands before the open question was said in an earlier turn.
        self._silent = transcript.question is not None or bool(transcript.entries)
        self.said: list[Said] = []
        self.question: Question | None = None
        self.padding_seconds = 0.0
        self.language = scene.language
        self.caps = scene.caps
        self.office = scene.office
        self.now = scene.db.now
        self.id = scene.chat
        self.askers = scene.askers
        self.staff = scene.staff
        self.stopped = scene.stopped
        self.idle_seconds = scene.idle_seconds
        self.argument = transcript.argument
        self.given = transcript.given

    async def say(self, key: str, **variables: Variable) -> None:
        """Say one thought; silent when it was said in an earlier turn."""
        if not self._silent:
            self.said.append(Said(key, variables))

    async def ask(self, key: str, parse: Callable[[str], T], **variables: Variable) -> T:
        """Ask until the parser takes the answer; what it refuses is told, and the question stays."""
        recorded = self._recall("ask", key)
        if recorded is not None:
            loaded: T = self._load(codec.answer_loader(parse), recorded)
            return loaded
        question = Question(Said(key, variables))
        text = self.given.pop(key, None)
        if text is None:
            text = self._hear(question).text
        else:
            self._silent = False
        try:
            value = parse(text)
        except Refusal as refusal:
            self.refuse(refusal)
            self._wait(question)
        self._record("ask", key, value)
        return value

    async def choose(self, key: str, choices: Sequence[Choice], **variables: Variable) -> Any:
        """Ask for one of the choices; give its value."""
        recorded = self._recall("choose", key)
        if recorded is not None:
            return recorded.value
        question = Question(Said(key, variables), choices)
        answer = self._hear(question)
        if not answer.chosen or all(answer.value != choice.value for choice in choices):
            self.said.append(Said("engine-choose-again"))
            self._wait(question)
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
        recorded = self._recall("once", key)
        if recorded is not None:
            replayed: T = self._replay_step(step, recorded)
            return replayed
        try:
            async with self._scene.db.savepoint():
                result = await step(self._scene.db, *args, **kwargs)
        except Refusal as refusal:
            self._record("once", key, {"refused": refusal.to_json()})
            raise
        self._record("once", key, {"result": codec.to_json(result)})
        return result

    async def read(
        self, read: Callable[Concatenate[Reading, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read something now; a replay reads it again, so nothing that decides the next question."""
        return await read(self._scene.db, *args, **kwargs)

    async def open(self, conversation: str, argument: str = "") -> NoReturn:
        """Leave for another conversation."""
        raise Left(conversation, argument)

    def speak(self, language: str) -> None:
        """Go on in another language, from this turn's answer on."""
        self.language = language

    def pad(self, seconds: float) -> None:
        """Let this turn's answer leave no earlier than so many seconds after the turn began (equal answers)."""
        if self._silent:
            return
        self.padding_seconds = max(self.padding_seconds, seconds)

    def refuse(self, refusal: Refusal) -> None:
        """Tell a refusal."""
        self.said.append(Said(f"refusal-{refusal.code}", refusal.details))

    def _recall(self, kind: str, key: str) -> Entry | None:
        if self._position >= len(self._transcript.entries):
            return None
        entry = self._transcript.entries[self._position]
        if (entry.kind, entry.key) != (kind, key):
            raise Diverged
        self._position += 1
        return entry

    def _load(self, loads: codec.Load, entry: Entry) -> Any:
        try:
            return codec.load(loads, entry.value)
        except codec.Unloadable:
            raise Diverged from None

    def _replay_step(self, step: Callable[..., Any], entry: Entry) -> Any:
        refused = entry.value.get("refused") if isinstance(entry.value, dict) else None
        if refused is not None:
            raise self._load(Refusal.from_json, entry._replace(value=refused))
        return self._load(lambda value: codec.result_loader(step)(value["result"]), entry)

    def _hear(self, question: Question) -> Answer:
        open_question = self._transcript.question
        if open_question is not None and open_question.key != question.said.key:
            raise Diverged
        answer, self._answer = self._answer, None
        if answer is None:
            self._wait(question)
        self._silent = False
        return answer

    def _wait(self, question: Question) -> NoReturn:
        self.question = question
        raise Unwind

    def _record(self, kind: str, key: str, value: Any) -> None:
        self._transcript.entries.append(Entry(kind, key, codec.to_json(value)))
        self._position += 1
        self._transcript.question = None
        self._silent = False
