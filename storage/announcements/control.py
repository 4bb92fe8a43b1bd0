"""Staff actions on a running announcement: undo, withdraw, pause, resume."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import case, exists, select, update

from domain.announcements.announcement import State
from domain.refusals.announcements import AnnouncementOver
from domain.refusals.base import Refusal
from domain.staff.roles import Action, StaffMember, insist, may
from storage import audit
from storage.announcements.records import Announcement, locked
from storage.schema import announcement_recipients, announcements, outbox, waits
from storage.session import Writing
from storage.staff.rights import REFUSED

T = TypeVar("T")


async def undo(db: Writing, *, announcement: int, by: StaffMember) -> None:
    """Undo an announcement before it starts: nobody gets it.

    Raises:
        NotAllowed: it belongs to another member, and this one is no approver.
        AnnouncementOver: it has started.
    """
    await _insist(db, announcement, by)
    not_begun = (announcements.c.starts_at.is_(None)) | (announcements.c.starts_at > db.now)
    open_states = (State.DRAFT, State.PREPARING, State.PLANNED, State.PAUSED)
    await _end(db, announcement, State.UNDONE, announcements.c.state.in_(open_states) & not_begun)
    await _note(db, by, "announcement-undone", announcement)


async def withdraw(db: Writing, *, announcement: int, by: StaffMember) -> None:
    """Stop an announcement for good: messages being sent still arrive, the rest are never sent.

    Raises:
        NotAllowed: it belongs to another member, and this one is no approver.
        AnnouncementOver: there is nothing to stop.
    """
    await _insist(db, announcement, by)
    going = announcements.c.state.in_((State.PLANNED, State.SENDING, State.PAUSED))
    await _end(db, announcement, State.WITHDRAWN, going)
    await _note(db, by, "announcement-withdrawn", announcement)


async def pause(db: Writing, *, announcement: int, by: StaffMember) -> None:
    """Pause sending; messages being sent still arrive. A second pause changes nothing.

    Raises:
        NotAllowed: it belongs to another member, and this one is no approver.
        AnnouncementOver: nothing of it is queued.
    """
    await _insist(db, announcement, by)
    going = announcements.c.state.in_((State.PLANNED, State.SENDING))
    away = (announcements.c.state == State.FINISHED) & _has_waiting()
    await _step(db, announcement, State.PAUSED, going | away)
    await _note(db, by, "announcement-paused", announcement)


async def resume(db: Writing, *, announcement: int, by: StaffMember) -> None:
    """Resume a paused announcement; a running one stays as it is.

    Raises:
        NotAllowed: it belongs to another member, and this one is no approver.
        AnnouncementOver: it is not paused.
    """
    one = await _insist(db, announcement, by)
    if one.state in (State.PLANNED, State.SENDING):
        return
    begun = case((announcements.c.starts_at > db.now, State.PLANNED.value), else_=State.SENDING.value)
    changed = update(announcements).where(
        announcements.c.id == announcement, announcements.c.state == State.PAUSED
    )
    if not await db.run(changed.values(state=begun, finished_at=None)):
        raise AnnouncementOver
    db.due(db.now)
    await _note(db, by, "announcement-resumed", announcement)


async def give_up(db: Writing, *, announcement: int) -> None:
    """Undo an announcement that cannot be frozen because its waves do not fit."""
    await _end(db, announcement, State.UNDONE, announcements.c.state == State.PREPARING)
    await audit.record(db, audit.SYSTEM, "announcement-undone", f"announcement:{announcement}")


async def attempted(db: Writing, *, by: StaffMember | None, step: Callable[[], Awaitable[T]]) -> T | Refusal:
    """Run a step in a savepoint; on refusal undo it, audit the refusal and return it."""
    try:
        async with db.savepoint():
            return await step()
    except Refusal as refusal:
        actor = audit.SYSTEM if by is None else audit.by_staff(by.id)
        await audit.record(db, actor, REFUSED, f"action:{Action.ANNOUNCE.value}", refusal.code)
        return refusal


async def _insist(db: Writing, announcement: int, by: StaffMember) -> Announcement:
    """Lock and return the announcement if the member owns it or may approve it."""
    one = await locked(db, announcement=announcement)
    own = by.id in (one.created_by, one.approved_by) and may(by, Action.ANNOUNCE)
    if not own:
        insist(by, Action.APPROVE, one.point)
    return one


async def _end(db: Writing, announcement: int, state: State, when: Any) -> None:
    await _step(
        db,
        announcement,
        state,
        when,
        guard_once=None if state is State.UNDONE else announcements.c.guard_once,
    )
    await fail_waiting(db, announcement=announcement, reason=state.value)


async def _step(db: Writing, announcement: int, state: State, when: Any, **more: Any) -> None:
    """Change the state if `when` holds; being in that state already is fine."""
    here = announcements.c.id == announcement
    if await db.run(update(announcements).where(here, when).values(state=state.value, **more)):
        return
    if await db.scalar(select(announcements.c.state).where(here)) != state:
        raise AnnouncementOver


async def fail_waiting(db: Writing, *, announcement: int, reason: str) -> int:
    """Fail an announcement's queued rows; return their number."""
    mine = select(announcement_recipients.c.outbox_id).where(
        announcement_recipients.c.announcement_id == announcement
    )
    rest = update(outbox).where(waits(outbox), outbox.c.id.in_(mine))
    return await db.run(rest.values(state="failed", reason=reason))


def _has_waiting() -> Any:
    return exists().where(
        announcement_recipients.c.announcement_id == announcements.c.id,
        outbox.c.id == announcement_recipients.c.outbox_id,
        waits(outbox),
    )


async def _note(db: Writing, by: StaffMember, action: str, announcement: int) -> None:
    await audit.record(db, audit.by_staff(by.id), action, f"announcement:{announcement}")
