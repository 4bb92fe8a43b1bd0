"""Looks at what an announcement would do: how many it reaches, over which channels, and how it reads."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.announcing.file import Order
from bot.announcing.recipients import Listed, read_list
from bot.announcing.rendering import Rendering
from domain.announcements.announcement import Subject, begins_at
from domain.announcements.waves import Expected, OpenSpans, Window, assign, calendar, families
from domain.cards.register import RefusedRow
from domain.office.office import Office
from domain.staff.roles import StaffMember
from storage.announcements import drafts
from storage.announcements.audience import (
    Concerned,
    Follower,
    concerned_by,
    concerned_of,
    followers,
    unfollowed,
)
from storage.announcements.records import Announcement
from storage.announcements.subjects import subjects
from storage.post.receipts import WINDOW
from storage.session import Reading
from storage.store import Store

CHANNELS = ("telegram", "whatsapp", "web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an announcement would do now.

    `none` are the numbers that nobody follows; `templates`: WhatsApp chats that are written to first, in approved words,
    which cost; `unreachable`: chats that blocked us or moved. `already`: when the same applications got the same words.
    """

    per_channel: dict[str, int]
    none: tuple[str, ...]
    text: str = field(repr=False)
    refused: tuple[RefusedRow, ...]
    starts_at: datetime
    waits_for_morning: bool
    templates: int
    unreachable: int
    calendar: tuple[Expected, ...] = ()
    already: datetime | None = None
    applications: tuple[int, ...] = ()

    @property
    def recipients(self) -> int:
        """How many chats get it."""
        return sum(self.per_channel.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that planning needs of the house."""

    store: Store
    office: Office
    rendering: Rendering
    open_spans: Callable[[], Awaitable[OpenSpans]]


async def preview(
    desk: Desk, order: Order, *, by: StaffMember | None = None, urgent: bool = False
) -> Preview:
    """Tell `by` what the order would do; nothing is written.

    Raises:
        UnusableFile: its list cannot be read.
        NoWindows: its waves have no room.
    """
    listed = await _listed(desk, order, by)
    spans = await desk.open_spans() if order.waves else None

    async def look(db: Reading) -> Preview:
        concerned = (
            await concerned_by(db, audience=order.audience)
            if order.recipients is None
            else await concerned_of(db, ids=listed.applications)
        )
        return await _previewed(db, desk, order, concerned, listed, spans, urgent=urgent)

    return await desk.store.read(look)


async def preview_of_draft(desk: Desk, draft: Announcement) -> Preview:
    """Tell what a draft would do if it were approved now.

    Raises:
        NoWindows: its waves have no room.
    """
    order = Order(name=draft.name, wording=draft.wording, audience=draft.audience, waves=draft.waves)
    spans = await desk.open_spans() if draft.waves else None

    async def look(db: Reading) -> Preview:
        if draft.audience.stage is not None:
            concerned = await concerned_by(db, audience=draft.audience)
        else:
            concerned = await concerned_of(db, ids=await drafts.concerned_ids(db, draft.id))
        return await _previewed(db, desk, order, concerned, Listed(), spans, urgent=draft.urgent)

    return await desk.store.read(look)


async def _listed(desk: Desk, order: Order, by: StaffMember | None) -> Listed:
    if order.recipients is None:
        return Listed()
    return await read_list(desk.store, order.recipients, desk.office, by=by)


async def _previewed(
    db: Reading,
    desk: Desk,
    order: Order,
    concerned: Sequence[Concerned],
    listed: Listed,
    spans: OpenSpans | None,
    *,
    urgent: bool,
) -> Preview:
    ids = [one.id for one in concerned]
    found = await followers(db, ids=ids)
    windows, expected = _waves(desk, order, concerned, found, spans)
    numbers = {one.id: one.number for one in concerned}
    counted = Counter(one.channel for one in found)
    starts_at = begins_at(desk.office, db.now, urgent=urgent)
    undone_until = db.now + timedelta(seconds=desk.office.announcements.undo_seconds)
    outside = [one for one in found if one.channel == "whatsapp" and db.now - one.heard_at >= WINDOW]
    return Preview(
        per_channel={channel: counted[channel] for channel in CHANNELS},
        none=tuple(numbers[one] for one in unfollowed(ids, found)),
        text=await _first_text(db, desk, order, ids, found, windows),
        refused=listed.refused,
        starts_at=starts_at,
        waits_for_morning=starts_at > undone_until,
        templates=len(outside),
        unreachable=sum(one.stopped_why is not None for one in found),
        calendar=tuple(expected),
        already=await drafts.already(db, ids=ids, wording=order.wording),
        applications=tuple(ids),
    )


def _waves(
    desk: Desk,
    order: Order,
    concerned: Sequence[Concerned],
    found: Sequence[Follower],
    spans: OpenSpans | None,
) -> tuple[dict[int, Window], list[Expected]]:
    """Give the windows as freezing would give them now, and the calendar that they make."""
    if order.waves is None or spans is None:
        return {}, []
    points = {one.id: one.point or desk.office.points[0].id for one in concerned}
    pairs = [(one.chat, application) for one in found for application in one.applications]
    groups = [(points[group[0]], group) for group in families(pairs, points)]
    windows = assign(groups, order.waves, spans, desk.office.timezone, not_before=desk.store.clock())
    return windows, calendar(windows, points)


async def _first_text(
    db: Reading,
    desk: Desk,
    order: Order,
    ids: Sequence[int],
    found: Sequence[Follower],
    windows: dict[int, Window],
) -> str:
    """Give the words as the first recipient gets them; nobody follows: as the first application's would read."""
    if not ids:
        return order.wording.said("id")
    first = next(iter(found), None)
    about = first.applications if first else ids[:1]
    told: list[Subject] = await subjects(db, ids=about, office=desk.office, windows=windows)
    return desk.rendering.text(order.wording, first.language if first else "id", told)
