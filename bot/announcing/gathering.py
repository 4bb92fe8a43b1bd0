"""The report of an announcement, for those who may see its recipients."""

from functools import partial

from bot.announcing.report import Report
from domain.refusals import NotAllowed
from domain.staff.roles import Action, StaffMember, may_see_list
from storage import audit
from storage.announcements import results
from storage.announcements.records import find
from storage.session import Writing
from storage.staff import staff
from storage.staff.rights import insisted, refuse
from storage.store import Store


async def report_of(store: Store, *, announcement: int, by: StaffMember | None) -> Report:
    """Load a report; the audit records who did (`by` None: at the command line).

    Raises:
        NotAllowed: no right.
        UnknownAnnouncement: there is no such announcement.
    """
    one = await store.read(partial(find, announcement=announcement))
    if by is not None:
        await insisted(store, member=by, action=Action.ANNOUNCE, point=one.point)
        if not may_see_list(by, owner=one.created_by):
            await store.write(partial(refuse, member=by, action=Action.ANNOUNCE))
            raise NotAllowed
    actor = audit.SYSTEM if by is None else audit.by_staff(by.id)

    async def gather(db: Writing) -> Report:
        await audit.record(
            db, actor=actor, action="announcement-reported", subject=f"announcement:{announcement}"
        )
        approver = None if one.approved_by is None else await staff.find_by_id(db, member=one.approved_by)
        return Report(
            announcement=one,
            results=await results.results_of(db, announcement=announcement),
            approved=approver.name if approver else "-",
            made_at=db.now,
        )

    return await store.write(gather)
