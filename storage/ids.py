"""Row ids that we make ourselves: known before the insert, so that they can be the associated data of sealed columns."""

import secrets
import threading
import time

_RANDOM_BITS = 11
_EPOCH_SECONDS = 1_577_836_800  # 2020-01-01: 52 bits of microseconds last until 2162
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A new positive 63-bit id: ordered by time within a process, unguessable enough to never meet another process's.

    The wall clock's shift of a rehearsal does not touch it: ids tell an order, never a date.
    """
    global _last  # noqa: PLW0603 (the one counter of the process)
    microseconds = time.time_ns() // 1000 - _EPOCH_SECONDS * 1_000_000
    candidate = (microseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    with _lock:
        _last = max(candidate, _last + 1)
        return _last
