"""Swapping the pickup day, once per chat, for announcements in waves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from sqlalchemy import func, select, update

from domain.announcements.announcement import State
from domain.announcements.waves import OpenSpans, windows
from domain.refusals import AlreadySwapped, SlotFull
from storage import audit
from storage.announcements.records import find, locked
from storage.people.sittings import Covered
from storage.schema import (
    announcement_applications,
    announcement_parts,
    announcement_recipients,
    announcements,
    applications,
)
from storage.session import Reading, Writing

OFFERED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The day and window that a chat was called to, with its number of cards; or a window it may take instead."""

    announcement: int
    recipient: int
    point: str
    starts_at: datetime
    ends_at: datetime
    cards: int
    swapped: bool = False

    @property
    def key(self) -> str:
        """Key of the window."""
        return self.starts_at.isoformat()


async def call_of(db: Reading, *, chat: int, elsewhere: str, covered: Covered = None) -> Call | None:
    """The newest call of the chat that is not over; `elsewhere` is the point for applications without one.

    All cards of a call move together. With `covered`, only calls whose cards are all covered count.
    """
    query = (
        select(
            announcements.c.id.label("announcement"),
            announcement_recipients.c.id.label("recipient"),
            announcement_recipients.c.swapped_at,
            announcement_applications.c.comes_at,
            announcement_applications.c.comes_until,
            applications.c.point,
            applications.c.id.label("application"),
        )
        .join(announcement_recipients, announcement_recipients.c.announcement_id == announcements.c.id)
        .join(announcement_parts, announcement_parts.c.recipient_id == announcement_recipients.c.id)
        .join(applications, applications.c.id == announcement_parts.c.application_id)
        .join(
            announcement_applications,
            (announcement_applications.c.announcement_id == announcements.c.id)
            & (announcement_applications.c.application_id == applications.c.id),
        )
        .where(
            announcement_recipients.c.chat_id == chat,
            announcements.c.waves.is_not(None),
            announcements.c.state.not_in((State.UNDONE, State.PREPARING, State.PLANNED)),
            announcement_applications.c.comes_until > db.now,
        )
        .order_by(announcements.c.created_at.desc(), applications.c.id)
    )
    rows = await db.rows(query)
    if covered is not None:
        hidden = {row.recipient for row in rows if row.application not in covered}
        rows = [row for row in rows if row.recipient not in hidden]
    if not rows:
        return None
    first = rows[0]
    return Call(
        announcement=first.announcement,
        recipient=first.recipient,
        point=first.point or elsewhere,
        starts_at=first.comes_at,
        ends_at=first.comes_until,
        cards=sum(row.recipient == first.recipient for row in rows),
        swapped=first.swapped_at is not None,
    )


async def free(db: Reading, *, call: Call, open_spans: OpenSpans, zone: timezone) -> list[Call]:
    """The next windows of the same point with room for these cards, at most one per half-day."""
    one = await find(db, announcement=call.announcement)
    if one.waves is None:
        return []
    held = await _held(db, call.announcement, call.point)
    found: list[Call] = []
    coming = replace(one.waves, begins=max(one.waves.begins, db.now.astimezone(zone).date()))
    for window in windows(coming, call.point, open_spans, zone):
        room = window.room - held[window.starts_at]
        if window.starts_at <= db.now or window.starts_at == call.starts_at or room < call.cards:
            continue
        if not _same_half(window.starts_at, found):
            found.append(replace(call, starts_at=window.starts_at, ends_at=window.ends_at, swapped=False))
        if len(found) == OFFERED:
            break
    return found


async def take(db: Writing, *, call: Call, wanted: Call, open_spans: OpenSpans, zone: timezone) -> None:
    """Move the chat's cards to the other window.

    Raises:
        AlreadySwapped: the cards were moved before.
        SlotFull: the window is full by now.
    """
    await locked(db, announcement=call.announcement)
    mine = announcement_recipients.c.id == call.recipient
    once = update(announcement_recipients).where(mine, announcement_recipients.c.swapped_at.is_(None))
    if not await db.run(once.values(swapped_at=db.now)):
        raise AlreadySwapped
    if all(one.key != wanted.key for one in await free(db, call=call, open_spans=open_spans, zone=zone)):
        raise SlotFull
    cards = select(announcement_parts.c.application_id).where(
        announcement_parts.c.recipient_id == call.recipient
    )
    moved = update(announcement_applications).where(
        announcement_applications.c.announcement_id == call.announcement,
        announcement_applications.c.application_id.in_(cards),
    )
    await db.run(moved.values(comes_at=wanted.starts_at, comes_until=wanted.ends_at))
    await audit.record(db, audit.SYSTEM, "pickup-day-swapped", f"announcement:{call.announcement}")


async def _held(db: Reading, announcement: int, point: str) -> Counter[datetime]:
    query = (
        select(announcement_applications.c.comes_at, func.count())
        .join(applications, applications.c.id == announcement_applications.c.application_id)
        .where(
            announcement_applications.c.announcement_id == announcement,
            announcement_applications.c.comes_at.is_not(None),
            func.coalesce(applications.c.point, point) == point,
        )
        .group_by(announcement_applications.c.comes_at)
    )
    rows = await db.rows(query)
    return Counter({row[0]: row[1] for row in rows})


def _same_half(moment: datetime, found: Iterable[Call]) -> bool:
    noon = 12
    return any(
        one.starts_at.date() == moment.date() and (one.starts_at.hour < noon) == (moment.hour < noon)
        for one in found
    )
