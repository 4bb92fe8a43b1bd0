"""Results of announcements: counts, the list, one result per recipient, and applications that nobody follows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, select, update

from domain.announcements.announcement import Counts, State
from storage.announcements.audience import wants_it
from storage.announcements.records import Announcement, every
from storage.schema import (
    announcement_applications,
    announcement_parts,
    announcement_recipients,
    applications,
    chats,
    follows,
    of_row,
    outbox,
)
from storage.session import Reading, Writing

# The outbox row has the state while it is kept; without it the recipient's own state counts.
state_now = func.coalesce(outbox.c.state, announcement_recipients.c.state, "unknown")
reason_now = func.coalesce(outbox.c.reason, announcement_recipients.c.reason)
_joined = announcement_recipients.outerjoin(outbox, outbox.c.id == announcement_recipients.c.outbox_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAnnouncement:
    """An announcement with its counts."""

    announcement: Announcement
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An application in a result, with its full name for the office's own lists."""

    number: str
    name: str = field(repr=False)
    district: str | None
    village: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Result of one recipient; `channel` is None for applications that nobody follows."""

    channel: str | None
    state: str
    reason: str | None
    sent_at: datetime | None
    parts: tuple[Part, ...]


async def counts_of(db: Reading, *, announcement: int) -> Counts:
    """Number of recipients per state."""
    found = await _counts(db, [announcement])
    return found[announcement]


async def failures_of(db: Reading, *, announcement: int) -> dict[str, int]:
    """Number of failed recipients per reason."""
    query = (
        select(reason_now, func.count())
        .select_from(_joined)
        .where(announcement_recipients.c.announcement_id == announcement, state_now == "failed")
        .group_by(reason_now)
    )
    return {row[0]: row[1] for row in await db.rows(query)}


async def listed(db: Reading, *, states: Sequence[State] | None = None) -> list[ListedAnnouncement]:
    """All announcements with their counts, the newest first."""
    found = await every(db, states=states)
    counts = await _counts(db, [one.id for one in found])
    return [ListedAnnouncement(announcement=one, counts=counts[one.id]) for one in found]


async def unknown_numbers(db: Reading, *, announcement: int) -> list[str]:
    """Registration numbers of recipients whose delivery is `unknown`."""
    query = (
        select(applications.c.number)
        .distinct()
        .select_from(_joined)
        .join(announcement_parts, announcement_parts.c.recipient_id == announcement_recipients.c.id)
        .join(applications, applications.c.id == announcement_parts.c.application_id)
        .where(announcement_recipients.c.announcement_id == announcement, state_now == "unknown")
        .order_by(applications.c.number)
    )
    return [row[0] for row in await db.rows(query)]


async def results_of(db: Reading, *, announcement: int) -> list[Result]:
    """Results of all recipients, by registration number; then the applications that nobody follows."""
    query = (
        select(
            *announcement_recipients.c["id", "channel"],
            state_now.label("state"),
            reason_now.label("reason"),
            outbox.c.sent_at,
        )
        .select_from(_joined)
        .where(announcement_recipients.c.announcement_id == announcement)
    )
    parts = await _parts(db, announcement)
    found = [of_row(Result, row, parts=tuple(parts[row.id])) for row in await db.rows(query)]
    found.sort(key=lambda one: [part.number for part in one.parts])
    return found + await _nobodys(db, announcement)


async def keep_results(db: Writing, *, before: datetime, limit: int) -> int:
    """Copy results from outbox rows that retention is about to delete; return their number."""
    old = (
        select(announcement_recipients.c.id)
        .join(outbox, outbox.c.id == announcement_recipients.c.outbox_id)
        .where(
            announcement_recipients.c.state.is_(None),
            outbox.c.created_at < before,
            outbox.c.state.not_in(("waiting", "sending")),
        )
        .limit(limit)
    )
    mine = outbox.c.id == announcement_recipients.c.outbox_id
    noted = update(announcement_recipients).where(announcement_recipients.c.id.in_(old))
    return await db.run(
        noted.values(
            state=select(outbox.c.state).where(mine).scalar_subquery(),
            reason=select(outbox.c.reason).where(mine).scalar_subquery(),
        )
    )


async def _counts(db: Reading, ids: Sequence[int]) -> dict[int, Counts]:
    query = (
        select(announcement_recipients.c.announcement_id, state_now.label("state"), func.count().label("n"))
        .select_from(_joined)
        .where(announcement_recipients.c.announcement_id.in_(ids))
        .group_by(announcement_recipients.c.announcement_id, state_now)
    )
    found: dict[int, dict[str, int]] = {one: {} for one in ids}
    for row in await db.rows(query):
        found[row.announcement_id][row.state] = row.n
    return {one: Counts(**counts) for one, counts in found.items()}


async def _parts(db: Reading, announcement: int) -> dict[int, list[Part]]:
    query = (
        select(announcement_parts.c.recipient_id, *_part_columns)
        .join(announcement_recipients, announcement_recipients.c.id == announcement_parts.c.recipient_id)
        .join(applications, applications.c.id == announcement_parts.c.application_id)
        .where(announcement_recipients.c.announcement_id == announcement)
        .order_by(announcement_parts.c.recipient_id, applications.c.number)
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for row in await db.rows(query):
        found[row.recipient_id].append(_part(db, row))
    return found


async def _nobodys(db: Reading, announcement: int) -> list[Result]:
    """Applications that no recipient was told about; `declined`: their followers want no messages."""
    told = exists().where(
        announcement_recipients.c.announcement_id == announcement,
        announcement_parts.c.recipient_id == announcement_recipients.c.id,
        announcement_parts.c.application_id == applications.c.id,
    )
    declined = exists().where(
        and_(follows.c.application_id == applications.c.id, chats.c.id == follows.c.chat_id, ~wants_it)
    )
    query = (
        select(*_part_columns, declined.label("declined"))
        .join(announcement_applications, announcement_applications.c.application_id == applications.c.id)
        .where(announcement_applications.c.announcement_id == announcement, ~told)
        .order_by(applications.c.number)
    )
    return [
        Result(
            channel=None,
            state="none",
            reason="declined" if row.declined else "nobody",
            sent_at=None,
            parts=(_part(db, row),),
        )
        for row in await db.rows(query)
    ]


_part_columns = (
    applications.c.id.label("application_id"),
    *applications.c["number", "name", "district", "village"],
)


def _part(db: Reading, row: Any) -> Part:
    return of_row(Part, row, name=db.vault.open(row.name, at=f"applications.name:{row.application_id}"))
