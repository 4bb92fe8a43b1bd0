"""What a turn begins with: the dialogue as it was kept, and the message as conversations know it."""

from dataclasses import replace

from bot.channel import Heard
from domain import codec
from handlers.engine.dialogue import Dialogue, Transcript
from handlers.engine.hearing import Message
from handlers.engine.registry import LONGEST_MESSAGE
from storage.people import chats


def remembered(chat: chats.Chat) -> Dialogue:
    """The dialogue of a chat; one that this version cannot read is begun anew, in so many words."""
    if chat.dialogue is None:
        return Dialogue()
    try:
        return codec.load(Dialogue, chat.dialogue)
    except codec.Unloadable:
        # No script fits an unreadable transcript: the engine says so and opens the menu.
        return Dialogue([Transcript.new("")])


def message_of(heard: Heard) -> Message:
    """The message, free of its channel."""
    if heard.kind == "choice":
        return Message(kind="choice", token=heard.choice or "")
    if heard.kind in ("text", "location"):
        return Message(kind=heard.kind, text=heard.text)
    if heard.kind in ("voice", "sticker", "contact", "file", "edited", "left"):
        return Message(kind=heard.kind)
    return Message(kind="other")


def where(dialogue: Dialogue) -> dict[str, str]:
    """The conversation, and the last step of it that went well (or the question that stays open)."""
    top = dialogue.top
    if top is None:
        return {"conversation": "", "step": ""}
    done = top.entries[-1].key if top.entries else ""
    return {"conversation": top.conversation, "step": top.question.key if top.question else done}


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
