"""Console forms count once: each carries a stamp made for its session and purpose."""

import hashlib
import hmac
import secrets

from storage.schema import staff_forms
from storage.session import Writing

_RANDOM_BYTES = 12
FIELD = "csrf"


class StaleForm(Exception):
    """The stamp belongs to another session or purpose, or was used before."""


def stamp(secret: str, purpose: str) -> str:
    """New stamp for a form of this purpose (its target URL); `secret` is the session's."""
    chance = secrets.token_urlsafe(_RANDOM_BYTES)
    return f"{chance}.{_seal(secret, purpose, chance)}"


def is_ours(given: str, secret: str, purpose: str) -> bool:
    """Whether this session made this stamp for this purpose."""
    chance, _, seal = given.partition(".")
    return hmac.compare_digest(seal.encode(), _seal(secret, purpose, chance).encode())


async def use(db: Writing, *, given: str, secret: str, purpose: str) -> None:
    """Use the stamp up in the transaction of the form's action.

    Raises:
        StaleForm: wrong session or purpose, or used before (also by a simultaneous request).
    """
    if not is_ours(given, secret, purpose):
        raise StaleForm
    mark = {"form_index": db.vault.index(given, of="staff-form"), "used_at": db.now}
    if not await db.run(db.insert(staff_forms).values(mark).on_conflict_do_nothing()):
        raise StaleForm


def _seal(secret: str, purpose: str, chance: str) -> str:
    return hmac.digest(secret.encode(), f"{purpose}\n{chance}".encode(), hashlib.sha256).hex()
