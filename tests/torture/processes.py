"""Processes that can be killed: `loket run` with its settings in the environment, as an office would give them."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

import httpx

from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.support import forked
from tests.support.ports import free_port

SEED = int(os.environ.get("TORTURE_SEED", "20261128"))
"""Words and moments of kills are drawn from it: always the same in the suite, others under `make torture`."""

WEBHOOK_SECRET = "torture-webhook-secret"
HERE = Path(__file__).parents[2]  # the checkout that is tortured, also when another one is installed
LOOK_SECONDS = 0.05
LEASE_SECONDS = 61.0


class Loket:
    """One process on one port: it starts, is killed and starts again over the same database.

    Args:
        folder: its working folder; its output is collected there in `loket.log`.
        database_url: SQLite or PostgreSQL, as LOKET_DATABASE_URL takes it; several processes may share one.
        telegram: the emulator it talks to; None = Telegram is not configured.
        settings: more variables of the environment, or other values.
        command: what is started instead of a fork of `loket run`; the address to listen on is appended as `--listen`.
    """

    def __init__(
        self,
        *,
        folder: Path,
        database_url: str,
        telegram: Telegram | None = None,
        mode: Literal["polling", "webhook"] = "polling",
        key: str | None = None,
        settings: Mapping[str, str] | None = None,
        command: Sequence[str] = (),
    ) -> None:
        self.folder = folder
        self.database_url = database_url
        self.key = key or Vault.new_key()
        self.port = free_port()
        self.shift_seconds = 0.0
        self.kills = 0
        self._command = command
        self._log = folder / f"loket-{self.port}.log"
        self._process: forked.Forked | asyncio.subprocess.Process | None = None
        self._settings = {
            "LOKET_DATABASE_URL": database_url,
            "LOKET_SECRET_KEY": self.key,
            "LOKET_PUBLIC_URL": self.url,
            "LOKET_TELEGRAM_RATE": "10000",
            **(_telegram_settings(telegram, mode) if telegram else {}),
            **(settings or {}),
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """All that the process wrote, over all its lives."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    @property
    def traceback(self) -> str:
        """The first traceback in the output, empty when there is none."""
        _, found, rest = self.output.partition("Traceback")
        return (found + rest[:4000]).replace("\\n", "\n")

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def __aenter__(self) -> Self:
        await self.starts()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.running:
            await self.is_killed()

    async def starts(self, *, within: float = 90.0) -> None:
        """Start it and wait until `GET /readyz` says 200.

        Raises:
            AssertionError: it ended, or was not ready in time; the text holds the end of its output.
        """
        assert not self.running, "it runs already"
        with self._log.open("ab") as log:
            self._process = await self._started(log)
        try:
            async with asyncio.timeout(within), httpx.AsyncClient(trust_env=False) as client:
                while not await self._ready(client):
                    await self.lives(LOOK_SECONDS)
        except TimeoutError:
            await self.is_killed()
            raise AssertionError(f"not ready within {within} s:\n{self.output[-3000:]}") from None

    async def _started(self, log: IO[bytes]) -> "forked.Forked | asyncio.subprocess.Process":
        words = ("--listen", f"127.0.0.1:{self.port}")
        if not self._command:
            return forked.start(
                "run", *words, folder=self.folder, environment=self._environment(), out=log, told=log
            )
        return await asyncio.create_subprocess_exec(
            *self._command,
            *words,
            cwd=self.folder,
            env=self._environment(),
            stdin=DEVNULL,
            stdout=log,
            stderr=log,
        )

    async def is_killed(self) -> None:
        """kill -9, and wait until it is gone."""
        assert self._process is not None
        if self.running:
            os.kill(self._process.pid, signal.SIGKILL)
            self.kills += 1
        await self._process.wait()

    async def starts_again(self, *, after_seconds: float = LEASE_SECONDS) -> None:
        """Start it after a kill as if that long had passed: leases of the dead process have ended by then."""
        self.shift_seconds += after_seconds
        await self.starts()

    async def stops(self, *, within: float = 20.0) -> int:
        """SIGTERM, as a service manager does; its exit code."""
        assert self._process is not None
        self._process.terminate()
        async with asyncio.timeout(within):
            return await self._process.wait()

    async def lives(self, seconds: float) -> None:
        """Let it work for that long.

        Raises:
            AssertionError: it ended meanwhile, by itself.
        """
        assert self._process is not None
        try:
            code = await asyncio.wait_for(self._process.wait(), seconds)
        except TimeoutError:
            return
        raise AssertionError(f"it ended with {code}:\n{self.output[-3000:]}")

    async def _ready(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(f"{self.url}/readyz")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _environment(self) -> dict[str, str]:
        """Only what a process needs, so that nothing of this machine's settings leaks in."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        kept["PYTHONPATH"] = str(HERE)
        return {**kept, **self._settings, "LOKET_CLOCK_SHIFT": str(self.shift_seconds)}


def _telegram_settings(telegram: Telegram, mode: str) -> dict[str, str]:
    return {
        "LOKET_TELEGRAM_TOKEN": telegram.token,
        "LOKET_TELEGRAM_API_BASE": telegram.api_base,
        "LOKET_TELEGRAM_MODE": mode,
        "LOKET_TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET,
    }
