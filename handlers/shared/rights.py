"""Rights of the member of staff who owns a chat."""

from domain.staff.roles import Action, Role, StaffMember
from handlers.engine.chat import Chat
from handlers.engine.scene import Member
from storage.session import Writing
from storage.staff import rights


def person(member: Member | None) -> StaffMember | None:
    """The member of staff in the domain's form."""
    if member is None:
        return None
    return StaffMember(id=member.id, name=member.name, role=Role(member.role), point=member.point)


async def permitted(
    db: Writing, *, member: Member | None, action: Action, chat: int, point: str | None = None
) -> bool:
    """Whether they may; a refusal is audited."""
    return await rights.allowed(db, member=person(member), action=action, point=point, chat=chat)


async def may_enter(chat: Chat, action: Action) -> bool:
    """Whether this chat may do it at any point."""
    return await chat.once("counter-allowed", permitted, member=chat.staff, action=action, chat=chat.id)
