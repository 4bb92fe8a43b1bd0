"""Prepares Loket's registers with its own commands: `loket migrate`, `loket import`."""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bots, process, register

CHUNK = 100_000


@dataclass(frozen=True, slots=True)
class Finished:
    """Result of a finished process."""

    status: int
    seconds: float
    cpu_seconds: float
    peak_mb: float


async def run(
    command: list[str], *, database: Path, log: Path, core: int | None = process.BOT_CORE
) -> Finished:
    """Run one `loket` command to its end."""
    clock = time.perf_counter()
    child = process.spawn(["-m", "bot", *command], log=log, core=core, env=bots.loket_settings(database))
    _, status, used = await asyncio.to_thread(os.wait4, child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    return Finished(child.returncode, time.perf_counter() - clock, cpu, used.ru_maxrss / 1024)


async def prepare(database: Path, people: int, say: Callable[[str], None]) -> Path:
    """Create a register of `people` applications, unless the file exists from an earlier run."""
    kept, log = is_there(database), database.with_suffix(".log")
    await succeed(["migrate"], database=database, log=log)  # an older version may have made a kept one
    if kept:
        return database
    for start in range(0, people, CHUNK):
        file = register.write_csv(database.with_suffix(".csv"), start, min(start + CHUNK, people))
        finished = await succeed(["import", str(file)], database=database, log=log)
        say(
            f"register of {people}: {min(start + CHUNK, people)} in, the last file in {finished.seconds:.1f} s"
        )
        file.unlink()
    return database


def is_there(database: Path) -> bool:
    return database.exists()


async def succeed(command: list[str], *, database: Path, log: Path) -> Finished:
    finished = await run(command, database=database, log=log, core=None)
    if finished.status != 0:
        raise subprocess.CalledProcessError(finished.status, command, process.last_words(log))
    return finished
