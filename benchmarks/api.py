"""The API of a running Loket: stages changed one by one over a pool of connections, and rows in batches."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bots, process, register

POOL = 32
BATCH = 1000
SCOPES = ("applications:read", "applications:write")
STAGES = ("PRINT_READY", "WAITING_BLANK")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of something in how many seconds; `wrong` answers do not count."""

    title: str
    done: int
    seconds: float
    cpu_seconds: float
    wrong: int = 0

    @property
    def per_second(self) -> float:
        return self.done / self.seconds


class Line:
    """One keep-alive connection."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._auth = f"Host: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(
        self, method: str, path: str, body: bytes = b"", match: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, ETag and body of the answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        reader, writer = self._streams
        more = f"If-Match: {match}\r\n" if match else ""
        head = f"{method} /api/v1{path} HTTP/1.1\r\n{self._auth}{more}Content-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        told = await reader.readexactly(int(headers["content-length"]))
        return int(status.split(" ", 2)[1]), headers.get("etag", ""), told

    def close(self) -> None:
        """Close it; the next request opens a new one."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def measure(folder: Path, *, people: int, seconds: float, rows: int) -> list[Rate]:
    """Rates against `loket run` on a copy of the prepared register."""
    database, log, port = folder / "api.db", folder / "api.log", process.free_port()
    bots.copy_database(folder / "register.db", database)
    token = _token(database, folder)
    listen = ["-m", "bot", "run", "--only", "web", "--listen", f"127.0.0.1:{port}"]
    child = process.spawn(listen, log=log, env=bots.loket_settings(database))
    lines = [Line(port, token) for _ in range(POOL)]
    try:
        await process.listening(child, port, log)
        await asyncio.gather(*(line.send("GET", "/applications?limit=1") for line in lines))  # warms it up
        one = await _timed(child.pid, f"PUT stage, {POOL} connections", _stages(lines, people, seconds))
        return [
            one,
            await _timed(child.pid, "new rows in batches", _batches(lines[0], people, rows)),
            await _timed(child.pid, "the same rows again", _batches(lines[0], people, rows)),
            await _timed(
                child.pid,
                "a nightly export: 97 % unchanged, 2 % changed, 1 % new",
                _export(lines[0], people, rows),
            ),
            await _timed(
                child.pid, "changed rows", _batches(lines[0], people, rows, status="menunggu blangko")
            ),
        ]
    finally:
        for line in lines:
            line.close()
        await process.stop(child)


def _token(database: Path, folder: Path) -> str:
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    command = ["-m", "bot", "token", "create", "bench", *scopes, "--per-minute", "1000000"]
    made = subprocess.run(
        [sys.executable, *command],
        env={"PYTHONPATH": str(process.HERE), **bots.loket_settings(database)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.splitlines()[-1]


async def _timed(pid: int, title: str, work: Callable[[], Awaitable[tuple[int, int]]]) -> Rate:
    cpu, clock = process.cpu_seconds(pid), time.perf_counter()
    done, wrong = await work()
    return Rate(title, done, time.perf_counter() - clock, process.cpu_seconds(pid) - cpu, wrong)


def _stages(lines: Sequence[Line], people: int, seconds: float) -> Callable[[], Awaitable[tuple[int, int]]]:
    """Each connection changes its own applications, over the ETag of the change before."""

    async def run() -> tuple[int, int]:
        until = time.perf_counter() + seconds
        counts = await asyncio.gather(
            *(_change(line, place, people, until) for place, line in enumerate(lines))
        )
        return sum(done for done, _ in counts), sum(wrong for _, wrong in counts)

    return run


async def _change(line: Line, place: int, people: int, until: float) -> tuple[int, int]:
    number = register.entry(place * people // POOL).number
    path, done, wrong = f"/applications/{number}/stage", 0, 0
    _, tag, _ = await line.send("GET", path)
    while time.perf_counter() < until:
        body = json.dumps({"stage": STAGES[done % 2], "sure": True}).encode()
        status, tag, _ = await line.send("PUT", path, body, match=tag)
        done, wrong = done + (status == 200), wrong + (status != 200)
    return done, wrong


def _batches(
    line: Line, first: int, rows: int, status: str | None = None
) -> Callable[[], Awaitable[tuple[int, int]]]:
    """Rows from a place of the invented register on, batch by batch; with a `status`, their present one."""
    places = range(first, first + rows)
    return _sent(line, [_row(place, status) for place in places])


def _export(line: Line, first: int, rows: int) -> Callable[[], Awaitable[tuple[int, int]]]:
    """Rows that were sent before, but every fiftieth has another status and every hundredth is new."""
    new = iter(range(first + rows, first + 2 * rows))
    return _sent(
        line,
        [
            _row(next(new), None)
            if place % 100 == 1
            else _row(place, None if place % 50 else "menunggu blangko")
            for place in range(first, first + rows)
        ],
    )


def _sent(line: Line, rows: Sequence[dict[str, str]]) -> Callable[[], Awaitable[tuple[int, int]]]:
    bodies = [
        json.dumps({"rows": rows[start : start + BATCH]}).encode() for start in range(0, len(rows), BATCH)
    ]

    async def run() -> tuple[int, int]:
        done = wrong = 0
        line.close()  # it idled while the rows were made
        for body in bodies:
            code, _, told = await line.send("POST", "/applications:batch", body)
            good = code == 200 and not json.loads(told)["refused"]
            done, wrong = done + BATCH * good, wrong + (not good)
        return done, wrong

    return run


def _row(place: int, status: str | None) -> dict[str, str]:
    row = dict(zip(register.COLUMNS, register.entry(place).row, strict=True))
    return {**row, "status": status, "tanggal": "2026-11-27"} if status else row


def table(rates: Sequence[Rate]) -> str:
    lines = ["| API | a second | CPU ms each | wrong |", "|---" * 4 + "|"]
    lines += [
        f"| {one.title} | {one.per_second:,.0f} | {1000 * one.cpu_seconds / max(one.done, 1):.3f} | {one.wrong} |"
        for one in rates
    ]
    return "\n".join(lines)


def right(rates: Sequence[Rate]) -> bool:
    """Whether every answer was right."""
    return not any(one.wrong for one in rates)
