"""Words of all languages and conversations that open or steer a conversation."""

from functools import lru_cache

from domain.text.typed import without_courtesy
from handlers.engine.hearing import Phrasebook
from handlers.engine.registry import CONVERSATIONS
from handlers.engine.understanding import Matcher
from locales.texts import Texts

CAREFUL = frozenset({"stop", "erase", "complaint"})
"""Conversations that are never opened without asking."""
HEEDED = frozenset({"back-to-bot", "erase", "stop"})
"""Conversations whose words are never passed on to an officer: they end the handover, erase data or opt out."""
UNOFFERED = frozenset({"chit-chat", "elsewhere", "thanks"})
"""Conversations that are never proposed as a choice."""


@lru_cache(maxsize=2)
def phrasebook(texts: Texts) -> Phrasebook:
    """Commands, menu labels and opening words of all conversations; made once for texts."""
    commands = {one.command: one.name for one in CONVERSATIONS.values() if one.command is not None}
    opens = dict(commands)
    for conversation in CONVERSATIONS.values():
        for key in (conversation.label, conversation.words):
            if key is not None:
                opens |= dict.fromkeys(texts.words(None, key), conversation.name)
    return Phrasebook(
        opens=opens,
        commands=commands,
        back=texts.words(None, "engine-back-words"),
        cancel=texts.words(None, "engine-cancel-words"),
        menu=texts.words(None, "engine-menu-words"),
        later=texts.words(None, "engine-later-words"),
        greetings=texts.words(None, "engine-greeting-words"),
        yes=texts.words(None, "engine-yes-words"),
        no=texts.words(None, "engine-no-words"),
        matcher=_matcher(texts),
        markers={one: texts.words(one, "understand-markers") for one in texts.languages},
        heeded={without_courtesy(word): name for word, name in opens.items() if name in HEEDED},
    )


def _matcher(texts: Texts) -> Matcher:
    """Example sentences of all conversations, and slang."""
    pairs = [pair.partition("=") for pair in texts.words(None, "understand-slang")]
    return Matcher(
        {
            one.name: sorted(texts.words(None, one.examples))
            for one in CONVERSATIONS.values()
            if one.examples is not None
        },
        slang={short: meant for short, _, meant in pairs},
        fillers=texts.words(None, "understand-fillers"),
        careful=CAREFUL,
        unoffered=UNOFFERED,
        yielding=("thanks", "help"),
    )
