"""The address of a chat: its written form, sealing and changes."""

from sqlalchemy import bindparam, select, update

from storage.schema import chats, outbox, waits
from storage.session import Reading, Writing

_NOWHERE = "gone:"

_of = select(chats.c.address).where(chats.c.id == bindparam("chat"))
_change = (
    update(chats)
    .where(chats.c.id == bindparam("chat"))
    .values(address=bindparam("sealed"), address_index=bindparam("index"))
)


def address_name(channel: str, account: str, address: str) -> str:
    """Written form of an address before sealing and indexing."""
    return f"{channel}\x1f{account}\x1f{address}"


def leads_nowhere(address: str) -> bool:
    """Whether an address stands for a person who cannot be reached in this chat any more."""
    return address.startswith(_NOWHERE)


async def address_of(db: Reading, *, chat: int) -> tuple[str, str, str]:
    """Channel, account and address of a chat."""
    sealed = await db.scalar(_of, {"chat": chat})
    channel, account, address = db.vault.open(sealed, at=f"chats.address:{chat}").split("\x1f", 2)
    return channel, account, address


async def readdress(db: Writing, *, chat: int, name: str) -> None:
    """Change the chat's address to `name` (made by `address_name`); a chat that had it becomes unreachable."""
    indexes = db.vault.indexes(name, of="chats.address")
    other = select(chats.c.id).where(chats.c.address_index.in_(indexes), chats.c.id != chat)
    for row in await db.rows(other):
        await lead_nowhere(db, chat=row.id)
    sealed = db.vault.seal(name, at=f"chats.address:{chat}")
    index = db.vault.index(name, of="chats.address")
    await db.run(_change, {"chat": chat, "sealed": sealed, "index": index})


async def lead_nowhere(db: Writing, *, chat: int) -> None:
    """Make the chat unreachable: its last address belongs to somebody else now."""
    channel, account, _address = await address_of(db, chat=chat)
    await readdress(db, chat=chat, name=address_name(channel, account, f"{_NOWHERE}{chat}"))
    await db.run(
        update(chats)
        .where(chats.c.id == chat, chats.c.stopped_at.is_(None))
        .values(stopped_at=db.now, stopped_why="moved", dialogue=None, dialogue_until=None)
    )
    waiting = update(outbox).where(outbox.c.chat_id == chat, waits(outbox))
    await db.run(waiting.values(state="failed", reason="moved"))
