"""Notifies staff that somebody is guessing; nobody is refused because of it."""

from handlers.engine.chat import Chat
from handlers.engine.registry import conversation


@conversation("alarm")
async def tell_of_guessing(chat: Chat) -> None:
    """Tell which alarm was raised and what can be done; silent in a former staff chat."""
    _action, _, rest = chat.argument.partition(":")
    about = rest.partition(":")[0]
    if chat.staff is None or not chat.pushed:
        return
    await chat.say("alarm-rang", about=about)
