"""Cases as staff read them, and replies for the chat. The chat itself stays hidden from staff."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select

from domain import codec
from domain.refusals import UnknownCase
from storage.schema import case_history, cases, of_row, staff
from storage.session import Reading

VISIT: Final = "visit"
"""Line of the history that opens a case for a visit at home."""
WITHDRAWN: Final = "withdrawn"
"""Line of the history with which the resident closes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a case's history."""

    at: datetime
    actor: str
    what: str
    word: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as staff see it.

    `points` are those that it may be about, `services` and `districts` those of its chat. `by_week`: its days show
    only the week.
    """

    id: int
    number: str
    kind: str
    state: str
    word: str = field(repr=False)
    owner: str | None
    owner_id: int | None
    opened_on: date
    due_on: date
    escalated: bool
    reachable: bool
    points: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    by_week: bool = False
    withdrawn: bool = False
    history: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a case stands, without its words; `state` is also `withdrawn`."""

    json_shape = codec.ROW

    number: str
    state: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request for a visit at home, as its own chat sees it."""

    json_shape = codec.ROW

    number: str
    state: str
    word: str = field(repr=False)
    withdrawn: bool


async def listed(db: Reading, *, states: Sequence[str] = ("open", "answered")) -> list[Case]:
    """Cases in some states, most urgent first."""
    query = _cases().where(cases.c.state.in_(states)).order_by(cases.c.due_on, cases.c.id)
    return [_case(db, row) for row in await db.rows(query)]


async def show(db: Reading, *, number: str) -> Case:
    """One case with its history.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await find(db, number)
    lines = select(case_history).where(case_history.c.case_id == row.id)
    history = [
        of_row(Event, line, word=_word(db, line))
        for line in await db.rows(lines.order_by(case_history.c.at, case_history.c.id))
    ]
    return _case(db, row, history)


async def reply_for(db: Reading, *, chat: int, number: str, line: int) -> str | None:
    """Text of a reply for the case's chat; "" for a case closed without one.

    None: it must not be shown (any more).
    """
    told = or_(
        (case_history.c.what == "replied") & (cases.c.state == "answered"),
        (case_history.c.what == "closed") & (cases.c.state == "closed"),
    )
    row = await db.one(
        select(case_history.c.word, case_history.c.id)
        .join(cases, cases.c.id == case_history.c.case_id)
        .where(cases.c.number == number, cases.c.chat_id == chat, case_history.c.id == line)
        .where(told)
    )
    return None if row is None else _word(db, row)


async def numbers_of(db: Reading, *, chat: int, only: Sequence[str] | None) -> list[str]:
    """Numbers of the chat's cases, the latest first; `only`: those that may be shown here (None: all)."""
    query = select(cases.c.number).where(cases.c.chat_id == chat)
    if only is not None:
        query = query.where(cases.c.number.in_(only))
    return [row.number for row in await db.rows(query.order_by(cases.c.opened_on.desc(), cases.c.id.desc()))]


async def visits_of(db: Reading, *, chat: int, only: Sequence[str] | None) -> list[Visit]:
    """The chat's requests for a visit, the latest first; `only`: as for `numbers_of`."""
    query = _cases().where(cases.c.chat_id == chat, is_visit())
    if only is not None:
        query = query.where(cases.c.number.in_(only))
    rows = await db.rows(query.order_by(cases.c.id.desc()))
    return [of_row(Visit, row, word=_case_word(db, row)) for row in rows]


def is_visit() -> ColumnElement[bool]:
    """Condition: the case asks for a visit at home."""
    return exists().where(case_history.c.case_id == cases.c.id, case_history.c.what == VISIT)


async def is_of(db: Reading, *, chat: int, number: str) -> bool:
    """Whether the chat has a case with this number."""
    query = select(cases.c.id).where(cases.c.number == number, cases.c.chat_id == chat)
    return await db.one(query) is not None


async def standing_of(db: Reading, *, number: str) -> Standing | None:
    """How the case of this number stands, or None."""
    query = select(cases.c.number, cases.c.state, cases.c.due_on, _withdrawn())
    row = await db.one(query.where(cases.c.number == number))
    if row is None:
        return None
    return of_row(Standing, row, state=WITHDRAWN if row.withdrawn else row.state)


async def last_reply(db: Reading, *, number: str, chat: int) -> str:
    """The office's latest answer to this chat's case, or ""."""
    row = await db.one(
        select(case_history.c.word, case_history.c.id)
        .join(cases, cases.c.id == case_history.c.case_id)
        .where(cases.c.number == number, cases.c.chat_id == chat, case_history.c.what == "replied")
        .order_by(case_history.c.id.desc())
        .limit(1)
    )
    return "" if row is None else _word(db, row)


def _word(db: Reading, line: Row[Any]) -> str:
    return db.vault.open(line.word, at=f"case_history.word:{line.id}") if line.word else ""


def _case_word(db: Reading, row: Row[Any]) -> str:
    return db.vault.open(row.word, at=f"cases.word:{row.id}") if row.word else ""


def _cases() -> Any:
    known = select(cases, staff.c.name.label("owner"), _withdrawn())
    return known.outerjoin(staff, staff.c.id == cases.c.owner_id)


def _withdrawn() -> ColumnElement[bool]:
    """Column `withdrawn`: the resident closed the case, and not the office after it was opened again."""
    ended = (
        select(case_history.c.what)
        .where(case_history.c.case_id == cases.c.id, case_history.c.what.in_(("closed", WITHDRAWN)))
        .order_by(case_history.c.id.desc())
        .limit(1)
    )
    is_closed = cases.c.state == "closed"
    return and_(is_closed, func.coalesce(ended.scalar_subquery(), "") == WITHDRAWN).label("withdrawn")


async def find(db: Reading, number: str) -> Row[Any]:
    """Row of a case.

    Raises:
        UnknownCase: no case has this number.
    """
    row = await db.one(_cases().where(cases.c.number == number.strip().upper()))
    if row is None:
        raise UnknownCase
    return row


def points_of(db: Reading, row: Row[Any]) -> tuple[str, ...]:
    """Points that a case may be about; empty if unknown."""
    opened = db.vault.open(row.points, at=f"cases.points:{row.id}") if row.points else "[]"
    return tuple(json.loads(opened))


def _case(db: Reading, row: Row[Any], history: Sequence[Event] = ()) -> Case:
    about = db.vault.open(row.about, at=f"cases.about:{row.id}") if row.about else "[[], []]"
    services, districts = json.loads(about)
    return of_row(
        Case,
        row,
        word=_case_word(db, row),
        escalated=row.escalated_on is not None,
        reachable=row.chat_id is not None,
        points=points_of(db, row),
        services=tuple(services),
        districts=tuple(districts),
        history=tuple(history),
    )
