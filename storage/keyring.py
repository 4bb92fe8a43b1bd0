"""Which of two living keys encrypts new values, and which keys a process needs; stored in the database.

Turns hold the answer until they commit (PostgreSQL: a shared lock; SQLite has one writer), so nothing is
written with the old key after the switch. A process with one key asks only every `SURE_SECONDS`: `loket
rotate-keys` does not switch while such a process lives (storage/keeping/processes.py).
"""

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update

from storage.schema import writing_key
from storage.vault import Vault

if TYPE_CHECKING:
    from storage.session import Reading, Writing

MOVED, MOVING = "moved", "moving"
"""In place of the old key's id: the database was moved to another one, or is the unfinished target of a move."""
SURE_SECONDS = 30.0  # shorter than the time after which a silent process counts as ended
_SWITCH = 4210519  # lock shared by all turns and held exclusively by the switch
_which = select(writing_key.c.key_id, writing_key.c.old_key_id, writing_key.c.since)
_share = select(func.pg_advisory_xact_lock_shared(bindparam("name")))
_alone = select(func.pg_advisory_xact_lock(bindparam("name")))


def needs_other(vault: Vault, row: Any) -> bool:
    """Whether the database needs a key that this vault lacks; `row` is that of `writing_key`, or None."""
    if row is None:
        return False
    needed = {row.key_id, row.old_key_id or row.key_id}
    return not needed <= {key.hex() for key in vault.key_ids}


async def fits(db: "Reading") -> bool:
    """Whether this process holds every key that the database needs.

    Raises:
        Moved: nobody may work with the database.
    """
    row = await db.one(_which)
    _ensure_open(row)
    return not needs_other(db.vault, row)


def _ensure_open(row: Any) -> None:
    from storage.session import Moved

    if row is not None and row.old_key_id in {MOVED, MOVING}:
        raise Moved(finished=row.old_key_id == MOVED)


async def current(db: "Reading") -> Vault:
    """The vault with the present writing key."""
    return _used(db.vault, await db.one(_which))


async def settled(db: "Writing") -> Vault:
    """The vault with the writing key that holds until the commit.

    Raises:
        WrongKey: this process lacks a needed key.
        Moved: nobody may write.
    """
    from storage.session import WrongKey

    if db.dialect == "postgresql":
        await db.rows(_share, {"name": _SWITCH})
    row = await db.one(_which)
    _ensure_open(row)
    if needs_other(db.vault, row):
        raise WrongKey
    return _used(db.vault, row)


async def claim(db: "Writing") -> None:
    """Record the key of the first process as the writing key; all others must hold it.

    Raises:
        WrongKey: this process does not hold it.
    """
    from storage.session import WrongKey

    chosen = {"one": 1, "key_id": db.vault.writing_id.hex(), "since": db.now}
    await db.run(db.insert(writing_key).values(chosen).on_conflict_do_nothing())
    if not await fits(db):
        raise WrongKey


async def alone(db: "Writing") -> None:
    """Wait for all running turns and block new ones until the commit."""
    if db.dialect == "postgresql":
        await db.rows(_alone, {"name": _SWITCH})


async def switch(db: "Writing", *, key_id: bytes) -> None:
    """Make this the writing key of all processes from this commit; the old one is needed until `finish`.

    Switching twice changes nothing.
    """
    await alone(db)
    row = await db.one(_which)
    old = next((key.hex() for key in db.vault.key_ids if key != key_id), None)
    since = row.since if row is not None and row.key_id == key_id.hex() else db.now
    changed = {"key_id": key_id.hex(), "since": since, "old_key_id": old}
    await db.run(
        db.insert(writing_key)
        .values({"one": 1, **changed})
        .on_conflict_do_update(index_elements=["one"], set_=changed)
    )


async def finish(db: "Writing") -> None:
    """Record that the old key is no longer needed to read or find a row."""
    await db.run(update(writing_key).values(old_key_id=None))


def _used(vault: Vault, row: Any) -> Vault:
    return vault if row is None else vault.writing_with(bytes.fromhex(row.key_id))
