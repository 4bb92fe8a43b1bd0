"""The interface of scripts, which are replayed (docs/architecture.md): say, ask, choose, confirm, once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, Literal, NoReturn, ParamSpec, TypeVar

from domain import codec
from domain.refusals import Refusal
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Entry, Offered, Transcript
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
from storage.session import Look, Reading, Work, Writing

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
_OFTEN = 2  # refused answers to one question
_PROVEN_AT_MOST = 50  # per sitting; more than a family has


class Chat(Telling):
    """One run of a script over its transcript, up to the first unanswered question.

    `settles`: name and beginning of the argument of conversations that end with this one.
    """

    settles: tuple[str, str] | None = None

    def __init__(self, scene: Scene, transcript: Transcript, answer: Answer | None) -> None:
        # What precedes the open question was sent in an earlier turn.
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
        self.staff = scene.staff
        self.stopped = scene.stopped
        self.holidays = scene.holidays
        self.argument = transcript.argument
        self.given = transcript.given
        self.pushed = transcript.pushed
        self.interrupts = False  # another conversation resumes after this one
        self.interrupted = "", ""  # its name and question
        self.handed = scene.handed
        self.uncalled = scene.uncalled
        self.veiled = False
        self.gate_answers = 0
        self.ends_all = False  # the end of this conversation ends all open ones

    @property
    def askers(self) -> tuple[Asker, ...]:
        """Keyed hashes under which requests of this chat are counted."""
        index = self._scene.db.vault.index
        return tuple(
            Asker(key=index(one.name, of=one.of), allowance=one.allowance, shared=one.of == "source")
            for one in self._scene.asker_names
        )

    @property
    def channels(self) -> Mapping[str, Caps]:
        """All channels of the office, by name."""
        return self._scene.channels

    @property
    def covered(self) -> tuple[int, ...] | None:
        """Applications that may be shown, changed, exported or erased here.

        On a shared device those whose pair was shown in this sitting; None: all of the chat.
        """
        return tuple(self._scene.proven) if self.caps.shared_device else None

    @property
    def covered_cases(self) -> tuple[str, ...] | None:
        """Cases that may be shown here, on a shared device only this sitting's; None: all of the chat."""
        return tuple(self._scene.cases) if self.caps.shared_device else None

    @property
    def others_may_read(self) -> bool:
        """Whether personal data requires a pair first: a shared device, and none shown in this sitting."""
        return self.covered == ()

    def recording(self) -> File | None:
        """The last answer read aloud; None if some part of it is not recorded."""
        voice, spoken = self._scene.voice, self._scene.spoken
        return voice.speak(self.language, spoken) if voice is not None and spoken else None

    def prove(self, application: int) -> None:
        """Record that the pair of an application was shown; valid for this sitting."""
        _keep_latest(self._scene.proven, application)

    def prove_case(self, number: str) -> None:
        """Record that a case was opened or named here; valid for this sitting."""
        _keep_latest(self._scene.cases, number)

    def veil(self) -> None:
        """Begin to check who uses the device; a push that begins here tells only that there is news.

        Answers until `unveil` do not count as answers of the push.
        """
        self.veiled = True

    def unveil(self) -> None:
        """End the check that `veil` began."""
        self.veiled = False

    async def ask(
        self,
        key: str,
        parse: Callable[[str], T],
        *,
        choices: Offering | None = None,
        location: bool = False,
        shortens: bool = False,
        **variables: Variable,
    ) -> T:
        """Ask until the parser accepts the answer; a refusal is told and the question stays.

        `location` adds a button that sends the resident's location, parsed as `latitude,longitude`; typed
        text is accepted as well. `choices` may be tapped instead; they are loaded only while the question is
        open, and their values are the answers as `codec.dump` stores them. `shortens`: the text gets the
        variable `again`: no (asked first), yes, or often (at least two refused answers).
        """
        loads = answer_loader(parse)
        recorded = self._recall("ask", key)
        if recorded is not None:
            loaded: T = load_or_diverge(loads, recorded.value)
            return loaded
        offered = await choices() if choices else ()

        def asks() -> Question:
            told = variables | {"again": self._again_for(key)} if shortens else variables
            return Question("ask", Said(key, told), offered, locates=location)

        text = self.given.pop(key, None)
        if text is None:
            answer = self._hear(asks())
            if answer.token is not None or answer.follows:
                self.taken = answer.token
                self._record("ask", key, answer.value)
                tapped: T = load_or_diverge(loads, answer.value)
                return tapped
            if answer.located and not location:
                self.said.append(Said("engine-unsupported", {"kind": "location"}))
                raise Asked(asks())
            text = answer.text
        try:
            value = parse(text)
        except Refusal as refusal:
            self._refuse_answer(refusal)
            raise Asked(asks()) from None
        self._record("ask", key, value)
        return value

    def _refuse_answer(self, refusal: Refusal) -> None:
        self.refused = True
        self.refuse(refusal)
        if self._transcript.question is not None:
            self._transcript.question.missed += 1

    @property
    def again(self) -> str:
        """How often the open question was asked already: no, yes, or often (two refused answers)."""
        open_question = self._transcript.question
        if open_question is None or self._scene.switched:
            return "no"  # in a new language everything is told again, also what is agreed to
        return "often" if open_question.missed >= _OFTEN else "yes"

    def _again_for(self, key: str) -> str:
        """As `again`; a question that was answered by another question was asked already."""
        answered = any(entry.key == key for entry in self._transcript.entries)
        return "yes" if answered and self.again == "no" and not self._scene.switched else self.again

    async def choose(self, key: str, choices: Sequence[Choice], **variables: Variable) -> Any:
        """Ask for one of the choices; return its value."""
        recorded = self._recall("choose", key)
        if recorded is not None:
            return recorded.value
        question = Question("choose", Said(key, variables), choices)
        answer = self._hear(question)
        if answer.follows:
            self.taken = self._token_of(answer.value, choices)
            self._record("choose", key, answer.value)
            return answer.value
        if answer.token is None or all(answer.value != choice.value for choice in choices):
            self.said.append(Said("engine-choose-again"))
            raise Asked(question)
        self.taken = answer.token
        self._record("choose", key, answer.value)
        return answer.value

    def _token_of(self, value: Any, choices: Sequence[Choice]) -> str | None:
        """Token of the choice that words meant, so that its button shows what came of it; None: no choice."""
        question = self._transcript.question
        if question is None or all(value != choice.value for choice in choices):
            return None
        return self._transcript.token(question, Offered(value, "").name)

    async def confirm(self, key: str, **variables: Variable) -> bool:
        """Ask for yes or no."""
        choices = [Choice("yes", "engine-yes"), Choice("no", "engine-no")]
        return bool(await self.choose(key, choices, **variables) == "yes")

    async def once(self, key: str, step: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a step once, in a savepoint; replays return its recorded result.

        Raises:
            Refusal: the step refused; every replay raises it again.
        """
        return await self._step("once", key, step, *args, **kwargs)

    async def learn(self, key: str, read: Look[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read and record a value that decides the next question; a step back passes it.

        Raises:
            Refusal: the read refused; every replay raises it again.
        """
        return await self._step("learn", key, read, *args, **kwargs)

    async def repeat(self, key: str, step: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a step as `once`, which does no harm when it is done again; a step back passes it.

        Raises:
            Refusal: the step refused; every replay raises it again.
        """
        return await self._step("repeat", key, step, *args, **kwargs)

    async def _step(
        self,
        kind: Literal["once", "learn", "repeat"],
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
            raise Diverged  # showing a question again must not run new steps
        try:
            async with nullcontext() if kind == "learn" else db.savepoint():  # a read leaves nothing to undo
                result = await step(db, *args, **kwargs)
        except Refusal as refusal:
            self._record(kind, key, {"refused": refusal.to_json()})
            raise
        self._record(kind, key, {"result": codec.dump(result)})
        return result

    async def read(self, read: Look[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read a value that decides no question; replays read it again."""
        return await read(self._scene.db, *args, **kwargs)

    async def open(self, conversation: str, argument: str = "") -> NoReturn:
        """Switch to another conversation."""
        raise Left(conversation, argument)

    def require_played_out(self) -> None:
        """Check that the script used all records of its transcript.

        Raises:
            Diverged: an answer or the open question has no place in the script any more.
        """
        if self._position < len(self._transcript.entries) or self._transcript.question is not None:
            raise Diverged

    def _recall(self, kind: Literal["ask", "choose", "once", "learn", "repeat"], key: str) -> Entry | None:
        """Record of this step; None for the first step without one."""
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
        """The answer, if it was meant for this question."""
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
    """Append or move it to the end; drop the oldest ones above the limit."""
    if one in kept:
        kept.remove(one)
    kept.append(one)
    del kept[:-_PROVEN_AT_MOST]


async def another_waits(chat: Chat, key: str) -> bool:
    """Whether another question waits; it is asked right after this conversation, which then asks nothing.

    Recorded under the key, so that replays take the same path.
    """
    return await chat.learn(key, as_it_stands, truth=chat.interrupts)


async def as_it_stands(_db: Reading, *, truth: bool) -> bool:
    """Return what is true now; `learn` records it for replays."""
    return truth
