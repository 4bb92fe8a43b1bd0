"""Forms of the console count once: each carries a stamp that only this session could have been given."""

import hashlib
import hmac
import secrets

from storage.schema import staff_forms
from storage.session import Writing

_RANDOM_BYTES = 12
FIELD = "csrf"


class StaleForm(Exception):
    """The stamp is not of this session and purpose, or it was used before."""


def stamp(secret: str, purpose: str) -> str:
    """Give a fresh stamp for a form of this purpose (the address it is sent to); `secret` is the session's."""
    chance = secrets.token_urlsafe(_RANDOM_BYTES)
    return f"{chance}.{_seal(secret, purpose, chance)}"


def is_ours(given: str, secret: str, purpose: str) -> bool:
    """Tell whether this session was given this stamp for this purpose."""
    chance, _, seal = given.partition(".")
    return hmac.compare_digest(seal.encode(), _seal(secret, purpose, chance).encode())


async def use(db: Writing, *, given: str, secret: str, purpose: str) -> None:
    """Use the stamp up, in the transaction of what the form does: both stand or neither.

    Raises:
        StaleForm: not of this session and purpose, or used before (also by another request at this moment).
    """
    if not is_ours(given, secret, purpose):
        raise StaleForm
    mark = {"form_index": db.vault.index(given, of="staff-form"), "used_at": db.now}
    if not await db.run(db.insert(staff_forms).values(mark).on_conflict_do_nothing()):
        raise StaleForm


def _seal(secret: str, purpose: str, chance: str) -> str:
    return hmac.digest(secret.encode(), f"{purpose}\n{chance}".encode(), hashlib.sha256).hex()
