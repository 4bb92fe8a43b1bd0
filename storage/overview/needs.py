"""What stands open now: counts for the console's menu and the morning message, and for the overview."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, func, literal_column, select, text, union_all

from domain.staff.roles import WHOLE_OFFICE, Action, StaffMember, may, may_handle_case
from storage.overview.sums import Subject
from storage.schema import Instant, announcements, bookings, cases, daily_sums, handovers, is_living, waiting
from storage.session import Reading


class Need(StrEnum):
    """What somebody must see to."""

    TALKS = "talks"  # residents who wait for a human
    OVERDUE = "overdue"  # cases whose answer is late
    DUE = "due"  # cases that must be answered today
    DRAFTS = "drafts"  # announcements to approve
    RETURNED = "returned"  # own drafts that an approver returned with a note
    CODES = "codes"  # applications with a code that is no stage
    UNMARKED = "unmarked"  # appointments that are over, and nobody said whether the person came


_RIGHTS = {
    Need.TALKS: Action.TALK,
    Need.DRAFTS: Action.APPROVE,
    Need.RETURNED: Action.ANNOUNCE,
    Need.CODES: Action.SEE_REGISTER,
    Need.UNMARKED: Action.SERVE,
}
_MOST_CASES = 500
_LISTED_OPEN = timedelta(days=7)  # as on the day list
_count = func.count()
_by_point = union_all(
    select(literal_column("'talks'").label("need"), handovers.c.point, _count.label("total"))
    .where(is_living(), handovers.c.state == "waiting")
    .group_by(handovers.c.point),
    # Until its release, a draft's point stands in its audience.
    select(literal_column("'drafts'"), announcements.c.audience, _count)
    .where(announcements.c.state == "draft", announcements.c.returned_at.is_(None))
    .group_by(announcements.c.audience),
    select(literal_column("'returned'"), announcements.c.point, _count)
    .where(announcements.c.state == "draft", announcements.c.returned_at.is_not(None))
    .where(announcements.c.created_by == bindparam("member"))
    .group_by(announcements.c.point),
    select(literal_column("'codes'"), daily_sums.c.point, func.sum(daily_sums.c.total))
    .where(daily_sums.c.subject == Subject.STANDS.value, daily_sums.c.part == "")
    .group_by(daily_sums.c.point),
    # Verbatim the condition of the partial index; otherwise the index is not used.
    select(literal_column("'unmarked'"), bookings.c.point, _count)
    .where(text("bookings.state = 'booked'"), bookings.c.starts_at < bindparam("now", type_=Instant()))
    .where(bookings.c.ends_at <= bindparam("now", type_=Instant()))
    .group_by(bookings.c.point),
    select(literal_column("'unmarked'"), bookings.c.point, _count)
    .where(text("bookings.state = 'open'"), bookings.c.starts_at >= bindparam("since", type_=Instant()))
    .group_by(bookings.c.point),
)
_due_cases = (
    select(cases.c.id, cases.c.kind, cases.c.points, cases.c.due_on)
    .where(text("cases.state = 'open'"), cases.c.due_on <= bindparam("today"))
    .order_by(cases.c.due_on)
    .limit(_MOST_CASES)
)


async def needs(db: Reading, *, member: StaffMember, today: date) -> dict[str, int]:
    """Counts of what this member may see to, without zeros; two indexed reads."""
    found: Counter[str] = Counter()
    values = {"now": db.now, "since": db.now - _LISTED_OPEN, "member": member.id}
    for row in await db.rows(_by_point, values):
        point = _of_draft(row.point) if row.need == Need.DRAFTS else row.point
        if row.total and may(member, _RIGHTS[Need(row.need)], point or None):
            found[row.need] += int(row.total)
    if may(member, Action.HANDLE_CASES):
        for case in await db.rows(_due_cases, {"today": today}):
            sealed = db.vault.open(case.points, at=f"cases.points:{case.id}") if case.points else "[]"
            if may_handle_case(member, kind=case.kind, points=json.loads(sealed)):
                found[Need.OVERDUE if case.due_on < today else Need.DUE] += 1
    return {need.value: found[need] for need in Need if found[need]}


def _of_draft(audience: str) -> str | None:
    """Point of an audience; None for a list of numbers."""
    asked = json.loads(audience)
    return None if asked.get("stage") is None else asked.get("point") or WHOLE_OFFICE


async def open_cases(db: Reading) -> Mapping[date, int]:
    """Number of unanswered cases by the day on which they were opened."""
    query = (
        select(cases.c.opened_on, func.count())
        .where(text("cases.state = 'open'"))
        .group_by(cases.c.opened_on)
    )
    return {row[0]: row[1] for row in await db.rows(query)}


async def on_waiting_list(db: Reading, *, point: str | None) -> int:
    """Number of people who wait for a seat, at a point or at all."""
    query = select(func.count()).select_from(waiting).where(text("waiting.state = 'waiting'"))
    return int(await db.scalar(query if point is None else query.where(waiting.c.point == point)))
