"""Sessions of the staff console: a random token in a cookie, of which only the keyed hash is kept."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, select, update

from domain.roles import Role, StaffMember
from storage.schema import staff, staff_sessions
from storage.store import Writing

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_NOTED_EVERY = timedelta(minutes=1)  # a page view writes at most this often


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSession:
    """Who is at the console; `csrf` must come back with every form."""

    member: StaffMember
    csrf: str = field(repr=False)


async def open_session(db: Writing, *, member: int) -> str:
    """Start a session of this member of staff; give the token for its cookie."""
    token = secrets.token_urlsafe(32)
    session = {
        "token_index": db.vault.index(token, of="staff-session"),
        "staff_id": member,
        "csrf": secrets.token_urlsafe(32),
        "opened_at": db.now,
        "seen_at": db.now,
    }
    await db.run(staff_sessions.insert(), session)
    return token


async def session_of(db: Writing, *, token: str) -> StaffSession | None:
    """Whose session this token is, and keep it awake.

    None alike for unknown, closed, revoked, idle for 30 minutes, or open for 12 hours.
    """
    mine = staff_sessions.c.token_index.in_(db.vault.indexes(token, of="staff-session"))
    query = (
        select(staff, staff_sessions.c.csrf, staff_sessions.c.seen_at)
        .join_from(staff_sessions, staff)
        .where(
            mine,
            staff.c.revoked_at.is_(None),
            staff_sessions.c.closed_at.is_(None),
            staff_sessions.c.seen_at > db.now - IDLE,
            staff_sessions.c.opened_at > db.now - LONGEST,
        )
    )
    row = await db.one(query)
    if row is None:
        return None
    if row.seen_at <= db.now - _NOTED_EVERY:
        await db.run(update(staff_sessions).where(mine).values(seen_at=db.now))
    member = StaffMember(id=row.id, name=row.name, role=Role(row.role), point=row.point)
    return StaffSession(member=member, csrf=row.csrf)


async def close_session(db: Writing, *, token: str) -> None:
    """End this session; an unknown one is no error."""
    mine = staff_sessions.c.token_index.in_(db.vault.indexes(token, of="staff-session"))
    await db.run(delete(staff_sessions).where(mine))
