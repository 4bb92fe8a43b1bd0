"""`loket rotate-keys`: writes everything again with the new key, while the office works.

One commit switches the key of new values. Then the rows follow in short transactions. A killed run can be
repeated and skips finished rows. storage/keeping/holdings says what each column needs.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, bindparam, func, or_, select, update

from storage import keyring
from storage.keeping import duplicates, processes
from storage.keeping.holdings import HELD
from storage.keeping.holdings.base import Keyed, Lapses, Sealed
from storage.keeping.processes import Alive, Process
from storage.people.addresses import address_of
from storage.schema import metadata, writing_key
from storage.session import Reading, Writing
from storage.store import Store
from storage.vault import KEY_ID_BYTES, Unreadable, Vault

_LONG = 60  # days
CHUNK = 100  # rows per transaction: well under 100 ms

Told = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """Rows rewritten, rows unreadable, and the moment from which the old key is no longer needed."""

    rows: int
    unreadable: int
    old_needed_until: datetime


@dataclass(frozen=True, slots=True)
class _Job:
    """One table with its sealed columns and the indexes made from them."""

    table: Table
    sealed: Mapping[str, Sealed]
    keyed: Mapping[str, Keyed]

    @property
    def key(self) -> Column[Any]:
        (only,) = self.table.primary_key.columns
        return only


class Lacking(Exception):
    """Some live processes do not hold both keys; nothing was changed."""

    def __init__(self, processes: Sequence[Process]) -> None:
        super().__init__()
        self.processes = processes


async def rotate(
    store: Store,
    *,
    kept_days: int,
    pause: Callable[[], Awaitable[None]],
    told: Told = lambda _table, _rows: None,
    alive: Alive = lambda _name: True,
) -> Rotated:
    """Switch to the new key, the first of the vault's two, and write every row with it.

    Can be repeated at any time. Duplicate rows written by processes with one key are merged. `kept_days` is how
    long message ids are kept, which cannot be rebuilt.

    Raises:
        Lacking: a live process does not hold both keys.
    """
    new = store.vault.key_ids[0]
    waiting, _since = await store.read(lambda db: progress(db, new=new))
    if waiting or await store.read(lambda db: db.scalar(select(writing_key.c.key_id))) != new.hex():
        await store.write(lambda db: _switch(db, new, alive))
    rows = unreadable = 0
    for job in _jobs():
        done, failed = await _work_off(store, job, new, pause)
        rows, unreadable = rows + done, unreadable + failed
        told(job.table.name, done)
    await store.write(keyring.finish)
    since: datetime = await store.read(lambda db: db.scalar(select(writing_key.c.since)))
    return Rotated(
        rows=rows, unreadable=unreadable, old_needed_until=since + timedelta(days=longest(kept_days))
    )


async def _switch(db: Writing, new: bytes, alive: Alive) -> None:
    """Switch, unless a live process holds only the old key; a process that starts later checks its keys first."""
    await keyring.alone(db)
    found = processes.lacking(await processes.living(db, alive=alive), keys=db.vault.key_ids)
    if found:
        raise Lacking(found)
    await keyring.switch(db, key_id=new)


def longest(kept_days: int) -> int:
    """Days after the switch in which something may be looked up under the old key only.

    Receipts of erasures, kept a year, do not count: they only serve a backup, which needs its own key anyway.
    """
    lapsing = (one for held in HELD.values() for one in held.columns.values() if isinstance(one, Lapses))
    return max([kept_days, *(one.days for one in lapsing if one.days < _LONG)])


async def progress(db: Reading, *, new: bytes) -> tuple[int, datetime | None]:
    """Number of rows not yet written with the new key, and since when new values are (None: they are not)."""
    counts = [
        await db.scalar(select(func.count()).select_from(job.table).where(_old(job, new))) for job in _jobs()
    ]
    switched = select(writing_key.c.since).where(writing_key.c.key_id == new.hex())
    return sum(counts), await db.scalar(switched)


def _jobs() -> Iterator[_Job]:
    for name, held in HELD.items():
        sealed = {column: one for column, one in held.columns.items() if isinstance(one, Sealed)}
        keyed = {column: one for column, one in held.columns.items() if isinstance(one, Keyed)}
        if sealed:
            yield _Job(metadata.tables[name], sealed, keyed)


def _old(job: _Job, new: bytes) -> ColumnElement[bool]:
    """Rows with a value sealed by another key; an empty column counts as done."""
    columns = [job.table.c[name] for name in job.sealed]
    return or_(*(func.substr(column, 1, KEY_ID_BYTES) != new for column in columns))


async def _work_off(
    store: Store, job: _Job, new: bytes, pause: Callable[[], Awaitable[None]]
) -> tuple[int, int]:
    after: Any = None
    done = failed = 0
    while True:
        start = after

        async def step(db: Writing, start: Any = start) -> tuple[Any, int, int]:
            return await _some(db, job, new, start)

        after, changed, unreadable = await store.write(step)
        done, failed = done + changed, failed + unreadable
        if after is None:
            return done, failed
        await pause()


async def _some(db: Writing, job: _Job, new: bytes, after: Any) -> tuple[Any, int, int]:
    """Rewrite a chunk; return its last key (None: no more), and the numbers of successes and failures."""
    query = select(job.table).where(_old(job, new)).order_by(job.key).limit(CHUNK).with_for_update()
    query = query if after is None else query.where(job.key > after)
    found = await db.rows(query)
    anew = [values for row in found if (values := await _anew(db, job, row)) is not None]
    # merged rows disappeared or changed, so read again
    while await duplicates.merge_rows(db, job.table, anew):
        found = await db.rows(query)
        anew = [values for row in found if (values := await _anew(db, job, row)) is not None]
    if anew:
        await db.run(_statement(job), anew)
    last = found[-1]._asdict()[job.key.name] if len(found) == CHUNK else None
    return last, len(anew), len(found) - len(anew)


def _statement(job: _Job) -> Any:
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in (*job.sealed, *job.keyed)}
    return update(job.table).where(job.key == bindparam("row")).values(columns)


async def _anew(db: Writing, job: _Job, row: Any) -> dict[str, Any] | None:
    """The row's sealed values and indexes under the new key; None if one cannot be opened."""
    plain = row._asdict()
    place = plain[job.key.name]
    values: dict[str, Any] = {"row": place}
    try:
        opened = {
            name: _opened(db.vault, plain[name], f"{job.table.name}.{name}:{place}") for name in job.sealed
        }
    except Unreadable:
        return None
    for name, data in opened.items():
        at = f"{job.table.name}.{name}:{place}"
        values[f"new_{name}"] = None if data is None else db.vault.seal_bytes(data, at=at)
    if job.keyed:
        texts = {name: None if data is None else data.decode() for name, data in opened.items()}
        known = plain | texts | await _more(db, job.table, plain)
        values |= {f"new_{name}": _index(db.vault, one, known) for name, one in job.keyed.items()}
    return values


def _opened(vault: Vault, sealed: bytes | None, at: str) -> bytes | None:
    return None if sealed is None else vault.open_bytes(bytes(sealed), at=at)


def _index(vault: Vault, keyed: Keyed, row: Mapping[str, Any]) -> bytes | str | None:
    text = keyed.text(row)
    if text is None:
        return None
    index = vault.index(text, of=keyed.of)
    return index if keyed.short is None else index.hex()[: keyed.short]


async def _more(db: Reading, table: Table, row: Mapping[str, Any]) -> dict[str, str]:
    """Further input of an identity's index: the account of its chat."""
    if table.name != "identities":
        return {}
    _channel, account, _address = await address_of(db, chat=row["chat_id"])
    return {"account_name": account}
