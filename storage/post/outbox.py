"""The outbox: every screen to be sent, with state and outcome.

waiting → sending → sent → delivered → read;  failed(reason);  unknown
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Insert, bindparam, case, exists, func, literal_column, null, select, update

from storage.ids import new_id
from storage.schema import heard, is_open, outbox, waits
from storage.session import ByDialect, Dialect, Reading, Writing, insert_for

REPLY, PUSH, ANNOUNCEMENT = 0, 1, 2
TEMPLATE = "template"  # reason of a row sent as a template, because the resident had not written lately
LEASE = timedelta(seconds=60)  # longer than the time-out of any provider call


_put = outbox.insert()
_earlier = outbox.alias("earlier")
_earlier_reply = exists().where(
    _earlier.c.chat_id == bindparam("chat_id"),
    is_open(_earlier),
    _earlier.c.priority == literal_column("0"),
)
_unknown = {"reason", "sent_at", "provider_id", "provider_index"}
_given = {one.key: bindparam(one.key, type_=one.type) for one in outbox.c if one.key not in _unknown}


def _putting_first(dialect: Dialect) -> Insert:
    """Put a reply unless an earlier one of its chat is open.

    SQLite would take a SELECT through a temporary table, because its condition reads the table that is written. So
    there a reply that comes later has no state, and the row is ignored; what else is wrong with it, `_put` says.
    """
    if dialect == "sqlite":
        state = case((_earlier_reply, null()), else_=_given["state"])
        return outbox.insert().prefix_with("OR IGNORE").values({**_given, "state": state})
    return outbox.insert().from_select([*_given], select(*_given.values()).where(~_earlier_reply))


_put_first = ByDialect(_putting_first)
_kept = select(outbox.c.id).where(outbox.c.id == bindparam("row"), outbox.c.body.is_not(None))


async def put(
    db: Writing,
    *,
    chat: int,
    channel: str,
    priority: int,
    screen: dict[str, Any],
    due_at: datetime,
) -> int:
    """Queue a screen as a new row."""
    row = new_id()
    db.due(due_at)
    of = {"chat_id": chat, "channel": channel, "priority": priority}
    await db.run(_put, _values(db, row, screen, due_at, None, **of))
    return row


async def put_reply(
    db: Writing,
    *,
    chat: int,
    channel: str,
    screen: dict[str, Any],
    due_at: datetime,
    owner: str,
    row: int,
) -> bool:
    """Queue a reply, leased to `owner` unless an earlier one of its chat is open; return whether it is leased.

    The caller has locked the chat. Only a statement that begins after that sees what its last turn put here.
    """
    of = {"chat_id": chat, "channel": channel, "priority": REPLY}
    if await db.run(_put_first[db.dialect], _values(db, row, screen, due_at, owner, **of)):
        return True
    db.due(due_at)
    await db.run(_put, _values(db, row, screen, due_at, None, **of))
    return False


def _values(
    db: Writing, row: int, screen: dict[str, Any], due_at: datetime, owner: str | None, **given: Any
) -> dict[str, Any]:
    return {
        "id": row,
        "state": "sending" if owner else "waiting",
        "body": sealed_screen(db, row, screen),
        "due_at": due_at,
        "created_at": db.now,
        "owner": owner,
        "lease_until": max(due_at, db.now) + LEASE if owner else None,
        "attempts": 1 if owner else 0,
        **given,
    }


def sealed_screen(db: Reading, row: int, screen: dict[str, Any]) -> bytes:
    """Sealed body of a row."""
    return db.vault.seal_json(screen, at=f"outbox.body:{row}")


async def body_of(db: Reading, *, row: int, chat: int) -> dict[str, Any] | None:
    """Screen of a row of this chat, unless it was blanked."""
    sealed = await db.scalar(select(outbox.c.body).where(outbox.c.id == row, outbox.c.chat_id == chat))
    return None if sealed is None else opened(db, row, sealed)


_shown = select(outbox.c.body).where(
    outbox.c.id == bindparam("row"),
    outbox.c.chat_id == bindparam("chat"),
    outbox.c.state.in_(("sent", "delivered", "read")),
)


async def shown(db: Reading, *, row: int, chat: int) -> dict[str, Any] | None:
    """Screen of a row that this chat was shown, unless it was blanked; None while it is on its way."""
    sealed = await db.scalar(_shown, {"row": row, "chat": chat})
    return None if sealed is None else opened(db, row, sealed)


async def is_kept(db: Reading, *, row: int) -> bool:
    """Whether the screen of a row still exists."""
    return await db.scalar(_kept, {"row": row}) is not None


async def give_up_before(db: Writing, *, channel: str, moment: datetime, reason: str) -> int:
    """Fail rows that have waited since before a moment (the reader did not come back)."""
    return await db.run(
        update(outbox)
        .where(outbox.c.channel == channel, waits(outbox), outbox.c.created_at < moment)
        .values(state="failed", reason=reason)
    )


async def count_by_state(db: Reading) -> dict[tuple[str, str], int]:
    """Number of rows per (channel, state)."""
    found = await db.rows(
        select(outbox.c.channel, outbox.c.state, func.count()).group_by(outbox.c.channel, outbox.c.state)
    )
    return {(row[0], row[1]): row[2] for row in found}


def opened(db: Reading, row: int, sealed: bytes) -> dict[str, Any] | None:
    """Screen of a sealed body; None if it cannot be read any more."""
    return db.vault.open_json(sealed, at=f"outbox.body:{row}")


# Built once: building a statement costs more than running it (docs/performance.md).
_claim = ByDialect(lambda dialect: insert_for(dialect, heard).on_conflict_do_nothing())


async def claim(db: Writing, *, channel: str, account: str, message_id: str) -> bool:
    """Claim a message for this turn; False: an earlier turn has it.

    Of two simultaneous claims, one waits for the other's commit and gets False.
    """
    name = f"{channel}\x1f{account}\x1f{message_id}"
    claimed = True
    for index in db.vault.indexes(name, of="heard.message"):
        claimed &= await db.run(_claim[db.dialect], {"message_index": index, "heard_at": db.now}) == 1
    return claimed
