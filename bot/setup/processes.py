"""What a process calls itself in the store, and whether one that left work behind may still live."""

import os
import platform
import secrets
from pathlib import Path


def own_name() -> str:
    """Give a fresh name that tells the machine and this process's number."""
    return f"{_machine()}/{os.getpid()}/{secrets.token_hex(4)}"


def may_live(name: str) -> bool:
    """Tell whether the process of a name may still live: one of this very machine can be looked for, any other may."""
    machine, _, rest = name.partition("/")
    number = rest.partition("/")[0]
    if machine != _machine() or not number.isdecimal() or int(number) == os.getpid():
        # Our own number with another's name: it died, and this process got its number after it.
        return machine != _machine() or int(number or -1) != os.getpid()
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def described(name: str) -> str:
    """The machine and the number that a name tells, for a person."""
    machine, _, rest = name.partition("/")
    return f"process {rest.partition('/')[0]} on {machine.partition(':')[0]}"


def _machine() -> str:
    """A name of the machine that two containers with one host name do not share: process numbers mean something in it."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        space, boot = "", ""
    return f"{platform.node()}:{boot}:{''.join(filter(str.isdecimal, space))}".replace("/", "_")
