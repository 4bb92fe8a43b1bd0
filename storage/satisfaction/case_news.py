"""Who hears of a case in their staff chats: its owner, and while there is none, everybody who may handle cases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Self

from sqlalchemy import select

from domain.roles import Action, Role, StaffMember, may
from storage.post import errands
from storage.schema import cases, chats, staff
from storage.store import Reading, Writing

CONVERSATION = "case-news"
What = Literal["opened", "escalated"]
_HANDLE = [role for role in Role if may(StaffMember(id=0, name="", role=role), Action.HANDLE_CASES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A case as a staff chat names it: what it is about and when it is due; nobody's words."""

    kind: str
    due_on: date

    def to_json(self) -> dict[str, str]:
        """Give it as JSON values."""
        return {"kind": self.kind, "due_on": self.due_on.isoformat()}

    @classmethod
    def from_json(cls, value: dict[str, str]) -> Self:
        """Read what `to_json` wrote."""
        return cls(kind=value["kind"], due_on=date.fromisoformat(value["due_on"]))


async def plan(db: Writing, *, number: str, what: What, line: int, owner: int | None) -> None:
    """Plan to tell of a case, each chat once for each line of its history; quiet hours hold it as any push."""
    mine = staff.c.id == owner if owner is not None else staff.c.role.in_(_HANDLE)
    listeners = (
        select(chats.c.id)
        .join(staff, staff.c.id == chats.c.staff_id)
        .where(staff.c.revoked_at.is_(None), mine)
        .order_by(chats.c.id)
    )
    for row in await db.rows(listeners):
        await errands.plan(
            db,
            chat=row.id,
            conversation=CONVERSATION,
            argument=f"{what}:{number}:{line}",
            due_at=_next_hour(db.now),
        )


async def news_of(db: Reading, *, number: str, member: int) -> News | None:
    """Give what a member of staff is told of a case; None: it is closed, or somebody else's by now."""
    row: Any = await db.one(
        select(cases.c.kind, cases.c.due_on, cases.c.owner_id).where(
            cases.c.number == number, cases.c.state != "closed"
        )
    )
    if row is None or row.owner_id not in (None, member):
        return None
    return News(kind=row.kind, due_on=row.due_on)


def _next_hour(now: datetime) -> datetime:
    """Give the next full hour: the minute in which somebody complains would tell whom one had just served."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
