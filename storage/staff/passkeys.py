"""Passkeys of staff, and the challenges that they sign.

A challenge is made without a row: a chance, its end, and a MAC over both, its purpose and the browser. Its use is a row
(`staff_forms`), so that each counts once whichever process made it.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from storage import audit
from storage.ids import new_id
from storage.post import errands
from storage.schema import chats, of_row, staff_forms, staff_passkeys
from storage.session import Reading, Writing
from storage.staff.locks import close_idle
from storage.staff.sessions import Limits

MOST = 10  # per member
LONGEST_NAME = 40
CHALLENGE_LASTS = timedelta(minutes=5)
PASSKEY_ADDED = "passkey-added"
"""Conversation that tells a staff chat of a new passkey."""
_TOLD_FOR = timedelta(days=1)
ENTER, UNLOCK, ADD = "enter", "unlock", "add"
_CHANCE, _END = 16, 5  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A passkey; its credential id and COSE public key are in base64url."""

    id: int
    member: int
    credential: str = field(repr=False)
    public_key: str = field(repr=False)
    name: str
    added_at: datetime
    used_at: datetime | None


async def passkeys_of(db: Reading, *, member: int) -> list[Passkey]:
    """Passkeys of a member, oldest first."""
    query = select(staff_passkeys).where(staff_passkeys.c.staff_id == member).order_by(staff_passkeys.c.id)
    return [_read(db, row) for row in await db.rows(query)]


async def find(db: Reading, *, credential: str) -> Passkey | None:
    """Passkey of a credential id."""
    indexes = db.vault.indexes(credential, of="staff-passkey")
    row = await db.one(select(staff_passkeys).where(staff_passkeys.c.credential_index.in_(indexes)))
    return None if row is None else _read(db, row)


async def add(
    db: Writing, *, member: int, credential: str, public_key: str, name: str, limits: Limits
) -> bool:
    """Add a passkey; False: it is known already, or the member has enough. Sessions that had ended by idling stay ended."""
    query = select(func.count()).where(staff_passkeys.c.staff_id == member)
    if await find(db, credential=credential) is not None or await db.scalar(query) >= MOST:
        return False
    await close_idle(db, member=member, limits=limits)
    row = new_id()
    values = {
        "id": row,
        "staff_id": member,
        "credential_index": db.vault.index(credential, of="staff-passkey"),
        "credential": db.vault.seal(credential, at=f"staff_passkeys.credential:{row}"),
        "public_key": db.vault.seal(public_key, at=f"staff_passkeys.public_key:{row}"),
        "name": name,
        "added_at": db.now,
    }
    await db.run(staff_passkeys.insert(), values)
    by = audit.by_staff(member)
    await audit.record(db, by, "staff-passkey-added", by)
    await _tell_of_new(db, member)
    return True


async def _tell_of_new(db: Writing, member: int) -> None:
    """Tell the member's own staff chats, so that a key added by somebody else at an open desk is noticed."""
    # On a shared device somebody else may read it.
    own = (chats.c.staff_id == member, chats.c.sat_at.is_(None), chats.c.stopped_at.is_(None))
    for row in await db.rows(select(chats.c.id).where(*own).order_by(chats.c.id)):
        await errands.plan(
            db,
            chat=row.id,
            conversation=PASSKEY_ADDED,
            argument=db.now.isoformat(),
            due_at=db.now,
            until=db.now + _TOLD_FOR,
        )


async def remove(db: Writing, *, member: int, passkey: int) -> bool:
    """Remove one of the member's passkeys; False: it is not theirs."""
    mine = (staff_passkeys.c.id == passkey, staff_passkeys.c.staff_id == member)
    if not await db.run(delete(staff_passkeys).where(*mine)):
        return False
    by = audit.by_staff(member)
    await audit.record(db, by, "staff-passkey-removed", by)
    return True


async def note_use(db: Writing, *, passkey: int) -> bool:
    """Note that a passkey was used now; False: it was removed meanwhile."""
    used = update(staff_passkeys).where(staff_passkeys.c.id == passkey)
    return bool(await db.run(used.values(used_at=db.now)))


async def challenge(db: Reading, *, purpose: str, browser: str) -> bytes:
    """New challenge for one purpose and browser; it lasts 5 minutes."""
    end = int((db.now + CHALLENGE_LASTS).timestamp())
    head = secrets.token_bytes(_CHANCE) + end.to_bytes(_END)
    return head + db.vault.index(_bound(head, purpose, browser), of="passkey-challenge")


async def is_ours(db: Reading, given: bytes, *, purpose: str, browser: str) -> bool:
    """Whether we made this challenge for this purpose and browser, and it still lasts."""
    head, mac = given[: _CHANCE + _END], given[_CHANCE + _END :]
    if len(head) < _CHANCE + _END or int.from_bytes(head[_CHANCE:]) <= db.now.timestamp():
        return False
    known = db.vault.indexes(_bound(head, purpose, browser), of="passkey-challenge")
    return any(hmac.compare_digest(mac, one) for one in known)


async def use_challenge(db: Writing, given: bytes) -> bool:
    """Use a challenge up; False: it was used before, also by a simultaneous request."""
    mark = {"form_index": db.vault.index(given.hex(), of="staff-form"), "used_at": db.now}
    return bool(await db.run(db.insert(staff_forms).values(mark).on_conflict_do_nothing()))


def _bound(head: bytes, purpose: str, browser: str) -> str:
    return f"{head.hex()}\n{purpose}\n{browser}"


def _read(db: Reading, row: Row[Any]) -> Passkey:
    return of_row(
        Passkey,
        row,
        member=row.staff_id,
        credential=db.vault.open(row.credential, at=f"staff_passkeys.credential:{row.id}"),
        public_key=db.vault.open(row.public_key, at=f"staff_passkeys.public_key:{row.id}"),
    )
