"""Applications that a chat may discuss without number and NIK: followed, looked up or booked for lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, null, or_, select

from domain.cards.application import Application, Followed
from storage.cards.applications import of_acquaintance
from storage.people.follows import FOLLOWED, as_followed
from storage.people.sittings import Covered, whose_are, within
from storage.schema import applications, bookings, follows, looked_up, waiting
from storage.session import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a chat had to do with lately; a complaint of it may be about any of these."""

    points: tuple[str, ...]
    services: tuple[str, ...]
    districts: tuple[str, ...]


_acquainted = or_(
    exists().where(follows.c.application_id == applications.c.id, follows.c.chat_id == bindparam("chat")),
    exists().where(
        and_(
            looked_up.c.application_id == applications.c.id,
            looked_up.c.chat_id == bindparam("chat"),
            looked_up.c.at >= bindparam("since"),
        )
    ),
    exists().where(
        and_(
            bookings.c.application_id == applications.c.id,
            bookings.c.chat_id == bindparam("chat"),
            bookings.c.changed_at >= bindparam("booked_since"),
        )
    ),
)
_list = (
    select(*FOLLOWED)
    .where(_acquainted, applications.c.withdrawn_at.is_(None))
    .order_by(applications.c.number)
)
_facts = (
    select(applications.c.point, applications.c.service, applications.c.district)
    .where(_acquainted, applications.c.withdrawn_at.is_(None))
    .distinct()
)
_booked_facts = (
    select(bookings.c.point, bookings.c.service, null().label("district"))
    .where(bookings.c.chat_id == bindparam("chat"), bookings.c.changed_at >= bindparam("booked_since"))
    .distinct()
)
_of_booking = select(bookings.c.application_id).where(
    bookings.c.id == bindparam("booking"), bookings.c.chat_id == bindparam("chat")
)
_of_waiting = (
    select(applications.c.id)
    .join(waiting, waiting.c.applicant_id == applications.c.applicant_id)
    .where(
        applications.c.applicant_id == bindparam("applicant"),
        applications.c.withdrawn_at.is_(None),
        waiting.c.service == bindparam("service"),
        waiting.c.chat_id == bindparam("chat"),
    )
    .order_by((applications.c.service == bindparam("service")).desc(), applications.c.id.desc())
    .limit(1)
)
_is_known = select(applications.c.id).where(_acquainted, applications.c.id == bindparam("application"))


async def known_to(
    db: Reading, *, chat: int, since: datetime, booked_since: datetime, covered: Covered = None
) -> list[Followed]:
    """Applications that the chat follows, has looked up with proof since a moment, or booked for."""
    values = {"chat": chat, "since": since, "booked_since": booked_since}
    rows = await db.rows(within(_list, applications.c.id, covered), values)
    return [as_followed(db, row) for row in rows]


async def matter_of(db: Reading, *, chat: int, since: datetime, booked_since: datetime) -> Matter:
    """Points, services and kecamatan of these applications and of the chat's own appointments."""
    values = {"chat": chat, "since": since, "booked_since": booked_since}
    found = [*await db.rows(_facts, values), *await db.rows(_booked_facts, values)]
    return Matter(
        points=tuple(sorted({row.point for row in found if row.point})),
        services=tuple(sorted({row.service for row in found})),
        districts=tuple(sorted({row.district for row in found if row.district})),
    )


async def of_known(
    db: Reading,
    *,
    application: int,
    chat: int,
    since: datetime,
    booked_since: datetime,
    covered: Covered = None,
) -> Application | None:
    """One of these applications; None if the chat does not know it (any more)."""
    values = {"application": application, "chat": chat, "since": since, "booked_since": booked_since}
    if await db.scalar(within(_is_known, applications.c.id, covered), values) is None:
        return None
    return await of_acquaintance(db, application=application, chat=chat)


async def of_booking(db: Reading, *, booking: int, chat: int, covered: Covered = None) -> Application | None:
    """Application of an appointment that this chat made or moved last; None for any other chat."""
    values = {"booking": booking, "chat": chat}
    application = await db.scalar(whose_are(_of_booking, bookings.c.applicant_id, covered), values)
    return None if application is None else await of_acquaintance(db, application=application, chat=chat)


async def of_waiting(db: Reading, *, applicant: int, service: str, chat: int) -> Application | None:
    """Newest application of that service for which this chat put a person on the waiting list."""
    values = {"applicant": applicant, "service": service, "chat": chat}
    application = await db.scalar(_of_waiting, values)
    return None if application is None else await of_acquaintance(db, application=application, chat=chat)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Number and masked name per application; `point` is set if all are at the same one."""

    applications: Sequence[tuple[str, str]]
    point: str | None


async def about(db: Reading, *, chat: int, since: datetime, covered: Covered = None) -> About:
    """What this chat looked up, follows or booked for since a moment; no NIK, no address, no full name."""
    found = await known_to(db, chat=chat, since=since, booked_since=since, covered=covered)
    rows = await db.rows(
        select(applications.c.point).where(applications.c.id.in_([one.application for one in found]))
    )
    points = {row.point for row in rows}
    return About(
        applications=[(one.number, one.name) for one in found],
        point=points.pop() if len(points) == 1 else None,
    )
