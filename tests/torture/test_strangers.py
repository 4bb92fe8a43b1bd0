"""During an attack, residents are answered, /healthz works, and memory stays small."""

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.torture.processes import HERE, SEED, Loket

LONG = "TORTURE_ATTACKERS" in os.environ
SOCKETS = int(os.environ.get("TORTURE_ATTACKERS", "20"))
RESIDENTS, SECONDS = (50, 60) if LONG else (5, 4)
PAUSE_SECONDS = (2.0, 5.0) if LONG else (0.1, 0.3)
LEAST = 3  # times that each resident talks, however busy the machine is

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600)]


class Residents:
    """Honest residents, five behind each address, who come back whenever their line is cut, as the page does."""

    def __init__(self, loket: Loket) -> None:
        self.loket = loket
        self.chance = random.Random(SEED)
        self.waits: list[float] = []
        self.health: list[float] = []
        self.again = 0
        self.lost: Counter[str] = Counter()

    async def live(self, until: float) -> None:
        """Talk until then, and everybody at least three times."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.look(until))
            for number in range(RESIDENTS):
                tasks.create_task(self.resident(number, until))

    async def look(self, until: float) -> None:
        async with httpx.AsyncClient(base_url=self.loket.url, trust_env=False, timeout=30) as http:
            while time.monotonic() < until:
                began = time.monotonic()
                assert (await http.get("/healthz")).status_code == 200
                self.health.append(time.monotonic() - began)
                await asyncio.sleep(0.2)

    async def resident(self, number: int, until: float) -> None:
        headers = {
            "X-Forwarded-For": f"198.51.100.{number // 5 + 1}",
            "Cookie": f"loket={f'{number:02d}' + 'h' * 41}",
        }
        words = 0
        while time.monotonic() < until or words < LEAST:
            try:
                async with connect(
                    f"{self.loket.url.replace('http', 'ws')}/chat", additional_headers=headers, max_size=None
                ) as chat:
                    while time.monotonic() < until or words < LEAST:
                        await asyncio.sleep(self.chance.uniform(*PAUSE_SECONDS))
                        words += 1
                        await self.asks(chat, f"{number}-{words}")
            except (ConnectionClosed, InvalidStatus, OSError) as why:
                self.lost[f"{why!r}"[:100]] += 1
                await asyncio.sleep(0.5)

    async def asks(self, chat: ClientConnection, name: str) -> None:
        began = time.monotonic()
        await chat.send(json.dumps({"id": name, "text": "menu"}))
        async with asyncio.timeout(60):
            heard = said = False
            while not (heard and said):
                got = json.loads(await chat.recv())
                if got["op"] == "again":
                    self.again += 1
                    await asyncio.sleep(5)
                    await chat.send(json.dumps({"id": name, "text": "menu"}))
                    continue
                heard |= got["op"] == "heard" and got["id"] == name
                said |= got["op"] == "say"
        self.waits.append(time.monotonic() - began)


def memory_of(loket: Loket, field: str) -> int:
    """Read megabytes of the process: VmRSS now, VmHWM at most."""
    status = Path(f"/proc/{loket._process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith(field)).split()[1]) // 1024


def cpu_of(loket: Loket) -> float:
    """Read the seconds of CPU that the process has used: what it needs whatever else this machine does."""
    fields = Path(f"/proc/{loket._process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def at(waits: list[float], share: int) -> float:
    return sorted(waits)[(len(waits) - 1) * share // 100]


@pytest.mark.parametrize("addresses", [1, 200])
async def test_residents_are_answered_beside_a_stranger(tmp_path, addresses: int):
    url = f"sqlite+aiosqlite:///{tmp_path}/loket.db"
    # What a fork of the tests' server holds in memory says nothing about Loket.
    command = (sys.executable, "-m", "bot", "run") if LONG else ()
    async with Loket(folder=tmp_path, database_url=url, command=command) as loket:
        before = memory_of(loket, "VmRSS")
        residents, began = Residents(loket), cpu_of(loket)
        attacker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.torture.strangers",
            *map(str, (loket.port, SECONDS + 2, SOCKETS, addresses)),
            cwd=HERE,
            env={**os.environ, "PYTHONPATH": str(HERE)},
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            await residents.live(time.monotonic() + SECONDS)
            did, _ = await asyncio.wait_for(attacker.communicate(), 120)
        finally:
            if attacker.returncode is None:
                attacker.kill()
        most = memory_of(loket, "VmHWM")
        busy = cpu_of(loket) - began
        assert not loket.traceback, loket.traceback
    print(
        f"{addresses} addresses: {len(residents.waits)} answers, p50 {at(residents.waits, 50):.3f} s, "
        f"p95 {at(residents.waits, 95):.3f} s, longest {max(residents.waits):.3f} s; /healthz longest "
        f"{max(residents.health):.3f} s; told to send again {residents.again}, lines lost {residents.lost}; {busy:.0f} s of CPU; {before} MB before, {most} MB at most; {did.decode()}"
    )
    assert not residents.lost, "no line of an honest resident is cut"
    if LONG:
        assert at(residents.waits, 95) < 1
        assert max(residents.health) < 1
        assert most < 250
