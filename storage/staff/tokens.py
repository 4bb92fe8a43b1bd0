"""Tokens of the API: made, listed, found and revoked. Only a token's SHA-256 is stored; it is shown once."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, literal_column, select, true, update

from domain.staff.roles import Role, StaffMember
from domain.staff.scopes import PER_MINUTE, ApiToken, TokenScope, is_over, role_for
from storage import audit
from storage.ids import new_id
from storage.schema import api_tokens, staff
from storage.session import Reading, Writing
from storage.staff import jobs
from storage.webhooks import targets

PREFIX = "loket_"
"""Beginning of every token, by which scanners of leaked secrets recognise it."""
_TOKEN_BYTES = 32

_in_use = (
    select(api_tokens, staff.c.name, staff.c.role, staff.c.point, staff.c.invited_at)
    .join(staff, staff.c.id == api_tokens.c.staff_id)
    .where(staff.c.revoked_at.is_(None))
)
_by_digest = _in_use.where(api_tokens.c.token_sha256 == bindparam("digest"))
_any: Select[int] = _in_use.with_only_columns(literal_column("1")).limit(literal_column("1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedToken:
    """A token as `loket token list` shows it."""

    token: ApiToken
    made_at: datetime
    expires_at: datetime | None


async def create(
    db: Writing,
    *,
    name: str,
    scopes: Collection[TokenScope],
    point: str | None = None,
    expires_at: datetime | None = None,
    per_minute: int = PER_MINUTE,
    actor: str,
) -> str | None:
    """A new token of this name, which is told only now; None: the name is in use."""
    token = f"{PREFIX}{secrets.token_urlsafe(_TOKEN_BYTES)}"
    row, role = new_id(), role_for(scopes)
    values = {"id": row, "name": name, "role": role.value, "point": point, "invited_at": db.now}
    added = db.insert(staff).values(**values, machine=True, mornings=False)
    if not await db.run(added.on_conflict_do_nothing()):
        return None
    said = " ".join(sorted(scopes))
    held = {"staff_id": row, "token_sha256": _digest(token), "scopes": said, "per_minute": per_minute}
    await db.run(api_tokens.insert(), {**held, "expires_at": expires_at})
    await audit.record(db, actor, "token-created", audit.by_staff(row), said)
    return token


async def find(db: Reading, *, token: str) -> ApiToken | None:
    """The token, if it is in use; None alike if unknown, revoked or expired."""
    row = await db.one(_by_digest, {"digest": _digest(token)})
    return None if row is None or is_over(row.expires_at, db.now) else _token(row)


async def are_there(db: Reading) -> bool:
    """Whether any token is in use, which turns the API on."""
    return bool(await db.scalar(_any))


async def listed(db: Reading) -> list[ListedToken]:
    """Tokens that are not revoked, by name."""
    rows = await db.rows(_in_use.order_by(staff.c.name))
    return [ListedToken(token=_token(row), made_at=row.invited_at, expires_at=row.expires_at) for row in rows]


async def revoke(db: Writing, *, name: str, actor: str) -> bool:
    """End a token at once, its waiting imports, and what its targets of webhooks get; False: no token in use has this name."""
    named = (staff.c.name == name, staff.c.machine == true(), staff.c.revoked_at.is_(None))
    row = await db.scalar(select(staff.c.id).where(*named))
    if row is None:
        return False
    await db.run(update(staff).where(staff.c.id == row).values(revoked_at=db.now))
    await jobs.drop(db, staff=row)
    await targets.disable_of_ended(db)
    await audit.record(db, actor, "token-revoked", audit.by_staff(row))
    return True


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _token(row: Any) -> ApiToken:
    member = StaffMember(id=row.staff_id, name=row.name, role=Role(row.role), point=row.point)
    return ApiToken(member=member, scopes=_scopes(row.scopes), per_minute=row.per_minute)


@lru_cache(maxsize=256)
def _scopes(said: str) -> frozenset[TokenScope]:
    return frozenset(map(TokenScope, said.split()))
