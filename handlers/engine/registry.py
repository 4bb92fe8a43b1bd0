"""The list of conversations: `@conversation` enters one, `CONVERSATIONS` is read by the dispatcher."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.office.office import Office

if TYPE_CHECKING:
    from handlers.engine.chat import Chat
    from handlers.engine.dialogue import Transcript
    from handlers.engine.scene import Said
    from storage.session import Writing

Script = Callable[["Chat"], Awaitable[None]]
Over = Callable[["Writing", int, "Transcript", Office], Awaitable[Sequence["Said"]]]
Spot = Callable[[str, Office], dict[str, str]]
Topics = Callable[[Office], list[tuple[str, str]]]


LONGEST_TEXT = 1000
"""Characters of a text that a conversation takes which does not name another number."""
LONGEST_MESSAGE = 4096
"""Characters of a text that goes to a person as it is: what Telegram carries in one message."""


def _no_topics(_office: Office) -> list[tuple[str, str]]:
    return []


def _nothing(_text: str, _office: Office) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A script and the ways into it.

    `command` opens it with or without a slash; `label` is its entry's key on the menu; `words` the key of its opening
    words, `examples` that of sentences that mean it, `topics` gives the words that name what exactly it is
    about, each with the argument that it opens with, of an office; `spot` finds what a message already holds for its questions, and so
    opens it, too (one `for_staff` in staff chats alone, and what it refuses is not looked at for another one); an `aside` interrupts another conversation and gives it back
    afterwards; `over` is called when an opened one is finished, given up or dropped, in the same transaction, with the chat
    and what was answered, and returns what the resident is told of what is kept. A `private` one goes on where it was when it is opened again, and nothing of it is remembered
    once it is over. The questions of a `verbatim` one take every word as it is: only slash commands and "menu" lead
    elsewhere. One that `asks_pair` asks whoever sits at a shared device for the pair of what it is about, so that its
    pushes can be opened there by anybody.
    `longest` is how many characters of a text its questions take: a longer one is not read.
    """

    name: str
    script: Script
    command: str | None = None
    label: str | None = None
    words: str | None = None
    examples: str | None = None
    topics: Topics = _no_topics
    spot: Spot = _nothing
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
    spot: Spot = _nothing,
    for_staff: bool = False,
    aside: bool = False,
    over: Over | None = None,
    private: bool = False,
    verbatim: bool = False,
    asks_pair: bool = False,
    longest: int = LONGEST_TEXT,
) -> Callable[[Script], Script]:
    """Enter a script under a name that its transcripts are stored with."""

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
            spot=spot,
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
    """Tell whether a conversation interrupts another one; one that does not exist (any more) does not."""
    return name in CONVERSATIONS and CONVERSATIONS[name].aside


def is_verbatim(name: str) -> bool:
    """Tell whether a conversation takes every word as it is."""
    return name in CONVERSATIONS and CONVERSATIONS[name].verbatim


def told_when_over(name: str) -> bool:
    """Tell whether a conversation wants to know when it is over."""
    return name in CONVERSATIONS and CONVERSATIONS[name].over is not None


def is_private(name: str) -> bool:
    """Tell whether nothing of a conversation is remembered once it is over."""
    return name in CONVERSATIONS and CONVERSATIONS[name].private


def asks_pair(name: str) -> bool:
    """Tell whether a conversation asks at a shared device for the pair of what it is about."""
    return name in CONVERSATIONS and CONVERSATIONS[name].asks_pair
