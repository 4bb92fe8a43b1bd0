"""Who hears of a case in their staff chats: its owner, and while there is none, everybody who may handle cases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select

from domain.staff.roles import StaffMember, may_handle_case
from storage.post import errands
from storage.ratings.case_files import points_of
from storage.schema import cases, chats, staff
from storage.session import Writing
from storage.staff.staff import as_member

CONVERSATION = "case-news"
What = Literal["opened", "escalated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A case as a staff chat names it: what it is about and when it is due; nobody's words."""

    kind: str
    due_on: date


async def plan(db: Writing, *, number: str, what: What, line: int, owner: int | None) -> None:
    """Plan to tell of a case, each chat once for each line of its history; quiet hours hold it as any push.

    While nobody owns it, the chats of everybody who may handle it are told.
    """
    case: Any = await db.one(select(cases).where(cases.c.number == number))
    points = points_of(db, case)
    listeners = (
        select(staff, chats.c.id.label("chat"))
        .join(staff, staff.c.id == chats.c.staff_id)
        .where(staff.c.revoked_at.is_(None))
        .order_by(chats.c.id)
    )
    for row in await db.rows(listeners):
        if owner not in (None, row.id) or not may_handle_case(as_member(row), kind=case.kind, points=points):
            continue
        await errands.plan(
            db,
            chat=row.chat,
            conversation=CONVERSATION,
            argument=f"{what}:{number}:{line}",
            due_at=_next_hour(db.now),
        )


async def news_of(db: Writing, *, number: str, member: StaffMember, chat: int, argument: str) -> News | None:
    """Give what a member of staff is told of a case; None: it is closed, or not theirs (any more).

    Of a case that keeps its week alone the errand goes, too: its moment would tell the day.
    """
    row: Any = await db.one(select(cases).where(cases.c.number == number))
    if row is not None and row.by_week:
        await errands.forget_one(db, chat=chat, conversation=CONVERSATION, argument=argument)
    if row is None or row.state == "closed" or row.owner_id not in (None, member.id):
        return None
    if not may_handle_case(member, kind=row.kind, points=points_of(db, row)):
        return None
    return News(kind=row.kind, due_on=row.due_on)


def _next_hour(now: datetime) -> datetime:
    """Give the next full hour: the minute in which somebody complains would tell whom one had just served."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
