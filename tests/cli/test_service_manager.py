"""`loket run` under a service manager: it says when it is ready and that it lives, and a restart refuses nobody."""

import asyncio
import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from bot.setup import loops as loops_module
from bot.setup import service_manager
from bot.setup.loops import Loops, resting
from bot.setup.service_manager import ServiceManager, passed_socket
from bot.setup.settings import BadSetting
from bot.web.serve import listening_socket

# What systemd does between fork and exec: the socket becomes descriptor 3, and the variables name the process.
PASSING = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


class Inbox:
    """The datagram socket of a service manager."""

    def __init__(self, address):
        self.address = address
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(address.replace("@", "\0", 1))
        self._line.settimeout(60)

    def hears(self, wanted):
        """Read until this message; return all that came before."""
        before = []
        while (message := self._line.recv(4096).decode()) != wanted:
            before.append(message)
        return before

    def waiting(self):
        """Messages that have arrived."""
        got = []
        while select.select([self._line], [], [], 0)[0]:
            got.append(self._line.recv(4096).decode())
        return got

    def close(self):
        self._line.close()


@pytest.fixture(params=["a path", "an abstract name"])
def inbox(request, tmp_path):
    opened = Inbox(str(tmp_path / "n") if request.param == "a path" else f"@loket-{os.getpid()}")
    yield opened
    opened.close()


async def test_ready_is_told_once_the_office_is_ready_and_not_before(inbox):
    answers = iter([False, False, True])
    seen = []

    async def ready():
        seen.append(inbox.waiting())
        return next(answers)

    environment = {"NOTIFY_SOCKET": inbox.address, "PATH": "x"}
    await ServiceManager.of(environment).watch(ready, list)
    assert seen == [[], [], []]
    assert inbox.waiting() == ["READY=1"]  # and no sign of life, because nobody wants one
    assert environment == {"PATH": "x"}, "child processes must not speak to the manager"


async def test_no_sign_of_life_is_given_while_a_loop_is_stuck(inbox, monkeypatch):
    monkeypatch.setattr(loops_module, "STUCK_SECONDS", -1.0)  # every round counts as too long
    loops, begun, free, looks = Loops(quiet=True), asyncio.Event(), asyncio.Event(), []

    async def step():
        begun.set()
        await free.wait()

    def stuck():
        looks.append(loops.stuck())
        if len(looks) == 4:
            free.set()
        return looks[-1]

    async def ready():
        return True

    manager = ServiceManager(inbox.address, within=0.03)
    async with asyncio.TaskGroup() as tasks:
        loop = tasks.create_task(loops.keep("timers", step, rest=resting(600)))
        await begun.wait()
        watch = tasks.create_task(manager.watch(ready, stuck))
        assert await asyncio.to_thread(inbox.hears, "WATCHDOG=1") == ["READY=1"]
        assert looks[:5] == [["timers"]] * 4 + [[]]  # it was told once the loop rested, and not before
        loop.cancel()
        watch.cancel()


async def test_without_a_service_manager_nothing_is_told_and_nothing_fails(tmp_path):
    for address in ("", str(tmp_path / "nobody")):
        manager = ServiceManager(address)
        await asyncio.wait_for(manager.watch(asyncio.Event().is_set if not address else _yes, list), 60)
        manager.stopping()


async def _yes():
    return True


@pytest.mark.parametrize("given", [{"WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "0"}])
async def test_a_watchdog_for_another_process_gets_no_sign_of_life(inbox, given):
    manager = ServiceManager.of({"NOTIFY_SOCKET": inbox.address, "WATCHDOG_USEC": "30000", **given})
    await asyncio.wait_for(manager.watch(_yes, list), 60)
    assert inbox.waiting() == ["READY=1"]


def passed(line, monkeypatch, **other):
    monkeypatch.setattr(service_manager, "_PASSED_DESCRIPTOR", line.fileno())
    environment = {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid()), "LISTEN_FDNAMES": "x", **other}
    taken = passed_socket(environment)
    if taken is not None:
        line.detach()
    assert environment == {}
    return taken


def test_the_passed_socket_is_taken_only_by_the_process_it_is_for(monkeypatch):
    with listening_socket("127.0.0.1:0") as line:
        assert passed(line, monkeypatch, LISTEN_PID="1") is None
        assert passed(line, monkeypatch, LISTEN_FDS="0") is None
        port = line.getsockname()[1]
        with passed(line, monkeypatch) as taken:
            assert taken.getsockname()[1] == port
            assert not taken.get_inheritable()
            assert taken.proto == socket.IPPROTO_TCP  # else asyncio sets no TCP_NODELAY


def test_a_passed_socket_that_cannot_serve_is_one_sentence(monkeypatch, tmp_path):
    with (
        listening_socket("127.0.0.1:0") as line,
        socket.socket() as deaf,
        socket.socket(socket.AF_UNIX) as local,
        (tmp_path / "file").open("w") as file,
    ):
        local.bind(str(tmp_path / "s"))
        local.listen()
        for given, count in ((line, "2"), (deaf, "1"), (local, "1"), (file, "1")):
            with pytest.raises(BadSetting, match=r"^LISTEN_FDS .*\.$"):
                passed(given, monkeypatch, LISTEN_FDS=count)


# Libraries that an office on SQLite without Telegram does not need until somebody asks for what they do; each costs memory
# for as long as the process lives. Migrations need alembic, so the first start of a new version does.
NOT_AT_THE_START = {
    "PIL", "aiogram", "aiohttp", "alembic", "asyncpg", "httpx", "icalendar", "pygments", "reportlab", "resvg_py",
    "rich.console", "segno", "sqlalchemy.orm", "telegram", "typer", "webauthn", "xlsxwriter", "zxingcpp",
}  # fmt: skip
IMPORTED = re.compile(r"^import time:\s*\d+ \|\s*\d+ \|\s*([\w.]+)\s*$", re.MULTILINE)


class Clients:
    """Threads that ask for a page again and again, over new connections and over kept ones."""

    def __init__(self, address):
        self._address, self._stop = address, threading.Event()
        self._answered = threading.Semaphore(0)
        self.answers, self.failures = [], []
        self._threads = [
            threading.Thread(target=self._ask, args=(kept,), daemon=True) for kept in (False, False, True)
        ]
        for thread in self._threads:
            thread.start()

    def are_answered(self, count):
        for _ in range(count):
            assert self._answered.acquire(timeout=60)

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _ask(self, kept):
        connection = http.client.HTTPConnection(*self._address, timeout=60)
        while not self._stop.wait(0.005):
            try:
                connection.request("GET", "/healthz")
                answer = connection.getresponse()
                answer.read()
                self.answers.append(answer.status)
            except (OSError, http.client.HTTPException) as fault:
                self.failures.append(repr(fault))
                connection.close()
            if not kept:
                connection.close()
            self._answered.release()


@contextmanager
def started(loket, line, **settings):
    """A process with this socket, and the file of all that it writes."""
    file = loket.folder / f"told-{len(list(loket.folder.iterdir()))}"
    with file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", PASSING, str(line.fileno()), *loket.command("run")[1:]],
            cwd=loket.folder, env={**loket.environment, **settings}, pass_fds=[line.fileno()],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process, file
    finally:
        process.kill()
        process.wait(30)


def assert_loaded_little(told):
    imported = set(IMPORTED.findall(told))
    assert "bot.assembly" in imported
    assert imported & NOT_AT_THE_START == set()


def test_a_restart_behind_a_passed_socket_refuses_nobody_and_loads_little(loket, tmp_path):
    inbox = Inbox(str(tmp_path / "n"))
    environment = {"NOTIFY_SOCKET": inbox.address, "WATCHDOG_USEC": "300000"}
    with listening_socket("127.0.0.1:0") as line:
        with started(loket, line, **environment) as (process, file):
            assert inbox.hears("READY=1") == []
            inbox.hears("WATCHDOG=1")
            clients = Clients(line.getsockname())
            clients.are_answered(30)
            process.send_signal(signal.SIGTERM)
            assert set(inbox.hears("STOPPING=1")) <= {"WATCHDOG=1"}
            assert process.wait(30) == 0
            assert set(inbox.waiting()) <= {"WATCHDOG=1"}
            assert "Traceback" not in file.read_text()
        with started(loket, line, **environment, PYTHONPROFILEIMPORTTIME="1") as (process, file):
            inbox.hears("READY=1")
            clients.are_answered(60)
            clients.stop()
            process.send_signal(signal.SIGABRT)  # as a watchdog does that heard nothing
            process.wait(30)
            assert "Fatal Python error: Aborted" in file.read_text()
            assert_loaded_little(file.read_text())
    inbox.close()
    assert clients.failures == []
    assert set(clients.answers) == {200}
