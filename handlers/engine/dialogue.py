"""What is remembered of a dialogue between two messages: the transcripts of the open scripts and the last taps."""

import json
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, Self

VERSION = 2
TAPS_KEPT = 30  # more than the choices of the longest conversation
TAP_KEPT = timedelta(hours=24)
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_OPENING_LENGTH = 8


class Entry(NamedTuple):
    """One recorded step: `kind` is ask, choose, once (carried out) or learn (read)."""

    kind: str
    key: str
    value: Any


class Offered(NamedTuple):
    """One choice as it was offered: its value and the label the resident read."""

    value: Any
    label: str

    @property
    def name(self) -> str:
        """How a button names the choice: by its value, so that a choice that moved is still the same one."""
        return f"{zlib.crc32(json.dumps(self.value).encode()):08x}"


@dataclass(slots=True)
class OpenQuestion:
    """The question that waits for an answer, with what was offered when it was last shown.

    `number` counts the questions of its transcript: asked again after a step back it is another one, so that the
    buttons of the first never answer the second.
    """

    kind: Literal["ask", "choose"]
    key: str
    number: int
    offered: list[Offered] = field(default_factory=list)
    page: int = 0


@dataclass(slots=True)
class Transcript:
    """One open conversation: how it was opened and everything answered since.

    `asked` counts its questions. `pushed` tells that the office opened it: what the resident opens does not end it.
    """

    conversation: str
    opening: str
    argument: str = ""
    given: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    question: OpenQuestion | None = None
    asked: int = 0
    pushed: bool = False

    @classmethod
    def new(
        cls,
        conversation: str,
        *,
        argument: str = "",
        given: dict[str, str] | None = None,
        pushed: bool = False,
    ) -> Self:
        """Open a conversation under a fresh name that its buttons will carry."""
        opening = "".join(secrets.choice(_ALPHABET) for _ in range(_OPENING_LENGTH))
        return cls(conversation, opening, argument, dict(given or {}), pushed=pushed)

    def keep_open(self, kind: Literal["ask", "choose"], key: str) -> None:
        """Let a question wait; one that waits already stays the same one."""
        if self.question is None:
            self.asked += 1
            self.question = OpenQuestion(kind, key, self.asked)

    @property
    def answers(self) -> int:
        """How many answers it holds."""
        return sum(entry.kind in ("ask", "choose") for entry in self.entries)

    def token(self, question: OpenQuestion, answer: str) -> str:
        """The token of a button: it names opening, question and choice or page (well under 64 bytes)."""
        return f"{self.opening}.{question.number}.{answer}"


class Tap(NamedTuple):
    """A choice that was taken: the outbox rows that answered it are shown again on a repeated tap."""

    token: str
    at: float
    answered_by: int


@dataclass(slots=True)
class Dialogue:
    """The open conversations, the innermost last, and the choices taken lately.

    `missed` counts the free sentences in a row that nothing was made of. On a device that may be shared, `proven` are the
    applications whose pair was shown since somebody sat down at it, and `cases` those that were opened or named since.
    """

    stack: list[Transcript] = field(default_factory=list)
    taps: list[Tap] = field(default_factory=list)
    missed: int = 0
    proven: list[int] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.stack or self.taps or self.proven or self.cases)

    @property
    def top(self) -> Transcript | None:
        """The conversation that hears the next message."""
        return self.stack[-1] if self.stack else None

    def open(self, transcript: Transcript) -> None:
        """Put a conversation in the place of all that the resident had open; what the office opened stays below."""
        self.stack = [*(one for one in self.stack if one.pushed), transcript]

    def close(self, *, everything: bool) -> None:
        """End the innermost conversation, or forget everything with it."""
        if everything:
            self.forget()
        else:
            self.stack.pop()

    def forget(self) -> None:
        """Forget everything: who comes next is nobody that we know."""
        for one in (self.stack, self.taps, self.proven, self.cases):
            one.clear()

    def lift(self, transcript: Transcript) -> None:
        """Let one of the open conversations hear the next message."""
        self.stack = [*(one for one in self.stack if one is not transcript), transcript]

    def take_back(self) -> bool:
        """Take the innermost conversation's last answer back.

        False when there is none, or a step stands behind it that was carried out.
        """
        top = self.top
        last = len(top.entries) if top else 0
        while top and last and top.entries[last - 1].kind == "learn":
            last -= 1
        if top is None or not last or top.entries[last - 1].kind == "once":
            return False
        self._forget_last_tap(top.opening, Offered(top.entries[last - 1].value, "").name)
        del top.entries[last - 1 :]
        top.question = None
        return True

    def resume(self, transcript: Transcript) -> None:
        """Let an open conversation go on; what it read just before its question is read anew, its buttons stay good."""
        entries, question = transcript.entries, transcript.question
        if question is not None and entries and entries[-1].kind == "learn":
            del entries[-1]
            transcript.question = None
            transcript.asked -= 1
        self.lift(transcript)

    def remember_tap(self, token: str, *, at: datetime, answered_by: int) -> None:
        """Keep which answer a choice led to."""
        self.taps.append(Tap(token, at.timestamp(), answered_by))
        oldest = (at - TAP_KEPT).timestamp()
        self.taps = [tap for tap in self.taps[-TAPS_KEPT:] if tap.at > oldest]

    def tap_of(self, token: str, *, now: datetime) -> Tap | None:
        """The tap on the same choice in the last 24 hours, if there was one."""
        oldest = (now - TAP_KEPT).timestamp()
        return next((tap for tap in self.taps if tap.token == token and tap.at > oldest), None)

    def forget_taps(self, opening: str) -> None:
        """Forget every choice that was taken in one conversation."""
        self.taps = [tap for tap in self.taps if not tap.token.startswith(f"{opening}.")]

    def _forget_last_tap(self, opening: str, name: str) -> None:
        """Forget a choice that was taken back: a tap on it must not show its result again."""
        begins, ends = f"{opening}.", f".{name}"
        taps = [tap for tap in self.taps if tap.token.startswith(begins) and tap.token.endswith(ends)]
        if taps:
            self.taps.remove(taps[-1])

    def to_json(self) -> dict[str, Any]:
        """Give everything as JSON values."""
        stack = [_to_json(one) for one in self.stack]
        # "proven" was a mere yes once, about nobody in particular: it has another name now, so that it proves nothing.
        shown = {"shown": self.proven, "cases": self.cases}
        return {"v": VERSION, "stack": stack, "taps": self.taps, "missed": self.missed, **shown}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: another version wrote it.
        """
        if value["v"] != VERSION:
            raise ValueError("a dialogue of another version")
        taps = [Tap(*tap) for tap in value["taps"]]
        stack = [_from_json(one) for one in value["stack"]]
        proven, cases = [int(one) for one in value.get("shown", ())], list(map(str, value.get("cases", ())))
        return cls(stack, taps, value.get("missed", 0), proven, cases)


def _to_json(one: Transcript) -> list[Any]:
    asked = one.question
    question = asked and [asked.kind, asked.key, asked.number, asked.offered, asked.page]
    return [
        one.conversation,
        one.opening,
        one.argument,
        one.given,
        one.entries,
        question,
        one.asked,
        one.pushed,
    ]


def _from_json(value: list[Any]) -> Transcript:
    conversation, opening, argument, given, entries, waiting, asked, pushed = value
    question = None
    if waiting is not None:
        kind, key, number, offered, page = waiting
        question = OpenQuestion(kind, key, number, [Offered(*one) for one in offered], page)
    return Transcript(
        conversation,
        opening,
        argument,
        given,
        [Entry(*entry) for entry in entries],
        question,
        asked,
        pushed,
    )
