"""Whose news a chat gets, and that it agreed to get them (UU 27/2022: asked once, recorded, withdrawn at any time)."""

from typing import Literal

from sqlalchemy import bindparam, delete, exists, select

from domain.cards.application import Followed
from domain.people.names import mask_name
from storage import audit
from storage.people import chats, consents
from storage.people.consents import KINDS, UPDATES
from storage.people.coverage import Covered, within
from storage.schema import applications, follows
from storage.schema import chats as chat_rows
from storage.session import Reading, Writing

Started = Literal["new", "known", "resumed"]
"""A first word, a word of somebody we know, or news that flow again."""


_list = (
    select(applications.c.id, applications.c.number, applications.c.name, applications.c.service)
    .join(follows, follows.c.application_id == applications.c.id)
    .where(follows.c.chat_id == bindparam("chat"), applications.c.withdrawn_at.is_(None))
    .order_by(follows.c.since, applications.c.id)
)


async def follow(db: Writing, *, chat: int, application: int, told: str, channel: str) -> bool:
    """Let the chat have the news of an application from now on; its consent is recorded.

    `told` is the stage that the chat was just shown: only another one is news. Gives whether news had been stopped
    and flow again. Following twice changes nothing.
    """
    row = {"chat_id": chat, "application_id": application, "since": db.now, "told": told}
    await db.run(db.insert(follows).on_conflict_do_nothing(), row)
    await consents.give(db, chat=chat, kind=UPDATES, channel=channel)
    resumed = await _is_stopped(db, chat=chat)
    if resumed:
        await chats.start_again(db, chat=chat)
    await audit.record(db, actor=audit.by_chat(chat), action="followed", subject=f"application:{application}")
    return resumed


async def unfollow(db: Writing, *, chat: int, application: int) -> None:
    """End the chat's news of an application; news that wait to be sent are looked at again before they go."""
    await db.run(delete(follows).where(follows.c.chat_id == chat, follows.c.application_id == application))
    await audit.record(
        db, actor=audit.by_chat(chat), action="unfollowed", subject=f"application:{application}"
    )


async def followed_by(db: Reading, *, chat: int, covered: Covered = None) -> list[Followed]:
    """Give the list of a chat as far as it is covered, in the order in which it was made."""
    return [
        Followed(
            application=row.id,
            number=row.number,
            name=mask_name(db.vault.open(row.name, at=f"applications.name:{row.id}")),
            service=row.service,
        )
        for row in await db.rows(within(_list, applications.c.id, covered), {"chat": chat})
    ]


async def stop(db: Writing, *, chat: int) -> None:
    """Send this chat no more messages of our own; the list stays, every consent is withdrawn."""
    await chats.stop(db, chat=chat, why="resident")
    channel = await db.scalar(select(chat_rows.c.channel).where(chat_rows.c.id == chat))
    for kind in KINDS:
        await consents.withdraw(db, chat=chat, kind=kind, channel=channel)
    await audit.record(db, actor=audit.by_chat(chat), action="stopped", subject=audit.by_chat(chat))


async def start_again(db: Writing, *, chat: int, channel: str) -> Started:
    """Send messages again after `/berhenti` or a blocked bot; tell what kind of start it is.

    The resident asks for it themselves, so that is a new consent where there is something to send.
    """
    row = await db.one(select(chat_rows.c.stopped_at, chat_rows.c.created_at).where(chat_rows.c.id == chat))
    if row is None or row.created_at == db.now:
        return "new"
    if row.stopped_at is None:
        return "known"
    await chats.start_again(db, chat=chat)
    await audit.record(db, actor=audit.by_chat(chat), action="started", subject=audit.by_chat(chat))
    if not await db.scalar(select(exists().where(follows.c.chat_id == chat))):
        return "known"
    await consents.give(db, chat=chat, kind=UPDATES, channel=channel)
    return "resumed"


async def _is_stopped(db: Reading, *, chat: int) -> bool:
    return bool(await db.scalar(select(chat_rows.c.stopped_at).where(chat_rows.c.id == chat)))
