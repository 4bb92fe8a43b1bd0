"""What becomes of recipients when two chats turn out to be one person's."""

from sqlalchemy import select, update

from storage.schema import announcement_recipients, outbox, waits
from storage.session import Writing

MERGED = "merged"


async def meet(db: Writing, *, into: int, gone: int) -> None:
    """Let a person who was counted twice get each announcement once: what waits for the chat that goes, never goes out."""
    theirs = select(announcement_recipients.c.announcement_id).where(
        announcement_recipients.c.chat_id == into
    )
    twice = select(announcement_recipients.c.outbox_id).where(
        announcement_recipients.c.chat_id == gone, announcement_recipients.c.announcement_id.in_(theirs)
    )
    never = update(outbox).where(waits(outbox), outbox.c.id.in_(twice))
    await db.run(never.values(state="failed", reason=MERGED))
