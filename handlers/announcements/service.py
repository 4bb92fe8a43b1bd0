"""The announcement service: preview, draft and release, for console, chat and command line."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from domain.announcements.announcement import (
    Order,
    Subject,
    Wording,
    begins_at,
    check_release,
    concern,
    fill,
    values_of,
)
from domain.announcements.waves import FURTHEST_DAYS, Expected, OpenSpans, Window, assign, calendar, families
from domain.appointments.calendar import Calendar
from domain.office.office import Office
from domain.office.services import INDONESIAN
from domain.office.week import Span
from domain.refusals import NotAllowed
from domain.refusals.announcements import AlreadyAnnounced
from domain.refusals.base import Refusal
from domain.staff.roles import StaffMember
from handlers.engine.caps import Caps
from handlers.engine.scene import Holidays
from storage.announcements import control, drafts
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
from storage.appointments.closures import closed_times
from storage.post.receipts import WINDOW
from storage.session import Reading, Writing
from storage.store import Store

MOST_SHOWN = 200
_AT_ONCE, _PAUSE_SECONDS = 2000, 0.02  # applications per transaction; other writers get the pauses

Words = Callable[[Wording, str, Sequence[Subject]], str]
"""Returns the text about these applications in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The effect that an announcement would have now.

    `none`: numbers without a follower, the first of `none_count`; `templates`: chats that need a billed
    template; `unreachable`: chats that blocked us or moved. `already`: when the same applications got the
    same text. `refusal`: why the member could not release it.
    """

    per_channel: dict[str, int]
    none: tuple[str, ...]
    none_count: int
    text: str = field(repr=False)
    starts_at: datetime
    waits_for_morning: bool
    templates: int
    unreachable: int
    calendar: tuple[Expected, ...]
    already: datetime | None
    refusal: Refusal | None

    @property
    def recipients(self) -> int:
        """Number of chats that get it."""
        return sum(self.per_channel.values())

    def reach(self, channels: Mapping[str, Caps]) -> str:
        """Number of recipients per channel, by the channels' titles."""
        titles = {name: caps.title for name, caps in channels.items()}
        return ", ".join(f"{titles.get(name, name)} {count}" for name, count in self.per_channel.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Result of planning: the announcement, or a refusal."""

    announcement: int | None = None
    refusal: Refusal | None = None


def plainly(wording: Wording, language: str, about: Sequence[Subject]) -> str:
    """The text without additions for waves."""
    return fill(wording.said(language), values_of(about))


async def look(
    db: Reading,
    *,
    order: Order,
    by: StaffMember | None,
    office: Office,
    channels: Mapping[str, Caps],
    holidays: Holidays,
    words: Words = plainly,
) -> Preview:
    """Preview of the order if `by` released it now; writes and audits nothing.

    Raises:
        NoWindows: there is no room for its waves.
    """
    if order.listed is None:
        concerned = await concerned_by(db, audience=order.audience)
    else:
        concerned = await concerned_of(db, ids=order.listed)
    ids = [one.id for one in concerned]
    found = await followers(db, ids=ids)
    windows, expected = await _waves(db, order, concerned, found, office, holidays)
    counted = Counter(one.channel for one in found)
    costs = {name for name, caps in channels.items() if caps.push == "template"}
    numbers = {one.id: one.number for one in concerned}
    none = tuple(numbers[one] for one in unfollowed(ids, found))
    starts_at = begins_at(office, db.now, urgent=order.urgent, not_before=order.not_before)
    soonest = db.now + timedelta(seconds=office.announcements.undo_seconds)
    already = await drafts.already(db, ids=ids, wording=order.wording)
    return Preview(
        per_channel=dict.fromkeys(channels, 0) | counted,
        none=none[:MOST_SHOWN],
        none_count=len(none),
        text=await _first_text(db, order.wording, ids, found, windows, office, words),
        starts_at=starts_at,
        waits_for_morning=starts_at > max(soonest, order.not_before or soonest),
        templates=sum(one.channel in costs and starts_at - one.heard_at >= WINDOW for one in found),
        unreachable=sum(one.stopped_why is not None for one in found),
        calendar=tuple(expected),
        already=already,
        refusal=_refusal(order, by, office, len(found), {one.point for one in concerned}, already),
    )


async def order_of(db: Reading, *, draft: Announcement) -> Order:
    """Order of a draft."""
    listed = None if draft.audience.stage else await drafts.concerned_ids(db, draft.id)
    return Order(
        name=draft.name,
        wording=draft.wording,
        audience=draft.audience,
        listed=listed,
        waves=draft.waves,
        urgent=draft.urgent,
        override=draft.override,
        not_before=draft.not_before,
    )


async def plan_at_once(
    db: Writing, *, order: Order, by: StaffMember | None, office: Office, told_chat: int | None = None
) -> Attempt:
    """Store and release the order of a stage in one transaction; a refusal leaves no row.

    `told_chat` is the staff chat that shows its progress.
    """

    async def step() -> int:
        if by is None:
            raise NotAllowed
        announcement = await drafts.draft(db, order=order, by=by, told_chat=told_chat)
        await drafts.release(db, announcement=announcement, by=by, office=office)
        return announcement

    return await _attempted(db, by, step)


async def plan(store: Store, *, order: Order, by: StaffMember, office: Office) -> Attempt:
    """Store and release an order, a long list in several transactions; a refusal leaves no announcement."""
    if order.listed is None:
        return await store.write(partial(plan_at_once, order=order, by=by, office=office))
    announcement = await draft(store, order=order, by=by)

    async def release(db: Writing) -> Attempt:
        async def step() -> int:
            await drafts.release(db, announcement=announcement, by=by, office=office)
            return announcement

        done = await _attempted(db, by, step)
        if done.refusal is not None:
            await drafts.discard(db, announcement=announcement)
        return done

    return await store.write(release)


async def draft(store: Store, *, order: Order, by: StaffMember) -> int:
    """Store an order for an approver and return its id; nothing is sent before its release."""
    announcement = await store.write(partial(drafts.draft, order=order, by=by))
    listed = order.listed or ()
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        await store.write(partial(drafts.add_applications, announcement=announcement, ids=some))
        await asyncio.sleep(_PAUSE_SECONDS)
    return announcement


async def open_spans_of(db: Reading, *, office: Office, holidays: Holidays) -> OpenSpans:
    """Opening hours of the counters for waves, with holidays, special hours and closures."""
    known = holidays(office.today(db.now), FURTHEST_DAYS)
    closures = tuple(await closed_times(db, since=db.now))
    opening = Calendar(office=office, holidays=known, closures=closures)

    def open_spans(point: str, day: date) -> Sequence[Span]:
        return opening.day(point, day).open_spans

    return open_spans


async def _attempted(db: Writing, by: StaffMember | None, step: Callable[[], Any]) -> Attempt:
    done = await control.attempted(db, by=by, step=step)
    return Attempt(refusal=done) if isinstance(done, Refusal) else Attempt(announcement=done)


def _refusal(
    order: Order,
    by: StaffMember | None,
    office: Office,
    recipients: int,
    points: set[str | None],
    already: datetime | None,
) -> Refusal | None:
    try:
        check_release(
            by,
            recipients=recipients,
            most=office.announcements.approver_above,
            point=concern(order.audience, points),
            urgent=order.urgent,
            override=order.override,
        )
    except Refusal as refusal:
        return refusal
    return AlreadyAnnounced(already) if already is not None and not order.override else None


async def _waves(
    db: Reading,
    order: Order,
    concerned: Sequence[Concerned],
    found: Sequence[Follower],
    office: Office,
    holidays: Holidays,
) -> tuple[dict[int, Window], list[Expected]]:
    """Windows and calendar as freezing would assign them now."""
    if order.waves is None:
        return {}, []
    spans = await open_spans_of(db, office=office, holidays=holidays)
    points = {one.id: one.point or office.points[0].id for one in concerned}
    pairs = [(one.chat, application) for one in found for application in one.applications]
    groups = [(points[group[0]], group) for group in families(pairs, points)]
    windows = assign(
        groups, order.waves, spans, office.timezone, not_before=max(db.now, order.not_before or db.now)
    )
    return windows, calendar(windows, points)


async def _first_text(
    db: Reading,
    wording: Wording,
    ids: Sequence[int],
    found: Sequence[Follower],
    windows: dict[int, Window],
    office: Office,
    words: Words,
) -> str:
    """Text of the first recipient; without followers, of the first application."""
    if not ids:
        return wording.said()
    first = next(iter(found), None)
    about = await subjects(db, ids=first.applications if first else ids[:1], office=office, windows=windows)
    return words(wording, first.language if first else INDONESIAN, about)
