"""`loket demo` as a newcomer meets it: one command, then a page, three pairs and a staff code."""

import re
import shutil
import signal
import socket
import subprocess
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.support.ports import free_port

CHAT = re.compile(r"http://127\.0\.0\.1:\d+/$", re.MULTILINE)
PAIR = re.compile(r"(MJK-\d{6}-[0-9A-Z]{4}-[0-9A-Z])\s+(\d{16})")
CODE = re.compile(r"Staff code\s+([A-Z2-9]{10})")
CODES = re.compile(r"([A-Z2-9]{10})   [^,\n]+, (admin|approver|officer)")


@pytest.fixture
def loket(tmp_path):
    return CommandLine(tmp_path)


@pytest.fixture
def port():
    return free_port()


@contextmanager
def demo(loket, *words, **settings):
    """A running demo and what it printed; ends with SIGTERM and looks that it ended well."""
    environment = {**loket.environment, **settings}
    environment.pop("LOKET_SECRET_KEY", None)
    process = subprocess.Popen(
        loket.command("demo", *words), cwd=loket.folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        printed = ""
        while "Ctrl+C" not in printed:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            printed += line
        yield process, printed
    finally:
        process.send_signal(signal.SIGTERM)
        rest, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in rest + told


def resident_megabytes(process):
    with open(f"/proc/{process.pid}/status") as status:  # noqa: PTH123 (no path of ours)
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) / 1024


@dataclass(frozen=True)
class Start:
    """The first start of a demo: its folder, what it printed, and what was seen while it ran."""

    folder: Path
    printed: str
    statuses: tuple[int, ...]
    maps: str
    megabytes: float


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    loket = CommandLine(tmp_path_factory.mktemp("demo"))
    with demo(loket, "--port", str(free_port())) as (process, printed):
        page = CHAT.search(printed)[0]
        answers = [urllib.request.urlopen(one, timeout=60).status for one in (page, f"{page}staf")]
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        return Start(loket.folder, printed, tuple(answers), maps, resident_megabytes(process))


@pytest.fixture
def begun(first, tmp_path):
    """A command line in a copy of the folder in which the demo ran once."""
    shutil.copytree(first.folder, tmp_path, dirs_exist_ok=True)
    return CommandLine(tmp_path)


def test_the_demo_starts_with_page_pairs_and_staff_code_below_150_mb(first):
    assert len(PAIR.findall(first.printed)) == 3
    assert CODE.search(first.printed)
    assert [role for _, role in CODES.findall(first.printed)] == ["admin", "approver", "officer"]
    assert first.statuses == (200, 200)
    # aiogram itself is plain Python; its HTTP library has compiled parts that would be mapped.
    assert "aiohttp" not in first.maps
    assert first.megabytes <= 150


def test_a_second_start_keeps_the_data_and_fresh_resets_it(first, begun, port):
    key = (begun.folder / "var" / "development.key").read_text()
    with demo(begun, "--port", str(port)) as (_, second):
        pass
    with demo(begun, "--port", str(port), "--fresh") as (_, third):
        pass
    prints = (first.printed, second, third)
    assert len({tuple(PAIR.findall(printed)) for printed in prints}) == 1
    assert len({CODE.search(printed)[1] for printed in prints}) == 3
    assert (begun.folder / "var" / "development.key").read_text() == key


def test_other_commands_work_on_the_demos_data_without_a_key(begun, port):
    with demo(begun, "--port", str(port)):
        listed = begun("staff", "list", LOKET_SECRET_KEY=None)
        assert "Petugas Demo    admin" in listed.out
        again = begun("import", "var/demo-register.csv", "--json", LOKET_SECRET_KEY=None)
        assert '"changed": 0' in again.out
        assert "made-up register" in begun("check", LOKET_SECRET_KEY=None).out


def test_the_demos_key_opens_no_other_database(begun):
    other = f"sqlite+aiosqlite:///{begun.folder}/var/real.db"
    ended = begun("staff", "list", LOKET_SECRET_KEY=None, LOKET_DATABASE_URL=other)
    assert ended.code == 1
    assert "LOKET_SECRET_KEY is not set" in ended.told


@pytest.mark.parametrize("words", [(), ("--fresh",)])
def test_the_demo_leaves_a_real_register_alone(loket, port, words):
    (loket.folder / "register.csv").write_text(
        "no_registrasi,nik,nama,layanan,status,tanggal\n"
        "MJK-261102-0007-Z,3516015708900001,SITI RAHAYU,ktp_baru,CARD_SHIPPED,2026-11-20\n"
    )
    assert loket("import", "register.csv").code == 0
    ended = loket("demo", "--port", str(port), *words)
    assert ended.code == 1
    assert "not the demo's" in ended.told
    assert ended.is_one_sentence()
    assert "Register: 1 applications" in loket("check").out


def test_a_taken_port_is_told_before_anything_is_touched(loket):
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        ended = loket("demo", "--fresh", "--port", str(line.getsockname()[1]))
    assert ended.code == 1
    assert "is taken" in ended.told
    assert not (loket.folder / "var" / "loket.db").exists()


def test_fresh_never_throws_a_postgresql_database_away(loket, port):
    url = "postgresql+asyncpg://a:b@127.0.0.1:1/x"
    ended = loket("demo", "--fresh", "--port", str(port), LOKET_DATABASE_URL=url)
    assert ended.code == 1
    assert "empty database" in ended.told
