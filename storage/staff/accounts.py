"""Accounts of another system with which members sign in (OpenID Connect); each was linked by its member."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage import audit
from storage.ids import new_id
from storage.schema import staff_accounts
from storage.session import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAccount:
    """When a member's account was linked and last used."""

    added_at: datetime
    used_at: datetime | None


async def account_of(db: Reading, *, member: int) -> LinkedAccount | None:
    """The member's account, or None."""
    row = await db.one(select(staff_accounts).where(staff_accounts.c.staff_id == member))
    return None if row is None else LinkedAccount(added_at=row.added_at, used_at=row.used_at)


async def link(db: Writing, *, member: int, account: str) -> bool:
    """Link an account in place of the member's earlier one; False: it is another member's."""
    known = db.vault.indexes(account, of="staff-account")
    owner = await db.scalar(
        select(staff_accounts.c.staff_id).where(staff_accounts.c.account_index.in_(known))
    )
    if owner not in (None, member):
        return False
    await db.run(delete(staff_accounts).where(staff_accounts.c.staff_id == member))
    row = new_id()
    values = {
        "id": row,
        "staff_id": member,
        "account_index": db.vault.index(account, of="staff-account"),
        "account": db.vault.seal(account, at=f"staff_accounts.account:{row}"),
        "added_at": db.now,
    }
    if not await db.run(db.insert(staff_accounts).on_conflict_do_nothing(), values):
        return False  # somebody else linked it at this moment
    by = audit.by_staff(member)
    await audit.record(db, by, "staff-account-linked", by)
    return True


async def unlink(db: Writing, *, member: int) -> bool:
    """Remove the member's account; False: there is none."""
    if not await db.run(delete(staff_accounts).where(staff_accounts.c.staff_id == member)):
        return False
    by = audit.by_staff(member)
    await audit.record(db, by, "staff-account-unlinked", by)
    return True


async def owner_of(db: Writing, *, account: str) -> int | None:
    """Member whose account this is, and note its use; None: nobody's."""
    known = staff_accounts.c.account_index.in_(db.vault.indexes(account, of="staff-account"))
    owner: int | None = await db.scalar(select(staff_accounts.c.staff_id).where(known))
    await db.run(update(staff_accounts).where(known).values(used_at=db.now))
    return owner
