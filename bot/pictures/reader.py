"""Reads codes on pictures in other processes; none is opened in this one."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from bot.pictures import decoder
from bot.pictures.decoder import LARGEST_BYTES, LENGTH_BYTES, LONGEST_CODE
from bot.setup.logs import what

AT_ONCE = 2
START_SECONDS = 30.0  # for a busy machine
_PICTURES_EACH = 200  # then a new process starts, whatever memory the libraries kept
_LONGEST_ANSWER = 4 * LONGEST_CODE

log = structlog.get_logger(__name__)


class ReaderEnded(Exception):
    """The process ended or sent an invalid answer."""


class PictureReader:
    """Sends pictures to at most `AT_ONCE` processes: started when needed, reused, killed on time-out.

    Args:
        seconds: time limit per picture.
        command: replaces our decoder in tests.
    """

    def __init__(self, *, seconds: float = decoder.SECONDS, command: Sequence[str] = ()) -> None:
        self._seconds = seconds
        # Isolated mode: no environment variable or folder decides what is imported.
        self._command = tuple(command) or (sys.executable, "-I", "-B", str(Path(decoder.__file__).resolve()))
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    async def text_on(self, data: bytes) -> str | None:
        """Text of the first readable code on a picture; None without one, or if it is unreadable."""
        if len(data) > LARGEST_BYTES:
            return None
        async with self._turns:
            try:
                return await self._read(data)
            except (TimeoutError, ReaderEnded) as why:
                log.info("pictures.not_read", why=type(why).__name__)
            except Exception as fault:  # noqa: BLE001  (an undecodable picture must not stop the next ones)
                log.error("pictures.fault", **what(fault))  # noqa: TRY400  (its message may quote the picture)
        return None

    async def close(self) -> None:
        """End all processes."""
        self._idle.clear()
        for worker in [*self._all]:
            await self._end(worker)

    async def _read(self, data: bytes) -> str | None:
        worker = await self._free() or await self._start()
        try:
            async with asyncio.timeout(self._seconds):
                text = await worker.ask(data)
        except BaseException:
            await self._end(worker)
            raise
        if worker.asked < _PICTURES_EACH:
            self._idle.append(worker)
        else:
            await self._end(worker)
        return text or None

    async def _free(self) -> "_Worker | None":
        """An idle process, or None; processes that ended while idle are removed."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                return worker
            await self._end(worker)
        return None

    async def _start(self) -> "_Worker":
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,  # signals of the terminal reach only the parent, which ends the others
        )
        worker = _Worker(process)
        self._all.add(worker)
        try:
            async with asyncio.timeout(START_SECONDS):
                await worker.answer()
        except BaseException:
            await self._end(worker)
            raise
        return worker

    async def _end(self, worker: "_Worker") -> None:
        """Kill a process and wait for its end, even if this is cancelled."""
        self._all.discard(worker)
        with suppress(ProcessLookupError):
            worker.process.kill()
        await worker.gone()


class _Worker:
    """One process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.asked = 0

    async def ask(self, data: bytes) -> str:
        """Text of the code on a picture; empty without one.

        Raises:
            ReaderEnded: the process ended.
        """
        self.asked += 1
        if self.process.stdin is None:
            raise ReaderEnded
        try:
            self.process.stdin.write(len(data).to_bytes(LENGTH_BYTES))
            self.process.stdin.write(data)
            await self.process.stdin.drain()
        except (ConnectionError, RuntimeError):
            raise ReaderEnded from None
        return await self.answer()

    async def answer(self) -> str:
        """Read one text.

        Raises:
            ReaderEnded: the process ended, or the text is too long.
        """
        if self.process.stdout is None:
            raise ReaderEnded
        try:
            size = int.from_bytes(await self.process.stdout.readexactly(LENGTH_BYTES))
            if size > _LONGEST_ANSWER:
                raise ReaderEnded
            text = (await self.process.stdout.readexactly(size)).decode("utf-8", "replace")
        except (asyncio.IncompleteReadError, ConnectionError):
            raise ReaderEnded from None
        return text[:LONGEST_CODE]

    async def gone(self) -> None:
        """Wait for the end of a killed process."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()
