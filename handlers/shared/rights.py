"""Whether the member of staff whose chat it is may do something."""

from domain.staff.roles import Action
from handlers.engine.chat import Chat
from storage.staff.rights import allowed


async def may_enter(chat: Chat, action: Action) -> bool:
    """Tell whether this chat may do it anywhere at all; a no leaves a line in the audit."""
    return await chat.once("counter-allowed", allowed, member=chat.staff, action=action, chat=chat.id)
