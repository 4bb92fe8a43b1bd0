"""Delivery of events: at least once, one process and one call at a time for each target.

A process leases a target, sends what is due, and records the outcomes of some calls in one transaction. After a
crash the lease ends, and another process sends again what was not recorded, under the same ids.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, delete, exists, func, literal, or_, select, true, update

from domain.ratings.period import monday_of
from domain.webhooks.webhook import DISABLE_AFTER, GIVE_UP_AFTER, hold, next_try
from storage import audit
from storage.schema import Instant, of_row, webhook_deliveries, webhook_targets
from storage.session import Reading, Writing
from storage.webhooks import targets

LEASE = timedelta(seconds=30)
"""Longer than two calls; every record renews it."""
_SWEPT = 500  # events looked at after a failure
_TRIED = 3  # attempts after which an event may be given up while its target answers others
_RESENT = 1000
_RANDOM = secrets.SystemRandom()
_row, _target = webhook_deliveries.c, webhook_targets.c
_due = (
    select(_row.event_id, _row.body, _row.attempts)
    .where(_row.target_id == bindparam("target"), _row.due_at <= bindparam("now"))
    .order_by(_row.due_at, _row.event_id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """A target that this process sends to; `failures` in a row until now."""

    id: int
    url: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    failures: int
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEvent:
    """An event that is due."""

    id: int
    body: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A failed call: its code, the pause that the receiver asked for, whether the receiver is gone for good."""

    event: int
    attempts: int
    code: str
    wished: timedelta = timedelta()
    gone: bool = False


class RecordResult(NamedTuple):
    """What follows from a record: this process goes on with the target, or the failure disabled the target."""

    goes_on: bool
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """An event that was given up, for the console."""

    event: int
    target: int
    type: str
    week: date
    attempts: int
    outcome: str


async def claim(db: Writing, *, owner: str) -> list[Leased]:
    """Lease the targets that have something due and that no process sends to."""
    waits = exists().where(_row.target_id == _target.id, _row.due_at <= db.now)
    query = (
        select(webhook_targets)
        .where(
            _target.disabled_at.is_(None),
            or_(_target.leased_until.is_(None), _target.leased_until <= db.now),
            or_(_target.resume_at.is_(None), _target.resume_at <= db.now),
            waits,
        )
        # Writers of events hold the key of the target's row.
        .with_for_update(key_share=True, skip_locked=True)
    )
    rows = await db.rows(query)
    if rows:
        mine = update(webhook_targets).where(_target.id.in_([row.id for row in rows]))
        await db.run(mine.values(owner=owner, leased_until=db.now + LEASE))
    return [
        of_row(Leased, row, url=targets.url_of(db, row), secrets=targets.secrets_of(db, row), owner=owner)
        for row in rows
    ]


async def due(db: Reading, *, target: int, limit: int) -> list[DueEvent]:
    """Events that are due at a target, longest due first."""
    rows = await db.rows(_due, {"target": target, "now": db.now, "limit": limit})
    return [DueEvent(id=row.event_id, body=row.body, attempts=row.attempts) for row in rows]


async def record(
    db: Writing, *, of: Leased, delivered: Sequence[int], failed: Failed | None, ends: bool
) -> RecordResult:
    """Record calls in order, of which at most the last one failed; `ends`: release the target.

    A target that is gone, or failed for days, is disabled.
    """
    mine = select(_target.failing_since).where(
        _target.id == of.id, _target.owner == of.owner, _target.disabled_at.is_(None)
    )
    row = await db.one(mine.with_for_update(key_share=True))
    await db.run(delete(webhook_deliveries).where(_row.target_id == of.id, _row.event_id.in_(delivered)))
    if row is None:  # the lease is lost, or the target was disabled or removed
        return RecordResult(goes_on=False)
    over = False
    values: dict[str, Any] = {"leased_until": db.now + LEASE}
    if delivered:
        values |= {"failures": 0, "failing_since": None, "resume_at": None, "succeeded_at": db.now}
    if failed is not None:
        since = db.now if delivered or row.failing_since is None else row.failing_since
        values |= await _fail(db, of.id, failed, 1 if delivered else of.failures + 1, since=since)
        values["failing_since"] = since
        over = failed.gone or db.now - since >= DISABLE_AFTER
    if ends or failed is not None:
        values |= {"owner": None, "leased_until": None}
        db.due(db.now)  # else an agenda that looked before rings on, for a target that rests
    await db.run(update(webhook_targets).where(_target.id == of.id).values(**values))
    if over and failed is not None:
        await targets.disable(db, target=of.id, why=failed.code)
    return RecordResult(goes_on=not ends and failed is None, disabled=over)


async def given_up(db: Reading, *, limit: int) -> list[GivenUp]:
    """Events that were given up, newest week first."""
    query = (
        select(webhook_deliveries)
        .where(_row.given_up_on.is_not(None))
        .order_by(_row.given_up_on.desc(), _row.target_id, _row.event_id)
        .limit(limit)
    )
    return [
        of_row(GivenUp, row, event=row.event_id, target=row.target_id, week=row.given_up_on)
        for row in await db.rows(query)
    ]


async def resend(db: Writing, *, target: int, actor: str, event: int | None = None) -> int:
    """Send an event that was given up again, or the oldest thousand of a target; return how many."""
    chosen = select(_row.event_id).where(_row.target_id == target, _row.given_up_on.is_not(None))
    if event is not None:
        chosen = chosen.where(_row.event_id == event)
    events = [row[0] for row in await db.rows(chosen.order_by(_row.event_id).limit(_RESENT))]
    again = update(webhook_deliveries).where(_row.target_id == target, _row.event_id.in_(events))
    fresh = {"due_at": db.now, "give_up_at": db.now + GIVE_UP_AFTER, "given_up_on": None, "attempts": 0}
    if not await db.run(again.values(**fresh)):
        return 0
    db.due(db.now)
    await audit.record(db, actor, "webhook-resent", f"webhook:{target}", str(len(events)))
    return len(events)


async def counts(db: Reading) -> dict[str, int]:
    """Number of events that wait, and that were given up; of targets that are failing, and disabled."""
    events = await db.one(select(func.count(_row.due_at), func.count(_row.given_up_on)))
    states = await db.one(select(func.count(_target.failing_since), func.count(_target.disabled_at)))
    numbers = [int(number) for row in (events, states) for number in row or (0, 0)]
    return dict(zip(("waiting", "given_up", "failing", "disabled"), numbers, strict=True))


async def _fail(
    db: Writing, target: int, failed: Failed, failures: int, *, since: datetime
) -> dict[str, Any]:
    """Plan the next attempt, and give up what was tried for a day; return the target's new values."""
    spread = _RANDOM.random()
    attempts = failed.attempts + 1
    pause = next_try(attempts, spread=spread, wished=failed.wished)
    this = and_(_row.target_id == target, _row.event_id == failed.event)
    again_at = literal(db.now + pause, Instant())
    again: dict[str, Any] = {
        "attempts": attempts,
        "outcome": failed.code,
        # The last attempt is made when the day is over.
        "due_at": case((_row.give_up_at < again_at, _row.give_up_at), else_=again_at),
    }
    await db.run(update(webhook_deliveries).where(this).values(**again))
    await _give_up(db, target, since)
    rest = hold(failures, spread=spread, wished=failed.wished)
    return {
        "failures": min(failures, 30_000),
        "outcome": failed.code,
        "resume_at": db.now + rest,
    }


async def _give_up(db: Writing, target: int, since: datetime) -> None:
    """Give up what is a day old, among the events that are longest due: a long queue is not read whole.

    Until the target has failed for a day, what was hardly tried stays: Loket itself may have been off.
    """
    tried = true() if since <= db.now - GIVE_UP_AFTER else _row.attempts >= _TRIED
    longest = (
        select(_row.event_id, _row.give_up_at)
        .where(_row.target_id == target, _row.due_at.is_not(None), tried)
        .order_by(_row.due_at)
        .limit(_SWEPT)
        .subquery()
    )
    old = select(longest.c.event_id).where(longest.c.give_up_at <= db.now)
    these = update(webhook_deliveries).where(_row.target_id == target, _row.event_id.in_(old))
    week = monday_of(db.now.date())
    await db.run(these.values(due_at=None, give_up_at=None, given_up_on=week))
