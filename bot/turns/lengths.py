"""How long a message may be: above it, nothing reads the message, and its sender is told so in one sentence."""

from dataclasses import replace

from bot.channel import Heard
from handlers.engine.registry import LONGEST_MESSAGE

_LONGEST_TOKEN = 256  # WhatsApp's limit for the id of a button; Telegram's is 64
_LONGEST_FILE_NAME = 200


def bounded(heard: Heard) -> Heard:
    """Give the message with a payload that a button of ours can have, and a file name that can be shown.

    A longer payload becomes an empty one, which names no choice: it is answered as an old button is.
    """
    choice, name = heard.choice, heard.file_name
    if choice is not None and len(choice) > _LONGEST_TOKEN:
        return replace(heard, choice="")
    return replace(heard, file_name=name[:_LONGEST_FILE_NAME]) if len(name) > _LONGEST_FILE_NAME else heard


def most_of(*, asked: int, handed: bool) -> int:
    """Give how many characters a message may have: what the open question takes, or an officer who has the chat."""
    return max(asked, LONGEST_MESSAGE) if handed else asked


def beginning(heard: Heard) -> Heard:
    """Give the message with as much of its text as may be looked through for a NIK, which is deleted from the chat."""
    return replace(heard, text=heard.text[:LONGEST_MESSAGE])
