"""Photos and files that were heard and are to be read by a worker, outside any turn."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from storage.ids import new_id
from storage.schema import chats, media
from storage.store import Writing
from storage.vault import Unreadable

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One photo or file that its claimer may now download."""

    id: int
    heard: dict[str, Any] = field(repr=False)
    data: bytes | None = field(repr=False)


async def put(db: Writing, *, chat: int, heard: dict[str, Any], data: bytes | None = None) -> int:
    """Keep what is needed to download a photo or file and to answer it, or the file itself when it came along."""
    row = new_id()
    sealed = db.vault.seal(json.dumps(heard), at=f"media.heard:{row}")
    file = None if data is None else db.vault.seal_bytes(data, at=f"media.data:{row}")
    values = {"id": row, "chat_id": chat, "heard": sealed, "data": file, "due_at": db.now}
    await db.run(media.insert(), values)
    return row


async def claim(db: Writing, *, owner: str, limit: int, channels: Sequence[str]) -> list[Waiting]:
    """Lease some of these channels; one whose worker died is handed out again after its lease."""
    free = or_(media.c.lease_until.is_(None), media.c.lease_until < db.now)
    statement = (
        select(media.c.id, media.c.heard, media.c.data)
        .join(chats, chats.c.id == media.c.chat_id)
        .where(media.c.due_at <= db.now, free, chats.c.channel.in_(channels))
        .order_by(media.c.id)
        .limit(limit)
        .with_for_update(of=media, skip_locked=True)
    )
    found = await db.rows(statement)
    if found:
        lease = update(media).where(media.c.id.in_([row.id for row in found]))
        await db.run(lease.values(owner=owner, lease_until=db.now + LEASE, attempts=media.c.attempts + 1))
    return [one for row in found if (one := _waiting(db, row)) is not None]


async def let_go(db: Writing, *, alive: Callable[[str], bool]) -> None:
    """Let go of what dead workers had, so that nobody waits for the end of their leases."""
    owners = await db.rows(select(media.c.owner).where(media.c.lease_until.is_not(None)).distinct())
    dead = [row.owner for row in owners if row.owner and not alive(row.owner)]
    await db.run(update(media).where(media.c.owner.in_(dead)).values(lease_until=None))


async def done(db: Writing, *, row: int) -> None:
    """Forget one that was answered."""
    await db.run(delete(media).where(media.c.id == row))


def _waiting(db: Writing, row: Any) -> Waiting | None:
    vault = db.vault
    try:
        heard = json.loads(vault.open(row.heard, at=f"media.heard:{row.id}"))
        data = None if row.data is None else vault.open_bytes(row.data, at=f"media.data:{row.id}")
    except Unreadable:
        return None
    return Waiting(id=row.id, heard=heard, data=data)
