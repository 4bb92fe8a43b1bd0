"""Ratings that were begun and abandoned: their dialogue has expired."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select, update

from storage.schema import chats, invited_chats
from storage.session import Reading, Writing
from storage.vault import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Abandoned:
    """An invitation whose chat began to answer and whose dialogue has expired."""

    token: str
    chat: int
    dialogue: dict[str, Any] | None = field(repr=False)


async def abandoned(db: Writing, *, limit: int) -> list[Abandoned]:
    """Begun invitations whose dialogue is over or gone; the chats stay locked until the commit."""
    over = or_(chats.c.dialogue_until.is_(None), chats.c.dialogue_until <= db.now)
    begun = (
        select(invited_chats.c.token_index, chats.c.id, chats.c.dialogue)
        .join(chats, chats.c.id == invited_chats.c.chat_id)
        .where(invited_chats.c.started, over)
        .limit(limit)
        .with_for_update(of=chats, skip_locked=True)
    )
    rows = await db.rows(begun)
    return [
        Abandoned(token=row.token_index.hex(), chat=row.id, dialogue=_opened(db, row.id, row.dialogue))
        for row in rows
    ]


async def forget_dialogue(db: Writing, *, chat: int) -> None:
    """Delete an expired dialogue."""
    await db.run(update(chats).where(chats.c.id == chat).values(dialogue=None, dialogue_until=None))


def _opened(db: Reading, chat: int, sealed: bytes | None) -> dict[str, Any] | None:
    if sealed is None:
        return None
    try:
        dialogue: dict[str, Any] = json.loads(db.vault.open(sealed, at=f"chats.dialogue:{chat}"))
    except (Unreadable, ValueError):
        return None
    return dialogue
