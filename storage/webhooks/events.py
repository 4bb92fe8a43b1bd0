"""Events for webhooks, written in the transaction of the change that they tell.

Bodies hold ids and codes only; a registration number is told to targets that may have numbers. Without a target
that wants an event, nothing is written.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from domain.webhooks.webhook import GIVE_UP_AFTER, EventType
from storage.bulk import insert_many
from storage.ids import new_id, random_id
from storage.schema import webhook_deliveries, webhook_targets
from storage.session import Writing

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_enabled = (
    select(webhook_targets.c.id, webhook_targets.c.events, webhook_targets.c.numbers)
    .where(webhook_targets.c.disabled_at.is_(None))
    .order_by(webhook_targets.c.id)
)


class Message(NamedTuple):
    """Data of one event; `number`: registration number of the application that it is about."""

    data: Mapping[str, Any]
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When an event is said to have been, and when it may be told; `is_exact`: its id may tell when, too."""

    said: datetime
    due: datetime
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Listener:
    """A target that wants an event; `numbers`: it may have registration numbers."""

    target: int
    numbers: bool


async def listeners(db: Writing, kind: EventType) -> list[Listener]:
    """Targets that want this kind of event, unless disabled."""
    rows = await db.rows(_enabled)
    return [Listener(row.id, row.numbers) for row in rows if kind in row.events.split()]


async def tell(
    db: Writing, kind: EventType, messages: Callable[[], Iterable[Message]], *, at: Moment | None = None
) -> None:
    """Write an event for each message; `messages` is called only if a target wants them."""
    wanted = await listeners(db, kind)
    if not wanted:
        return
    moment = at or Moment(said=db.now, due=db.now)
    make_id = new_id if moment.is_exact else random_id
    rows = [
        _row(kind, event, one, message, moment)
        for message in messages()
        for event in (make_id(),)
        for one in wanted
    ]
    await insert_many(db, webhook_deliveries, rows)
    if rows:
        db.due(moment.due)


async def tell_by_the_hour(
    db: Writing, kind: EventType, data: Mapping[str, Any], wanted: Sequence[Listener]
) -> None:
    """Write an event that is told after the hour, once for all that happened within it; the last data counts."""
    hour = next_hour(db.now)
    # Ids of other events are greater: they count microseconds (storage/ids.py).
    event = int((hour - _EPOCH) / _HOUR)
    add = db.insert(webhook_deliveries)
    add = add.on_conflict_do_update(
        index_elements=["event_id", "target_id"], set_={"body": add.excluded.body}
    )
    moment = Moment(said=hour, due=hour)
    await db.run(add, [_row(kind, event, one, Message(data), moment) for one in wanted])


def next_hour(now: datetime) -> datetime:
    """Next full hour; the exact minute of some events would reveal whom somebody had just served."""
    return now.replace(minute=0, second=0, microsecond=0) + _HOUR


def _row(kind: EventType, event: int, to: Listener, message: Message, moment: Moment) -> dict[str, Any]:
    data = message.data
    if message.number is not None and to.numbers:
        data = {**data, "number": message.number}
    said = moment.said.astimezone(UTC).isoformat(timespec="milliseconds")
    return {
        "event_id": event,
        "target_id": to.target,
        "type": kind.value,
        "body": json.dumps({"type": kind.value, "timestamp": said, "data": data}, separators=(",", ":")),
        "attempts": 0,
        "due_at": moment.due,
        "give_up_at": moment.due + GIVE_UP_AFTER,
        "given_up_on": None,
        "outcome": "",
    }
