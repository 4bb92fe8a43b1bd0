"""Which of two living keys is written with: one answer in the database, for every process at every moment.

Only while two keys are configured does a transaction ask. Turns hold the answer until they commit (PostgreSQL: a shared
lock; SQLite has one writer), so that nothing is written with the old key after the switch.
"""

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from storage.schema import writing_key
from storage.vault import Vault

if TYPE_CHECKING:
    from storage.store import Reading, Writing

_SWITCH = 4210519  # the lock that every turn shares and the switch has alone
_which = select(writing_key.c.key_id, writing_key.c.since)
_share = select(func.pg_advisory_xact_lock_shared(bindparam("name")))
_alone = select(func.pg_advisory_xact_lock(bindparam("name")))


async def current(db: "Reading") -> Vault:
    """The vault as it is to be used in this transaction."""
    row = await db.one(_which)
    return db.vault if row is None else db.vault.writing_with(bytes.fromhex(row.key_id))


async def settled(db: "Writing") -> Vault:
    """The same, certain until the commit."""
    if db.dialect == "postgresql":
        await db.rows(_share, {"name": _SWITCH})
    return await current(db)


async def switch(db: "Writing", *, key_id: bytes) -> None:
    """From this commit on, every process writes with this key. Switching twice changes nothing."""
    if db.dialect == "postgresql":
        await db.rows(_alone, {"name": _SWITCH})
    row = await db.one(_which)
    if row is not None and row.key_id == key_id.hex():
        return
    chosen = {"one": 1, "key_id": key_id.hex(), "since": db.now}
    changed = {"key_id": key_id.hex(), "since": db.now}
    await db.run(
        db.insert(writing_key).values(chosen).on_conflict_do_update(index_elements=["one"], set_=changed)
    )
