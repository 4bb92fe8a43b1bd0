"""Whether a conversation stands between another one and its question."""

from handlers.engine.chat import Chat
from storage.session import Reading


async def another_waits(chat: Chat, key: str) -> bool:
    """Tell whether another question waits: it comes back at once, so that nothing is asked beside it.

    It is kept under the key, so that a replay goes the same way.
    """
    return await chat.learn(key, _as_it_stands, interrupts=chat.interrupts)


async def _as_it_stands(_db: Reading, *, interrupts: bool) -> bool:
    return interrupts
