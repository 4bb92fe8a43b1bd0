"""Checks the rights of staff, and audits refusals."""

from domain.refusals import NotAllowed
from domain.staff.roles import Action, StaffMember, insist
from storage import audit
from storage.session import Writing
from storage.store import Store

REFUSED = "refused"


async def allowed(
    db: Writing,
    *,
    member: StaffMember | None,
    action: Action,
    point: str | None = None,
    chat: int | None = None,
) -> bool:
    """Whether they may; a refusal is audited. In a script's step, return the refusal and raise afterwards."""
    try:
        insist(member, action, point)
    except NotAllowed:
        await refuse(db, member=member, action=action, chat=chat)
        return False
    return True


async def insisted(
    store: Store, *, member: StaffMember | None, action: Action, point: str | None = None
) -> StaffMember:
    """Return the member if they may; a refusal is audited in its own transaction, so that it is kept.

    Raises:
        NotAllowed: they may not.
    """
    try:
        return insist(member, action, point)
    except NotAllowed:
        await store.write(lambda db: refuse(db, member=member, action=action))
        raise


async def refuse(db: Writing, *, member: StaffMember | None, action: Action, chat: int | None = None) -> None:
    """Audit a refusal."""
    by = audit.SYSTEM if chat is None else audit.by_chat(chat)
    actor = by if member is None else audit.by_staff(member.id)
    await audit.record(db, actor, REFUSED, f"action:{action.value}")
