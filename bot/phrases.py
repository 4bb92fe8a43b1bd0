"""The words that open a conversation or steer one, gathered from every language and every conversation."""

from handlers.hearing import Phrasebook
from handlers.registry import CONVERSATIONS
from locales.texts import Texts


def phrasebook(texts: Texts) -> Phrasebook:
    """Gather commands, menu labels and opening words of the conversations that exist."""
    opens: dict[str, str] = {}
    for conversation in CONVERSATIONS.values():
        for key in (conversation.label, conversation.words):
            if key is not None:
                opens |= dict.fromkeys(texts.words(None, key), conversation.name)
    opens |= {one.command: one.name for one in CONVERSATIONS.values() if one.command is not None}
    return Phrasebook(
        opens=opens,
        back=texts.words(None, "engine-back-words"),
        cancel=texts.words(None, "engine-cancel-words"),
        menu=texts.words(None, "engine-menu-words"),
        greetings=texts.words(None, "engine-greeting-words"),
    )
