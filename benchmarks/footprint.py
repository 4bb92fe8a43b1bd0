"""Cost of a start: `loket --help`, memory of `loket demo`, and whether aiogram is imported."""

import asyncio
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import websockets

from benchmarks import process

HEAVY = ("aiogram", "telegram", "httpx", "pydantic")
IMPORTED = re.compile(r"^import time:\s*\d+ \|\s*\d+ \|\s*([\w.]+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Footprint:
    """Seconds, megabytes, and imported heavy libraries."""

    help_seconds: float
    help_imports: list[str]
    demo_ready_seconds: float
    demo_mb: float
    demo_peak_mb: float
    demo_imports: list[str]
    answered: bool


async def measure(folder: Path) -> Footprint:
    times = [help_once(folder)[0] for _ in range(5)]
    _, seen = help_once(folder, "-X", "importtime")
    ready, now, peak, answered, _ = await demo(empty(folder / "plain"), {})
    *_, log = await demo(empty(folder / "traced"), {"PYTHONPROFILEIMPORTTIME": "1"})
    return Footprint(median(times), heavy(seen), ready, now, peak, heavy(log), answered)


def help_once(folder: Path, *options: str) -> tuple[float, str]:
    clock = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *options, "-m", "bot", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return time.perf_counter() - clock, done.stderr


def heavy(report: str) -> list[str]:
    return sorted({name.split(".")[0] for name in IMPORTED.findall(report)} & set(HEAVY))


async def demo(folder: Path, env: dict[str, str]) -> tuple[float, float, float, bool, str]:
    """Start the demo in an empty folder, request the menu over the web chat, read its memory."""
    port, log, clock = process.free_port(), folder / "demo.log", time.perf_counter()
    database = f"sqlite+aiosqlite:///{folder / 'demo.db'}"
    child = process.spawn(
        ["-m", "bot", "demo", "--port", str(port), "--fresh"],
        log=log,
        core=None,
        env={**env, "LOKET_DATABASE_URL": database},
    )
    try:
        await process.listening(child, port, log, seconds=120)
        ready = time.perf_counter() - clock
        answered = await asks_for_menu(port)
        return (
            ready,
            process.memory_mb(child.pid),
            process.memory_mb(child.pid, "VmHWM"),
            answered,
            log_of(log),
        )
    finally:
        await process.stop(child)


def empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def log_of(log: Path) -> str:
    return log.read_text(errors="replace")


async def asks_for_menu(port: int) -> bool:
    origin = f"http://127.0.0.1:{port}"
    async with asyncio.timeout(20), websockets.connect(f"ws://127.0.0.1:{port}/chat", origin=origin) as chat:
        await chat.send(json.dumps({"id": "bench-1", "text": "/menu"}))
        async for frame in chat:
            if json.loads(frame).get("op") == "say":
                return True
    return False


def table(one: Footprint) -> str:
    return "\n".join(
        [
            "| start | figure |",
            "|---|---|",
            f"| `loket --help`, s (median of 5) | {one.help_seconds:.2f} |",
            f"| heavy libraries it imports | {', '.join(one.help_imports) or 'none'} |",
            f"| `loket demo` with a fresh register takes connections after, s | {one.demo_ready_seconds:.1f} |",
            f"| its memory after the first answer, MB (the most so far) | {one.demo_mb:.0f} ({one.demo_peak_mb:.0f}) |",
            f"| heavy libraries it imports | {', '.join(one.demo_imports) or 'none'} |",
            f"| the web chat answered | {'yes' if one.answered else 'no'} |",
        ]
    )
