"""Idempotency of incoming messages: each is claimed once, however often the provider delivers it."""

from storage.schema import heard
from storage.session import DIALECTS, Writing, insert_for

# Built once: building a statement costs more than running it (docs/performance.md).
_claim = {dialect: insert_for(dialect, heard).on_conflict_do_nothing() for dialect in DIALECTS}


async def claim(db: Writing, *, channel: str, account: str, message_id: str) -> bool:
    """Claim a message for this turn; False: an earlier turn has it.

    Of two simultaneous claims, one waits for the other's commit and gets False.
    """
    name = f"{channel}\x1f{account}\x1f{message_id}"
    claimed = True
    for index in db.vault.indexes(name, of="heard.message"):
        claimed &= await db.run(_claim[db.dialect], {"message_index": index, "heard_at": db.now}) == 1
    return claimed
