"""Cases: complaints, low ratings and hints of a fee, with owner, due day, and a hidden way back to a chat.

open → answered → closed; a resident who was not helped reopens it, and it escalates to somebody above its owner;
who asked for a visit may withdraw it, which closes it

Staff read number, kind, text and history. The chat stays hidden; `reply` finds it by itself. A case from an
answer set keeps its week instead of its day, and random row ids, which reveal no time: day, point and score
would identify the answer set, and the case leads to a chat.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import Row, func, select, update

from domain.ratings.period import monday_of
from domain.staff.roles import Role, StaffMember, may_handle_case
from domain.webhooks.webhook import EventType
from storage.ids import new_id, random_id
from storage.post import errands
from storage.ratings import case_news
from storage.ratings.case_files import VISIT, WITHDRAWN, find, is_visit, points_of
from storage.schema import case_history, cases, staff
from storage.session import Reading, Writing
from storage.staff.staff import as_member, is_working
from storage.webhooks import events

Kind = Literal["low", "fee", "complaint", "correction"]
CONVERSATION = "case"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMBER_LENGTH = 6
_OPEN_FOR = timedelta(days=30)
_SUNDAY = 6  # days after the week's Monday
_OWNERS = (Role.APPROVER, Role.ADMIN)  # who may own cases; escalation goes to the second


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the person who opened a case is told: its number and due day."""

    number: str
    due_on: date


async def open_case(
    db: Writing,
    *,
    kind: Kind,
    word: str,
    chat: int | None,
    on: date,
    due_days: int,
    points: Sequence[str] = (),
    services: Sequence[str] = (),
    districts: Sequence[str] = (),
    of_answers: bool = False,
    of_visit: bool = False,
) -> Opened:
    """Open a case and assign it to the least busy member of staff who may own it.

    The owner is told in their staff chats; without one, everybody who may handle it is told. `points` are those
    that it may be about, `services` and `districts` those of its chat. `of_answers`: its days become a week, and
    it is due so many days after that week; service and kecamatan are left out, because answers have them, too.
    `of_visit`: it asks for a visit at home, and its resident may withdraw it.
    """
    case, number = random_id() if of_answers else new_id(), await _new_number(db)
    owner = await _least_busy(db, _OWNERS, kind=kind, points=points)
    if of_answers:
        on = monday_of(on)
    due_on = on + timedelta(days=due_days + (_SUNDAY if of_answers else 0))
    await db.run(
        cases.insert(),
        {
            "id": case,
            "number": number,
            "kind": kind,
            "word": _sealed(db, word, f"cases.word:{case}"),
            "chat_id": chat,
            "owner_id": owner,
            "points": _sealed_points(db, case, points),
            "about": None if of_answers else _sealed_about(db, case, services, districts),
            "opened_on": on,
            "due_on": due_on,
            "by_week": of_answers,
            "state": "open",
        },
    )
    actor = "resident" if chat is not None else "system"
    what, at = VISIT if of_visit else "opened", _start_of(on) if of_answers else None
    line = await _note(db, case, actor=actor, what=what, at=at)
    await case_news.plan(db, number=number, what="opened", line=line, owner=owner)
    await _tell_opened(db, number, _start_of(on) if of_answers else None)
    return Opened(number=number, due_on=due_on)


async def _tell_opened(db: Writing, number: str, week: datetime | None) -> None:
    """Tell webhooks of an open case after the hour; of one that came of answers, they get its week."""
    hour = events.next_hour(db.now)
    moment = events.Moment(said=week or hour, due=hour, is_exact=week is None)
    await events.tell(db, EventType.CASE_OPENED, lambda: [events.Message({"case": number})], at=moment)


async def add_word(db: Writing, *, number: str, word: str, of_a_fee: bool, named: Sequence[str] = ()) -> None:
    """Add the resident's text to a case opened without one.

    A hint of a fee changes its kind; points `named` in the text become points of the case.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    await _move(db, row.id, word=_sealed(db, word, f"cases.word:{row.id}"))
    at = _start_of(row.opened_on) + timedelta(seconds=1) if row.by_week else None
    await _is_about(db, row, of_a_fee=of_a_fee, named=named, at=at)


async def reply(db: Writing, *, number: str, word: str, staff_id: int) -> bool:
    """Answer a case through its chat; False: nobody can be reached any more.

    The resident is asked whether the answer helped.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    line = await _note(db, row.id, actor=f"staff:{staff_id}", what="replied", word=word)
    await _move(db, row.id, state="answered")
    return await _tell(db, row, line)


async def close(db: Writing, *, number: str, by: str) -> None:
    """Close a case (`by`: resident or staff:<id>).

    A resident who never got an answer is told, and asked whether that is enough.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    await _move(db, row.id, state="closed")
    line = await _note(db, row.id, actor=by, what="closed")
    await events.tell(db, EventType.CASE_CLOSED, lambda: [events.Message({"case": number})])
    if row.state == "open" and by != "resident":
        await _tell(db, row, line)


async def withdraw(db: Writing, *, number: str, chat: int) -> bool:
    """Close a request for a visit for its resident, and tell its owner; False: it is closed, or not this chat's."""
    mine = update(cases).where(cases.c.number == number, cases.c.chat_id == chat, cases.c.state != "closed")
    if not await db.run(mine.where(is_visit()).values(state="closed")):
        return False
    row = await find(db, number)
    line = await _note(db, row.id, actor="resident", what=WITHDRAWN)
    await events.tell(db, EventType.CASE_CLOSED, lambda: [events.Message({"case": number})])
    await case_news.plan(db, number=number, what=WITHDRAWN, line=line, owner=row.owner_id)
    return True


async def _tell(db: Writing, row: Row[Any], line: int) -> bool:
    """Plan to tell the resident about a line of the history; False: nobody can be reached."""
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
    """Reopen a case whose answer did not help, and escalate it; False: it is not this chat's."""
    mine = update(cases).where(
        cases.c.number == number, cases.c.chat_id == chat, cases.c.state.in_(["answered", "closed"])
    )
    if not await db.run(mine.values(state="open", reopened=cases.c.reopened + 1)):
        return False
    row = await find(db, number)
    await _note(db, row.id, actor="resident", what="reopened")
    await _tell_opened(db, number, _start_of(row.opened_on) if row.by_week else None)
    await _escalate(db, row, on=on)
    return True


async def tell_more(
    db: Writing,
    *,
    number: str,
    chat: int,
    word: str,
    of_a_fee: bool = False,
    named: Sequence[str] = (),
) -> None:
    """Add more text of the case's resident; a hint of a fee and named points count as in `add_word`."""
    row = await db.one(select(cases).where(cases.c.number == number, cases.c.chat_id == chat))
    if row is None:
        return
    await _note(db, row.id, actor="resident", what="told", word=word)
    await _is_about(db, row, of_a_fee=of_a_fee, named=named)


async def give(db: Writing, *, number: str, owner: int, by: str) -> None:
    """Assign a case to another member of staff.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    await _move(db, row.id, owner_id=owner)
    await _note(db, row.id, actor=by, what="given")


async def escalate_late(db: Writing, *, today: date, limit: int) -> int:
    """Escalate overdue open cases, once each; return their number."""
    late = select(cases).where(
        cases.c.state == "open", cases.c.due_on < today, cases.c.escalated_on.is_(None)
    )
    rows = await db.rows(late.limit(limit).with_for_update(skip_locked=True))
    for row in rows:
        await _escalate(db, row, on=today)
    return len(rows)


async def _escalate(db: Writing, row: Row[Any], *, on: date) -> None:
    """Assign a case to somebody above its owner, if there is anybody, and tell the owner."""
    role = await db.scalar(select(staff.c.role).where(staff.c.id == row.owner_id))
    roles = (Role.ADMIN,) if role in _OWNERS else _OWNERS
    above = await _least_busy(db, roles, kind=row.kind, points=points_of(db, row))
    owner = above or row.owner_id
    await _move(db, row.id, escalated_on=on, owner_id=owner)
    line = await _note(db, row.id, actor="system", what="escalated")
    await case_news.plan(db, number=row.number, what="escalated", line=line, owner=owner)


async def _is_about(
    db: Writing, row: Row[Any], *, of_a_fee: bool, named: Sequence[str], at: datetime | None = None
) -> None:
    """Update kind and points of a case; reassign it if its owner may not have such a case."""
    before = points_of(db, row)
    kind, points = "fee" if of_a_fee else row.kind, tuple(dict.fromkeys((*before, *named)))
    if not of_a_fee and points == before:
        return
    await _move(db, row.id, kind=kind, points=_sealed_points(db, row.id, points))
    if may_handle_case(await _member(db, row.owner_id), kind=kind, points=points):
        return
    owner = await _least_busy(db, _OWNERS, kind=kind, points=points)
    await _move(db, row.id, owner_id=owner)
    line = await _note(db, row.id, actor="system", what="given", at=at)
    await case_news.plan(db, number=row.number, what="opened", line=line, owner=owner)


async def _member(db: Reading, member: int | None) -> StaffMember | None:
    row = await db.one(select(staff).where(staff.c.id == member, is_working()))
    return None if row is None else as_member(row)


async def _move(db: Writing, case: int, **values: Any) -> None:
    await db.run(update(cases).where(cases.c.id == case).values(**values))


async def _note(
    db: Writing, case: int, *, actor: str, what: str, word: str = "", at: datetime | None = None
) -> int:
    """Add a line to the history; with `at`, row id and time reveal nothing about the moment."""
    line = new_id() if at is None else random_id()
    sealed = _sealed(db, word, f"case_history.word:{line}")
    row = {"id": line, "case_id": case, "at": at or db.now, "actor": actor, "what": what, "word": sealed}
    await db.run(case_history.insert(), row)
    return line


def _start_of(week: date) -> datetime:
    return datetime.combine(week, time(), UTC)


def _sealed(db: Writing, word: str, at: str) -> bytes | None:
    return db.vault.seal(word, at=at) if word else None


def _sealed_points(db: Writing, case: int, points: Sequence[str]) -> bytes | None:
    return _sealed(db, json.dumps(list(points)) if points else "", f"cases.points:{case}")


def _sealed_about(db: Writing, case: int, services: Sequence[str], districts: Sequence[str]) -> bytes | None:
    about = json.dumps([list(services), list(districts)]) if services or districts else ""
    return _sealed(db, about, f"cases.about:{case}")


async def _new_number(db: Reading) -> str:
    while True:
        number = "".join(secrets.choice(_ALPHABET) for _ in range(_NUMBER_LENGTH))
        if await db.one(select(cases.c.id).where(cases.c.number == number)) is None:
            return number


async def _least_busy(db: Reading, roles: Sequence[Role], *, kind: str, points: Sequence[str]) -> int | None:
    """Id of the member with one of these roles and the fewest open cases who may have this one, or None."""
    load = select(func.count()).where(cases.c.owner_id == staff.c.id, cases.c.state == "open")
    query = (
        select(staff)
        .where(is_working(), staff.c.role.in_(roles))
        .order_by(load.scalar_subquery(), staff.c.id)
    )
    found = [as_member(row) for row in await db.rows(query)]
    return next((one.id for one in found if may_handle_case(one, kind=kind, points=points)), None)
