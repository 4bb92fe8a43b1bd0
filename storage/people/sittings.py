"""Sittings at a device that others use: from somebody's first word to the moment they leave or are silent for too long.

A chat on such a device is one row for all who sit there. `chats.sat_at` says since when the present person sits there;
what belongs to the chat is theirs as far as they proved it since (handlers/engine/dialogue.py, `Dialogue.proven`).
"""

from datetime import timedelta

from sqlalchemy import delete, update

from storage.schema import chats, is_sending, media, outbox, waits
from storage.session import Writing

LEFT = "left"
"""The reason of what was not said because its reader had left."""


async def begin(db: Writing, *, chat: int, forgets: bool) -> None:
    """Note that somebody sits down now; `forgets` what the one before had open, who did not say good-bye."""
    values = {"sat_at": db.now, "heard_at": db.now, "staff_ended_at": None}
    if forgets:
        values |= {"dialogue": None, "dialogue_until": None}
    await db.run(update(chats).where(chats.c.id == chat).values(values))


async def drop_unsaid(db: Writing, *, chat: int) -> None:
    """Take back the answers and photos that are under way: their reader leaves. Pushes name nobody from now on."""
    replies = (outbox.c.chat_id == chat, outbox.c.priority == 0)
    unsaid = update(outbox).where(*replies, waits(outbox))
    await db.run(unsaid.values(state="failed", reason=LEFT, body=None))
    # What is being sent, or waits for its padding, is looked at once more before it leaves (bot/sending/courier.py).
    await db.run(update(outbox).where(*replies, is_sending(outbox)).values(body=None))
    await db.run(delete(media).where(media.c.chat_id == chat))


async def leave(db: Writing, *, chat: int, silent: timedelta) -> None:
    """Let nobody sit there; the chat counts as one that has not spoken for so long already."""
    await db.run(update(chats).where(chats.c.id == chat).values(heard_at=db.now - silent, sat_at=None))
