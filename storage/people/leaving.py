"""Who leaves a device that others use."""

from datetime import timedelta

from sqlalchemy import update

from storage.schema import chats
from storage.store import Writing


async def leave(db: Writing, *, chat: int, silent: timedelta) -> None:
    """Let the chat count as one that has not spoken for so long already."""
    await db.run(update(chats).where(chats.c.id == chat).values(heard_at=db.now - silent))
