"""Cases: complaints, low ratings and hints of a fee, with an owner, a day they are due, and a way back to a chat.

open → answered → closed; a resident who is not helped reopens, and the case escalates

Staff read number, kind, word and history. The chat stays hidden from them: `reply` finds the way back by itself.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, Self

from sqlalchemy import func, select, update

from storage import errands
from storage.case_files import find
from storage.ids import new_id
from storage.schema import case_history, cases, staff
from storage.store import Reading, Writing

Kind = Literal["low", "fee", "complaint", "correction"]
CONVERSATION = "case"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMBER_LENGTH = 6
_OPEN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the person who opened a case is told: its number and the day an answer is due."""

    number: str
    due_on: date

    def to_json(self) -> dict[str, str]:
        """Give it as JSON values."""
        return {"number": self.number, "due_on": self.due_on.isoformat()}

    @classmethod
    def from_json(cls, value: dict[str, str]) -> Self:
        """Read what `to_json` wrote."""
        return cls(number=value["number"], due_on=date.fromisoformat(value["due_on"]))


async def open_case(
    db: Writing, *, kind: Kind, word: str, chat: int | None, on: date, due_days: int
) -> Opened:
    """Open a case and give it to the member of staff with the fewest open ones among those who handle cases."""
    case, number = new_id(), await _new_number(db)
    due_on = on + timedelta(days=due_days)
    await db.run(
        cases.insert(),
        {
            "id": case,
            "number": number,
            "kind": kind,
            "word": _sealed(db, word, f"cases.word:{case}"),
            "chat_id": chat,
            "owner_id": await _next_owner(db),
            "opened_on": on,
            "due_on": due_on,
            "state": "open",
        },
    )
    await _note(db, case, actor="resident" if chat is not None else "system", what="opened")
    return Opened(number=number, due_on=due_on)


async def add_word(db: Writing, *, number: str, word: str) -> None:
    """Put what the resident wrote to a case that was opened without a word.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    await _move(db, row.id, word=_sealed(db, word, f"cases.word:{row.id}"))


async def reply(db: Writing, *, number: str, word: str, staff_id: int) -> bool:
    """Answer a case through the chat that it came from; False when nobody can be reached any more.

    The resident is asked whether it helped.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    line = await _note(db, row.id, actor=f"staff:{staff_id}", what="replied", word=word)
    await _move(db, row.id, state="answered")
    if row.chat_id is None:
        return False
    return await errands.plan(
        db,
        chat=row.chat_id,
        conversation=CONVERSATION,
        argument=f"{number}:{line}",
        due_at=db.now,
        until=db.now + _OPEN_FOR,
    )


async def close(db: Writing, *, number: str, by: str) -> None:
    """Close a case (`by`: resident or staff:<id>).

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    await _move(db, row.id, state="closed")
    await _note(db, row.id, actor=by, what="closed")


async def reopen(db: Writing, *, number: str, chat: int, on: date, word: str = "") -> bool:
    """Reopen a case whose answer did not help, and escalate it; False when it is not this chat's."""
    mine = update(cases).where(
        cases.c.number == number, cases.c.chat_id == chat, cases.c.state.in_(["answered", "closed"])
    )
    if not await db.run(mine.values(state="open", reopened=cases.c.reopened + 1, escalated_on=on)):
        return False
    case = await db.scalar(select(cases.c.id).where(cases.c.number == number))
    await _note(db, case, actor="resident", what="reopened", word=word)
    await _note(db, case, actor="system", what="escalated")
    return True


async def give(db: Writing, *, number: str, owner: int, by: str) -> None:
    """Give a case to another member of staff.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    await _move(db, row.id, owner_id=owner)
    await _note(db, row.id, actor=by, what="given")


async def escalate_late(db: Writing, *, today: date, limit: int) -> int:
    """Escalate open cases whose day is over, once each; give how many."""
    late = select(cases.c.id).where(
        cases.c.state == "open", cases.c.due_on < today, cases.c.escalated_on.is_(None)
    )
    rows = await db.rows(late.limit(limit).with_for_update(skip_locked=True))
    for row in rows:
        await _move(db, row.id, escalated_on=today)
        await _note(db, row.id, actor="system", what="escalated")
    return len(rows)


async def _move(db: Writing, case: int, **values: Any) -> None:
    await db.run(update(cases).where(cases.c.id == case).values(**values))


async def _note(db: Writing, case: int, *, actor: str, what: str, word: str = "") -> int:
    line = new_id()
    sealed = _sealed(db, word, f"case_history.word:{line}")
    row = {"id": line, "case_id": case, "at": db.now, "actor": actor, "what": what, "word": sealed}
    await db.run(case_history.insert(), row)
    return line


def _sealed(db: Writing, word: str, at: str) -> bytes | None:
    return db.vault.seal(word, at=at) if word else None


async def _new_number(db: Reading) -> str:
    while True:
        number = "".join(secrets.choice(_ALPHABET) for _ in range(_NUMBER_LENGTH))
        if await db.one(select(cases.c.id).where(cases.c.number == number)) is None:
            return number


async def _next_owner(db: Reading) -> int | None:
    """Give the approver or admin with the fewest open cases; None where there is nobody."""
    load = select(func.count()).where(cases.c.owner_id == staff.c.id, cases.c.state == "open")
    query = (
        select(staff.c.id)
        .where(staff.c.revoked_at.is_(None), staff.c.role.in_(["approver", "admin"]))
        .order_by(load.scalar_subquery(), staff.c.id)
        .limit(1)
    )
    owner: int | None = await db.scalar(query)
    return owner
