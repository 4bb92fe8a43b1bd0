"""The PIN that unlocks an officer's console session after idling: six digits, stored as a scrypt hash."""

import hashlib
import hmac
import itertools

DIGITS = 6
TRIES = 5
"""Wrong PINs in a row after which a session ends; so its few digits cannot be guessed."""
SALT_BYTES = 16
# 16 MB and about 50 ms: who has the stored hash and the key still needs hours for a million PINs.
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1


def is_pin(text: str) -> bool:
    """Whether this is six ASCII digits."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def is_trivial(pin: str) -> bool:
    """Whether somebody would guess it within five tries: one or two digits, a series, a repetition, pairs."""
    steps = {(int(after) - int(before)) % 10 for before, after in itertools.pairwise(pin)}
    half = len(pin) // 2
    pairs = all(pin[place] == pin[place + 1] for place in range(0, len(pin), 2))
    return len(set(pin)) <= 2 or len(steps) == 1 or pin[:half] == pin[half:] or pairs  # noqa: PLR2004


def hash_pin(pin: str, *, salt: bytes) -> str:
    """Salted hash to store; takes about 50 ms and 16 MB."""
    return f"{salt.hex()}:{_scrypt(pin, salt).hex()}"


def matches(pin: str, hashed: str) -> bool:
    """Whether the hash is of this PIN, compared in constant time."""
    salt, _, digest = hashed.partition(":")
    return hmac.compare_digest(_scrypt(pin, bytes.fromhex(salt)), bytes.fromhex(digest))


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, dklen=32)
