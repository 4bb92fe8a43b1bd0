"""Sittings at a shared device: from a person's first word until they leave or stay silent for too long.

The chat of a shared device is one row for all users. `chats.sat_at` is the start of the present sitting; what
belongs to the chat is theirs only as far as they proved it since (handlers/engine/dialogue.py,
`Dialogue.proven`).
"""

from datetime import timedelta

from sqlalchemy import delete, update

from storage.schema import chats, is_sending, media, outbox, waits
from storage.session import Writing

LEFT = "left"
"""Reason of rows that were not sent because their reader had left."""


async def begin(db: Writing, *, chat: int, forgets: bool) -> None:
    """Start a sitting; `forgets` deletes a dialogue that the previous person left open."""
    values = {"sat_at": db.now, "heard_at": db.now, "staff_ended_at": None}
    if forgets:
        values |= {"dialogue": None, "dialogue_until": None}
    await db.run(update(chats).where(chats.c.id == chat).values(values))


async def drop_unsaid(db: Writing, *, chat: int) -> None:
    """Cancel replies and photos in progress, because their reader leaves. Later pushes name nobody."""
    replies = (outbox.c.chat_id == chat, outbox.c.priority == 0)
    unsaid = update(outbox).where(*replies, waits(outbox))
    await db.run(unsaid.values(state="failed", reason=LEFT, body=None))
    # Rows being sent or padded are checked once more before they are sent (bot/sending/courier.py).
    await db.run(update(outbox).where(*replies, is_sending(outbox)).values(body=None))
    await db.run(delete(media).where(media.c.chat_id == chat))


async def leave(db: Writing, *, chat: int, silent: timedelta) -> None:
    """End the sitting; the chat counts as silent for that long already."""
    await db.run(update(chats).where(chats.c.id == chat).values(heard_at=db.now - silent, sat_at=None))
