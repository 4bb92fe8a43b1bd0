"""Tells approvers that a draft waits for them, and its author that it was returned."""

from sqlalchemy import select, update

from domain.announcements.announcement import State
from domain.refusals.announcements import AnnouncementOver, UnknownAnnouncement
from domain.staff.roles import Action, StaffMember, insist, may
from storage import audit
from storage.announcements.records import find, locked, point_of
from storage.post import errands
from storage.schema import announcements, chats, staff
from storage.session import Reading, Writing
from storage.staff.staff import as_member
from storage.staff.staff_chats import chats_of

CONVERSATION, RETURNED = "draft-waits", "draft-returned"


async def tell(db: Writing, *, announcement: int) -> None:
    """Plan to tell the staff chats of everybody else who may approve it, once."""
    draft = await find(db, announcement=announcement)
    listeners = (
        select(staff, chats.c.id.label("chat"))
        .join(staff, staff.c.id == chats.c.staff_id)
        .where(staff.c.revoked_at.is_(None), staff.c.told_drafts, staff.c.id != draft.created_by)
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
    waits = (
        draft.state is State.DRAFT
        and draft.returned_at is None
        and may(member, Action.APPROVE, point_of(draft))
    )
    return draft.name if waits else None


async def give_back(db: Writing, *, announcement: int, by: StaffMember, note: str) -> None:
    """Return a draft to its author with a note, and tell their staff chats.

    Raises:
        NotAllowed: the member may not approve it.
        AnnouncementOver, UnknownAnnouncement: it is no draft (any more).
    """
    draft = await locked(db, announcement=announcement)
    insist(by, Action.APPROVE, point_of(draft))
    if draft.state is not State.DRAFT:
        raise AnnouncementOver
    sealed = db.vault.seal(note, at=f"announcements.note:{announcement}")
    mine = update(announcements).where(announcements.c.id == announcement)
    await db.run(mine.values(returned_at=db.now, note=sealed))
    await audit.record(db, audit.by_staff(by.id), "announcement-returned", f"announcement:{announcement}")
    for chat in await chats_of(db, member=draft.created_by):
        await errands.plan(
            db,
            chat=chat.chat,
            conversation=RETURNED,
            argument=f"{announcement}:{int(db.now.timestamp())}",
            due_at=db.now,
        )


async def returned_draft(db: Reading, *, announcement: int, member: StaffMember) -> str | None:
    """Name of this member's draft that was returned; None: it was decided, or is not theirs."""
    try:
        draft = await find(db, announcement=announcement)
    except UnknownAnnouncement:
        return None
    waits = draft.state is State.DRAFT and draft.returned_at is not None
    return draft.name if waits and draft.created_by == member.id else None


async def replace(db: Writing, *, announcement: int, by: StaffMember) -> None:
    """Undo the member's returned draft, because they wrote it anew; anything else stays."""
    mine = (announcements.c.id == announcement, announcements.c.created_by == by.id)
    returned = (announcements.c.state == State.DRAFT, announcements.c.returned_at.is_not(None))
    gone = update(announcements).where(*mine, *returned).values(state=State.UNDONE.value)
    if await db.run(gone):
        await audit.record(db, audit.by_staff(by.id), "announcement-undone", f"announcement:{announcement}")
