"""Cases: complaints, low ratings and hints of a fee, with an owner, a day they are due, and a way back to a chat.

open → answered → closed; a resident who is not helped reopens, and the case escalates: to somebody above its owner

Staff read number, kind, word and history. The chat stays hidden from them: `reply` finds the way back by itself.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, Self

from sqlalchemy import Row, func, select, update

from domain.roles import Role
from storage.ids import new_id
from storage.post import errands
from storage.satisfaction import case_news
from storage.satisfaction.case_files import find
from storage.schema import case_history, cases, staff
from storage.store import Reading, Writing

Kind = Literal["low", "fee", "complaint", "correction"]
CONVERSATION = "case"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMBER_LENGTH = 6
_OPEN_FOR = timedelta(days=30)
_OWNERS = (Role.APPROVER, Role.ADMIN)  # who cases are given to; what escalates goes to the second


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
    """Open a case and give it to the member of staff with the fewest open ones among those who are given cases.

    They hear of it in their staff chats; while there is nobody to own it, everybody who handles cases does.
    """
    case, number = new_id(), await _new_number(db)
    owner = await _least_busy(db, _OWNERS)
    due_on = on + timedelta(days=due_days)
    await db.run(
        cases.insert(),
        {
            "id": case,
            "number": number,
            "kind": kind,
            "word": _sealed(db, word, f"cases.word:{case}"),
            "chat_id": chat,
            "owner_id": owner,
            "opened_on": on,
            "due_on": due_on,
            "state": "open",
        },
    )
    line = await _note(db, case, actor="resident" if chat is not None else "system", what="opened")
    await case_news.plan(db, number=number, what="opened", line=line, owner=owner)
    return Opened(number=number, due_on=due_on)


async def add_word(db: Writing, *, number: str, word: str, of_a_fee: bool) -> None:
    """Put what the resident wrote to a case that was opened without a word; one that hints at a fee makes it such a case.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    kind = "fee" if of_a_fee else row.kind
    await _move(db, row.id, kind=kind, word=_sealed(db, word, f"cases.word:{row.id}"))


async def reply(db: Writing, *, number: str, word: str, staff_id: int) -> bool:
    """Answer a case through the chat that it came from; False when nobody can be reached any more.

    The resident is asked whether it helped.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    line = await _note(db, row.id, actor=f"staff:{staff_id}", what="replied", word=word)
    await _move(db, row.id, state="answered")
    return await _tell(db, row, line)


async def close(db: Writing, *, number: str, by: str) -> None:
    """Close a case (`by`: resident or staff:<id>); who never got an answer is told, and asked whether that is enough.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    await _move(db, row.id, state="closed")
    line = await _note(db, row.id, actor=by, what="closed")
    if row.state == "open" and by != "resident":
        await _tell(db, row, line)


async def _tell(db: Writing, row: Row[Any], line: int) -> bool:
    """Plan to tell the resident of a line of the history; False when nobody can be reached."""
    if row.chat_id is None:
        return False
    return await errands.plan(
        db,
        chat=row.chat_id,
        conversation=CONVERSATION,
        argument=f"{row.number}:{line}",
        due_at=db.now,
        until=db.now + _OPEN_FOR,
    )


async def reopen(db: Writing, *, number: str, chat: int, on: date) -> bool:
    """Reopen a case whose answer did not help, and escalate it; False when it is not this chat's."""
    mine = update(cases).where(
        cases.c.number == number, cases.c.chat_id == chat, cases.c.state.in_(["answered", "closed"])
    )
    if not await db.run(mine.values(state="open", reopened=cases.c.reopened + 1)):
        return False
    row = await find(db, number)
    await _note(db, row.id, actor="resident", what="reopened")
    await _escalate(db, row, on=on)
    return True


async def tell_more(db: Writing, *, number: str, chat: int, word: str) -> None:
    """Add what the resident of a case still has to say."""
    case = await db.scalar(select(cases.c.id).where(cases.c.number == number, cases.c.chat_id == chat))
    if case is not None:
        await _note(db, case, actor="resident", what="told", word=word)


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
    late = select(cases.c.id, cases.c.number, cases.c.owner_id).where(
        cases.c.state == "open", cases.c.due_on < today, cases.c.escalated_on.is_(None)
    )
    rows = await db.rows(late.limit(limit).with_for_update(skip_locked=True))
    for row in rows:
        await _escalate(db, row, on=today)
    return len(rows)


async def _escalate(db: Writing, row: Row[Any], *, on: date) -> None:
    """Pass a case on to somebody above its owner, where there is anybody; who has it then hears of it."""
    role = await db.scalar(select(staff.c.role).where(staff.c.id == row.owner_id))
    above = await _least_busy(db, (Role.ADMIN,) if role in _OWNERS else _OWNERS)
    owner = above or row.owner_id
    await _move(db, row.id, escalated_on=on, owner_id=owner)
    line = await _note(db, row.id, actor="system", what="escalated")
    await case_news.plan(db, number=row.number, what="escalated", line=line, owner=owner)


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


async def _least_busy(db: Reading, roles: Sequence[Role]) -> int | None:
    """Give the member of staff with the fewest open cases among some roles; None where there is nobody."""
    load = select(func.count()).where(cases.c.owner_id == staff.c.id, cases.c.state == "open")
    query = (
        select(staff.c.id)
        .where(staff.c.revoked_at.is_(None), staff.c.role.in_(roles))
        .order_by(load.scalar_subquery(), staff.c.id)
        .limit(1)
    )
    owner: int | None = await db.scalar(query)
    return owner
