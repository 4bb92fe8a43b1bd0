"""Names of processes in the store, and whether the process of a name may still be alive."""

import os
import platform
import secrets
from pathlib import Path


def own_name() -> str:
    """A new unique name with machine and PID."""
    return f"{_machine()}/{os.getpid()}/{secrets.token_hex(4)}"


def may_live(name: str) -> bool:
    """Whether the process of a name may be alive: on this machine it is looked up; elsewhere it may be."""
    machine, _, rest = name.partition("/")
    number = rest.partition("/")[0]
    if machine != _machine() or not number.isdecimal() or int(number) == os.getpid():
        # Our own PID under another name: that process died and the PID was reused.
        return machine != _machine() or int(number or -1) != os.getpid()
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def described(name: str) -> str:
    """Machine and PID of a name, for people."""
    machine, _, rest = name.partition("/")
    return f"process {rest.partition('/')[0]} on {machine.partition(':')[0]}"


def _machine() -> str:
    """Name of this PID namespace; two containers with one host name differ."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        space, boot = "", ""
    return f"{platform.node()}:{boot}:{''.join(filter(str.isdecimal, space))}".replace("/", "_")
