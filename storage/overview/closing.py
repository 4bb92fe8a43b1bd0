"""Sums of each day's appointments, talks, cases and announcements, made from what is kept of them now.

They are made anew while the day runs and for some weeks afterwards, because an appointment is marked or a case answered
later; then they stay, although the rows behind them are deleted.

Subjects and their parts (storage/overview/sums.py):
  seats         offered, booked, served, no_show, cancelled, moved, walk-in
  queue         people who were called; part = hour of their arrival : minutes until the call
  waiting       joined, placed
  chats         chats of residents that wrote on the day; part = channel
  chats-helped  those of them that asked for a human; part = channel
  talk-wait     talks taken by an officer; part = minutes until then
  talk-length   talks that ended; part = minutes since they were taken
  cases         by the day on which an answer was due: on-time, late
  announced     messages of announcements that began on the day; part = outcome
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from domain.office.rules import Retention
from storage.overview.sums import Key, Subject, put, sums
from storage.schema import (
    announcement_recipients,
    announcements,
    bookings,
    case_history,
    cases,
    chats,
    daily_sums,
    handovers,
    outbox,
    waiting,
)
from storage.session import Reading, Writing

AGAIN = 28
"""For so many days a day's sums are made anew; a talk is deleted 31 days after it began."""
FURTHEST = 400
"""So many days back the first run looks."""
_LONGEST_MINUTES = 24 * 60
_CLOSED = (
    Subject.SEATS,
    Subject.QUEUE,
    Subject.WAITING,
    Subject.CHATS_HELPED,
    Subject.TALK_WAIT,
    Subject.TALK_LENGTH,
    Subject.CASES,
    Subject.ANNOUNCED,
)
DayOf = Callable[[datetime], date]
"""The office's day of a moment."""
Local = Callable[[datetime], datetime]
"""A moment in the office's zone."""


async def first_day(db: Reading, *, today: date, kept: Retention) -> date:
    """First day whose sums should be made now: what they are made from is still kept."""
    rows = min(kept.bookings_days, kept.words_days) - 1
    is_first = (
        await db.one(select(daily_sums.c.day).where(daily_sums.c.subject == Subject.SEATS).limit(1)) is None
    )
    return today - timedelta(days=max(0, min(rows, FURTHEST if is_first else AGAIN)))


async def counted(
    db: Reading, *, since: datetime, today: date, local: Local, offered: Mapping[tuple[date, str], int]
) -> Counter[Key]:
    """Sums of the days since a midnight, with today's so far; `offered` are the seats by day and point."""

    def day_of(moment: datetime) -> date:
        return local(moment).date()

    counts = Counter(
        {Key(Subject.SEATS, day, point, "offered"): seats for (day, point), seats in offered.items()}
    )
    counts.update(await _appointments(db, since, today, day_of))
    counts.update(await _queue(db, since, local))
    counts.update(await _waiting_list(db, since, day_of))
    counts.update(await _talks(db, since, day_of))
    counts.update(await _cases(db, day_of(since), today, day_of))
    counts.update(await _announced(db, since, day_of))
    counts.update(await _chats(db, today, day_of))
    return counts


async def keep(db: Writing, *, first: date, counts: Mapping[Key, int]) -> None:
    """Replace the sums since a day."""
    kept = (daily_sums.c.subject.in_(_CLOSED), daily_sums.c.day >= first)
    await db.run(daily_sums.delete().where(*kept))
    await put(db, counts)


async def _appointments(db: Reading, since: datetime, today: date, day_of: DayOf) -> Counter[Key]:
    columns = (bookings.c.point, bookings.c.starts_at, bookings.c.state, bookings.c.walked_in)
    query = (
        select(*columns, func.count().label("total"), func.sum(bookings.c.moves).label("moves"))
        .where(bookings.c.starts_at >= since)
        .group_by(*columns)
    )
    found: Counter[Key] = Counter()
    for row in await db.rows(query):
        day = day_of(row.starts_at)
        if day > today:
            continue
        found[Key(Subject.SEATS, day, row.point, "walk-in" if row.walked_in else row.state)] += row.total
        found[Key(Subject.SEATS, day, row.point, "moved")] += int(row.moves)
    return found


async def _queue(db: Reading, since: datetime, local: Local) -> Counter[Key]:
    """How long people waited at the counter until they were called."""
    columns = (bookings.c.point, bookings.c.arrived_at, bookings.c.called_at)
    query = select(*columns).where(
        bookings.c.changed_at >= since, bookings.c.arrived_at >= since, bookings.c.called_at.is_not(None)
    )
    found: Counter[Key] = Counter()
    for row in await db.rows(query):
        arrived, waited = local(row.arrived_at), row.called_at - row.arrived_at
        part = f"{arrived.hour}:{_minutes(max(waited, timedelta()))}"
        found[Key(Subject.QUEUE, arrived.date(), row.point, part)] += 1
    return found


async def _waiting_list(db: Reading, since: datetime, day_of: DayOf) -> Counter[Key]:
    query = select(waiting.c.point, waiting.c.joined_at, waiting.c.state).where(waiting.c.joined_at >= since)
    found: Counter[Key] = Counter()
    for row in await db.rows(query):
        for part in ("joined", "placed") if row.state == "placed" else ("joined",):
            found[Key(Subject.WAITING, day_of(row.joined_at), row.point, part)] += 1
    return found


async def _talks(db: Reading, since: datetime, day_of: DayOf) -> Counter[Key]:
    query = (
        select(handovers, chats.c.channel)
        .join(chats, chats.c.id == handovers.c.chat_id, isouter=True)
        .where(handovers.c.opened_at >= since)
    )
    found: Counter[Key] = Counter()
    helped: set[tuple[date, str, int]] = set()
    for row in await db.rows(query):
        day, point = day_of(row.opened_at), row.point or ""
        if row.chat_id is not None:
            helped.add((day, row.channel, row.chat_id))
        if row.taken_at is not None:
            found[Key(Subject.TALK_WAIT, day, point, _minutes(row.taken_at - row.opened_at))] += 1
        if row.taken_at is not None and row.ended_at is not None:
            found[Key(Subject.TALK_LENGTH, day, point, _minutes(row.ended_at - row.taken_at))] += 1
    found.update(Key(Subject.CHATS_HELPED, day, "", channel) for day, channel, _ in helped)
    return found


async def _cases(db: Reading, first: date, today: date, day_of: DayOf) -> Counter[Key]:
    """Cases by the day on which an answer was due: answered until then, or late."""
    answered = func.min(case_history.c.at).label("answered_at")
    heard = case_history.c.what.in_(("replied", "closed", "withdrawn"))
    query = (
        select(cases.c.due_on, answered)
        .join(case_history, (case_history.c.case_id == cases.c.id) & heard, isouter=True)
        .where(cases.c.due_on >= first, cases.c.due_on < today)
        .group_by(cases.c.id, cases.c.due_on)
    )
    found: Counter[Key] = Counter()
    for row in await db.rows(query):
        is_on_time = row.answered_at is not None and day_of(row.answered_at) <= row.due_on
        found[Key(Subject.CASES, row.due_on, "", "on-time" if is_on_time else "late")] += 1
    return found


async def _announced(db: Reading, since: datetime, day_of: DayOf) -> Counter[Key]:
    state = func.coalesce(announcement_recipients.c.state, outbox.c.state).label("outcome")
    query = (
        select(announcements.c.starts_at, announcements.c.point, state, func.count().label("total"))
        .join(announcement_recipients, announcement_recipients.c.announcement_id == announcements.c.id)
        .join(outbox, outbox.c.id == announcement_recipients.c.outbox_id, isouter=True)
        .where(
            announcements.c.starts_at >= since, announcements.c.state.in_(("sending", "paused", "finished"))
        )
        .group_by(announcements.c.starts_at, announcements.c.point, state)
    )
    found: Counter[Key] = Counter()
    for row in await db.rows(query):
        point = "" if row.point in (None, "*") else row.point
        found[Key(Subject.ANNOUNCED, day_of(row.starts_at), point, row.outcome or "waiting")] += row.total
    return found


async def _chats(db: Reading, today: date, day_of: DayOf) -> Counter[Key]:
    """Residents' chats that wrote last today or yesterday.

    A chat that goes on after midnight leaves its yesterday, so a count never falls below an earlier one.
    """
    yesterday = today - timedelta(days=1)
    query = select(chats.c.channel, chats.c.heard_at).where(
        chats.c.heard_at >= db.now - timedelta(days=2),
        chats.c.staff_id.is_(None),
        chats.c.erased_at.is_(None),
    )
    found: Counter[Key] = Counter()
    for row in await db.rows(query):
        day = day_of(row.heard_at)
        if day >= yesterday:
            found[Key(Subject.CHATS, day, "", row.channel)] += 1
    before = await sums(db, subject=Subject.CHATS, first=yesterday, last=today)
    for (day, channel), count in before.items():
        key = Key(Subject.CHATS, day, "", channel)
        found[key] = max(found[key], count)
    return found


def _minutes(length: timedelta) -> str:
    return str(min(_LONGEST_MINUTES, round(length.total_seconds() / 60)))
