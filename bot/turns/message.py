"""Input of a turn: the stored dialogue, and the message without its channel."""

from dataclasses import replace

from bot.channel import Heard
from domain import codec
from handlers.engine.dialogue import Dialogue, Transcript
from handlers.engine.hearing import Message
from handlers.engine.registry import LONGEST_MESSAGE
from storage.people import chats


def remembered(chat: chats.Chat) -> Dialogue:
    """Dialogue of a chat; an unreadable one starts over, and the resident is told."""
    if chat.dialogue is None:
        return Dialogue()
    try:
        return codec.load(Dialogue, chat.dialogue)
    except codec.Unloadable:
        # An empty name fits no script, so the engine says so and opens the menu.
        return Dialogue([Transcript.new("")])


def message_of(heard: Heard) -> Message:
    """The message, independent of its channel."""
    if heard.kind == "choice":
        return Message(kind="choice", token=heard.choice or "")
    if heard.kind in ("text", "location"):
        return Message(kind=heard.kind, text=heard.text)
    if heard.kind in ("voice", "sticker", "contact", "file", "edited", "left"):
        return Message(kind=heard.kind)
    return Message(kind="other")


def where(dialogue: Dialogue) -> dict[str, str]:
    """The conversation, and its open question or last completed step."""
    top = dialogue.top
    if top is None:
        return {"conversation": "", "step": ""}
    done = top.entries[-1].key if top.entries else ""
    return {"conversation": top.conversation, "step": top.question.key if top.question else done}


_LONGEST_TOKEN = 256  # WhatsApp's limit for button ids; Telegram's is 64
_LONGEST_FILE_NAME = 200


def bounded(heard: Heard) -> Heard:
    """The message with a possible button payload and a file name of displayable length.

    A longer payload becomes empty; it names no choice and is answered like an old button.
    """
    choice, name = heard.choice, heard.file_name
    if choice is not None and len(choice) > _LONGEST_TOKEN:
        return replace(heard, choice="")
    return replace(heard, file_name=name[:_LONGEST_FILE_NAME]) if len(name) > _LONGEST_FILE_NAME else heard


def longest_accepted(*, asked: int, handed: bool) -> int:
    """Longest accepted text: that of the open question, or of a handover."""
    return max(asked, LONGEST_MESSAGE) if handed else asked


def searched_part(heard: Heard) -> Heard:
    """The message with the part of its text that is searched for a NIK to delete."""
    return replace(heard, text=heard.text[:LONGEST_MESSAGE])
