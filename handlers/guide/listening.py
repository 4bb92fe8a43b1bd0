"""Listening instead of reading: the last answer as a recording, and what a voice message is answered."""

from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from handlers.guide.help import offer_an_officer
from storage.session import Reading


@conversation("listen", command="dengar", words="listen-words", aside=True)
async def listen(chat: Chat) -> None:
    """Send the last answer as a recording, or offer an officer who can read it, beside the question that is open."""
    recording = chat.recording()
    if not await chat.learn("listen-recorded", _is_recorded, recorded=recording is not None):
        if chat.interrupts:
            await chat.say("listen-not-recorded")
        else:
            await offer_an_officer(chat, "listen-not-recorded")
        return
    if recording is not None:
        await chat.attach(recording)
    await chat.say("listen-here")


@conversation("voice-message", aside=True)
async def answer_voice_message(chat: Chat) -> None:
    """Tell that voice messages cannot be heard, and offer an officer, who can."""
    await offer_an_officer(chat, "listen-voice-note")


async def _is_recorded(_db: Reading, *, recorded: bool) -> bool:
    return recorded
