"""Recipients and their texts are written once, in short transactions; a run that dies is gone on with by the next one.

While an announcement is being frozen nothing of it can be sent, and nobody gets a second row: the UNIQUE of the
recipients says so.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select, bindparam, exists, or_, select, update

from domain.announcement import State, Subject, Wording, begins_at
from domain.office import Office
from domain.waves import OpenSpans
from storage.announcements.audience import still_concerned, wants_it
from storage.announcements.records import Announcement, every, locked
from storage.announcements.subjects import subject_of
from storage.announcements.windows import give_windows
from storage.bulk import insert_many
from storage.ids import new_id
from storage.outbox import ANNOUNCEMENT, sealed_screen
from storage.schema import (
    announcement_applications,
    announcement_parts,
    announcement_recipients,
    announcements,
    applications,
    chats,
    follows,
    outbox,
)
from storage.store import Reading, Store, Writing

LEASE = timedelta(seconds=30)
CHUNK = 150  # recipients of one transaction: rendered and sealed in well under 100 ms

Render = Callable[[Wording, str, Sequence[Subject]], dict[str, Any]]
"""Makes the screen (as JSON) that a chat of this language gets about these applications."""

_mine = follows.c.application_id == announcement_applications.c.application_id
_is_recipient = exists().where(
    announcement_recipients.c.announcement_id == announcement_applications.c.announcement_id,
    announcement_recipients.c.chat_id == follows.c.chat_id,
)
_facts = (
    select(
        follows.c.chat_id,
        follows.c.application_id,
        chats.c.channel,
        chats.c.language,
        chats.c.stopped_at,
        chats.c.stopped_why,
        applications.c.number,
        applications.c.name,
        applications.c.point,
        applications.c.district,
        announcement_applications.c.comes_at,
        announcement_applications.c.comes_until,
    )
    .join(announcement_applications, _mine)
    .join(applications, applications.c.id == follows.c.application_id)
    .join(chats, chats.c.id == follows.c.chat_id)
    .where(
        announcement_applications.c.announcement_id == bindparam("id"),
        follows.c.chat_id.in_(bindparam("chats", expanding=True)),
        applications.c.withdrawn_at.is_(None),
        wants_it,
        ~_is_recipient,
    )
    .order_by(follows.c.chat_id, follows.c.since, follows.c.application_id)
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
    """Freeze a released announcement and plan its beginning; False: it is another's to freeze, or needs no freezing.

    Raises:
        NoWindows: its waves have no room; nothing was frozen.
    """
    one = await store.write(partial(_lease, announcement=announcement, owner=owner))
    if one is None:
        return False
    if one.waves is not None:
        await give_windows(store, one, office, open_spans)
    waiting = await store.read(partial(_candidates, announcement=announcement))
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
    """The announcements that were released and are not frozen yet."""
    return [one.id for one in await every(db, states=[State.PREPARING])]


async def add_recipients(
    db: Writing,
    *,
    announcement: Announcement,
    chunk: Sequence[int],
    office: Office,
    render: Render,
    late: bool = False,
) -> int:
    """Make these chats recipients, with the text as it reads now; who is one already stays as they are."""
    facts = _facts.where(still_concerned(announcement.audience)) if late else _facts
    rows = await db.rows(facts, {"id": announcement.id, "chats": list(chunk)})
    of_chat: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of_chat[row.chat_id].append(row)
    new = [_recipient(db, announcement, mine, office, render, late=late) for mine in of_chat.values()]
    await insert_many(db, outbox, [row for row, _, _ in new])
    await insert_many(db, announcement_recipients, [recipient for _, recipient, _ in new])
    await insert_many(db, announcement_parts, [part for _, _, parts in new for part in parts])
    more = update(announcements).where(announcements.c.id == announcement.id)
    await db.run(more.values(planned=announcements.c.planned + len(new)))
    return len(new)


def _recipient(
    db: Writing, one: Announcement, mine: Sequence[Any], office: Office, render: Render, *, late: bool
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """Give the rows of one recipient. Whom we cannot reach now is one, too: failed, with the reason, and never called."""
    chat, screen_row, recipient = mine[0], new_id(), new_id()
    screen = render(one.wording, chat.language, [subject_of(db, row, office) for row in mine])
    reason = (chat.stopped_why or "stopped") if chat.stopped_at else None
    row = {
        "id": screen_row,
        "chat_id": chat.chat_id,
        "channel": chat.channel,
        "priority": ANNOUNCEMENT,
        "state": "failed" if reason else "waiting",
        "reason": reason,
        "body": sealed_screen(db, screen_row, screen),
        "due_at": db.now,
        "created_at": db.now,
        "attempts": 0,
    }
    entry = {
        "id": recipient,
        "announcement_id": one.id,
        "chat_id": chat.chat_id,
        "channel": chat.channel,
        "outbox_id": screen_row,
        "late": late,
    }
    parts = [{"recipient_id": recipient, "application_id": part.application_id} for part in mine]
    return row, entry, parts


async def _lease(db: Writing, *, announcement: int, owner: str) -> Announcement | None:
    """Take an announcement to freeze, from nobody or from somebody who died over it."""
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
    if not await db.run(mine.values(lease_until=db.now + LEASE)):  # undone meanwhile, or taken over
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
            starts_at=begins_at(office, db.now, urgent=one.urgent),
            owner=None,
            lease_until=None,
        )
    )


async def _candidates(db: Reading, *, announcement: int) -> list[int]:
    return [row[0] for row in await db.rows(candidates(announcement))]


def candidates(announcement: int) -> Select[Any]:
    """The chats that an announcement concerns and that are no recipients yet."""
    return (
        select(follows.c.chat_id)
        .distinct()
        .join(announcement_applications, _mine)
        .join(chats, chats.c.id == follows.c.chat_id)
        .where(announcement_applications.c.announcement_id == announcement, wants_it, ~_is_recipient)
        .order_by(follows.c.chat_id)
    )
