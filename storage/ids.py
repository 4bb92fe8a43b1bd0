"""Row ids made before the insert, because they are the associated data of sealed columns."""

import os
import secrets
import threading
import time

_RANDOM_BITS = 11
_RANDOM = 2**_RANDOM_BITS - 1
_LONGEST_ID = len(str(2**63 - 1))
_EPOCH_SECONDS = 1_577_836_800  # 2020-01-01: 52 bits of microseconds last until 2162
_lock = threading.Lock()
_last = _last_short = 0


def new_id() -> int:
    """A new positive 63-bit id: ordered by time within a process, random enough not to collide between processes.

    Ids use the real clock even when a rehearsal shifts the time: they give an order, never a date.
    """
    global _last  # noqa: PLW0603 (the one counter of the process)
    candidate = (_microseconds() << _RANDOM_BITS) | int.from_bytes(os.urandom(2)) & _RANDOM
    with _lock:
        _last = candidate if candidate > _last else _last + 1
        return _last


def short_id() -> int:
    """A new id below 2^53 for people and other programs: exact in JavaScript and jq.

    Two processes may make the same id in the same microsecond; then the later insert fails. Only for rows that
    a person makes by hand.
    """
    global _last_short  # noqa: PLW0603 (as above)
    with _lock:
        _last_short = max(_microseconds(), _last_short + 1)
        return _last_short


def first_since(short: int) -> int:
    """Least `new_id` that could be made since a `short_id` was made."""
    return short << _RANDOM_BITS


def random_id() -> int:
    """A new positive 63-bit id that reveals neither order nor time."""
    return secrets.randbits(63) or 1


def read_id(text: str) -> int | None:
    """Row id read from a URL or form; None if it cannot be one."""
    digits = text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID
    number = int(text) if digits else 0
    return number if 0 < number < 2**63 else None


def _microseconds() -> int:
    return time.time_ns() // 1000 - _EPOCH_SECONDS * 1_000_000
