"""Recipients: one row per chat, with its sealed text as of now; and recipients of merged chats."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import bindparam, exists, select, update

from domain.announcements.announcement import Subject, Wording
from domain.office.office import Office
from storage.announcements.audience import still_concerned, wants_it
from storage.announcements.records import Announcement
from storage.announcements.subjects import subject_of
from storage.bulk import in_pieces, insert_many
from storage.ids import new_id
from storage.post.outbox import ANNOUNCEMENT, sealed_screen
from storage.schema import (
    announcement_applications,
    announcement_parts,
    announcement_recipients,
    announcements,
    applications,
    chats,
    follows,
    outbox,
    waits,
)
from storage.session import Writing

Render = Callable[[Wording, str, Sequence[Subject]], dict[str, Any]]
"""Renders the screen (as JSON) about these applications in a chat's language."""

# Two queries, each along an index: for a single join SQLite scans all applications for every piece.
_links = (
    select(
        follows.c.chat_id,
        follows.c.application_id,
        *chats.c["channel", "language", "stopped_at", "stopped_why"],
    )
    .join(chats, chats.c.id == follows.c.chat_id)
    .where(
        follows.c.chat_id.in_(bindparam("chats", expanding=True)),
        wants_it,
        ~exists().where(
            announcement_recipients.c.announcement_id == bindparam("id"),
            announcement_recipients.c.chat_id == follows.c.chat_id,
        ),
    )
    .order_by(follows.c.chat_id, follows.c.since, follows.c.application_id)
)
_facts = (
    select(
        applications.c.id.label("application_id"),
        *applications.c["number", "name", "point", "district"],
        announcement_applications.c.comes_at,
        announcement_applications.c.comes_until,
    )
    .join(applications, applications.c.id == announcement_applications.c.application_id)
    .where(
        announcement_applications.c.announcement_id == bindparam("id"),
        announcement_applications.c.application_id.in_(bindparam("ids", expanding=True)),
        applications.c.withdrawn_at.is_(None),
    )
)


async def add_recipients(
    db: Writing,
    *,
    announcement: Announcement,
    chunk: Sequence[int],
    office: Office,
    render: Render,
    late: bool = False,
) -> int:
    """Make these chats recipients, with the text as of now; existing recipients stay unchanged."""
    links = await db.rows(_links, {"id": announcement.id, "chats": list(chunk)})
    facts = _facts.where(still_concerned(announcement.audience)) if late else _facts
    about: dict[int, Any] = {}
    for ids in in_pieces(list({link.application_id for link in links})):
        about |= {
            row.application_id: row for row in await db.rows(facts, {"id": announcement.id, "ids": ids})
        }
    of_chat: dict[int, list[Any]] = defaultdict(list)
    for link in links:
        if link.application_id in about:
            of_chat[link.chat_id].append(link)
    new = [
        _recipient(
            db, announcement, mine, [about[one.application_id] for one in mine], office, render, late=late
        )
        for mine in (of_chat[chat] for chat in chunk if chat in of_chat)
    ]
    await insert_many(db, outbox, [row for row, _, _ in new])
    await insert_many(db, announcement_recipients, [recipient for _, recipient, _ in new])
    await insert_many(db, announcement_parts, [part for _, _, parts in new for part in parts])
    more = update(announcements).where(announcements.c.id == announcement.id)
    await db.run(more.values(planned=announcements.c.planned + len(new)))
    return len(new)


def _recipient(
    db: Writing,
    one: Announcement,
    links: Sequence[Any],
    facts: Sequence[Any],
    office: Office,
    render: Render,
    *,
    late: bool,
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """Rows of one recipient; a chat that cannot be reached now is recorded as failed with the reason."""
    chat, screen_row, recipient = links[0], new_id(), new_id()
    screen = render(one.wording, chat.language, [subject_of(db, row, office) for row in facts])
    reason = (chat.stopped_why or "stopped") if chat.stopped_at else None
    row = {
        "id": screen_row,
        "chat_id": chat.chat_id,
        "channel": chat.channel,
        "priority": ANNOUNCEMENT,
        "state": "failed" if reason else "waiting",
        "reason": reason,
        "body": sealed_screen(db, screen_row, screen),
        "due_at": db.now,
        "created_at": db.now,
        "attempts": 0,
    }
    entry = {
        "id": recipient,
        "announcement_id": one.id,
        "chat_id": chat.chat_id,
        "channel": chat.channel,
        "outbox_id": screen_row,
        "late": late,
    }
    parts = [{"recipient_id": recipient, "application_id": part.application_id} for part in links]
    return row, entry, parts


MERGED = "merged"


async def cancel_duplicates(db: Writing, *, into: int, gone: int) -> None:
    """Cancel queued messages of the merged-away chat (`gone`) for announcements that the other chat gets, too."""
    theirs = select(announcement_recipients.c.announcement_id).where(
        announcement_recipients.c.chat_id == into
    )
    twice = select(announcement_recipients.c.outbox_id).where(
        announcement_recipients.c.chat_id == gone, announcement_recipients.c.announcement_id.in_(theirs)
    )
    never = update(outbox).where(waits(outbox), outbox.c.id.in_(twice))
    await db.run(never.values(state="failed", reason=MERGED))
