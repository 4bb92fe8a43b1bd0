"""Console sessions: a random token in a cookie, stored only as a keyed hash."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update

from domain.staff.roles import Role, StaffMember
from storage.schema import staff, staff_sessions
from storage.session import Reading, Writing

_NOTED_EVERY = timedelta(minutes=1)  # page views write at most this often


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a session lasts: idle, and in total (office file, `[console]`)."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


LONGEST = timedelta(
    days=1
)  # longest limit an office may choose (domain/office/rules.py); older rows are useless
_USUAL = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSession:
    """The session's member; `csrf` is the secret that stamps its forms."""

    member: StaffMember
    csrf: str = field(repr=False)


async def open_session(db: Writing, *, member: int, device: str = "") -> str:
    """Start a session and return the token for its cookie. `device` tells its owner which one it is."""
    token = secrets.token_urlsafe(32)
    session = {
        "token_index": db.vault.index(token, of="staff-session"),
        "staff_id": member,
        "csrf": secrets.token_urlsafe(32),
        "opened_at": db.now,
        "seen_at": db.now,
        "device": device,
    }
    await db.run(staff_sessions.insert(), session)
    return token


async def session_of(
    db: Writing, *, token: str, limits: Limits = _USUAL, awake: bool = True
) -> StaffSession | None:
    """Session of a token; `awake` extends it, which a page that refreshes itself must not do.

    None alike if unknown, closed, revoked, idle too long, or open too long.
    """
    row = await db.one(_sessions().where(_named(db, token), *_living(db, limits)))
    if row is None:
        return None
    if awake and row.seen_at <= db.now - _NOTED_EVERY:
        await db.run(update(staff_sessions).where(_named(db, token)).values(seen_at=db.now))
    member = StaffMember(id=row.id, name=row.name, role=Role(row.role), point=row.point)
    return StaffSession(member=member, csrf=row.csrf)


async def owner_of(db: Reading, *, token: str) -> int | None:
    """Owner of a session, also an ended one, for the audit of a refusal."""
    owner: int | None = await db.scalar(select(staff_sessions.c.staff_id).where(_named(db, token)))
    return owner


async def close_session(db: Writing, *, token: str) -> None:
    """End this session; unknown ones are ignored. Its row stays for a while, so that later use is recognised."""
    await db.run(
        update(staff_sessions)
        .where(_named(db, token), staff_sessions.c.closed_at.is_(None))
        .values(closed_at=db.now)
    )


async def close_sessions_of(db: Writing, *, member: int) -> None:
    """End every session of this person."""
    await db.run(
        update(staff_sessions)
        .where(staff_sessions.c.staff_id == member, staff_sessions.c.closed_at.is_(None))
        .values(closed_at=db.now)
    )


async def count_open(db: Reading, *, limits: Limits = _USUAL) -> dict[int, int]:
    """Number of live sessions per member of staff."""
    query = select(staff_sessions.c.staff_id, func.count()).where(*_living(db, limits))
    return {row[0]: row[1] for row in await db.rows(query.group_by(staff_sessions.c.staff_id))}


def _sessions() -> Any:
    shown = select(staff, staff_sessions.c.csrf, staff_sessions.c.seen_at)
    return shown.join_from(staff_sessions, staff).where(staff.c.revoked_at.is_(None))


def _named(db: Reading, token: str) -> ColumnElement[bool]:
    return staff_sessions.c.token_index.in_(db.vault.indexes(token, of="staff-session"))


def _living(db: Reading, limits: Limits) -> tuple[ColumnElement[bool], ...]:
    return (
        and_(
            staff_sessions.c.closed_at.is_(None),
            staff_sessions.c.seen_at > db.now - limits.idle,
            staff_sessions.c.opened_at > db.now - limits.longest,
        ),
    )
