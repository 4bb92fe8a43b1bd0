"""Which applications an announcement concerns, and which chats follow them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from domain.announcements.announcement import Audience
from domain.cards.stages import Stage
from storage.bulk import in_pieces
from storage.schema import announcement_applications, applicants, applications, chats, follows, of_row
from storage.session import Reading

RESIDENT = "resident"  # reason of a chat whose resident said /berhenti, which also withdraws the consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """An application that an announcement is about."""

    id: int
    number: str
    stage: str | None
    point: str | None
    district: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """A chat that would get the announcement; `stopped_why` says why it cannot be reached now (blocked, moved)."""

    chat: int
    channel: str
    language: str
    heard_at: datetime
    stopped_why: str | None
    applications: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An application that a file may name, with its point and the index of its NIK."""

    id: int
    number: str
    point: str | None
    nik_index: bytes


_FINAL = [stage for stage in Stage if stage.final]
_columns = (*applications.c["id", "number", "stage", "point", "district"],)
# Following gives the consent and /berhenti withdraws it. A chat that blocked us or moved still has it.
wants_it = and_(
    chats.c.erased_at.is_(None), or_(chats.c.stopped_at.is_(None), chats.c.stopped_why != RESIDENT)
)
_followers = (
    select(
        follows.c.chat_id,
        follows.c.application_id,
        *chats.c["channel", "language", "heard_at", "stopped_at", "stopped_why"],
    )
    .join(chats, chats.c.id == follows.c.chat_id)
    .where(follows.c.application_id.in_(bindparam("ids", expanding=True)), wants_it)
    .order_by(follows.c.chat_id, follows.c.application_id)
)
_by_id = select(*_columns).where(applications.c.id.in_(bindparam("ids", expanding=True)))
_by_number = (
    select(applications.c.id, applications.c.number, applications.c.point, applicants.c.nik_index)
    .join(applicants, applicants.c.id == applications.c.applicant_id)
    .where(
        applications.c.number.in_(bindparam("numbers", expanding=True)), applications.c.withdrawn_at.is_(None)
    )
)


def selected(audience: Audience) -> Select[Any]:
    """Query for the applications of an audience; its columns are `_columns`."""
    query = select(*_columns).where(
        applications.c.stage == audience.stage, applications.c.withdrawn_at.is_(None)
    )
    if audience.point is not None:
        query = query.where(applications.c.point == audience.point)
    if audience.district is not None:
        query = query.where(applications.c.district == audience.district)
    if audience.service is not None:
        query = query.where(applications.c.service == audience.service)
    if audience.since is not None:
        query = query.where(applications.c.stage_on >= audience.since)
    if audience.until is not None:
        query = query.where(applications.c.stage_on <= audience.until)
    return query.order_by(applications.c.stage_on, applications.c.id)


async def concerned_by(db: Reading, *, audience: Audience) -> list[Concerned]:
    """Applications that match the audience now, in the order in which they reached that stage."""
    return [of_row(Concerned, row) for row in await db.rows(selected(audience))]


async def concerned_of(db: Reading, *, ids: Sequence[int]) -> list[Concerned]:
    """Applications by id, in the order given."""
    found: dict[int, Concerned] = {}
    for some in in_pieces(ids):
        found |= {row.id: of_row(Concerned, row) for row in await db.rows(_by_id, {"ids": some})}
    return [found[one] for one in ids if one in found]


async def known(db: Reading, *, numbers: Sequence[str]) -> dict[str, Known]:
    """Applications with these numbers, by number."""
    found: dict[str, Known] = {}
    for some in in_pieces(numbers):
        rows = await db.rows(_by_number, {"numbers": some})
        found |= {row.number: of_row(Known, row) for row in rows}
    return found


async def followers(db: Reading, *, ids: Sequence[int]) -> list[Follower]:
    """Chats that follow any of these applications, each once, with the applications it follows."""
    rows = [row for some in in_pieces(ids) for row in await db.rows(_followers, {"ids": some})]
    mine: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        mine[row.chat_id].append(row.application_id)
    about = {row.chat_id: row for row in rows}
    return [
        of_row(
            Follower,
            row,
            chat=chat,
            stopped_why=(row.stopped_why or "stopped") if row.stopped_at else None,
            applications=tuple(mine[chat]),
        )
        for chat, row in about.items()
    ]


def still_concerned(audience: Audience) -> ColumnElement[bool]:
    """Condition: the application is still at the announced stage, or, for a list, not finished."""
    stands = applications.c.stage == announcement_applications.c.stage
    if audience.stage is not None:
        return stands
    return or_(stands, applications.c.stage.is_(None), applications.c.stage.not_in(_FINAL))


def unfollowed(ids: Iterable[int], found: Iterable[Follower]) -> list[int]:
    """Applications that none of these chats follows."""
    followed = {one for follower in found for one in follower.applications}
    return [one for one in ids if one not in followed]
