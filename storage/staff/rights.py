"""Asks whether a member of staff may do something, and audits the no."""

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
    """Tell whether they may; a no leaves a line in the audit. For a step of a script: return the no, raise afterwards."""
    try:
        insist(member, action, point)
    except NotAllowed:
        await refuse(db, member=member, action=action, chat=chat)
        return False
    return True


async def insisted(
    store: Store, *, member: StaffMember | None, action: Action, point: str | None = None
) -> StaffMember:
    """Give the member back who may; the no is audited in a transaction of its own, so that it stands.

    Raises:
        NotAllowed: they may not.
    """
    try:
        return insist(member, action, point)
    except NotAllowed:
        await store.write(lambda db: refuse(db, member=member, action=action))
        raise


async def refuse(db: Writing, *, member: StaffMember | None, action: Action, chat: int | None = None) -> None:
    """Leave a line in the audit of what somebody may not."""
    by = audit.SYSTEM if chat is None else audit.by_chat(chat)
    actor = by if member is None else audit.by_staff(member.id)
    await audit.record(db, actor=actor, action=REFUSED, subject=f"action:{action.value}")
