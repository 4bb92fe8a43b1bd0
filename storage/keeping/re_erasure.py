"""After a restore: erase people again who had themselves erased after the backup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.keeping import erasure, erasure_shared
from storage.schema import chats, erasures
from storage.session import Reading, Writing
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A receipt and the keyed hash of its chat."""

    receipt: str
    erased_at: datetime
    chat_index: bytes


async def marks(db: Reading) -> list[Mark]:
    """All receipts that are kept."""
    found = await db.rows(select(erasures).order_by(erasures.c.erased_at))
    return [
        Mark(receipt=row.receipt, erased_at=row.erased_at, chat_index=bytes(row.chat_index)) for row in found
    ]


async def forget_again(store: Store, kept: Sequence[Mark]) -> int:
    """Erase again what these receipts stand for; return the number of chats and parts."""
    wanted = {one.chat_index for one in kept}
    ids = [row.id for row in await store.read(lambda db: db.rows(select(chats.c.id)))] if wanted else []
    vault = store.vault
    again = [chat for chat in ids if wanted & set(vault.indexes(str(chat), of=erasure.CHAT_PURPOSE))]
    for chat in again:

        async def erase(db: Writing, chat: int = chat) -> None:
            await erasure.erase(db, chat=chat)

        await store.write(erase)
    parts = await _parts(store, wanted) if wanted else []
    for chat, application in parts:

        async def erase_part(db: Writing, chat: int = chat, application: int = application) -> None:
            await erasure_shared.erase_rows(db, chat=chat, covered=[application])

        await store.write(erase_part)
    await store.write(lambda db: _keep_receipts(db, kept))
    return len(again) + len(parts)


async def _parts(store: Store, wanted: set[bytes]) -> list[tuple[int, int]]:
    """Pairs of chat and application that were erased from a shared device and that the backup restored."""
    found = await store.read(erasure_shared.pairs)
    indexes, of = store.vault.indexes, erasure.CHAT_PURPOSE
    return [(chat, one) for chat, one in found if wanted & set(indexes(f"{chat}:{one}", of=of))]


async def _keep_receipts(db: Writing, kept: Sequence[Mark]) -> None:
    rows = [
        {"receipt": one.receipt, "erased_at": one.erased_at, "chat_index": one.chat_index} for one in kept
    ]
    if rows:
        await db.run(db.insert(erasures).on_conflict_do_nothing(), rows)
