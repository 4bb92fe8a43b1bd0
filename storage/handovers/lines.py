"""Lines of a handover: sealed, and every NIK hidden before storage."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, select, update

from domain.people.nik import hide_niks
from storage import audit
from storage.ids import new_id
from storage.schema import chats, handover_lines, handovers, is_living, of_row
from storage.session import Reading, Writing
from storage.vault import Unreadable

RESIDENT = "resident"
WORD, FILE, LOST, CONTEXT, HELD = "word", "file", "lost", "context", "held"
_QUIET_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A voice note, photo or document that the resident sent."""

    name: str = field(repr=False)
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """One line. `what` is word, file, lost (a file that could not be fetched), held (an answer that waits) or context.

    `actor` is resident, staff:<id> or system; `codes` of a context are rendered in the reader's language.
    """

    id: int
    at: datetime
    actor: str
    what: str
    for_resident: bool
    word: str = field(default="", repr=False)
    codes: Mapping[str, Any] = field(default_factory=dict, repr=False)
    file: File | None = None


async def hear(
    db: Writing, *, chat: int, word: str = "", file: File | None = None, what: str = WORD, kept: timedelta
) -> bool:
    """Store a resident's words or file for the officer; False: the chat is in no handover.

    Extends the bot's silence by 24 hours, and keeps the chat's open dialogue for as long after this word.
    """
    handover = await db.scalar(select(handovers.c.id).where(handovers.c.chat_id == chat, is_living()))
    if handover is None:
        return False
    await _add(db, handover=handover, chat=chat, actor=RESIDENT, what=what, word=word, file=file)
    await db.run(
        update(chats)
        .where(chats.c.id == chat)
        .values(
            heard_at=db.now,
            # Not if the handover ended meanwhile: the bot would be silent for a day.
            human_until=case((chats.c.human_until.is_(None), None), else_=db.now + _QUIET_FOR),
            dialogue_until=case((chats.c.dialogue.is_(None), None), else_=db.now + kept),
        )
    )
    return True


async def reply(db: Writing, *, handover: int, member: int, word: str) -> bool:
    """Store an officer's words for the resident; False: it is over, or this member does not have it."""
    mine = (handovers.c.id == handover, handovers.c.taken_by == member, is_living())
    chat = await db.scalar(select(handovers.c.chat_id).where(*mine))
    if chat is None:
        return False
    await _add(db, handover=handover, chat=chat, actor=audit.by_staff(member), what=WORD, word=word)
    return True


async def has_answer(db: Reading, *, chat: int) -> bool:
    """Whether an officer has said something in the living handover of a chat."""
    said = handover_lines.c.handover_id == handovers.c.id
    found = select(handover_lines.c.id).where(
        said, handover_lines.c.for_resident, handovers.c.chat_id == chat
    )
    return await db.scalar(found.where(is_living()).limit(1)) is not None


async def note(db: Writing, *, handover: int, chat: int, what: str, codes: Mapping[str, Any]) -> None:
    """Add a note for the officer as codes."""
    await _add(db, handover=handover, chat=chat, actor=audit.SYSTEM, what=what, word=json.dumps(codes))


async def lines(db: Reading, *, handover: int) -> list[TalkLine]:
    """Lines so far, oldest first; none after they are purged."""
    query = select(handover_lines).where(handover_lines.c.handover_id == handover)
    return [read(db, row) for row in await db.rows(query.order_by(handover_lines.c.id))]


async def lines_of_chat(db: Reading, *, chat: int) -> list[TalkLine]:
    """Lines of a resident for the file of /datasaya, without file contents and notes."""
    query = select(handover_lines).where(
        handover_lines.c.chat_id == chat, handover_lines.c.actor != audit.SYSTEM
    )
    return [read(db, row, files=False) for row in await db.rows(query.order_by(handover_lines.c.id))]


def read(db: Reading, row: Any, *, files: bool = True) -> TalkLine:
    """Line of a row; a value sealed with a lost key is empty."""
    word = _opened(db, row.word, f"handover_lines.word:{row.id}")
    system = row.actor == audit.SYSTEM
    return of_row(
        TalkLine,
        row,
        word="" if system else word,
        codes=json.loads(word) if system and word else {},
        file=_file(db, row) if files and row.file is not None else None,
    )


def _file(db: Reading, row: Any) -> File | None:
    try:
        data = db.vault.open_bytes(row.file, at=f"handover_lines.file:{row.id}")
    except Unreadable:
        return None
    name = _opened(db, row.name, f"handover_lines.name:{row.id}")
    return File(name=name, mime=row.mime or "application/octet-stream", data=data)


def _opened(db: Reading, sealed: bytes | None, at: str) -> str:
    try:
        return db.vault.open(sealed, at=at) if sealed else ""
    except Unreadable:
        return ""


async def _add(
    db: Writing, *, handover: int, chat: int, actor: str, what: str, word: str = "", file: File | None = None
) -> None:
    row = new_id()
    seal = db.vault.seal
    word = word if actor == audit.SYSTEM else hide_niks(word)
    values: dict[str, Any] = {
        "id": row,
        "handover_id": handover,
        "chat_id": chat,
        "at": db.now,
        "actor": actor,
        "what": what,
        "for_resident": actor.startswith("staff:"),
        "word": seal(word, at=f"handover_lines.word:{row}") if word else None,
        "file": None,
        "mime": None,
        "name": None,
    }
    if file is not None:
        values["file"] = db.vault.seal_bytes(file.data, at=f"handover_lines.file:{row}")
        values["mime"] = file.mime
        values["name"] = seal(hide_niks(file.name), at=f"handover_lines.name:{row}")
    db.due(db.now)
    await db.run(handover_lines.insert(), values)
