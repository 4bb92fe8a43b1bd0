"""Choice of one of the chat's people: by number, or in words that name one of them."""

from collections.abc import Sequence
from typing import Any

from domain.cards.application import Followed
from domain.text.followups import topic_of
from domain.text.person_named import Meant, name_alone, person_in
from handlers.engine.chat import Chat, Choice
from handlers.shared.kinds import KIA
from handlers.shared.report import choices_of

_SPOKEN = "spoken:"
_QUESTIONS = frozenset({"status-whose", "booking-whose"})
_FOR_ALL = frozenset({"cost", "life", "phone", "dress"})
"""Topics that are answered without knowing whose card is meant."""


def person_meant(question: str, text: str) -> str | None:
    """The answer of a text that names one of the people in a list, or None."""
    return f"{_SPOKEN}{text}" if question in _QUESTIONS and person_in(text) is not None else None


def about_one_of_them(question: str, text: str) -> str | None:
    """The answer of a question about a card, where a list of people is open; or None."""
    topic = topic_of(text) if question == "status-whose" else None
    return f"{_SPOKEN}{text}" if topic is not None and topic not in _FOR_ALL else None


def likely_person(question: str, text: str, _again: bool) -> str | None:  # noqa: FBT001 (a callback of the registry)
    """As `person_meant`, for a name alone."""
    return f"{_SPOKEN}{text}" if question in _QUESTIONS and name_alone(text) is not None else None


async def choose_person(chat: Chat, key: str, people: Sequence[Followed], other: Choice) -> tuple[Any, str]:
    """The chosen application, or the value of `other`; and what was asked about it, or ""."""
    choices, topic = [*choices_of(people, chat.office), other], ""
    chosen = await chat.choose(key, choices)
    while isinstance(chosen, str) and chosen.startswith(_SPOKEN):
        text = chosen.removeprefix(_SPOKEN)
        topic = topic_of(text) or topic
        meant = person_in(text) or name_alone(text)
        found = _those(meant, people) if meant is not None else ()
        if len(found) == 1:
            return found[0].application, topic
        await chat.say("status-whose-which", named=meant is not None)
        chosen = await chat.choose(key, choices)
    return chosen, topic


def _those(meant: Meant, people: Sequence[Followed]) -> Sequence[Followed]:
    """The people that are meant; names are masked, so only their initials can be compared."""
    if meant.place:
        index = meant.place if meant.place < 0 else meant.place - 1
        return people[index:][:1]
    if meant.child:
        return [one for one in people if one.service == KIA]
    whole = [one for one in people if _initials(one).startswith(meant.initials)]
    return whole or [one for one in people if meant.initials in _initials(one)]


def _initials(person: Followed) -> str:
    return "".join(word[0].upper() for word in person.name.split())
