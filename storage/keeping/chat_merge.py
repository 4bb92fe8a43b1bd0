"""Merging two chats of one person."""

from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, delete, select, tuple_, update

from storage.announcements import recipients
from storage.handovers import endings
from storage.schema import chats, metadata
from storage.session import Writing
from storage.vault import Unreadable


async def merge(db: Writing, into: int, gone: int) -> None:
    """Move everything of `gone` to `into` and delete `gone`; of two dialogues the one used last stays."""
    both = select(chats).where(chats.c.id.in_([into, gone])).order_by(chats.c.id).with_for_update(of=chats)
    rows = {row.id: row for row in await db.rows(both)}
    await recipients.cancel_duplicates(db, into=into, gone=gone)
    await endings.keep_one(db, into=into, gone=gone)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is chats.c.id for key in column.foreign_keys):
                await _hand_over(db, table, column, into, gone)
    values = {
        "heard_at": max(row.heard_at for row in rows.values()),
        "welcomed": max(row.welcomed for row in rows.values()),
        "staff_id": rows[into].staff_id or rows[gone].staff_id,
        "staff_since": rows[into].staff_since if rows[into].staff_id else rows[gone].staff_since,
        **_later_dialogue(db, rows[into], rows[gone]),
    }
    await db.run(update(chats).where(chats.c.id == into).values(**values))
    await db.run(delete(chats).where(chats.c.id == gone))


async def _hand_over(db: Writing, table: Table, column: Column[Any], into: int, gone: int) -> None:
    """Move rows to the other chat; where only one per chat is allowed, its existing row stays."""
    unique = [key for key in table.constraints if isinstance(key, UniqueConstraint)]
    for columns in [table.primary_key.columns, *(key.columns for key in unique)]:
        others = [one for one in columns if one is not column]
        if column not in list(columns) or not others:
            continue
        there = select(*others).where(column == into)
        twice = (column == gone, tuple_(*others).in_(there))
        # A recipient's result still counts, so it stays without a chat.
        await db.run(
            update(table).where(*twice).values({column: None})
            if column.nullable
            else delete(table).where(*twice)
        )
    await db.run(update(table).where(column == gone).values({column: into}))


def _later_dialogue(db: Writing, stays: Any, goes: Any) -> dict[str, Any]:
    if goes.dialogue is None or (stays.dialogue is not None and goes.heard_at <= stays.heard_at):
        return {}
    try:
        words = db.vault.open(goes.dialogue, at=f"chats.dialogue:{goes.id}")
    except Unreadable:
        return {}
    sealed = db.vault.seal(words, at=f"chats.dialogue:{stays.id}")
    return {"dialogue": sealed, "dialogue_until": goes.dialogue_until}
