"""Console sessions: a random token in a cookie, stored only as a keyed hash."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from domain.staff.roles import Role, StaffMember
from storage.schema import of_row, staff, staff_passkeys, staff_sessions
from storage.session import Reading, Writing

_NOTED_EVERY = timedelta(minutes=1)  # page views write at most this often


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a session lasts: idle, and in total (office file, `[console]`)."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


# longest limit an office may choose (domain/office/rules.py); older rows are useless
LONGEST = timedelta(days=1)
_USUAL = Limits()
_SHOWN_AT_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSession:
    """The session's member; `csrf` is the secret that stamps its forms.

    `unlockable`: its member has a PIN or a passkey, so idling locks it instead of ending it. `locked`: it
    idled; it shows and does nothing until it is unlocked (storage/staff/locks.py).
    """

    member: StaffMember
    opened_at: datetime
    csrf: str = field(repr=False)
    index: bytes = field(repr=False)
    unlockable: bool = False
    has_pin: bool = False
    has_passkey: bool = False
    locked: bool = False


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

    None alike if unknown, closed, revoked, open too long, or idle too long with nothing to unlock it.
    """
    row = await db.one(_sessions().where(_named(db, token), *_open(db, limits)))
    if row is None:
        return None
    idle = row.seen_at <= db.now - limits.idle
    has_pin, has_passkey = row.pin is not None, bool(row.has_passkey)
    unlockable = has_pin or has_passkey
    if idle and not unlockable:
        return None
    if awake and not idle and row.seen_at <= db.now - _NOTED_EVERY:
        await db.run(update(staff_sessions).where(_named(db, token)).values(seen_at=db.now))
    return StaffSession(
        member=StaffMember(id=row.id, name=row.name, role=Role(row.role), point=row.point),
        opened_at=row.opened_at,
        csrf=row.csrf,
        index=row.token_index,
        unlockable=unlockable,
        has_pin=has_pin,
        has_passkey=has_passkey,
        locked=idle,
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSession:
    """A session as its owner sees it; `label` names it in forms."""

    label: str
    device: str
    opened_at: datetime
    seen_at: datetime
    locked: bool


async def sessions_of(db: Reading, *, member: int, limits: Limits = _USUAL) -> list[ListedSession]:
    """Sessions of this person that are open or can be unlocked, the one used last first."""
    query = _sessions().add_columns(staff_sessions.c.device).where(staff.c.id == member, *_open(db, limits))
    can_unlock = or_(staff.c.pin.is_not(None), _HAS_PASSKEY)
    living = or_(_living(db, limits), can_unlock)
    rows = await db.rows(query.where(living).order_by(staff_sessions.c.seen_at.desc()).limit(_SHOWN_AT_MOST))
    return [
        of_row(ListedSession, row, label=row.token_index.hex(), locked=row.seen_at <= db.now - limits.idle)
        for row in rows
    ]


async def close_own(db: Writing, *, member: int, label: str) -> bool:
    """End one of this person's sessions; False: it is not theirs or already over."""
    try:
        index = bytes.fromhex(label)
    except ValueError:
        return False
    mine = (staff_sessions.c.staff_id == member, staff_sessions.c.token_index == index)
    closed = update(staff_sessions).where(*mine, staff_sessions.c.closed_at.is_(None))
    return bool(await db.run(closed.values(closed_at=db.now)))


async def count_open(db: Reading, *, limits: Limits = _USUAL) -> dict[int, int]:
    """Number of live sessions per member of staff."""
    query = select(staff_sessions.c.staff_id, func.count()).where(_living(db, limits))
    return {row[0]: row[1] for row in await db.rows(query.group_by(staff_sessions.c.staff_id))}


def _sessions() -> Any:
    columns = (staff_sessions.c.token_index, staff_sessions.c.csrf)
    times = (staff_sessions.c.opened_at, staff_sessions.c.seen_at)
    shown = select(staff, *columns, *times, _HAS_PASSKEY.label("has_passkey"))
    return shown.join_from(staff_sessions, staff).where(staff.c.revoked_at.is_(None))


_HAS_PASSKEY = exists().where(staff_passkeys.c.staff_id == staff.c.id)


def _named(db: Reading, token: str) -> ColumnElement[bool]:
    return staff_sessions.c.token_index.in_(db.vault.indexes(token, of="staff-session"))


def _open(db: Reading, limits: Limits) -> tuple[ColumnElement[bool], ...]:
    """Neither closed nor too old; it may idle."""
    return (staff_sessions.c.closed_at.is_(None), staff_sessions.c.opened_at > db.now - limits.longest)


def _living(db: Reading, limits: Limits) -> ColumnElement[bool]:
    """Open and not idle."""
    return and_(*_open(db, limits), staff_sessions.c.seen_at > db.now - limits.idle)
