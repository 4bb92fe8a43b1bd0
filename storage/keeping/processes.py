"""Processes that use this database, and the ids of their keys (never a key).

Each process updates its row every few seconds. One silent for `SILENT` counts as ended.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update

from storage import keyring
from storage.schema import of_row, processes
from storage.session import Reading, Writing

BEAT_SECONDS = 10.0
SILENT = timedelta(seconds=60)
KEPT = timedelta(days=1)

Alive = Callable[[str], bool]
"""Whether the process of this name may still be alive."""

_seen = update(processes).where(processes.c.name == bindparam("own")).values(seen_at=bindparam("now"))
_gone = delete(processes).where(processes.c.name == bindparam("own"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One process: `doing` is its command; `key_ids` are in hexadecimal."""

    name: str
    doing: str
    key_ids: frozenset[str]


async def tell(db: Writing, *, name: str, doing: str, version: str) -> None:
    """Record that this process is alive, and its key ids.

    Raises:
        WrongKey: the database needs a key that this process does not hold.
    """
    if await db.run(_seen, {"own": name, "now": db.now}):
        return
    await keyring.claim(db)
    held = " ".join(key.hex() for key in db.vault.key_ids)
    row = {"name": name, "doing": doing, "version": version, "key_ids": held}
    await db.run(db.insert(processes).values(**row, started_at=db.now, seen_at=db.now))


async def leave(db: Writing, *, name: str) -> None:
    """Delete the row of a process that ends."""
    await db.run(_gone, {"own": name})


async def living(db: Reading, *, alive: Alive) -> list[Process]:
    """Processes that may be alive."""
    recent = select(processes).where(processes.c.seen_at > db.now - SILENT).order_by(processes.c.started_at)
    return [
        of_row(Process, row, key_ids=frozenset(row.key_ids.split()))
        for row in await db.rows(recent)
        if alive(row.name)
    ]


def lacking(found: Iterable[Process], *, keys: Iterable[bytes]) -> list[Process]:
    """Processes that lack one of these keys."""
    needed = {key.hex() for key in keys}
    return [one for one in found if not needed <= one.key_ids]
