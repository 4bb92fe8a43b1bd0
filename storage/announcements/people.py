"""Recipients of two chats that are merged because they belong to one person."""

from sqlalchemy import select, update

from storage.schema import announcement_recipients, outbox, waits
from storage.session import Writing

MERGED = "merged"


async def meet(db: Writing, *, into: int, gone: int) -> None:
    """Cancel queued messages of the merged-away chat (`gone`) for announcements that the other chat gets, too."""
    theirs = select(announcement_recipients.c.announcement_id).where(
        announcement_recipients.c.chat_id == into
    )
    twice = select(announcement_recipients.c.outbox_id).where(
        announcement_recipients.c.chat_id == gone, announcement_recipients.c.announcement_id.in_(theirs)
    )
    never = update(outbox).where(waits(outbox), outbox.c.id.in_(twice))
    await db.run(never.values(state="failed", reason=MERGED))
