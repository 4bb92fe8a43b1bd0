"""Tells approvers that a draft waits for them."""

from sqlalchemy import select

from domain.announcements.announcement import State
from domain.refusals.announcements import UnknownAnnouncement
from domain.staff.roles import Action, StaffMember, may
from storage.announcements.records import find, point_of
from storage.post import errands
from storage.schema import chats, staff
from storage.session import Reading, Writing
from storage.staff.staff import as_member

CONVERSATION = "draft-waits"


async def tell(db: Writing, *, announcement: int) -> None:
    """Plan to tell the staff chats of everybody else who may approve it, once."""
    draft = await find(db, announcement=announcement)
    listeners = (
        select(staff, chats.c.id.label("chat"))
        .join(staff, staff.c.id == chats.c.staff_id)
        .where(staff.c.revoked_at.is_(None), staff.c.id != draft.created_by)
        .order_by(chats.c.id)
    )
    for row in await db.rows(listeners):
        if may(as_member(row), Action.APPROVE, point_of(draft)):
            await errands.plan(
                db, chat=row.chat, conversation=CONVERSATION, argument=str(announcement), due_at=db.now
            )


async def waiting_draft(db: Reading, *, announcement: int, member: StaffMember) -> str | None:
    """Name of a draft that this member may approve; None: it waits no more, or is not theirs."""
    try:
        draft = await find(db, announcement=announcement)
    except UnknownAnnouncement:
        return None
    waits = draft.state is State.DRAFT and may(member, Action.APPROVE, point_of(draft))
    return draft.name if waits else None
