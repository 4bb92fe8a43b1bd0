"""Targets of webhooks: made with a secret that is shown once, rotated, disabled, removed; audited."""

import base64
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, bindparam, cast, func, literal, or_, select, update

from domain.office.office import Office
from domain.webhooks.webhook import BOTH_SECRETS, PREFIX, EventType
from storage import audit
from storage.ids import short_id
from storage.schema import Instant, api_tokens, of_row, staff, webhook_deliveries, webhook_targets
from storage.session import Reading, Writing

MOST = 10
MOST_BEFORE = 4
"""Older secrets that may sign beside the newest one."""
_SECRET_BYTES = 32
_URL, _SECRET, _BEFORE = (f"webhook_targets.{name}:{{}}" for name in ("url", "secret", "secret_before"))


_ended = (
    select(literal("staff:") + cast(api_tokens.c.staff_id, Text))
    .join(staff, staff.c.id == api_tokens.c.staff_id)
    .where(or_(staff.c.revoked_at.is_not(None), api_tokens.c.expires_at <= bindparam("now", type_=Instant())))
)
_of_ended = select(webhook_targets.c.id).where(
    webhook_targets.c.disabled_at.is_(None), webhook_targets.c.made_by.in_(_ended)
)


class TooManyTargets(Exception):
    """The office has as many targets as it may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target with what waits for it, and what was given up; `outcome` is the code of the last failure."""

    id: int
    url: str = field(repr=False)
    events: tuple[EventType, ...]
    numbers: bool
    made_at: datetime
    succeeded_at: datetime | None
    failing_since: datetime | None
    outcome: str
    disabled_at: datetime | None
    waiting: int
    given_up: int


async def add(
    db: Writing, *, url: str, events: Collection[EventType], numbers: bool, actor: str
) -> tuple[int, str]:
    """Make a target; return its id and its secret, which is told only here.

    `url` was checked (domain/webhooks/destinations.py). `numbers`: it gets registration numbers, too.

    Raises:
        TooManyTargets: there are `MOST`.
    """
    if int(await db.scalar(select(func.count()).select_from(webhook_targets))) >= MOST:
        raise TooManyTargets
    row, secret = short_id(), _new_secret()
    named = [kind.value for kind in EventType if kind in events]
    values = {
        "id": row,
        "url": db.vault.seal(url, at=_URL.format(row)),
        "events": " ".join(named),
        "numbers": numbers,
        "secret": db.vault.seal(secret, at=_SECRET.format(row)),
        "made_at": db.now,
        "made_by": actor,
    }
    await db.run(webhook_targets.insert(), values)
    details = " ".join([*named, *(["numbers"] if numbers else [])])
    await audit.record(db, actor, "webhook-added", f"webhook:{row}", details)
    return row, secret


async def listed(db: Reading, *, made_by: str | None = None) -> list[Target]:
    """All targets, or those that an actor made, oldest first."""
    counts = (
        select(
            webhook_deliveries.c.target_id,
            func.count(webhook_deliveries.c.due_at),
            func.count(webhook_deliveries.c.given_up_on),
        )
        .group_by(webhook_deliveries.c.target_id)
    )  # fmt: skip
    counted = {row[0]: (int(row[1]), int(row[2])) for row in await db.rows(counts)}
    rows = await db.rows(select(webhook_targets).where(*_made(made_by)).order_by(webhook_targets.c.id))
    return [_target(db, row, *counted.get(row.id, (0, 0))) for row in rows]


async def rotate(db: Writing, *, target: int, actor: str, made_by: str | None = None) -> str | None:
    """Give a target a new secret and return it; the ones of the day before sign as well for a day. None: no such target.

    A receiver may still have any of them: a rotation whose answer was lost is repeated.
    """
    query = select(webhook_targets).where(webhook_targets.c.id == target, *_made(made_by))
    row = await db.one(query.with_for_update(key_share=True))
    if row is None:
        return None
    before, secret = " ".join(secrets_of(db, row)[:MOST_BEFORE]), _new_secret()
    await _change(
        db,
        target,
        secret=db.vault.seal(secret, at=_SECRET.format(target)),
        secret_before=db.vault.seal(before, at=_BEFORE.format(target)),
        before_until=db.now + BOTH_SECRETS,
    )
    await audit.record(db, actor, "webhook-rotated", f"webhook:{target}")
    return secret


async def enable(db: Writing, *, target: int, actor: str) -> bool:
    """Send to a disabled target again, beginning with what waited; False: no such target."""
    if not await _change(
        db, target, disabled_at=None, failures=0, failing_since=None, resume_at=None, outcome=""
    ):
        return False
    db.due(db.now)
    await audit.record(db, actor, "webhook-enabled", f"webhook:{target}")
    return True


async def disable(db: Writing, *, target: int, why: str) -> None:
    """Send nothing more to a target; what waits for it is kept (storage/keeping/purge.py)."""
    await _change(db, target, disabled_at=db.now, outcome=why)
    await audit.record(db, audit.SYSTEM, "webhook-disabled", f"webhook:{target}", why)


async def disable_of_ended(db: Writing, _office: Office | None = None) -> bool:
    """Disable the targets of tokens that were revoked or have expired; a chore of bot/turns/timers.py."""
    for row in await db.rows(_of_ended, {"now": db.now}):
        await disable(db, target=row.id, why="token-ended")
    return False


async def remove(db: Writing, *, target: int, actor: str, made_by: str | None = None) -> bool:
    """Delete a target with what waits for it; False: no such target."""
    if not await db.run(webhook_targets.delete().where(webhook_targets.c.id == target, *_made(made_by))):
        return False
    await audit.record(db, actor, "webhook-removed", f"webhook:{target}")
    return True


def secrets_of(db: Reading, row: Row[Any]) -> tuple[str, ...]:
    """Secrets that sign now, newest first."""
    found = [db.vault.open(row.secret, at=_SECRET.format(row.id))]
    if row.secret_before is not None and row.before_until is not None and db.now < row.before_until:
        found += db.vault.open(row.secret_before, at=_BEFORE.format(row.id)).split()
    return tuple(found)


def url_of(db: Reading, row: Row[Any]) -> str:
    """Address of a target's row."""
    return db.vault.open(row.url, at=_URL.format(row.id))


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _made(made_by: str | None) -> list[ColumnElement[bool]]:
    return [] if made_by is None else [webhook_targets.c.made_by == made_by]


async def _change(db: Writing, target: int, **values: Any) -> int:
    return await db.run(update(webhook_targets).where(webhook_targets.c.id == target).values(**values))


def _target(db: Reading, row: Row[Any], waiting: int, given_up: int) -> Target:
    return of_row(
        Target,
        row,
        url=url_of(db, row),
        events=tuple(EventType(name) for name in row.events.split()),
        waiting=waiting,
        given_up=given_up,
    )
