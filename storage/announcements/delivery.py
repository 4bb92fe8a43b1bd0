"""Announcements on their way: what may be sent now, when one begins and ends, and late followers."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import exists, func, literal, literal_column, or_, select, update

from domain.announcements.announcement import LATE_FOLLOWERS, State
from domain.office.office import Office
from domain.webhooks.webhook import EventType
from storage.announcements.audience import still_concerned
from storage.announcements.control import fail_waiting
from storage.announcements.recipients import Render, add_recipients
from storage.announcements.records import Announcement, every, locked
from storage.post.sending import Condition, Row, claimed, claiming, waiting_for
from storage.schema import (
    announcement_applications,
    announcement_recipients,
    announcements,
    applications,
    chats,
    follows,
    is_open,
    outbox,
)
from storage.session import Reading, Writing
from storage.webhooks.events import Message, tell

_LATE_AT_ONCE = 50
# a follow is dated by the start of its turn but becomes visible at its commit
_OVERLAP = timedelta(minutes=1)
# Finished announcements, too: a browser comes back, or a provider reports days later that it could not deliver.
_goes_out = (State.SENDING.value, State.FINISHED.value)


def _due(*, urgent_only: bool) -> list[Condition]:
    going = [
        announcement_recipients.c.outbox_id == outbox.c.id,
        announcements.c.id == announcement_recipients.c.announcement_id,
        or_(*(announcements.c.state == literal(state) for state in _goes_out)),
    ]
    if urgent_only:
        going.append(announcements.c.urgent)
    return [outbox.c.priority == literal_column("2"), exists().where(*going)]


_claiming = {urgent: claiming(*_due(urgent_only=urgent)) for urgent in (False, True)}
_any_due = {
    urgent: select(exists().where(*waiting_for(*_due(urgent_only=urgent)))) for urgent in (False, True)
}


async def claim_due(
    db: Writing,
    *,
    channel: str,
    owner: str,
    limit: int,
    urgent_only: bool = False,
    only: Sequence[int] | None = None,
) -> list[Row]:
    """Lease the outbox rows of announcements that may be sent now; `only` limits them to some chats.

    `urgent_only` is for quiet hours. Rows of paused, undone or planned announcements are never leased. A row
    whose lease expires becomes `unknown` for good.
    """
    here = {"of_channel": channel, "most": limit}
    return await claimed(db, _claiming[urgent_only], here, owner=owner, only=only)


async def has_due(db: Reading, *, channel: str, urgent_only: bool = False) -> bool:
    """Whether any announcement has a row that may be sent now."""
    return bool(await db.scalar(_any_due[urgent_only], {"of_channel": channel, "now": db.now}))


async def begin_due(db: Writing) -> int:
    """Start the planned announcements whose time has come; return their number."""
    due = update(announcements).where(
        announcements.c.state == State.PLANNED, announcements.c.starts_at <= db.now
    )
    begun = await db.run(due.values(state=State.SENDING.value))
    if begun:
        db.due(db.now)
    return begun


async def finish(db: Writing, *, away: Collection[str]) -> int:
    """Finish announcements with no row left to send; return their number.

    A browser on a channel in `away` may come back for 30 days; an announcement does not wait for it.
    """
    on_its_way = exists().where(
        announcement_recipients.c.announcement_id == announcements.c.id,
        outbox.c.id == announcement_recipients.c.outbox_id,
        is_open(outbox),
        or_(outbox.c.state == "sending", announcement_recipients.c.channel.not_in(away)),
    )
    ready = select(announcements.c.id).where(announcements.c.state == State.SENDING, ~on_its_way)
    ids = [row[0] for row in await db.rows(ready.with_for_update(of=announcements))]
    if ids:
        over = update(announcements).where(announcements.c.id.in_(ids))
        await db.run(over.values(state=State.FINISHED.value, finished_at=db.now))
        await tell(db, EventType.ANNOUNCED, lambda: [Message({"announcement": str(one)}) for one in ids])
    return len(ids)


async def fail_stopped(db: Writing) -> int:
    """Fail rows that returned to `waiting` after their announcement was undone or withdrawn."""
    stopped = announcements.c.state.in_((State.UNDONE, State.WITHDRAWN)) & announcements.c.finished_at.is_(
        None
    )
    failed = 0
    for row in await db.rows(select(announcements.c.id, announcements.c.state).where(stopped)):
        failed += await fail_waiting(db, announcement=row.id, reason=row.state)
        going = exists().where(
            announcement_recipients.c.announcement_id == row.id,
            outbox.c.id == announcement_recipients.c.outbox_id,
            outbox.c.state == "sending",
        )
        over = update(announcements).where(announcements.c.id == row.id, ~going)
        await db.run(over.values(finished_at=db.now))
    return failed


async def open_to_late(db: Reading) -> list[Announcement]:
    """Announcements that still accept followers who link a chat later."""
    found = await every(db, states=[State.SENDING, State.PAUSED, State.FINISHED])
    return [one for one in found if one.starts_at and one.starts_at + LATE_FOLLOWERS > db.now]


async def late_followers(db: Reading, *, announcement: Announcement) -> list[int]:
    """Chats that linked after the freeze and that the announcement still concerns."""
    checked = func.coalesce(announcements.c.late_checked_at, announcements.c.frozen_at)
    since = await db.scalar(select(checked).where(announcements.c.id == announcement.id))
    here = announcement_applications.c.announcement_id == announcement.id
    recipient = exists().where(
        announcement_recipients.c.announcement_id == announcement.id,
        announcement_recipients.c.chat_id == follows.c.chat_id,
    )
    query = (
        select(follows.c.chat_id)
        .distinct()
        .join(
            announcement_applications,
            announcement_applications.c.application_id == follows.c.application_id,
        )
        .join(applications, applications.c.id == follows.c.application_id)
        .join(chats, chats.c.id == follows.c.chat_id)
        .where(
            here,
            still_concerned(announcement.audience),
            follows.c.since >= since - _OVERLAP,
            chats.c.stopped_at.is_(None),
            ~recipient,
        )
        .limit(_LATE_AT_ONCE)
    )
    return [row[0] for row in await db.rows(query)]


async def take_in(
    db: Writing, *, announcement: int, late: Sequence[int], office: Office, render: Render
) -> int:
    """Make late followers recipients, each once, with the text as of now; return their number.

    A finished announcement goes on until they have got it.
    """
    one = await locked(db, announcement=announcement)
    if one.state not in (State.SENDING, State.PAUSED, State.FINISHED):
        return 0
    added = await add_recipients(db, announcement=one, chunk=late, office=office, render=render, late=True)
    here = announcements.c.id == announcement
    if len(late) < _LATE_AT_ONCE:
        await db.run(update(announcements).where(here).values(late_checked_at=db.now))
    if added:
        again = update(announcements).where(here, announcements.c.state == State.FINISHED)
        await db.run(again.values(state=State.SENDING.value, finished_at=None))
        db.due(db.now)
    return added
