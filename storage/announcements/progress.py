"""Progress of announcements in staff chats: which chats to update, and by which message."""

from dataclasses import dataclass

from sqlalchemy import select, update

from storage.announcements.records import Announcement, read
from storage.schema import announcements, chats, is_open, of_row, outbox
from storage.session import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A staff chat, the last progress text it got, and the outbox row of that text."""

    announcement: Announcement
    chat: int
    channel: str
    language: str
    told: str
    row: int | None


async def to_tell(db: Reading) -> list[Told]:
    """Announcements whose staff chat has not seen the final state."""
    query = (
        select(announcements, chats.c.channel, chats.c.language)
        .join(chats, chats.c.id == announcements.c.told_chat_id)
        .where(announcements.c.state.not_in(("draft", "preparing")))
    )
    return [
        of_row(Told, row, announcement=read(db, row), chat=row.told_chat_id, row=row.told_row)
        for row in await db.rows(query)
    ]


async def may_tell(db: Reading, *, told: Told) -> bool:
    """Whether the last progress message has been sent, so that replies to the officer go first."""
    if told.row is None:
        return True
    waiting = select(outbox.c.id).where(outbox.c.id == told.row, is_open(outbox))
    return await db.scalar(waiting) is None


async def shown_as(db: Reading, *, told: Told) -> str | None:
    """Provider's id of the message that shows the progress, if any."""
    sealed = await db.scalar(select(outbox.c.provider_id).where(outbox.c.id == told.row))
    return None if sealed is None else db.vault.open(sealed, at=f"outbox.provider_id:{told.row}")


async def note(db: Writing, *, announcement: int, row: int, words: str, over: bool) -> None:
    """Record the progress text and its row; with `over`, the chat gets no more."""
    values = {"told": words, "told_row": row, **({"told_chat_id": None} if over else {})}
    await db.run(update(announcements).where(announcements.c.id == announcement).values(**values))
