"""The list of conversations: `@conversation` enters one, `CONVERSATIONS` is read by the dispatcher."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.office import Office

if TYPE_CHECKING:
    from handlers.chat import Chat

Script = Callable[["Chat"], Awaitable[None]]
Spot = Callable[[str, Office], dict[str, str]]


def _nothing(_text: str, _office: Office) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A script and the ways into it.

    `command` opens it with or without a slash; `label` is its entry's key on the menu; `words` the key of its opening
    words; `spot` finds what a message already holds for its questions, and so opens it, too; an `aside` interrupts
    another conversation and gives it back afterwards.
    """

    name: str
    script: Script
    command: str | None = None
    label: str | None = None
    words: str | None = None
    spot: Spot = _nothing
    aside: bool = False


CONVERSATIONS: dict[str, Conversation] = {}


def conversation(
    name: str,
    *,
    command: str | None = None,
    label: str | None = None,
    words: str | None = None,
    spot: Spot = _nothing,
    aside: bool = False,
) -> Callable[[Script], Script]:
    """Enter a script under a name that its transcripts are stored with."""

    def enter(script: Script) -> Script:
        if name in CONVERSATIONS:
            raise ValueError(f"two conversations are called {name}")
        CONVERSATIONS[name] = Conversation(
            name=name, script=script, command=command, label=label, words=words, spot=spot, aside=aside
        )
        return script

    return enter


def is_aside(name: str) -> bool:
    """Tell whether a conversation interrupts another one; one that does not exist (any more) does not."""
    return name in CONVERSATIONS and CONVERSATIONS[name].aside
