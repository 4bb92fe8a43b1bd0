"""Claims: whether a thing belongs to the member of staff, checked by the gate after the point.

Each returns the reason of a refusal, a code worded in refused.html, or None.
"""

from bot.console.pages import announce, announcements, cases, imports, talks
from bot.console.visits.desk import Visit
from domain.staff.roles import may_handle_case, may_see_list


async def their_talk(visit: Visit) -> str | None:
    """Messages and files of a handover are shown only to the officer who holds it."""
    return None if (await talks.handover_of(visit)).is_held_by(visit.member.id) else "talk"


async def their_job(visit: Visit) -> str | None:
    """Rows of a file are shown only to the member who uploaded it."""
    find = announce.job_of if visit.request.url.path.startswith(announce.HOME) else imports.job_of
    return None if may_see_list(visit.member, owner=(await find(visit)).staff) else "list"


async def their_announcement(visit: Visit) -> str | None:
    """Recipients are shown only to the author of the announcement."""
    one = await announcements.announcement_of(visit)
    return None if may_see_list(visit.member, owner=one.created_by) else "list"


async def a_case_they_may_handle(visit: Visit) -> str | None:
    """A complaint is hidden from staff whom it may be about."""
    case = await cases.case_of(visit)
    if may_handle_case(visit.member, kind=case.kind, points=case.points):
        return None
    if case.kind == "fee":
        return "fee-case"
    return "case" if case.points else "case-anywhere"
