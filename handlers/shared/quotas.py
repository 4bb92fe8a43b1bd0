"""Quotas for requests that cost staff time: handovers, complaints, corrections.

A new cookie costs a stranger nothing, so the address counts, too.
"""

from collections.abc import Sequence
from datetime import timedelta

from domain.people.budget import Budget
from domain.refusals import TooManyRequests
from handlers.engine.chat import Asker
from storage.people import budgets
from storage.session import Reading, Writing

OF_CHAT = Budget(most=3, window=timedelta(hours=1))
# Per hour: 12 requests per address (4 chats, not the 20 of other budgets, because each request rings phones).
_SHARE = 5
# All browsers without proof together. A chat that showed a right pair lately is never refused because of
# others.
IN_TOTAL = OF_CHAT.times(40)
_EVERYBODY = b"everybody"


async def ensure_quota(db: Reading, *, what: str, chat: int, askers: Sequence[Asker]) -> None:
    """Refuse before anything is typed, if the asker must wait.

    Raises:
        TooManyRequests: until when.
    """
    await _keys_within(db, what=what, chat=chat, askers=askers)


async def keep_to_quota(db: Writing, *, what: str, chat: int, askers: Sequence[Asker]) -> None:
    """Count a request to staff, if one more is allowed.

    Raises:
        TooManyRequests: until when.
    """
    await budgets.record_use(db, askers=await _keys_within(db, what=what, chat=chat, askers=askers))


async def _keys_within(db: Reading, *, what: str, chat: int, askers: Sequence[Asker]) -> list[bytes]:
    """Keys under which a request counts.

    Raises:
        TooManyRequests: one of them has too many requests.
    """
    named = [(asker.key, _budget(asker), asker.shared) for asker in askers]
    if any(shared for _, _, shared in named):
        named.append((_EVERYBODY, IN_TOTAL, True))
    keys = [db.vault.index(f"{what}:{key.hex()}", of="quota") for key, _, _ in named]
    for key, (_, budget, shared) in zip(keys, named, strict=True):
        until = await budgets.refused_until_when(db, asker=key, budget=budget)
        if until is not None and not (shared and await budgets.has_proved(db, chat=chat)):
            raise TooManyRequests(until)
    return keys


def _budget(asker: Asker) -> Budget:
    return OF_CHAT.times(max(1, asker.allowance // _SHARE)) if asker.shared else OF_CHAT
