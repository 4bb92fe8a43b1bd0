"""Everything held about a chat's person, for the file of /datasaya; numbers and names are masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, union

from domain.people.names import mask_name
from domain.people.nik import Nik
from domain.people.phones import Phone
from storage import audit
from storage.handovers.lines import TalkLine, lines_of_chat
from storage.people import consents
from storage.people.addresses import address_of
from storage.people.consents import Consent
from storage.people.identities import names_of
from storage.people.sittings import Covered, whose_are
from storage.schema import (
    applicants,
    applications,
    bookings,
    cases,
    chats,
    errands,
    follows,
    looked_up,
    media,
    notices,
    of_row,
    outbox,
    waiting,
)
from storage.schema import audit as audit_rows
from storage.session import Reading
from storage.vault import Unreadable

_SHOWN_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """An application that the chat follows or looked at."""

    number: str
    nik: str
    name: str
    service: str
    stage: str | None
    stage_on: date
    phone: str
    followed_at: datetime | None
    looked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment made in this chat."""

    code: str
    service: str
    point: str
    starts_at: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A complaint or correction with its text."""

    number: str
    kind: str
    state: str
    opened_on: date
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """What is held about one chat's person."""

    channel: str
    address: str
    language: str
    created_at: datetime
    heard_at: datetime
    stopped_at: datetime | None
    is_staff: bool
    is_partial: bool  # a shared device: nothing that others did there, and no texts
    talks: bool  # an open conversation is stored
    names: dict[str, str]
    notices: Sequence[tuple[int, str, datetime]]
    consents: Sequence[Consent]
    linked: Sequence[Linked]
    bookings: Sequence[Booked]
    waiting: int
    cases: Sequence[OpenCase]
    talks_with_officers: Sequence[TalkLine]
    errands: int
    photos: int
    messages: int
    texts: int
    audited: int


async def linked_ids(db: Reading, *, chat: int) -> list[int]:
    """Applications that a chat follows, looked at or booked for; a pair of one of them proves the same person.

    Other applications of that person do not count: this chat has shown no proof for them.
    """
    mine = union(
        select(follows.c.application_id).where(follows.c.chat_id == chat),
        select(looked_up.c.application_id).where(looked_up.c.chat_id == chat),
        select(bookings.c.application_id).where(
            bookings.c.chat_id == chat, bookings.c.application_id.is_not(None)
        ),
    )
    return sorted(row[0] for row in await db.rows(mine))


async def everything(
    db: Reading, *, chat: int, covered: Covered = None, covered_cases: Sequence[str] | None = None
) -> OwnData:
    """Everything of the chat's person, and nothing of others.

    On a shared device: what is covered, and consents since the sitting began; no texts.
    """
    partial = covered is not None
    (row,) = await db.rows(select(chats).where(chats.c.id == chat))
    _channel, _account, address = await address_of(db, chat=chat)
    return of_row(
        OwnData,
        row,
        address=_masked(address),
        is_staff=row.staff_id is not None,
        is_partial=partial,
        talks=row.dialogue is not None and row.dialogue_until > db.now,
        names={kind: _masked(name) for kind, name in (await names_of(db, chat=chat)).items()},
        notices=await _notices(db, chat),
        consents=[
            one
            for one in await consents.history(db, chat=chat)
            if not partial or (row.sat_at is not None and one.given_at >= row.sat_at)
        ],
        linked=await _linked(db, chat, covered),
        bookings=await _bookings(db, chat, covered),
        waiting=await _waiting(db, chat, covered),
        cases=await _cases(db, chat, covered_cases),
        talks_with_officers=[] if partial else await lines_of_chat(db, chat=chat),
        errands=await _count(db, errands, errands.c.chat_id == chat, errands.c.outcome.is_(None)),
        photos=await _count(db, media, media.c.chat_id == chat),
        messages=await _count(db, outbox, outbox.c.chat_id == chat),
        texts=await _count(db, outbox, outbox.c.chat_id == chat, outbox.c.body.is_not(None)),
        audited=await _count(
            db,
            audit_rows,
            or_(audit_rows.c.actor == audit.by_chat(chat), audit_rows.c.subject == audit.by_chat(chat)),
        ),
    )


def _masked(text: str) -> str:
    """Last characters of an address, enough for its owner to recognise it."""
    return f"…{text[-_SHOWN_LETTERS:]}"


async def _count(db: Reading, table: Any, *conditions: Any) -> int:
    return int(await db.scalar(select(func.count()).select_from(table).where(*conditions)))


async def _notices(db: Reading, chat: int) -> list[tuple[int, str, datetime]]:
    shown = select(notices.c.version, notices.c.channel, notices.c.shown_at)
    found = await db.rows(shown.where(notices.c.chat_id == chat).order_by(notices.c.version))
    return [(row.version, row.channel, row.shown_at) for row in found]


async def _waiting(db: Reading, chat: int, covered: Covered) -> int:
    query = (
        select(func.count())
        .select_from(waiting)
        .where(waiting.c.chat_id == chat, waiting.c.state == "waiting")
    )
    return int(await db.scalar(whose_are(query, waiting.c.applicant_id, covered)))


async def _linked(db: Reading, chat: int, covered: Covered) -> list[Linked]:
    ids = [one for one in await linked_ids(db, chat=chat) if covered is None or one in covered]
    if not ids:
        return []
    found = await db.rows(
        select(
            applications,
            applicants.c.nik,
            follows.c.since.label("followed_at"),
            looked_up.c.at.label("looked_at"),
        )
        .join(applicants, applicants.c.id == applications.c.applicant_id)
        .outerjoin(follows, (follows.c.application_id == applications.c.id) & (follows.c.chat_id == chat))
        .outerjoin(
            looked_up, (looked_up.c.application_id == applications.c.id) & (looked_up.c.chat_id == chat)
        )
        .where(applications.c.id.in_(ids), applications.c.withdrawn_at.is_(None))
        .order_by(applications.c.number)
    )
    return [_one_linked(db, row) for row in found]


def _one_linked(db: Reading, row: Any) -> Linked:
    opened = db.vault.open
    phone = opened(row.phone, at=f"applications.phone:{row.id}") if row.phone else ""
    return of_row(
        Linked,
        row,
        nik=str(Nik(opened(row.nik, at=f"applicants.nik:{row.applicant_id}"))),
        name=mask_name(opened(row.name, at=f"applications.name:{row.id}")),
        phone=str(Phone(phone)) if phone else "",
    )


async def _bookings(db: Reading, chat: int, covered: Covered) -> list[Booked]:
    query = select(bookings).where(bookings.c.chat_id == chat).order_by(bookings.c.starts_at, bookings.c.id)
    found = await db.rows(whose_are(query, bookings.c.applicant_id, covered))
    return [of_row(Booked, row) for row in found]


async def has_open_case(db: Reading, *, chat: int, covered_cases: Sequence[str] | None) -> bool:
    """Whether a case of the chat, as far as covered, still waits for an answer."""
    query = select(cases.c.id).where(cases.c.chat_id == chat, cases.c.state == "open")
    if covered_cases is not None:
        query = query.where(cases.c.number.in_(covered_cases))
    return await db.scalar(query.limit(1)) is not None


async def _cases(db: Reading, chat: int, covered_cases: Sequence[str] | None) -> list[OpenCase]:
    query = select(cases).where(cases.c.chat_id == chat).order_by(cases.c.id)
    if covered_cases is not None:
        query = query.where(cases.c.number.in_(covered_cases))
    found = await db.rows(query)
    return [of_row(OpenCase, row, word="" if covered_cases is not None else _word(db, row)) for row in found]


def _word(db: Reading, row: Any) -> str:
    try:
        return db.vault.open(row.word, at=f"cases.word:{row.id}") if row.word else ""
    except Unreadable:
        return ""
