"""Provider receipts: sent < delivered < read, and failed is final; they may arrive in any order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, func, or_, select, update

from storage.bulk import among
from storage.post.outbox import TEMPLATE
from storage.schema import chats, outbox
from storage.session import ByDialect, Reading, Writing

WINDOW = timedelta(hours=24)
WINDOW_CLOSED = "window_closed"
_RUNG = {"waiting": 0, "sending": 0, "unknown": 0, "sent": 1, "delivered": 2, "read": 3, "failed": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A provider's receipt for a message that it accepted.

    `id` is the provider's message id; `row` the outbox row, if the provider returns it. `reason` is the code of
    a failure; with `window_closed` the row is queued again instead. `billed` is the billing category.
    """

    channel: str
    id: str
    state: Literal["sent", "delivered", "read", "failed"]
    row: int | None = None
    reason: str | None = None
    billed: str | None = None


@dataclass(slots=True, kw_only=True)
class _Row:
    """An outbox row while receipts are applied."""

    id: int
    chat: int
    state: str
    reason: str | None
    provider: bytes | None
    provider_id: str | None = None  # learned from this receipt
    changed: bool = False


_find = ByDialect(
    lambda dialect: (
        select(
            *(outbox.c[name] for name in ("id", "chat_id", "channel", "state", "reason", "provider_index"))
        )
        .where(or_(among(outbox.c.provider_index, "indexes")[dialect], among(outbox.c.id, "ids")[dialect]))
        .order_by(outbox.c.id)
        .with_for_update(of=outbox)
    )
)
_climb = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("to_state"),
        reason=bindparam("why"),
        sent_at=func.coalesce(outbox.c.sent_at, bindparam("at")),
        owner=None,
        lease_until=None,
        provider_id=func.coalesce(outbox.c.provider_id, bindparam("sealed")),
        provider_index=func.coalesce(outbox.c.provider_index, bindparam("index")),
    )
)
_wait_again = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state="waiting",
        reason=WINDOW_CLOSED,
        due_at=bindparam("at"),
        sent_at=None,
        owner=None,
        lease_until=None,
    )
)
_close = (
    update(chats)
    .where(chats.c.id == bindparam("chat"), chats.c.heard_at > bindparam("before"))
    .values(heard_at=bindparam("before"))
)


async def record(db: Writing, receipts: Sequence[Receipt]) -> list[str]:
    """Record receipts; return the billing categories of messages that count as billed from now on.

    Receipts for unknown messages are ignored, and those for other bubbles of a screen than the recorded one.
    """
    rows = await _rows_of(db, receipts)
    billed = []
    for receipt in receipts:
        index = db.vault.indexes(receipt.id, of="outbox.provider_id")
        row = _row_of(rows, receipt, index)
        if row is None or not _is_about(row, index):
            continue
        if row.provider is None:
            row.provider, row.provider_id, row.changed = index[-1], receipt.id, True
        if receipt.billed and _arrives(row, receipt):
            billed.append(receipt.billed)
        _apply(row, receipt)
    await _write(db, [row for row in rows if row.changed])
    return billed


async def close_window(db: Writing, *, chat: int) -> None:
    """Treat the chat as silent for 24 hours, because the provider's clock decides when the resident wrote last."""
    await db.run(_close, {"chat": chat, "before": db.now - WINDOW})


def _apply(row: _Row, receipt: Receipt) -> None:
    if _RUNG[receipt.state] <= _RUNG[row.state]:
        return
    row.changed = True
    if receipt.reason == WINDOW_CLOSED and row.state not in ("delivered", "read"):
        row.state, row.reason = "waiting", WINDOW_CLOSED
        return
    row.state = receipt.state
    if receipt.state == "failed":
        row.reason = receipt.reason or "refused"
    elif row.reason != TEMPLATE:
        row.reason = None


def _arrives(row: _Row, receipt: Receipt) -> bool:
    return receipt.state in ("delivered", "read") and _RUNG[row.state] < _RUNG["delivered"]


def _is_about(row: _Row, index: Sequence[bytes]) -> bool:
    """Whether the receipt belongs to the row's present message, not to an earlier or other bubble."""
    if row.provider is None:
        return True
    waits_again = row.state in ("waiting", "sending") and row.reason == WINDOW_CLOSED
    return row.provider in index and not waits_again


def _row_of(rows: Sequence[_Row], receipt: Receipt, index: Sequence[bytes]) -> _Row | None:
    by_provider = (row for row in rows if row.provider in index)
    by_row = (row for row in rows if row.id == receipt.row)
    return next(by_provider, None) or next(by_row, None)


async def _rows_of(db: Reading, receipts: Sequence[Receipt]) -> list[_Row]:
    indexes = [index for one in receipts for index in db.vault.indexes(one.id, of="outbox.provider_id")]
    ids = [one.row for one in receipts if one.row is not None]
    channels = {one.channel for one in receipts}
    found = await db.rows(_find[db.dialect], {"indexes": indexes, "ids": ids})
    return [
        _Row(id=row.id, chat=row.chat_id, state=row.state, reason=row.reason, provider=row.provider_index)
        for row in found
        if row.channel in channels
    ]


async def _write(db: Writing, rows: Sequence[_Row]) -> None:
    again = [row for row in rows if row.state == "waiting"]
    climbed = [_values(db, row) for row in rows if row.state != "waiting"]
    if climbed:
        await db.run(_climb, climbed)
    for row in again:
        values = _values(db, row)
        await db.run(_climb, values)
        await db.run(_wait_again, {"row": row.id, "at": db.now})
        await close_window(db, chat=row.chat)


def _values(db: Writing, row: _Row) -> dict[str, Any]:
    sealed = None
    if row.provider_id is not None:
        sealed = db.vault.seal(row.provider_id, at=f"outbox.provider_id:{row.id}")
    return {
        "row": row.id,
        "to_state": row.state,
        "why": row.reason,
        "at": db.now,
        "sealed": sealed,
        "index": row.provider,
    }
