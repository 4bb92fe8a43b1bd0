"""Drafting and releasing announcements: the audience is fixed at release, and the same text goes out only once."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, distinct, exists, func, literal, select, update
from sqlalchemy.exc import IntegrityError

from domain import codec
from domain.announcements.announcement import Order, State, Wording, check_release, concern, guarded
from domain.office.office import Office
from domain.refusals.announcements import AlreadyAnnounced, AnnouncementOver
from domain.staff.roles import StaffMember
from storage import audit
from storage.announcements.audience import selected, wants_it
from storage.announcements.records import Announcement, find, locked
from storage.bulk import in_pieces, insert_many
from storage.ids import short_id
from storage.schema import announcement_applications, announcements, applications, chats, follows
from storage.session import Reading, Writing

_earlier = announcements.alias("earlier")


async def draft(db: Writing, *, order: Order, by: StaffMember, told_chat: int | None = None) -> int:
    """Save a draft and return its id; nobody gets it before `release`. Its list of recipients is empty.

    Progress is shown in the staff chat `told_chat`.
    """
    row = short_id()
    text = json.dumps(codec.dump(order.wording), ensure_ascii=False)
    values = {
        "id": row,
        "name": order.name,
        "state": State.DRAFT.value,
        "wording": db.vault.seal(text, at=f"announcements.wording:{row}"),
        "audience": json.dumps(codec.dump(order.audience)),
        "waves": json.dumps(codec.dump(order.waves)) if order.waves else None,
        "created_by": by.id,
        "created_at": db.now,
        "not_before": order.not_before,
        "urgent": order.urgent,
        "override": order.override,
        "told_chat_id": told_chat,
    }
    await db.run(announcements.insert(), values)
    await _note(db, by, "announcement-drafted", row, urgent=order.urgent, override=order.override)
    return row


async def waiting(db: Reading, *, by: StaffMember) -> int:
    """Number of a member's drafts about which no approver has decided."""
    waits = (announcements.c.state == State.DRAFT.value, announcements.c.returned_at.is_(None))
    query = select(func.count()).where(announcements.c.created_by == by.id, *waits)
    return int(await db.scalar(query))


async def add_applications(db: Writing, *, announcement: int, ids: Sequence[int]) -> None:
    """Add applications of a list to a draft; duplicates are ignored."""
    known = set(await concerned_ids(db, announcement))
    fresh = [one for one in dict.fromkeys(ids) if one not in known]
    await _add(db, announcement, fresh)


async def release(db: Writing, *, announcement: int, by: StaffMember, office: Office) -> Announcement:
    """Approve a draft: fix its audience now; freeze.py writes recipients and texts next.

    Of two simultaneous releases with the same text and applications, one is refused.

    Raises:
        NotAllowed, NeedsApprover: the member may not send it, or not to so many.
        AlreadyAnnounced: these applications already got this text.
        AnnouncementOver, UnknownAnnouncement: it is not a draft (any more).
    """
    one = await locked(db, announcement=announcement)
    if one.state is not State.DRAFT:
        raise AnnouncementOver
    if one.audience.stage is not None:
        await _select(db, one)
    ids, points = await _concerned(db, announcement)
    point = concern(one.audience, points)
    reached = await count_followers(db, announcement=announcement)
    check_release(
        by,
        recipients=reached,
        most=office.announcements.approver_above,
        point=point,
        urgent=one.urgent,
        override=one.override,
    )
    await _begin(db, one, guarded(ids, one.wording), by, point)
    await _note(db, by, "announcement-released", announcement, urgent=one.urgent, override=one.override)
    return await find(db, announcement=announcement)


async def already(db: Reading, *, ids: Iterable[int], wording: Wording) -> datetime | None:
    """When these applications got this text before, or None."""
    indexes = db.vault.indexes(guarded(ids, wording), of="announcements.guard")
    return await _when(db, indexes)


async def discard(db: Writing, *, announcement: int) -> None:
    """Delete a draft."""
    gone = (announcements.c.id == announcement, announcements.c.state == State.DRAFT)
    await db.run(delete(announcements).where(*gone))


async def count_followers(db: Reading, *, announcement: int) -> int:
    """Number of chats that follow the applications of a draft or announcement."""
    concerned = select(announcement_applications.c.application_id).where(
        announcement_applications.c.announcement_id == announcement
    )
    query = (
        select(func.count(distinct(follows.c.chat_id)))
        .join(chats, chats.c.id == follows.c.chat_id)
        .where(follows.c.application_id.in_(concerned), wants_it)
    )
    return int(await db.scalar(query))


async def _begin(db: Writing, one: Announcement, words: str, by: StaffMember, point: str) -> None:
    index = db.vault.index(words, of="announcements.guard")
    known = db.vault.indexes(words, of="announcements.guard")
    same = exists().where(_earlier.c.guard_once.in_(known))
    taken = literal(value=False) if one.override else same
    released = update(announcements).where(announcements.c.id == one.id, ~taken)
    values = {
        "state": State.PREPARING.value,
        "approved_by": by.id,
        "point": point,
        "guard": index,
        "guard_once": None if one.override else index,
    }
    try:
        async with db.savepoint():
            done = await db.run(released.values(**values))
    except IntegrityError:  # PostgreSQL: the other announcement was released at the same moment
        done = 0
    db.due(db.now)
    if not done:
        raise AlreadyAnnounced(await _when(db, known) or db.now)


async def _when(db: Reading, indexes: Sequence[bytes]) -> datetime | None:
    same = announcements.c.guard.in_(indexes) & announcements.c.state.not_in((State.DRAFT, State.UNDONE))
    moment: datetime | None = await db.scalar(select(func.max(announcements.c.created_at)).where(same))
    return moment


async def _select(db: Writing, one: Announcement) -> None:
    """Fix the applications that are at the audience's stage now."""
    mine = announcement_applications.c.announcement_id == one.id
    await db.run(delete(announcement_applications).where(mine))
    now = selected(one.audience).with_only_columns(literal(one.id), applications.c.id, applications.c.stage)
    columns = ["announcement_id", "application_id", "stage"]
    await db.run(announcement_applications.insert().from_select(columns, now))


async def _add(db: Writing, announcement: int, ids: Sequence[int]) -> None:
    stages: dict[int, str | None] = {}
    for some in in_pieces(ids):
        query = select(applications.c.id, applications.c.stage).where(applications.c.id.in_(some))
        stages |= {row.id: row.stage for row in await db.rows(query)}
    rows = [
        {"announcement_id": announcement, "application_id": one, "stage": stages[one]}
        for one in ids
        if one in stages
    ]
    await insert_many(db, announcement_applications, rows)


async def _concerned(db: Reading, announcement: int) -> tuple[list[int], set[str | None]]:
    query = (
        select(applications.c.id, applications.c.point)
        .join(announcement_applications, announcement_applications.c.application_id == applications.c.id)
        .where(announcement_applications.c.announcement_id == announcement)
    )
    rows = await db.rows(query)
    return [row.id for row in rows], {row.point for row in rows}


async def concerned_ids(db: Reading, announcement: int) -> list[int]:
    """Ids of the applications in a draft's list or of a released announcement."""
    mine = announcement_applications.c.announcement_id == announcement
    return [row[0] for row in await db.rows(select(announcement_applications.c.application_id).where(mine))]


async def _note(
    db: Writing, by: StaffMember, action: str, announcement: int, *, urgent: bool, override: bool
) -> None:
    """Audit the action, its actor and the limits it overrides (urgent, override)."""
    passed = [name for name, set_aside in (("urgent", urgent), ("override", override)) if set_aside]
    await audit.record(db, audit.by_staff(by.id), action, f"announcement:{announcement}", ",".join(passed))
