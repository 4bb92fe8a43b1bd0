"""Requests of the API that may come again: each Idempotency-Key is claimed once, and its answer repeated for a day."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, delete, select, update

from storage.ids import new_id
from storage.schema import api_answers
from storage.session import ByDialect, Writing, insert_for

KEPT = timedelta(hours=24)
LEASE = timedelta(seconds=60)  # the work begins when the body is there; a file of 64 MB is stored in seconds

_add = ByDialect(lambda dialect: insert_for(dialect, api_answers).on_conflict_do_nothing())
_found = select(api_answers).where(api_answers.c.key_index.in_(bindparam("indexes", expanding=True)))
_mine = (api_answers.c.id == bindparam("row"), api_answers.c.owner == bindparam("of_owner"))
_keep = update(api_answers).where(*_mine).values(answer=bindparam("sealed"))
_take = update(api_answers).where(*_mine).values(owner=bindparam("to"), leased_until=bindparam("until"))
_drop = delete(api_answers).where(*_mine, api_answers.c.answer.is_(None))


class ClaimLost(Exception):
    """Another request took the key over, because this one took longer than its lease."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyClaim:
    """A claimed key: `row` if the request is to be worked on, else the kept answer or why there is none.

    `refused`: `busy`, the same request is being worked on; `other`, the key belongs to another request.
    """

    row: int | None = None
    answer: dict[str, Any] | None = None
    refused: Literal["busy", "other"] | None = None


async def claim(db: Writing, *, staff: int, key: str, request: str, owner: str) -> KeyClaim:
    """KeyClaim a token's key for a request, which `request` describes; of two simultaneous ones, one gets it.

    `owner` names the request's attempt. An attempt that died is taken over once its lease is over.
    """
    indexes = db.vault.indexes(f"{staff}\x1f{key}", of="api-key")
    asked = db.vault.indexes(request, of="api-request")
    values = {"staff_id": staff, "key_index": indexes[-1], "request_index": asked[-1], "answer": None}
    values |= {"claimed_at": db.now, "owner": owner, "leased_until": db.now + LEASE}
    while True:
        found = await db.one(_found, {"indexes": indexes})
        if found is None:
            row = new_id()
            if await db.run(_add[db.dialect], {"id": row, **values}):
                return KeyClaim(row=row)
            continue  # the other one has committed by now
        answer = _opened(db, found)
        if found.claimed_at > db.now - KEPT and (found.answer is None or answer is not None):
            break
        await db.run(delete(api_answers).where(api_answers.c.id == found.id))
    if found.request_index not in asked:
        return KeyClaim(refused="other")
    if answer is not None:
        return KeyClaim(answer=answer)
    lease = {"row": found.id, "of_owner": found.owner, "to": owner, "until": db.now + LEASE}
    if found.leased_until <= db.now and await db.run(_take, lease):
        return KeyClaim(row=found.id)
    return KeyClaim(refused="busy")


async def keep(db: Writing, *, row: int, owner: str, answer: dict[str, Any]) -> None:
    """Keep the answer of a claimed key, in the transaction of the work.

    Raises:
        ClaimLost: another attempt has the key.
    """
    sealed = db.vault.seal_json(answer, at=f"api_answers.answer:{row}")
    if not await db.run(_keep, {"row": row, "of_owner": owner, "sealed": sealed}):
        raise ClaimLost


async def let_go(db: Writing, *, row: int, owner: str) -> None:
    """Give a key back whose request was refused: it may be corrected and sent again."""
    await db.run(_drop, {"row": row, "of_owner": owner})


def _opened(db: Writing, found: Any) -> dict[str, Any] | None:
    if found.answer is None:
        return None
    return db.vault.open_json(found.answer, at=f"api_answers.answer:{found.id}")
