"""The outbox: every screen that is to be sent, its state and its outcome.

waiting → sending → sent → delivered → read;  failed(reason);  unknown
"""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update

from storage.ids import new_id
from storage.schema import outbox, waits
from storage.session import Reading, Writing
from storage.vault import Unreadable

REPLY, PUSH, ANNOUNCEMENT = 0, 1, 2
TEMPLATE = (
    "template"  # the reason of a row that was said in approved words, to somebody who had not spoken lately
)
LEASE = timedelta(seconds=60)  # longer than the time-out of any call to a provider


_put = outbox.insert()
_kept = select(outbox.c.id).where(outbox.c.id == bindparam("row"), outbox.c.body.is_not(None))


async def put(
    db: Writing,
    *,
    chat: int,
    channel: str,
    priority: int,
    screen: dict[str, Any],
    due_at: datetime,
    owner: str | None = None,
) -> int:
    """Plan a screen; with an owner it is born `sending`, leased to that process, and nobody else takes it."""
    row = new_id()
    await db.run(
        _put,
        {
            "id": row,
            "chat_id": chat,
            "channel": channel,
            "priority": priority,
            "state": "sending" if owner else "waiting",
            "body": sealed_screen(db, row, screen),
            "due_at": due_at,
            "created_at": db.now,
            "owner": owner,
            "lease_until": max(due_at, db.now) + LEASE if owner else None,
            "attempts": 1 if owner else 0,
        },
    )
    return row


def sealed_screen(db: Reading, row: int, screen: dict[str, Any]) -> bytes:
    """The body of a row as it is stored."""
    return db.vault.seal(json.dumps(screen, separators=(",", ":")), at=f"outbox.body:{row}")


async def body_of(db: Reading, *, row: int, chat: int) -> dict[str, Any] | None:
    """The screen of a row of this chat, unless it is blanked."""
    sealed = await db.scalar(select(outbox.c.body).where(outbox.c.id == row, outbox.c.chat_id == chat))
    return None if sealed is None else opened(db, row, sealed)


async def is_kept(db: Reading, *, row: int) -> bool:
    """Whether the screen of a row is still there, and was not taken back."""
    return await db.scalar(_kept, {"row": row}) is not None


async def give_up_before(db: Writing, *, channel: str, moment: datetime, reason: str) -> int:
    """Fail what has waited since before a moment (nobody came back, or wrote again)."""
    return await db.run(
        update(outbox)
        .where(outbox.c.channel == channel, waits(outbox), outbox.c.created_at < moment)
        .values(state="failed", reason=reason)
    )


async def count_by_state(db: Reading) -> dict[tuple[str, str], int]:
    """How many rows each (channel, state) has."""
    found = await db.rows(
        select(outbox.c.channel, outbox.c.state, func.count()).group_by(outbox.c.channel, outbox.c.state)
    )
    return {(row[0], row[1]): row[2] for row in found}


def opened(db: Reading, row: int, sealed: bytes) -> dict[str, Any] | None:
    """The screen in a row's sealed body; None when it cannot be read any more."""
    try:
        screen: dict[str, Any] = json.loads(db.vault.open(sealed, at=f"outbox.body:{row}"))
    except (Unreadable, ValueError):
        return None
    return screen
