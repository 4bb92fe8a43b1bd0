"""Whether the member of staff whose chat it is may do something."""

from domain.staff.roles import Action, Role, StaffMember
from handlers.engine.chat import Chat
from handlers.engine.scene import Member
from storage.session import Writing
from storage.staff import rights


def person(member: Member | None) -> StaffMember | None:
    """Give the member of staff as rights know them."""
    if member is None:
        return None
    return StaffMember(id=member.id, name=member.name, role=Role(member.role), point=member.point)


async def permitted(
    db: Writing, *, member: Member | None, action: Action, chat: int, point: str | None = None
) -> bool:
    """Tell whether they may; a no leaves a line in the audit."""
    return await rights.allowed(db, member=person(member), action=action, point=point, chat=chat)


async def may_enter(chat: Chat, action: Action) -> bool:
    """Tell whether this chat may do it anywhere at all."""
    return await chat.once("counter-allowed", permitted, member=chat.staff, action=action, chat=chat.id)
