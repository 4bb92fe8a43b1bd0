"""Stored state of a dialogue: transcripts of open conversations, and recent taps."""

import json
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple, Self, TypeVar

from domain import codec

T = TypeVar("T")

VERSION = 2
MENU = "menu"
"""The conversation whose buttons never expire."""
TAPS_KEPT = 30  # more than any conversation has choices
TAP_KEPT = timedelta(hours=24)
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_OPENING_LENGTH = 8


def mark_of(chat: int) -> str:
    """Beginning of the openings of a chat's menus."""
    return f"{MENU}{zlib.crc32(str(chat).encode()):08x}"


class Entry(NamedTuple):
    """One recorded step: `kind` is ask, choose, once (a write) or learn (a read)."""

    kind: str
    key: str
    value: Any


class Offered(NamedTuple):
    """An offered choice: its value and its label."""

    value: Any
    label: str

    @property
    def name(self) -> str:
        """Name of the choice in a token; made from its value, so that it does not depend on the order."""
        return _name_of(self.value) if isinstance(self.value, str) else _name_of.__wrapped__(self.value)


@lru_cache(maxsize=1024)
def _name_of(value: Any) -> str:
    return f"{zlib.crc32(json.dumps(value).encode()):08x}"


@dataclass(slots=True)
class OpenQuestion:
    """The question that waits for an answer, with the choices shown last.

    `number` counts the questions of a transcript. A question asked again after a step back gets a new one, so
    that old buttons do not answer it. `missed` counts the texts that it refused.
    """

    json_shape = codec.ROW

    kind: Literal["ask", "choose"]
    key: str
    number: int
    offered: list[Offered] = field(default_factory=list)
    page: int = 0
    missed: int = 0


@dataclass(slots=True)
class Transcript:
    """One open conversation: its opening and all answers since.

    `asked` counts its questions. `pushed`: the office opened it; conversations that the resident opens do not
    end it.
    """

    json_shape = codec.ROW

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
        """A conversation with a new random `opening`, which its buttons carry."""
        drawn = secrets.randbelow(len(_ALPHABET) ** _OPENING_LENGTH)  # one draw, not one a letter
        opening = "".join(
            _ALPHABET[drawn // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(_OPENING_LENGTH)
        )
        return cls(conversation, opening, argument, dict(given or {}), pushed=pushed)

    def mark(self, chat: int) -> None:
        """Mark the opening of a menu as this chat's, so that its buttons never expire, and only there."""
        mark = mark_of(chat)
        if not self.opening.startswith(mark):
            self.opening = mark + self.opening

    def keep_open(self, kind: Literal["ask", "choose"], key: str) -> None:
        """Mark a question as open; an open one stays the same."""
        if self.question is None:
            self.asked += 1
            self.question = OpenQuestion(kind, key, self.asked)

    @property
    def answers(self) -> int:
        """Number of answers."""
        return sum(entry.kind in ("ask", "choose") for entry in self.entries)

    def result(self, key: str, kind: type[T]) -> T | None:
        """Result of the last step with this key; None if it did not run, was refused or returned None.

        Raises:
            Unloadable: another version wrote it.
        """
        done = [one.value for one in self.entries if one.key == key and one.kind in ("once", "learn")]
        stored = done[-1].get("result") if done else None
        return None if stored is None else codec.load(kind, stored)

    def token(self, question: OpenQuestion, answer: str) -> str:
        """Token of a button: opening, question, and choice or page (well below 64 bytes)."""
        return f"{self.opening}.{question.number}.{answer}"


class Tap(NamedTuple):
    """A choice that was taken; a repeated tap shows the outbox row `answered_by` again."""

    token: str
    at: float
    answered_by: int


@dataclass(slots=True)
class Dialogue:
    """Open conversations, the innermost last, and recent taps.

    `missed` counts consecutive free sentences that were not understood. On a shared device, `proven` are the
    applications whose pair was shown in this sitting, `cases` those opened or named in it, and `last` is the
    outbox row of the last answer, which a reloaded page shows again. `spoken` are the prompts of the last answer,
    if the office has recordings (handlers/shared/prompts.py). `again`: checksum of the last reply, and how
    often in a row it was given (handlers/engine/repeats.py). `offered`: another language was.
    """

    stack: list[Transcript] = field(default_factory=list)
    taps: list[Tap] = field(default_factory=list)
    missed: int = 0
    proven: list[int] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    last: int | None = None
    spoken: list[str] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    offered: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to store."""
        people = self.proven or self.cases
        return bool(self.stack or self.taps or people or self.last or self.spoken or self.again)

    @property
    def top(self) -> Transcript | None:
        """The conversation that hears the next message."""
        return self.stack[-1] if self.stack else None

    def open(self, transcript: Transcript) -> None:
        """Replace all conversations that the resident opened; those of the office stay below."""
        self.stack = [*(one for one in self.stack if one.pushed), transcript]

    def close(self, *, everything: bool, settled: tuple[str, str] | None = None) -> None:
        """End the innermost conversation, or all; and those that it settled, by name and beginning of the argument."""
        if everything:
            self.forget()
            return
        self.stack.pop()
        if settled is not None:
            name, about = settled
            self.stack = [
                one for one in self.stack if one.conversation != name or not one.argument.startswith(about)
            ]

    def forget(self) -> None:
        """Forget everything; the next person may be another one."""
        for one in (self.stack, self.taps, self.proven, self.cases, self.spoken, self.again):
            one.clear()
        self.last, self.offered = None, False

    def lift(self, transcript: Transcript) -> None:
        """Move an open conversation to the top."""
        self.stack = [*(one for one in self.stack if one is not transcript), transcript]

    def take_back(self) -> bool:
        """Remove the innermost conversation's last answer.

        False if there is none, or a write follows it.
        """
        top = self.top
        last = len(top.entries) if top else 0
        while top and last and top.entries[last - 1].kind in ("learn", "repeat"):
            last -= 1
        if top is None or not last or top.entries[last - 1].kind == "once":
            return False
        self._forget_last_tap(top.opening, Offered(top.entries[last - 1].value, "").name)
        del top.entries[last - 1 :]
        top.question = None
        return True

    def resume(self, transcript: Transcript) -> None:
        """Continue an open conversation; the read before its question is repeated, its buttons stay valid."""
        entries, question = transcript.entries, transcript.question
        if question is not None and entries and entries[-1].kind == "learn":
            del entries[-1]
            transcript.question = None
            transcript.asked -= 1
        self.lift(transcript)

    def remember_tap(self, token: str, *, at: datetime, answered_by: int) -> None:
        """Record which outbox row answered a choice."""
        self.taps.append(Tap(token, at.timestamp(), answered_by))
        oldest = (at - TAP_KEPT).timestamp()
        self.taps = [tap for tap in self.taps[-TAPS_KEPT:] if tap.at > oldest]

    def tap_of(self, token: str, *, now: datetime) -> Tap | None:
        """Tap on the same choice in the last 24 hours, or None."""
        oldest = (now - TAP_KEPT).timestamp()
        return next((tap for tap in self.taps if tap.token == token and tap.at > oldest), None)

    def last_tap(self, opening: str, *, now: datetime) -> Tap | None:
        """The newest tap of one conversation, or None."""
        oldest = (now - TAP_KEPT).timestamp()
        taps = [tap for tap in self.taps if tap.token.startswith(f"{opening}.") and tap.at > oldest]
        return taps[-1] if taps else None

    def forget_taps(self, opening: str) -> None:
        """Forget the taps of one conversation."""
        self.taps = [tap for tap in self.taps if not tap.token.startswith(f"{opening}.")]

    def _forget_last_tap(self, opening: str, name: str) -> None:
        """Forget the tap of an undone choice, so that its result is not shown again."""
        begins, ends = f"{opening}.", f".{name}"
        taps = [tap for tap in self.taps if tap.token.startswith(begins) and tap.token.endswith(ends)]
        if taps:
            self.taps.remove(taps[-1])

    def to_json(self) -> dict[str, Any]:
        """The dialogue as JSON values."""
        # "proven" was once a mere yes for no application; under another name, such values are ignored.
        shown = {"shown": self.proven, "cases": self.cases} | ({"again": self.again} if self.again else {})
        shown |= {"offered": True} if self.offered else {}
        stack = codec.dump(self.stack)
        last = {} if self.last is None else {"last": self.last}
        spoken = {"spoken": self.spoken} if self.spoken else {}
        kept = {"v": VERSION, "stack": stack, "taps": self.taps, "missed": self.missed}
        return {**kept, **shown, **last, **spoken}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: another version wrote it.
        """
        if value["v"] != VERSION:
            raise ValueError("a dialogue of another version")
        stack = [codec.load(Transcript, one) for one in value["stack"]]
        taps = [Tap(*one) for one in value["taps"]]
        proven, cases = [int(one) for one in value.get("shown", ())], list(map(str, value.get("cases", ())))
        spoken = list(map(str, value.get("spoken", ())))
        again, offered = [int(one) for one in value.get("again", ())][:2], "offered" in value
        return cls(
            stack, taps, value.get("missed", 0), proven, cases, value.get("last"), spoken, again, offered
        )
