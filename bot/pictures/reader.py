"""Reads the codes on pictures without opening a single one in this process."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from bot.pictures import decoder
from bot.pictures.decoder import LARGEST_BYTES, LENGTH_BYTES, LONGEST_CODE
from bot.setup.faults import what

AT_ONCE = 2
START_SECONDS = 30.0  # for a machine that has much else to do
_PICTURES_EACH = 200  # then a fresh process takes over, whatever the libraries have kept
_LONGEST_ANSWER = 4 * LONGEST_CODE

log = structlog.get_logger(__name__)


class ReaderEnded(Exception):
    """The process ended or answered what it never should."""


class PictureReader:
    """Gives pictures to at most `AT_ONCE` processes: started when first needed, used again, and killed on a time-out.

    Args:
        seconds: what one picture may take.
        command: what is started instead of our decoder.
    """

    def __init__(
        self, *, seconds: float = decoder.SECONDS, command: Sequence[str] = (), at_once: int = AT_ONCE
    ) -> None:
        self._seconds = seconds
        # Isolated: no variable and no folder of this process decides what is imported there.
        self._command = tuple(command) or (sys.executable, "-I", "-B", str(Path(decoder.__file__).resolve()))
        self._turns = asyncio.Semaphore(at_once)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    async def text_on(self, data: bytes) -> str | None:
        """What the first readable code on a picture says; None when there is none, or no picture that can be read."""
        if len(data) > LARGEST_BYTES:
            return None
        async with self._turns:
            try:
                return await self._read(data)
            except (TimeoutError, ReaderEnded) as why:
                log.info("pictures.not_read", why=type(why).__name__)
            except Exception as fault:  # noqa: BLE001 (a picture that breaks its reader is one that cannot be read)
                log.error("pictures.fault", **what(fault))  # noqa: TRY400 (its words may be what stood there)
        return None

    async def close(self) -> None:
        """End every process."""
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
        """Give a process that waits for a picture; one that ended while it waited is put away."""
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
            start_new_session=True,  # a signal from the terminal is for this process, which ends the others itself
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
        """Kill a process and wait until it is gone, also when this is cancelled."""
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
        """Give the text of the code on a picture, empty where there is none.

        Raises:
            Ended: the process is gone.
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
            Ended: the process is gone, or the text is longer than any answer.
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
