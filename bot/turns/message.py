"""What a turn begins with: the dialogue as it was kept, and the message as conversations know it."""

from bot.channel import Heard
from domain import codec
from handlers.engine.dialogue import Dialogue, Transcript
from handlers.engine.hearing import Message
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
