"""Freezing: recipients and texts are written once, in short transactions; a later run continues an interrupted one.

Nothing of an announcement is sent while it is being frozen. The UNIQUE constraint of the recipients prevents a
second row for a chat.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select, exists, or_, select, update

from domain.announcements.announcement import State, begins_at
from domain.announcements.waves import OpenSpans
from domain.office.office import Office
from storage.announcements.audience import wants_it
from storage.announcements.recipients import Render, add_recipients
from storage.announcements.records import Announcement, every, locked
from storage.announcements.windows import give_windows
from storage.schema import announcement_applications, announcement_recipients, announcements, chats, follows
from storage.session import Reading, Writing
from storage.store import Store

LEASE = timedelta(seconds=30)
CHUNK = 150  # recipients of one transaction: rendered and sealed in well under 100 ms

_mine = follows.c.application_id == announcement_applications.c.application_id
_is_recipient = exists().where(
    announcement_recipients.c.announcement_id == announcement_applications.c.announcement_id,
    announcement_recipients.c.chat_id == follows.c.chat_id,
)


async def freeze(
    store: Store,
    *,
    announcement: int,
    office: Office,
    render: Render,
    open_spans: OpenSpans,
    owner: str,
    pause: Callable[[], Awaitable[None]],
) -> bool:
    """Freeze a released announcement and plan its start; False: another process has it, or there is nothing to freeze.

    Raises:
        NoWindows: its waves do not fit into the calendar; nothing was frozen.
    """
    one = await store.write(partial(_lease, announcement=announcement, owner=owner))
    if one is None:
        return False
    if one.waves is not None:
        await give_windows(store, one, office, open_spans)
    waiting = [row[0] for row in await store.read(lambda db: db.rows(candidates(announcement)))]
    # Random order: neighbours may share a fault (one district changed its numbers), and a run of failures would
    # look like a provider outage.
    random.shuffle(waiting)
    for start in range(0, len(waiting), CHUNK):
        add = partial(
            _add_frozen, announcement=announcement, owner=owner, office=office, render=render,
            chunk=waiting[start : start + CHUNK],
        )  # fmt: skip
        if not await store.write(add):
            return False
        await pause()
    await store.write(partial(_plan, announcement=announcement, office=office))
    return True


async def to_freeze(db: Reading) -> list[int]:
    """Announcements that were released and are not frozen yet."""
    return [one.id for one in await every(db, states=[State.PREPARING])]


async def _lease(db: Writing, *, announcement: int, owner: str) -> Announcement | None:
    """Lease an announcement that no live process is freezing."""
    free = or_(
        announcements.c.owner.is_(None), announcements.c.owner == owner, announcements.c.lease_until < db.now
    )
    mine = update(announcements).where(
        announcements.c.id == announcement, announcements.c.state == State.PREPARING, free
    )
    if not await db.run(mine.values(owner=owner, lease_until=db.now + LEASE)):
        return None
    first = update(announcements).where(
        announcements.c.id == announcement, announcements.c.frozen_at.is_(None)
    )
    await db.run(first.values(frozen_at=db.now))
    return await locked(db, announcement=announcement)


async def _add_frozen(
    db: Writing, *, announcement: int, owner: str, office: Office, render: Render, chunk: Sequence[int]
) -> bool:
    mine = update(announcements).where(
        announcements.c.id == announcement,
        announcements.c.state == State.PREPARING,
        announcements.c.owner == owner,
    )
    # undone in the meantime, or leased by another process
    if not await db.run(mine.values(lease_until=db.now + LEASE)):
        return False
    one = await locked(db, announcement=announcement)
    await add_recipients(db, announcement=one, chunk=chunk, office=office, render=render)
    return True


async def _plan(db: Writing, *, announcement: int, office: Office) -> None:
    one = await locked(db, announcement=announcement)
    planned = update(announcements).where(
        announcements.c.id == announcement, announcements.c.state == State.PREPARING
    )
    await db.run(
        planned.values(
            state=State.PLANNED.value,
            starts_at=begins_at(office, db.now, urgent=one.urgent, not_before=one.not_before),
            owner=None,
            lease_until=None,
        )
    )


def candidates(announcement: int) -> Select[Any]:
    """Query for chats that the announcement concerns and that are not recipients yet."""
    return (
        select(follows.c.chat_id)
        .distinct()
        .join(announcement_applications, _mine)
        .join(chats, chats.c.id == follows.c.chat_id)
        .where(announcement_applications.c.announcement_id == announcement, wants_it, ~_is_recipient)
        .order_by(follows.c.chat_id)
    )
