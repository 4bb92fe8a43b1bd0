"""Rights of the member of staff who owns a chat."""

from domain.staff.roles import Action
from handlers.engine.chat import Chat
from storage.staff.rights import allowed


async def may_enter(chat: Chat, action: Action) -> bool:
    """Whether this chat may do it at any point; a refusal is audited."""
    return await chat.once("counter-allowed", allowed, member=chat.staff, action=action, chat=chat.id)
