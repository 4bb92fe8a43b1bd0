"""The outbox: every screen to be sent, with state and outcome.

waiting → sending → sent → delivered → read;  failed(reason);  unknown
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, exists, func, literal_column, null, select, update

from storage.ids import new_id
from storage.schema import heard, is_open, outbox, waits
from storage.session import ByDialect, Reading, Writing, insert_for

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
_found = select(_earlier_reply.label("is_open")).subquery("found")
_plain = ("id", "chat_id", "channel", "priority", "body", "due_at", "created_at")
_reply = {name: bindparam(name, type_=outbox.c[name].type) for name in _plain} | {
    "state": case((_found.c.is_open, literal_column("'waiting'")), else_=literal_column("'sending'")),
    "owner": case((_found.c.is_open, null()), else_=bindparam("owner", type_=outbox.c.owner.type)),
    "lease_until": case(
        (_found.c.is_open, null()), else_=bindparam("until", type_=outbox.c.lease_until.type)
    ),
    "attempts": case((_found.c.is_open, literal_column("0")), else_=literal_column("1")),
}
_put_reply = outbox.insert().from_select([*_reply], select(*_reply.values())).returning(outbox.c.state)
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
    await db.run(
        _put,
        {
            "id": row,
            "chat_id": chat,
            "channel": channel,
            "priority": priority,
            "state": "waiting",
            "body": sealed_screen(db, row, screen),
            "due_at": due_at,
            "created_at": db.now,
            "attempts": 0,
        },
    )
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
    state = await db.scalar(
        _put_reply,
        {
            "id": row,
            "chat_id": chat,
            "channel": channel,
            "priority": REPLY,
            "body": sealed_screen(db, row, screen),
            "due_at": due_at,
            "created_at": db.now,
            "owner": owner,
            "until": max(due_at, db.now) + LEASE,
        },
    )
    if state == "waiting":
        db.due(due_at)
    return bool(state == "sending")


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
