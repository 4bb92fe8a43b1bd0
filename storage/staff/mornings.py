"""The morning message: what waits, once a day in one staff chat of each member who wants it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from storage.post import errands
from storage.schema import chats, staff
from storage.schema import errands as errands_table
from storage.session import Reading, Writing

CONVERSATION = "morning"

_listeners = (
    select(chats.c.id, staff.c.id.label("member"), staff.c.point)
    .join(staff, staff.c.id == chats.c.staff_id)
    .where(staff.c.revoked_at.is_(None), staff.c.mornings, chats.c.stopped_at.is_(None))
    .order_by(chats.c.heard_at.desc(), chats.c.id)
)


async def untold(db: Reading, *, day: date, points: Collection[str]) -> list[int]:
    """Staff chats to be told on this day: the one used last of each member whose point is open."""
    told = select(errands_table.c.chat_id).where(
        errands_table.c.conversation == CONVERSATION, errands_table.c.argument == str(day)
    )
    planned = {row.chat_id for row in await db.rows(told)}
    found: dict[int, int] = {}
    done: set[int] = set()
    for row in await db.rows(_listeners):
        if row.id in planned:
            done.add(row.member)
        if row.point is None or row.point in points:
            found.setdefault(row.member, row.id)
    return [chat for member, chat in found.items() if member not in done]


async def plan(db: Writing, *, day: date, points: Collection[str], until: datetime) -> None:
    """Plan the messages that are still missing; after `until` it is no morning any more."""
    for chat in await untold(db, day=day, points=points):
        await errands.plan(
            db, chat=chat, conversation=CONVERSATION, argument=str(day), due_at=db.now, until=until
        )
