"""Lease: only one process sends an account's pushes and announcements, so that they share one pace.

Replies are sent by the process of their turn. Each process reports its reply rate, and the lease holder leaves
room for them.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.sql import Executable

from storage.schema import pace_replies, paces
from storage.session import ByDialect, Dialect, Writing, insert_for

LEASE = timedelta(seconds=15)
RENEW_SECONDS = 4.0  # 4 s + 15 s: a dead holder is replaced within 19 s; 30 s are promised
_FORGOTTEN = timedelta(seconds=15)

_take = ByDialect(lambda dialect: insert_for(dialect, paces).on_conflict_do_nothing())
_mine = (paces.c.channel == bindparam("of_channel"), paces.c.account == bindparam("of_account"))
_held = select(paces.c.holder, paces.c.until).where(*_mine).with_for_update(of=paces)
_keep = update(paces).where(*_mine).values(holder=bindparam("by"), until=bindparam("to"))
_others = select(func.coalesce(func.sum(pace_replies.c.per_second), 0.0)).where(
    pace_replies.c.channel == bindparam("of_channel"),
    pace_replies.c.account == bindparam("of_account"),
    pace_replies.c.process != bindparam("own"),
)


def _noting(dialect: Dialect) -> Executable:
    insert = insert_for(dialect, pace_replies)
    return insert.on_conflict_do_update(
        index_elements=["channel", "account", "process"],
        set_={"per_second": insert.excluded.per_second, "at": insert.excluded.at},
    )


_note = ByDialect(_noting)
_forget = delete(pace_replies).where(pace_replies.c.at < bindparam("before"))

Alive = Callable[[str], bool]
"""Whether the process of this holder may still be alive."""


def _always(_holder: str) -> bool:
    return True


async def hold(
    db: Writing, *, channel: str, account: str, holder: str, replies_per_second: float, alive: Alive = _always
) -> float | None:
    """Take or renew the lease on an account; return the reply rate of other processes, or None if another one holds it.

    An expired lease, or one of a dead process, is taken over at once.
    """
    key = db.vault.index(account, of="account").hex()[:16]
    await _note_replies(db, channel, key, holder, replies_per_second)
    here = {"of_channel": channel, "of_account": key}
    new = {"channel": channel, "account": key, "holder": holder, "until": db.now + LEASE}
    if await db.run(_take[db.dialect], new) < 1:
        row = await db.one(_held, here)
        if row is None or (row.holder != holder and row.until > db.now and alive(row.holder)):
            return None
        await db.run(_keep, {**here, "by": holder, "to": db.now + LEASE})
    return float(await db.scalar(_others, {**here, "own": holder}))


async def let_go(db: Writing, *, holder: str) -> None:
    """Release all leases of this process."""
    await db.run(delete(paces).where(paces.c.holder == holder))
    await db.run(delete(pace_replies).where(pace_replies.c.process == holder))


async def _note_replies(db: Writing, channel: str, account: str, process: str, per_second: float) -> None:
    said = {"channel": channel, "account": account, "process": process}
    await db.run(_note[db.dialect], {**said, "per_second": per_second, "at": db.now})
    await db.run(_forget, {"before": db.now - _FORGOTTEN})
