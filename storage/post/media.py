"""Queue of incoming photos and files, which a worker reads outside any turn."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, true, update

from domain.people.networks import tiers_of
from storage.ids import new_id
from storage.schema import chats, media
from storage.session import Reading, Writing
from storage.vault import Unreadable

LEASE = timedelta(seconds=60)
_MEBIBYTE = 1024 * 1024


class NoRoom(Exception):
    """Too many files are queued: of this chat, its network, or in total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Quota of queued files and bytes; a single file of any size is always accepted."""

    files: int
    size: int

    def times(self, factor: int) -> "Room":
        """Quota multiplied by `factor`."""
        return Room(files=self.files * factor, size=self.size * factor)


# Two files are read at a time, each in a fraction of a second, so the queue empties within seconds, and a
# refused page sends again by itself. Hence an address gets the quota of four chats, not of twenty.
OF_CHAT = Room(files=4, size=12 * _MEBIBYTE)
OF_SOURCE = OF_CHAT.times(4)
IN_TOTAL = Room(files=64, size=64 * _MEBIBYTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One queued photo or file that its claimer may now read."""

    id: int
    heard: dict[str, Any] = field(repr=False)
    data: bytes | None = field(repr=False)


async def put(
    db: Writing, *, chat: int, heard: dict[str, Any], data: bytes | None = None, source: str | None = None
) -> int:
    """Queue a photo or file: what is needed to download and answer it, or the file itself.

    `source` is the network address of a browser.

    Raises:
        NoRoom: too many files are queued; nothing was stored.
    """
    row = new_id()
    size = 0 if data is None else len(data)
    names = tiers_of(source) if source is not None else ()
    indexes = [db.vault.index(name, of="media.source") for name, _ in (*names[:1], *names[-1:])]
    if size:
        await _ensure_room(db, media.c.chat_id == chat, OF_CHAT, size)
        for column, index, (_, factor) in zip(
            (media.c.source_index, media.c.wide_index), indexes, (*names[:1], *names[-1:]), strict=False
        ):
            await _ensure_room(db, column == index, OF_SOURCE.times(factor), size)
        await _ensure_room(db, true(), IN_TOTAL, size)
    values = {
        "id": row,
        "chat_id": chat,
        "heard": db.vault.seal(json.dumps(heard), at=f"media.heard:{row}"),
        "data": None if data is None else db.vault.seal_bytes(data, at=f"media.data:{row}"),
        "due_at": db.now,
        "size": size,
        "source_index": indexes[0] if indexes else None,
        "wide_index": indexes[1] if indexes else None,
    }
    db.due(db.now)
    await db.run(media.insert(), values)
    return row


async def _ensure_room(db: Reading, whose: ColumnElement[bool], room: Room, size: int) -> None:
    """Check one quota.

    Raises:
        NoRoom: it is spent.
    """
    query = select(func.count(), func.coalesce(func.sum(media.c.size), 0)).where(whose, media.c.size > 0)
    ((files, waiting),) = await db.rows(query)
    if files and (files >= room.files or waiting + size > room.size):
        raise NoRoom


async def claim(db: Writing, *, owner: str, limit: int, channels: Sequence[str]) -> list[Waiting]:
    """Lease files of these channels; after an expired lease a file is leased again."""
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
    """Release the leases of dead workers, so that nobody waits for them to expire."""
    owners = await db.rows(select(media.c.owner).where(media.c.lease_until.is_not(None)).distinct())
    dead = [row.owner for row in owners if row.owner and not alive(row.owner)]
    await db.run(update(media).where(media.c.owner.in_(dead)).values(lease_until=None))


async def is_wanted(db: Reading, *, row: int) -> bool:
    """Whether the file is still queued; it is deleted when its sender leaves a shared device."""
    return await db.scalar(select(media.c.id).where(media.c.id == row)) is not None


async def done(db: Writing, *, row: int) -> None:
    """Delete a file that was answered."""
    await db.run(delete(media).where(media.c.id == row))


def _waiting(db: Writing, row: Any) -> Waiting | None:
    vault = db.vault
    try:
        heard = json.loads(vault.open(row.heard, at=f"media.heard:{row.id}"))
        data = None if row.data is None else vault.open_bytes(row.data, at=f"media.data:{row.id}")
    except Unreadable:
        return None
    return Waiting(id=row.id, heard=heard, data=data)
