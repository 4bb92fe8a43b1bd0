"""The machines of deploy/ha on this computer, and what can happen to them."""

import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
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
        found: dict[str, dict[str, Any]] = {}
        for name, machine in self.machines.items():
            with suppress(httpx.HTTPError, ValueError):
                found[name] = (await self._client.get(f"http://{machine['address']}:8008/patroni")).json()
        primaries = [name for name, told in found.items() if told.get("role") in ("primary", "master")]
        running = [name for name, told in found.items() if told.get("replication_state") == "streaming"]
        synchronous = any(told.get("sync_standby") for told in found.values())
        return (primaries[0] if len(primaries) == 1 else None), running, synchronous

    async def is_whole(self, *, within: float = _READY_SECONDS) -> str:
        """Wait until there is one primary and two standbys that follow it, one of them synchronous; the primary's machine.

        Before that, nobody may take over.
        """
        until = time.monotonic() + within
        roles: Any = None
        while time.monotonic() < until:
            primary, standbys, synchronous = roles = await self.roles()
            if primary is not None and len(standbys) == len(self.machines) - 1 and synchronous:
                return primary
            await asyncio.sleep(0.5)
        raise AssertionError(f"the cluster did not recover: {roles}")

    async def kill(self, machine: str) -> None:
        """kill -9 of everything on a machine, as if its power was cut; it starts again after some seconds."""
        _signal([*self._of(machine), self.machines[machine]["etcd"]], signal.SIGKILL)

    async def kill_server(self, machine: str) -> None:
        """kill -9 of PostgreSQL alone."""
        _signal(self._server(machine), signal.SIGKILL)

    @asynccontextmanager
    async def frozen(self, machine: str, *, with_patroni: bool = True) -> AsyncIterator[None]:
        """PostgreSQL of a machine stands still during the block, and Patroni."""
        stopped = self._of(machine) if with_patroni else self._server(machine)
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

    def _of(self, machine: str) -> list[int]:
        return [self.machines[machine]["patroni"], *self._server(machine)]

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
