"""`/berhenti` stops pushes; `/start` resumes them."""

from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from handlers.shared.look_up import ensure_budget
from handlers.shared.pair import spot_pair
from storage.people import follows


@conversation("stop", command="berhenti", words="stop-words", examples="stop-examples")
async def stop(chat: Chat) -> None:
    """Stop all messages that the chat did not ask for."""
    await chat.once("stop", follows.stop, chat=chat.id)
    await chat.say("stop-done")
    if chat.handed:
        await chat.say("stop-handed")


@conversation("start", command="start", words="start-words")
async def start(chat: Chat) -> None:
    """Greet, resume pushes, and follow the start link of a receipt (`/start s_MJK…`)."""
    started = await chat.once("start", follows.start_again, chat=chat.id, channel=chat.caps.channel)
    if started == "resumed":
        await chat.say("start-resumed")
    if spot_pair(chat.argument, chat.office):
        await ensure_budget(chat)
        await chat.open("status", chat.argument)
    if started == "known":
        await chat.say("start-hello", office=chat.office.name)
    await chat.open("menu")
