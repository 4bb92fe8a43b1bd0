"""The chats that a member of staff has made theirs."""

from dataclasses import dataclass

from sqlalchemy import select

from storage.schema import chats
from storage.store import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChat:
    """Where a member of staff is reached."""

    chat: int
    channel: str
    language: str


async def chats_of(db: Reading, *, member: int) -> list[StaffChat]:
    """The staff chats of this person."""
    query = select(chats.c.id, chats.c.channel, chats.c.language).where(
        chats.c.staff_id == member, chats.c.stopped_at.is_(None)
    )
    return [
        StaffChat(chat=row.id, channel=row.channel, language=row.language) for row in await db.rows(query)
    ]
