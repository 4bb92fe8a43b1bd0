"""Guessing alarms: audited, and sent to staff chats of approvers and admins once an hour."""

from datetime import timedelta

from sqlalchemy import select

from storage import audit
from storage.post import errands
from storage.schema import chats, staff
from storage.session import Writing

CONVERSATION = "alarm"
WRONG_PAIRS, WRONG_CODES = "alarm-wrong-pairs", "alarm-wrong-codes"
_GOOD_FOR = timedelta(days=1)

_listeners = (
    select(chats.c.id)
    .join(staff, staff.c.id == chats.c.staff_id)
    .where(staff.c.revoked_at.is_(None), staff.c.role.in_(("approver", "admin")))
    .order_by(chats.c.id)
)


async def ring(db: Writing, *, action: str, about: str, count: int) -> None:
    """Record an alarm (`action`) about one NIK, one address or everybody, and notify approvers and admins."""
    await audit.record(db, audit.SYSTEM, action, about, str(count))
    argument = f"{action}:{about}:{db.now:%Y%m%d%H}"
    for row in await db.rows(_listeners):
        await errands.plan(
            db,
            chat=row.id,
            conversation=CONVERSATION,
            argument=argument,
            due_at=db.now,
            until=db.now + _GOOD_FOR,
        )
