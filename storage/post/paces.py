"""Lease: only one process sends an account's pushes and announcements, so that they share one pace.

Replies are sent by the process of their turn. Each process reports its reply rate, and the lease holder leaves
room for them.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from storage.schema import pace_replies, paces
from storage.session import Writing

LEASE = timedelta(seconds=15)
RENEW_SECONDS = 4.0  # 4 s + 15 s: a dead holder is replaced within 19 s; 30 s are promised
_FORGOTTEN = timedelta(seconds=15)

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
    mine = {"holder": holder, "until": db.now + LEASE}
    new = db.insert(paces).values(channel=channel, account=key, **mine)
    if await db.run(new.on_conflict_do_nothing()) < 1:
        here = (paces.c.channel == channel, paces.c.account == key)
        row = await db.one(select(paces.c.holder, paces.c.until).where(*here).with_for_update(of=paces))
        if row is None or (row.holder != holder and row.until > db.now and alive(row.holder)):
            return None
        await db.run(update(paces).where(*here).values(**mine))
    others = select(func.coalesce(func.sum(pace_replies.c.per_second), 0.0)).where(
        pace_replies.c.channel == channel, pace_replies.c.account == key, pace_replies.c.process != holder
    )
    return float(await db.scalar(others))


async def let_go(db: Writing, *, holder: str) -> None:
    """Release all leases of this process."""
    await db.run(delete(paces).where(paces.c.holder == holder))
    await db.run(delete(pace_replies).where(pace_replies.c.process == holder))


async def _note_replies(db: Writing, channel: str, account: str, process: str, per_second: float) -> None:
    values = {"per_second": per_second, "at": db.now}
    noted = db.insert(pace_replies).values(channel=channel, account=account, process=process, **values)
    await db.run(noted.on_conflict_do_update(index_elements=["channel", "account", "process"], set_=values))
    await db.run(delete(pace_replies).where(pace_replies.c.at < db.now - _FORGOTTEN))
