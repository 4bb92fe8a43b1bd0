"""What is remembered of a dialogue between two messages: the transcripts of the open scripts and the last taps."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Self

VERSION = 1
TAPS_KEPT = 12
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_OPENING_LENGTH = 8


class Entry(NamedTuple):
    """One recorded step: `kind` is ask, choose or once."""

    kind: str
    key: str
    value: Any


class Offered(NamedTuple):
    """One choice as it was offered: its value and the label the resident read."""

    value: Any
    label: str


@dataclass(slots=True)
class OpenQuestion:
    """The question that waits for an answer, with what was offered when it was asked."""

    key: str
    position: int
    offered: list[Offered] = field(default_factory=list)
    page: int = 0


@dataclass(slots=True)
class Transcript:
    """One open conversation: how it was opened and everything answered since."""

    conversation: str
    opening: str
    argument: str = ""
    given: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    question: OpenQuestion | None = None

    @classmethod
    def new(cls, conversation: str, *, argument: str = "", given: dict[str, str] | None = None) -> Self:
        """Open a conversation under a fresh name that its buttons will carry."""
        opening = "".join(secrets.choice(_ALPHABET) for _ in range(_OPENING_LENGTH))
        return cls(conversation, opening, argument, dict(given or {}))

    def token(self, answer: str) -> str:
        """The token of a choice of the open question: it names opening, question and choice (well under 64 bytes)."""
        position = self.question.position if self.question else len(self.entries)
        return f"{self.opening}.{position}.{answer}"

    def drop_last_answer(self) -> bool:
        """Take the last answer back; False when there is none, or a step stands behind it that was carried out."""
        if not self.entries or self.entries[-1].kind == "once":
            return False
        self.given.pop(self.entries.pop().key, None)
        self.question = None
        return True


class Tap(NamedTuple):
    """A choice that was taken: the outbox rows that answered it are shown again on a repeated tap."""

    token: str
    at: float
    answered_by: int


@dataclass(slots=True)
class Dialogue:
    """The open conversations, the innermost last, and the choices taken lately."""

    stack: list[Transcript] = field(default_factory=list)
    taps: list[Tap] = field(default_factory=list)

    @property
    def top(self) -> Transcript | None:
        """The conversation that hears the next message."""
        return self.stack[-1] if self.stack else None

    def remember_tap(self, token: str, *, at: datetime, answered_by: int) -> None:
        """Keep which answer a choice led to."""
        self.taps.append(Tap(token, at.timestamp(), answered_by))
        del self.taps[:-TAPS_KEPT]

    def tap_of(self, token: str) -> Tap | None:
        """The earlier tap on the same choice, if it is remembered."""
        return next((tap for tap in reversed(self.taps) if tap.token == token), None)

    def to_json(self) -> dict[str, Any]:
        """Give everything as JSON values."""
        return {
            "v": VERSION,
            "stack": [
                [t.conversation, t.opening, t.argument, t.given, t.entries, _question_to_json(t.question)]
                for t in self.stack
            ],
            "taps": self.taps,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: another version wrote it.
        """
        if value["v"] != VERSION:
            raise ValueError("a dialogue of another version")
        stack = [
            Transcript(
                name, opening, argument, given, [Entry(*e) for e in entries], _question_from_json(question)
            )
            for name, opening, argument, given, entries, question in value["stack"]
        ]
        return cls(stack, [Tap(*tap) for tap in value["taps"]])


def _question_to_json(question: OpenQuestion | None) -> list[Any] | None:
    if question is None:
        return None
    return [question.key, question.position, question.offered, question.page]


def _question_from_json(value: list[Any] | None) -> OpenQuestion | None:
    if value is None:
        return None
    key, position, offered, page = value
    return OpenQuestion(key, position, [Offered(*one) for one in offered], page)
