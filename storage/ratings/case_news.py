"""Staff chats told of a case: its owner's, or those of everybody who may handle it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select

from domain.staff.roles import StaffMember, may_handle_case
from storage.post import errands
from storage.ratings.case_files import WITHDRAWN, points_of
from storage.schema import cases, chats, staff
from storage.session import Writing
from storage.staff.staff import as_member
from storage.webhooks.events import next_hour

CONVERSATION = "case-news"
What = Literal["opened", "escalated", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNews:
    """What a staff chat is told of a case: kind and due day, no text."""

    kind: str
    due_on: date


async def plan(db: Writing, *, number: str, what: What, line: int, owner: int | None) -> None:
    """Plan to tell staff chats of a case, each once per line of its history; quiet hours apply as to any push.

    Members who turned it off find it at the console.

    Without an owner, the chats of everybody who may handle it are told.
    """
    case: Any = await db.one(select(cases).where(cases.c.number == number))
    points = points_of(db, case)
    listeners = (
        select(staff, chats.c.id.label("chat"))
        .join(staff, staff.c.id == chats.c.staff_id)
        .where(staff.c.revoked_at.is_(None), staff.c.told_cases)
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
            due_at=next_hour(db.now),
        )


async def news_of(
    db: Writing, *, number: str, member: StaffMember, chat: int, argument: str
) -> CaseNews | None:
    """What a member of staff is told of a case; None: it is not theirs (any more), or closed, but for a withdrawal.

    For a case dated by week the errand is deleted, too, because its time would reveal the day.
    """
    row: Any = await db.one(select(cases).where(cases.c.number == number))
    if row is not None and row.by_week:
        await errands.forget_one(db, chat=chat, conversation=CONVERSATION, argument=argument)
    is_told = row is not None and (row.state == "closed") == argument.startswith(f"{WITHDRAWN}:")
    if not is_told or row.owner_id not in (None, member.id):
        return None
    if not may_handle_case(member, kind=row.kind, points=points_of(db, row)):
        return None
    return CaseNews(kind=row.kind, due_on=row.due_on)
