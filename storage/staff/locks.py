"""Locks of console sessions: the PIN of a member, tries to unlock, and how they end.

A session of a member with a PIN or a passkey is locked by idling, not ended (storage/staff/sessions.py).
"""

from dataclasses import dataclass

from sqlalchemy import select, update

from domain.staff.pin import TRIES
from storage import audit
from storage.schema import staff, staff_sessions
from storage.session import Reading, Writing
from storage.staff.sessions import Limits, StaffSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocking:
    """A permitted try: how many are left after it, and the hash that the PIN must match (None: no PIN)."""

    left: int
    hashed: str | None


async def set_pin(db: Writing, *, member: int, hashed: str | None, limits: Limits) -> None:
    """Set or remove (None) a member's PIN. Sessions that had ended by idling stay ended."""
    await close_idle(db, member=member, limits=limits)
    sealed = None if hashed is None else db.vault.seal(hashed, at=f"staff.pin:{member}")
    await db.run(update(staff).where(staff.c.id == member).values(pin=sealed))
    by = audit.by_staff(member)
    await audit.record(db, by, "staff-pin-removed" if hashed is None else "staff-pin-set", by)


async def pin_of(db: Reading, *, member: int) -> str | None:
    """Stored hash of a member's PIN; None: no PIN."""
    sealed = await db.scalar(select(staff.c.pin).where(staff.c.id == member))
    return None if sealed is None else db.vault.open(sealed, at=f"staff.pin:{member}")


async def close_idle(db: Writing, *, member: int, limits: Limits) -> None:
    """End the member's sessions that idle too long, before a new PIN or passkey could unlock them."""
    idle = (staff_sessions.c.closed_at.is_(None), staff_sessions.c.seen_at <= db.now - limits.idle)
    mine = staff_sessions.c.staff_id == member
    await db.run(update(staff_sessions).where(mine, *idle).values(closed_at=db.now))


async def take_try(db: Writing, *, session: StaffSession) -> Unlocking | None:
    """Count a try before it is looked at, so that simultaneous ones get no more; None: none is left."""
    counted = update(staff_sessions).where(
        staff_sessions.c.token_index == session.index,
        staff_sessions.c.closed_at.is_(None),
        staff_sessions.c.wrong_pins < TRIES,
    )
    if not await db.run(counted.values(wrong_pins=staff_sessions.c.wrong_pins + 1)):
        return None
    named = staff_sessions.c.token_index == session.index
    taken = int(await db.scalar(select(staff_sessions.c.wrong_pins).where(named)))
    return Unlocking(left=TRIES - taken, hashed=await pin_of(db, member=session.member.id))


async def tries_left(db: Reading, *, session: StaffSession) -> int:
    """Tries left of this session; 0 if it is over."""
    named = (staff_sessions.c.token_index == session.index, staff_sessions.c.closed_at.is_(None))
    taken = await db.scalar(select(staff_sessions.c.wrong_pins).where(*named))
    return 0 if taken is None else max(0, TRIES - int(taken))


async def unlock(db: Writing, *, session: StaffSession, how: str) -> bool:
    """Unlock the session (`how`: pin or passkey); False: it was ended meanwhile."""
    named = (staff_sessions.c.token_index == session.index, staff_sessions.c.closed_at.is_(None))
    if not await db.run(update(staff_sessions).where(*named).values(seen_at=db.now, wrong_pins=0)):
        return False
    by = audit.by_staff(session.member.id)
    await audit.record(db, by, "staff-session-unlocked", by, how)
    return True


async def fail(db: Writing, *, session: StaffSession, left: int, how: str) -> None:
    """Audit a failed try; without one left the session ends."""
    by = audit.by_staff(session.member.id)
    await audit.record(db, by, "staff-unlock-failed", by, how)
    if left == 0:
        named = staff_sessions.c.token_index == session.index
        await db.run(update(staff_sessions).where(named).values(closed_at=db.now))
        await audit.record(db, by, "staff-session-ended", by, "too-many")


async def forgive(db: Writing, *, session: StaffSession) -> None:
    """Forget counted tries after a right PIN that unlocked nothing (a change at /staf/saya)."""
    named = staff_sessions.c.token_index == session.index
    await db.run(update(staff_sessions).where(named).values(wrong_pins=0))
