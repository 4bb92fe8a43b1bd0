"""The machines of deploy/ha on this computer, and what can happen to them."""

import asyncio
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from tests.torture.processes import HERE

SCRIPT = HERE / "deploy" / "ha" / "loopback.py"
HOSTS = [f"{network}.1{place}" for network in ("127.0.7", "10.213.7") for place in (1, 2, 3)]
PROGRAMS = ("etcd", "patroni", "haproxy")
_READY_SECONDS = 180.0


def missing() -> list[str]:
    """Programs of Debian packages that are not installed."""
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    return [one for one in PROGRAMS if shutil.which(one, path=path) is None]


class Cluster:
    """Three machines and the address that leads to their primary."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client = httpx.AsyncClient(trust_env=False, timeout=5)

    @property
    def _told(self) -> dict[str, Any]:
        return json.loads((self._folder / "cluster.json").read_text())

    @property
    def url(self) -> str:
        return str(self._told["url"])

    @property
    def several(self) -> str:
        """All three hosts instead of HAProxy."""
        return str(self._told["several"])

    @property
    def machines(self) -> dict[str, dict[str, Any]]:
        return dict(self._told["machines"])

    async def roles(self) -> tuple[str | None, list[str], bool]:
        """The primary's machine, those of streaming standbys, and whether one of these is synchronous."""
        found = await self._states()
        primaries = [name for name, told in found.items() if told.get("role") in ("primary", "master")]
        running = [name for name, told in found.items() if told.get("replication_state") == "streaming"]
        synchronous = any(told.get("sync_standby") for told in found.values())
        return (primaries[0] if len(primaries) == 1 else None), running, synchronous

    async def synchronous_standby(self) -> str:
        return next(name for name, told in (await self._states()).items() if told.get("sync_standby"))

    async def _states(self) -> dict[str, dict[str, Any]]:
        """What Patroni of each machine says."""
        found: dict[str, dict[str, Any]] = {}
        for name, machine in self.machines.items():
            with suppress(httpx.HTTPError, ValueError):
                found[name] = (await self._client.get(f"http://{machine['address']}:8008/patroni")).json()
        return found

    async def is_whole(self, *, within: float = _READY_SECONDS) -> str:
        """Wait until there is one primary and two standbys that follow it, one of them synchronous; the primary's machine.

        Before that, nobody may take over. All of etcd has to answer, too: after a cut network its members need half a
        minute to find each other again, and the next trouble would be the second one.
        """
        until = time.monotonic() + within
        roles: Any = None
        while time.monotonic() < until:
            primary, standbys, synchronous = roles = await self.roles()
            followed = len(standbys) == len(self.machines) - 1 and synchronous
            if primary is not None and followed and await self._has_all_of_etcd():
                return primary
            await asyncio.sleep(0.5)
        raise AssertionError(f"the cluster did not recover: {roles}")

    async def _has_all_of_etcd(self) -> bool:
        with suppress(httpx.HTTPError):
            for machine in self.machines.values():
                if not (await self._client.get(f"http://{machine['address']}:2379/health")).is_success:
                    return False
            return True
        return False

    @property
    def given_up(self) -> Counter[str]:
        """How often the watches (deploy/ha/patroni_watch.py) gave up each machine."""
        said = "".join(log.read_text() for log in self._folder.glob("*/watch.log"))
        return Counter(re.findall(r"Patroni of (\w+) .* revoked", said))

    async def kill(self, machine: str) -> None:
        """kill -9 of everything on a machine, as if its power was cut; it starts again after some seconds."""
        _signal(self._everything(machine), signal.SIGKILL)

    async def kill_server(self, machine: str) -> None:
        """kill -9 of PostgreSQL alone."""
        _signal(self._server(machine), signal.SIGKILL)

    @asynccontextmanager
    async def frozen(self, machine: str, *, everything: bool = True) -> AsyncIterator[None]:
        """PostgreSQL of a machine stands still during the block, or everything there."""
        stopped = self._everything(machine) if everything else self._server(machine)
        _signal(stopped, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(stopped, signal.SIGCONT)

    @asynccontextmanager
    async def cut_off(self, machine: str) -> AsyncIterator[None]:
        """The network of a machine is cut during the block."""
        link = self.machines[machine]["link"]
        await _ip("link", "set", link, "down")
        try:
            yield
        finally:
            await _ip("link", "set", link, "up")

    @asynccontextmanager
    async def without_etcd(self) -> AsyncIterator[None]:
        """All of etcd stands still during the block."""
        stopped = [machine["etcd"] for machine in self.machines.values()]
        _signal(stopped, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(stopped, signal.SIGCONT)

    async def switch_over(self, machine: str) -> None:
        """Hand over to a standby in an orderly way, as `patronictl switchover` does."""
        asked = {"leader": machine}
        answer = await self._client.post(
            f"http://{self.machines[machine]['address']}:8008/switchover", json=asked, timeout=60
        )
        assert answer.is_success, answer.text

    async def control(self, command: str) -> str:
        """Run a command of the guide with the configuration of the first machine; what it prints."""
        config = self.machines["pg1"]["config"]
        words = command.replace("/etc/patroni/config.yml", config).split()
        process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
        told, _ = await process.communicate()
        assert process.returncode == 0, command
        return told.decode()

    async def close(self) -> None:
        await self._client.aclose()

    def _everything(self, machine: str) -> list[int]:
        daemons = self.machines[machine]
        return [daemons["watch"], daemons["patroni"], daemons["etcd"], *self._server(machine)]

    def _server(self, machine: str) -> list[int]:
        file = Path(self.machines[machine]["data"]) / "postmaster.pid"
        first = int(file.read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]


def _signal(numbers: list[int], signal_: signal.Signals) -> None:
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal_)


async def _ip(*words: str) -> None:
    process = await asyncio.create_subprocess_exec("ip", *words)
    assert await process.wait() == 0


def can_use_namespaces() -> bool:
    return os.geteuid() == 0 and shutil.which("ip") is not None


@asynccontextmanager
async def running(*, namespaces: bool) -> AsyncIterator[Cluster]:
    """Run deploy/ha/loopback.py during the block."""
    folder = Path(tempfile.mkdtemp(prefix="loket-ha-"))
    folder.chmod(0o755)  # noqa: ASYNC240 (once)
    words = ["--namespaces"] if namespaces else []
    script = await asyncio.create_subprocess_exec(
        sys.executable, str(SCRIPT), str(folder / "c"), *words,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert script.stdin
    assert script.stdout
    try:
        async with asyncio.timeout(_READY_SECONDS):
            line = await script.stdout.readline()
        assert line, "the cluster did not start"
        cluster = Cluster(folder / "c")
        yield cluster
        await cluster.close()
    finally:
        script.stdin.close()
        try:
            await asyncio.wait_for(script.wait(), 60)
        except TimeoutError:
            script.kill()
        shutil.rmtree(folder, ignore_errors=True)
