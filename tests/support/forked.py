"""Processes of `loket` as forks of a server that has imported the modules once.

A start costs one to three seconds of CPU for imports, and the suite runs the command line hundreds of times.
A fork is an ordinary process with its own memory, folder, environment, standard streams and exit code, and
kill -9 ends it. Tests of the start itself (tests/cli/test_run.py, tests/demo) start the real command.
"""

import asyncio
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Any
from unittest import mock

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.support.forked_modules"])


class Forked:
    """One running process; `wait` is for asyncio, `join` blocks."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid or 0
        self.terminate, self.kill = process.terminate, process.kill

    @property
    def returncode(self) -> int | None:
        """Exit code (negative: signal), or None while it runs."""
        return self._process.exitcode

    async def wait(self) -> int:
        """Wait for its end."""
        loop = asyncio.get_running_loop()
        over = loop.create_future()
        loop.add_reader(self._process.sentinel, lambda: over.done() or over.set_result(None))
        try:
            await over
        finally:
            loop.remove_reader(self._process.sentinel)
        return self.join()

    def join(self, seconds: float | None = None) -> int:
        """Wait for its end, at most `seconds`.

        Raises:
            TimeoutError: it is still running, and is killed.
        """
        self._process.join(seconds)
        code = self._process.exitcode
        if code is None:
            self.kill()
            raise TimeoutError(f"{self._process.name} ran longer than {seconds} s")
        return code


def start(
    *words: str, folder: Path, environment: Mapping[str, str], out: IO[bytes], told: IO[bytes]
) -> Forked:
    """Start `loket` with these words; stdout goes to `out`, stderr to `told`."""
    run = _Run(words, folder, dict(environment), (out.fileno(), told.fileno()))
    process = _SERVER.Process(target=run, name=f"loket {words[0]}" if words else "loket", daemon=True)
    main = sys.modules["__main__"]  # the test runner's main module does not belong to the product
    with mock.patch.object(main, "__spec__", None), mock.patch.object(main, "__file__", None, create=True):
        process.start()
    return Forked(process)


def run(*words: str, folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str, str]:
    """Run `loket` to its end; return exit code, stdout and stderr.

    Raises:
        TimeoutError: it did not end within `seconds`.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        code = start(*words, folder=folder, environment=environment, out=out, told=told).join(seconds)
        for stream in (out, told):
            stream.seek(0)
        return code, out.read().decode(), told.read().decode()


class _Run:
    """Main function of a fork; its streams are passed as file descriptors."""

    def __init__(
        self, words: Sequence[str], folder: Path, environment: dict[str, str], streams: tuple[int, int]
    ) -> None:
        self.words, self.folder, self.environment, self.streams = words, folder, environment, streams

    def __reduce__(self) -> tuple[Any, ...]:
        streams = tuple(DupFd(stream) for stream in self.streams)
        return _Run, (self.words, self.folder, self.environment, streams)

    def __call__(self) -> None:
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        time.tzset()
        for place, stream in enumerate(self.streams, 1):
            os.dup2(stream.detach(), place)  # type: ignore[attr-defined]
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 (the standard streams)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
        sys.argv = ["loket", *self.words]
        from bot.__main__ import main

        main()
