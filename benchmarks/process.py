"""A bot in its own process, on its own core."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
OUR_CORE, BOT_CORE = CORES[0], CORES[-1]
HERE = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def stay_on(core: int) -> None:
    os.sched_setaffinity(0, {core})


@contextmanager
def moved_to(core: int) -> Iterator[None]:
    """Run what is started inside on that core (affinity is inherited)."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    core: int | None = BOT_CORE,
    env: Mapping[str, str] | None = None,
    program: str = sys.executable,
) -> subprocess.Popen[bytes]:
    """Start `<program> <command>` in the log's folder, with all its threads on the core."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, CORES if core is None else {core})
    try:
        with log.open("ab") as out:
            return subprocess.Popen(
                [program, *command],
                stdout=out,
                stderr=out,
                cwd=log.parent,  # no .env and no var/ of the working copy
                env={**os.environ, "PYTHONPATH": str(HERE), **(env or {})},
            )
    finally:
        os.sched_setaffinity(0, mine)


def last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]


async def listening(process: subprocess.Popen[bytes], port: int, log: Path, seconds: float = 60) -> None:
    """Return once the process accepts connections."""
    async with asyncio.timeout(seconds):
        while True:
            if process.poll() is not None:
                raise RuntimeError(f"it ended with {process.returncode}:\n{last_words(log)}")
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return


def cpu_seconds(pid: int) -> float:
    """User and system CPU time of all threads of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mb(pid: int, what: str = "VmRSS") -> float:
    """Memory of a process: `VmRSS` now, `VmHWM` at its maximum."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    raise LookupError(what)


async def stop(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(process.wait, seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
