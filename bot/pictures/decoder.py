"""Reads codes on pictures. Run as a script, this file is the process that opens pictures from outside.

The process reads pictures from standard input and writes the texts of their codes to standard output, each
prefixed by its length in four bytes (no code: an empty text). A first empty text says that it is ready. It
imports only Pillow and zxing-cpp and starts with an empty environment. The kernel limits the cost of a picture
and ends the process where Pillow or zxing-cpp would not:

    memory      512 MB of address space
    processor   10 s a picture
    time        10 s a picture, also when its parent is dead
    files       it may read what Pillow needs and write none

It ends with its standard input, so a killed parent leaves no process behind.
"""

import contextlib
import io
import os
import signal
import sys
from typing import BinaryIO

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 10_000_000
LARGEST_PIXELS = 40_000_000  # a phone's photo; decompression bombs exceed it
LONGEST_CODE = 1000  # characters that a turn reads (handlers/engine/registry.py)
SECONDS = 10
LENGTH_BYTES = 4
MEMORY_BYTES = 512 * 1024 * 1024
_FILES = 16
_ENOUGH = 2000  # pixels: codes are also read on a smaller picture, much faster


def text_on(data: bytes) -> str | None:
    """Text of the first readable code on a picture; None without one, or if the format is unknown."""
    if len(data) > LARGEST_BYTES:
        return None
    import zxingcpp
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                return None
            picture.draft("L", (_ENOUGH, _ENOUGH))
            grey = picture.convert("L")
        smaller = min(grey.width, grey.height) // _ENOUGH
        codes = zxingcpp.read_barcodes(grey.reduce(smaller) if smaller > 1 else grey)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError):
        return None
    return next((one.text for one in codes if one.text.strip() and len(one.text) <= LONGEST_CODE), None)


def _serve(pictures: BinaryIO, texts: BinaryIO) -> None:
    """Read pictures and answer each, until standard input ends."""
    with contextlib.suppress(Exception):  # failed imports show up with every picture
        text_on(b"")
    _write(texts, "")
    while len(head := pictures.read(LENGTH_BYTES)) == LENGTH_BYTES:
        data = pictures.read(int.from_bytes(head))
        _limit_one()
        text = text_on(data)
        signal.alarm(0)
        del data
        _write(texts, text or "")


def _write(texts: BinaryIO, text: str) -> None:
    coded = text.encode("utf-8", "replace")
    texts.write(len(coded).to_bytes(LENGTH_BYTES) + coded)
    texts.flush()


def _limit_all() -> None:
    """Set the limits of the whole process, and close files inherited from the parent (uvloop leaves some open)."""
    import resource

    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
    os.nice(5)  # turns of residents have priority


def _limit_one() -> None:
    """Set the limits of the next picture; both signals end the process in the kernel, whatever a library is doing."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS + 1, hard))
    signal.alarm(SECONDS + 1)


if __name__ == "__main__":
    _limit_all()
    _serve(sys.stdin.buffer, sys.stdout.buffer)
