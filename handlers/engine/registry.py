"""Registry of conversations: `@conversation` adds to `CONVERSATIONS`, which the engine reads."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.office.office import Office

if TYPE_CHECKING:
    from handlers.engine.chat import Chat
    from handlers.engine.dialogue import Transcript
    from handlers.engine.scene import Holidays, Said
    from storage.session import Reading, Writing

Script = Callable[["Chat"], Awaitable[None]]
Over = Callable[["Writing", int, "Transcript", Office, "Holidays"], Awaitable[Sequence["Said"]]]
FollowUp = Callable[[str, str], str | None]
Likely = Callable[[str, str, bool], str | None]
Numbered = Callable[[str, Sequence[Any], int, int | None, Office], tuple[int, "Said"] | None]
Recall = Callable[["Reading", int, tuple[int, ...] | None, str], Awaitable[str | None]]
Spot = Callable[[str, Office], dict[str, str]]
Topics = Callable[[Office], list[tuple[str, str]]]


LONGEST_TEXT = 1000
"""Default for the longest text of a conversation, in characters."""
LONGEST_MESSAGE = 4096
"""Longest text that is passed on to a person: one Telegram message."""


def _no_topics(_office: Office) -> list[tuple[str, str]]:
    return []


def first_of(*reads: Callable[..., str | None]) -> Callable[..., str | None]:
    """A reader that asks these one after the other, until one finds something."""
    return lambda *said: next(filter(None, (read(*said) for read in reads)), None)


_no_read = first_of()


def _by_place(
    _question: str, _values: Sequence[Any], _number: int, _place: int | None, _office: Office
) -> None:
    return None


def _nothing(_text: str, _office: Office) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A script and the ways to open it.

    Args:
        command: opens it, with or without a slash.
        label: text key of its menu entry.
        words: text key of its opening words; `examples`: of sentences that mean it.
        topics: words that name its subject, each with the argument to open it with.
        follow_up: gives, for the key of a question and a text, the answer that a follow-up question is; a question for a
            text is asked first whether it takes the text.
        likely: as `follow_up`, for a sentence that surely means no other conversation: what it most likely asks. The
            last argument tells whether it means this conversation.
        corrects: as `follow_up`, for texts that agree with what the question shows or correct it; it is asked before
            any `spot`.
        numbered: gives, for the key of a question, its values, a typed number and the place of the choice with that
            number on the page (None: no choice), the place of the choice that is meant and a sentence that says so, where
            the number could also be a value; else None.
        recall: gives the argument for a follow-up question that comes after the conversation, or None; an aside's is also
            asked while something else is open.
        hears: key of the question that the text which opened it, or its argument, answers.
        spot: finds values for its questions in a text, and opens it if there are any.
        likely_spot: as `spot`, for a sentence that surely means no other conversation, while no question is open.
        spots_first: its `spot` is asked before follow-ups and opening words, unless a question waits for a text.
        for_staff: opened by `spot` in staff chats only; a text that it refuses opens no other conversation.
        aside: interrupts another conversation, which then continues.
        over: called in the transaction in which an opened one ends, for any reason; returns texts on what was
            kept.
        private: continues when opened again; forgotten once it is over.
        verbatim: its questions take texts unchanged, except slash commands and "menu".
        asks_pair: asks for the pair on a shared device, so anybody there may open its pushes.
        longest: longest text of its questions, in characters; longer ones are not read.
    """

    name: str
    script: Script
    command: str | None = None
    label: str | None = None
    words: str | None = None
    examples: str | None = None
    topics: Topics = _no_topics
    follow_up: FollowUp = _no_read
    likely: Likely = _no_read
    corrects: FollowUp = _no_read
    numbered: Numbered = _by_place
    recall: Recall | None = None
    hears: str | None = None
    spot: Spot = _nothing
    spots_first: bool = False
    likely_spot: Spot = _nothing
    for_staff: bool = False
    aside: bool = False
    over: Over | None = None
    private: bool = False
    verbatim: bool = False
    asks_pair: bool = False
    longest: int = LONGEST_TEXT


CONVERSATIONS: dict[str, Conversation] = {}


def conversation(
    name: str,
    *,
    command: str | None = None,
    label: str | None = None,
    words: str | None = None,
    examples: str | None = None,
    topics: Topics = _no_topics,
    follow_up: FollowUp = _no_read,
    likely: Likely = _no_read,
    corrects: FollowUp = _no_read,
    numbered: Numbered = _by_place,
    recall: Recall | None = None,
    hears: str | None = None,
    spot: Spot = _nothing,
    spots_first: bool = False,
    likely_spot: Spot = _nothing,
    for_staff: bool = False,
    aside: bool = False,
    over: Over | None = None,
    private: bool = False,
    verbatim: bool = False,
    asks_pair: bool = False,
    longest: int = LONGEST_TEXT,
) -> Callable[[Script], Script]:
    """Register a script under the name that its transcripts are stored with."""

    def enter(script: Script) -> Script:
        if name in CONVERSATIONS:
            raise ValueError(f"two conversations are called {name}")
        CONVERSATIONS[name] = Conversation(
            name=name,
            script=script,
            command=command,
            label=label,
            words=words,
            examples=examples,
            topics=topics,
            follow_up=follow_up,
            likely=likely,
            corrects=corrects,
            numbered=numbered,
            recall=recall,
            hears=hears,
            spot=spot,
            spots_first=spots_first,
            likely_spot=likely_spot,
            for_staff=for_staff,
            aside=aside,
            over=over,
            private=private,
            verbatim=verbatim,
            asks_pair=asks_pair,
            longest=longest,
        )
        return script

    return enter


def is_aside(name: str) -> bool:
    """Whether a conversation interrupts others; false for an unknown one."""
    return name in CONVERSATIONS and CONVERSATIONS[name].aside


def is_verbatim(name: str) -> bool:
    """Whether a conversation takes texts unchanged."""
    return name in CONVERSATIONS and CONVERSATIONS[name].verbatim


def over_of(name: str) -> Over | None:
    """The `over` function of a conversation, if it has one."""
    return CONVERSATIONS[name].over if name in CONVERSATIONS else None


def is_private(name: str) -> bool:
    """Whether a conversation is forgotten once it is over."""
    return name in CONVERSATIONS and CONVERSATIONS[name].private


def asks_pair(name: str) -> bool:
    """Whether a conversation asks for the pair on a shared device."""
    return name in CONVERSATIONS and CONVERSATIONS[name].asks_pair


def heard_by(name: str, text: str) -> dict[str, str]:
    """The answer that an opening sentence or argument is, for a conversation with `hears`; else nothing."""
    key = CONVERSATIONS[name].hears if name in CONVERSATIONS else None
    return {key: text} if key and text else {}
