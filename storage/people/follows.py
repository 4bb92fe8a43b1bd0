"""Followed applications: whose news a chat gets, with its recorded consent (UU 27/2022)."""

from typing import Any, Literal

from sqlalchemy import bindparam, delete, exists, select

from domain.cards.application import Followed
from domain.cards.stages import Stage
from domain.people.names import mask_name
from storage import audit
from storage.people import chats, consents
from storage.people.consents import KINDS, UPDATES
from storage.people.sittings import Covered, within
from storage.schema import applications, follows
from storage.schema import chats as chat_rows
from storage.session import Reading, Writing

Started = Literal["new", "known", "resumed"]
"""`new` chat, `known` chat, or pushes `resumed`."""


FOLLOWED = (*applications.c["id", "number", "name", "service", "stage"],)
"""What `as_followed` reads."""
_list = (
    select(*FOLLOWED)
    .join(follows, follows.c.application_id == applications.c.id)
    .where(follows.c.chat_id == bindparam("chat"), applications.c.withdrawn_at.is_(None))
    .order_by(follows.c.since, applications.c.id)
)


async def follow(db: Writing, *, chat: int, application: int, told: str, channel: str) -> bool:
    """Follow an application and record the consent.

    `told` is the stage that the chat was just shown; only another one is news. Returns whether stopped pushes
    were resumed. Following twice changes nothing.
    """
    row = {"chat_id": chat, "application_id": application, "since": db.now, "told": told}
    await db.run(db.insert(follows).on_conflict_do_nothing(), row)
    await consents.give(db, chat=chat, kind=UPDATES, channel=channel)
    resumed = bool(await db.scalar(select(chat_rows.c.stopped_at).where(chat_rows.c.id == chat)))
    if resumed:
        await chats.start_again(db, chat=chat)
    await audit.record(db, audit.by_chat(chat), "followed", f"application:{application}")
    return resumed


async def unfollow(db: Writing, *, chat: int, application: int) -> None:
    """Stop following an application; queued news are checked again before they are sent."""
    await db.run(delete(follows).where(follows.c.chat_id == chat, follows.c.application_id == application))
    await audit.record(db, audit.by_chat(chat), "unfollowed", f"application:{application}")


async def followed_by(db: Reading, *, chat: int, covered: Covered = None) -> list[Followed]:
    """Followed applications of a chat, as far as covered, in the order of following."""
    rows = await db.rows(within(_list, applications.c.id, covered), {"chat": chat})
    return [as_followed(db, row) for row in rows]


def as_followed(db: Reading, row: Any) -> Followed:
    """A line of a chat's list; the name is masked."""
    return Followed(
        application=row.id,
        number=row.number,
        name=mask_name(db.vault.open(row.name, at=f"applications.name:{row.id}")),
        service=row.service,
        stage=Stage(row.stage) if row.stage else None,
    )


async def stop(db: Writing, *, chat: int) -> None:
    """Stop all pushes and withdraw every consent; the list of applications stays."""
    await chats.stop(db, chat=chat, why="resident")
    channel = await db.scalar(select(chat_rows.c.channel).where(chat_rows.c.id == chat))
    for kind in KINDS:
        await consents.withdraw(db, chat=chat, kind=kind, channel=channel)
    await audit.record(db, audit.by_chat(chat), "stopped", audit.by_chat(chat))


async def start_again(db: Writing, *, chat: int, channel: str) -> Started:
    """Resume messages after `/berhenti` or a blocked bot; return the kind of start.

    The resident asks for it, so it counts as a new consent if there is anything to send.
    """
    row = await db.one(select(chat_rows.c.stopped_at, chat_rows.c.created_at).where(chat_rows.c.id == chat))
    if row is None or row.created_at == db.now:
        return "new"
    if row.stopped_at is None:
        return "known"
    await chats.start_again(db, chat=chat)
    await audit.record(db, audit.by_chat(chat), "started", audit.by_chat(chat))
    if not await db.scalar(select(exists().where(follows.c.chat_id == chat))):
        return "known"
    await consents.give(db, chat=chat, kind=UPDATES, channel=channel)
    return "resumed"
