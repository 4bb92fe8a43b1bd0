"""/hapusdata: erases everything of a chat at once; rows that others need stay without naming anybody.

The chat row itself stays until its last answer, the receipt, is sent. Its address no longer finds it: a new
message starts a new person.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Column, Table, delete, exists, select, update

from domain.office.office import Office
from storage import audit
from storage.handovers import endings
from storage.keeping.holdings import HELD
from storage.schema import (
    bookings,
    case_history,
    cases,
    chats,
    erasures,
    follows,
    is_open,
    metadata,
    outbox,
    waiting,
    waits,
)
from storage.session import Reading, Writing

ERASED = "erased"
CHAT_PURPOSE = "erasures.chat"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LETTERS = 8
_LAST_WORD = timedelta(hours=1)  # a receipt that is not delivered by then is given up
_AT_ONCE = 20


async def erase(db: Writing, *, chat: int) -> str:
    """Erase everything held of a chat except what its last answer needs; return the receipt, which names nobody."""
    await _erase(db, chat)
    receipt = new_receipt()
    mark = {"receipt": receipt, "erased_at": db.now, "chat_index": chat_index(db, chat)}
    await db.run(erasures.insert(), mark)
    await audit.record(db, ERASED, ERASED, f"erasure:{receipt}")
    return receipt


def new_receipt() -> str:
    """A new random receipt, which names nobody."""
    return "HPS-" + "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))


async def _erase(db: Writing, chat: int) -> None:
    waits_here = update(outbox).where(outbox.c.chat_id == chat, waits(outbox))
    await db.run(waits_here.values(state="failed", reason=ERASED))
    waits_there = update(waiting).where(waiting.c.chat_id == chat, waiting.c.state == "waiting")
    await db.run(waits_there.values(state="left"))  # the chat cannot be told of an offer
    await endings.leave(db, chat=chat)
    mine = select(cases.c.id).where(cases.c.chat_id == chat)
    await db.run(update(case_history).where(case_history.c.case_id.in_(mine)).values(word=None))
    await _forget_actor(db, chat)
    for table, column in _references():
        await _erase_rows(db, table, column, chat)
    await _hide(db, chat)


async def finish(db: Writing, _office: Office) -> bool:
    """Delete erased chats whose last answer is sent; True: there may be more. A chore of bot/turns/timers.py."""
    open_rows = exists().where(outbox.c.chat_id == chats.c.id, is_open(outbox))
    over = ~open_rows | (chats.c.erased_at < db.now - _LAST_WORD)
    found = await db.rows(
        select(chats.c.id)
        .where(chats.c.erased_at.is_not(None), over)
        .order_by(chats.c.id)
        .limit(_AT_ONCE)
        .with_for_update(of=chats)
    )
    for row in found:
        late = update(outbox).where(outbox.c.chat_id == row.id, is_open(outbox))
        await db.run(late.values(state="failed", reason=ERASED))
        for table, column in _references():
            await _erase_rows(db, table, column, row.id)
        await db.run(delete(chats).where(chats.c.id == row.id))
    return len(found) == _AT_ONCE


async def forget_idle(db: Writing, *, before: datetime) -> int:
    """Erase some chats that were silent since a moment and expect nothing from us; return their number.

    Chats of staff stay, and chats with a followed application, a coming appointment or an open case.
    """
    waits_for = [
        exists().where(follows.c.chat_id == chats.c.id),
        exists().where(
            bookings.c.chat_id == chats.c.id, bookings.c.state.in_(["booked", "arrived", "called"])
        ),
        exists().where(cases.c.chat_id == chats.c.id, cases.c.state != "closed"),
        exists().where(outbox.c.chat_id == chats.c.id, is_open(outbox)),
    ]
    idle = (chats.c.heard_at < before, chats.c.erased_at.is_(None), chats.c.staff_id.is_(None))
    found = await db.rows(
        select(chats.c.id)
        .where(*idle, *(~one for one in waits_for))
        .order_by(chats.c.id)
        .limit(_AT_ONCE)
        .with_for_update(of=chats)
    )
    for row in found:
        await _erase(db, row.id)
        await db.run(delete(chats).where(chats.c.id == row.id))
    return len(found)


def chat_index(db: Reading, chat: int) -> bytes:
    """Keyed index that identifies a receipt's chat if a backup brings it back."""
    return db.vault.index(str(chat), of=CHAT_PURPOSE)


def _references() -> Iterator[tuple[Table, Column[int]]]:
    """Every column that refers to a chat, dependent tables first."""
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            if any(key.column is chats.c.id for key in column.foreign_keys):
                yield table, column


async def _erase_rows(db: Writing, table: Table, column: Column[int], chat: int) -> None:
    held = HELD[table.name]
    mine = column == chat
    if table is outbox:
        # Rows being sent keep their chat for now; `finish` erases them.
        mine &= outbox.c.state.not_in(("waiting", "sending"))
    if held.erased == "gone":
        await db.run(delete(table).where(mine))
    else:
        await db.run(update(table).where(mine).values({column.name: None, **dict.fromkeys(held.blanks)}))


async def _forget_actor(db: Writing, chat: int) -> None:
    for name, held in HELD.items():
        for actor in held.actors:
            column = metadata.tables[name].c[actor]
            named = update(metadata.tables[name]).where(column == audit.by_chat(chat))
            await db.run(named.values({actor: ERASED}))


async def _hide(db: Writing, chat: int) -> None:
    await db.run(
        update(chats)
        .where(chats.c.id == chat)
        .values(
            # as storage/keeping/holdings/talk.py, which makes it again when keys are rotated
            address_index=db.vault.index(f"{ERASED}\x1f{chat}", of="chats.address"),
            dialogue=None,
            dialogue_until=None,
            staff_id=None,
            staff_since=None,
            staff_ended_at=None,
            sat_at=None,
            human_until=None,
            stopped_at=db.now,
            stopped_why=ERASED,
            erased_at=db.now,
        )
    )
