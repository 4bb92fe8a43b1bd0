"""Ports for processes that tests start.

They lie below the range that the system takes for outgoing connections, and each worker has its own, so nobody else
takes a port between this look and the start of the process.
"""

import itertools
import os
import socket

_FIRST, _EACH, _WORKERS = 20_000, 1_000, 12
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
_numbers = itertools.count(os.getpid())


def free_port() -> int:
    """A port nobody listens on; the next call gives another one."""
    for _ in range(_EACH):
        port = _FIRST + _worker * _EACH + next(_numbers) % _EACH
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("every port of this worker is taken")
