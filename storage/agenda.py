"""When something is next due: one query over all work that waits for a moment or for another process.

A background loop looks for work only while its subject is due here (bot/setup/agenda.py). A condition may be wider than
the loop's own, which then finds nothing, but never narrower.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, literal_column, or_, select, text
from sqlalchemy.sql.selectable import FromClause

from domain.announcements.announcement import LATE_FOLLOWERS
from storage.post.outbox import ANNOUNCEMENT, PUSH, REPLY
from storage.schema import (
    Instant,
    announcements,
    applications,
    chats,
    errands,
    handover_lines,
    handovers,
    is_living,
    is_sending,
    is_unpassed,
    is_untold,
    is_watched,
    jobs,
    media,
    offers,
    outbox,
    seats,
    unmixed_days,
    waiting,
    waits,
    webhook_deliveries,
    webhook_targets,
)
from storage.session import Reading

_OF_CHANNEL = {"replies": REPLY, "pushes": PUSH, "announcements": ANNOUNCEMENT}
_NOW = bindparam("now", type_=Instant())
_ONE: ColumnElement[int] = literal_column("1")


def _at_once(table: FromClause, *conditions: Any) -> Select[Any]:
    """Now, if any row meets the conditions."""
    return select(_NOW).select_from(table).where(*conditions).limit(_ONE)


def _soonest(moment: Any, *conditions: Any) -> Select[Any]:
    """Earliest moment of the rows that meet the conditions."""
    return select(func.min(moment)).where(*conditions)


_carried_by_relay = or_(handover_lines.c.for_resident, handovers.c.taken_in.is_not(None))
_has_line_to_carry = exists().where(
    handover_lines.c.handover_id == handovers.c.id, is_unpassed(), _carried_by_relay
)
_anybody_waits = exists().where(text("waiting.state = 'waiting'")).select_from(waiting)
# Without a target, one look at an empty table.
_first_delivery = (
    select(func.min(webhook_deliveries.c.due_at))
    .where(
        webhook_deliveries.c.target_id == webhook_targets.c.id, text("webhook_deliveries.due_at IS NOT NULL")
    )
    .scalar_subquery()
)
_webhook_due = case(
    # What a process works on is due when its lease ends.
    (webhook_targets.c.leased_until > _first_delivery, webhook_targets.c.leased_until),
    (webhook_targets.c.resume_at > _first_delivery, webhook_targets.c.resume_at),
    else_=_first_delivery,
)
_OF_OFFICE: dict[str, Select[Any]] = {
    "leases": _at_once(outbox, is_sending(outbox)),
    "news": _soonest(applications.c.push_due_at, text("applications.push_due_at IS NOT NULL")),
    "errands": _soonest(errands.c.due_at, text("errands.outcome IS NULL")),
    "media": _at_once(media),
    # A job that runs is due when its lease ends.
    "jobs": _soonest(
        func.coalesce(jobs.c.leased_until, jobs.c.created_at), text("jobs.state IN ('waiting','running')")
    ),
    "relay": _at_once(handovers, is_living(), _has_line_to_carry),
    "relay-ends": _at_once(handovers, is_untold()),
    "relay-outcomes": _at_once(handover_lines, is_watched()),
    "erasures": _soonest(chats.c.erased_at, text("chats.erased_at IS NOT NULL")),
    "handovers": _at_once(handovers, is_living()),
    "mixing": _at_once(unmixed_days),
    "webhooks": _soonest(_webhook_due, webhook_targets.c.disabled_at.is_(None)),
    # The offer of somebody who left the waiting list is over at once.
    "offers": select(
        func.min(
            case((waiting.c.state != literal_column("'waiting'"), offers.c.made_at), else_=offers.c.until)
        )
    )
    .select_from(offers.join(waiting, waiting.c.id == offers.c.waiting_id))
    .where(text("offers.state = 'open'")),
    "resting-seats": _at_once(
        seats,
        text("seats.until IS NOT NULL AND seats.state = 'resting'"),
        seats.c.until > _NOW,
        _anybody_waits,
    ),
    "announcing": _soonest(
        case((text("announcements.state = 'planned'"), announcements.c.starts_at), else_=_NOW),
        text("announcements.state IN ('preparing','planned','sending')"),
    ),
    "announcing-ended": _at_once(
        announcements,
        text("announcements.state IN ('undone','withdrawn')"),
        announcements.c.finished_at.is_(None),
    ),
    "announcing-late": _at_once(
        announcements,
        text("announcements.state IN ('sending','paused','finished')"),
        announcements.c.starts_at > bindparam("late_since", type_=Instant()),
    ),
    "announcing-progress": _at_once(
        announcements,
        announcements.c.told_chat_id.is_not(None),
        text("announcements.state NOT IN ('draft','preparing')"),
    ),
}


def of_channel(channel: str) -> tuple[str, str, str]:
    """Subjects of a channel's outbox rows: replies, pushes, announcements."""
    replies, pushes, announced = (f"{kind}-{channel}" for kind in _OF_CHANNEL)
    return replies, pushes, announced


def query(channels: Sequence[str]) -> Select[Any]:
    """The query of `due` for a process with these channels; build it once."""
    wanted = dict(_OF_OFFICE)
    for channel in channels:
        here = outbox.c.channel == literal_column(f"'{channel}'")
        for subject, priority in zip(of_channel(channel), _OF_CHANNEL.values(), strict=True):
            wanted[subject] = _soonest(
                outbox.c.due_at, here, outbox.c.priority == literal_column(str(priority)), waits(outbox)
            )
    return select(*(one.scalar_subquery().label(subject) for subject, one in wanted.items()))


async def due(db: Reading, query: Select[Any]) -> tuple[set[str], datetime | None]:
    """Subjects that are due now, and the moment when the next one will be; None if none will."""
    row = await db.one(query, {"now": db.now, "late_since": db.now - LATE_FOLLOWERS})
    names = [column.name for column in query.selected_columns]
    moments = {name: at for name, at in zip(names, row or (), strict=True) if at is not None}
    # Compared with the same moment that the query had: "now" is due, however little later another clock call is.
    now = {name for name, at in moments.items() if at <= db.now}
    return now, min((at for name, at in moments.items() if name not in now), default=None)
