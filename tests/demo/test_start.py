"""`loket demo` as a newcomer meets it: one command, then a page, three pairs and a staff code."""

import re
import signal
import socket
import subprocess
import urllib.request
from contextlib import contextmanager

import pytest

from tests.cli.conftest import CommandLine

CHAT = re.compile(r"http://127\.0\.0\.1:\d+/$", re.MULTILINE)
PAIR = re.compile(r"(MJK-\d{6}-[0-9A-Z]{4}-[0-9A-Z])\s+(\d{16})")
CODE = re.compile(r"Staff code\s+([A-Z2-9]{10})")
CODES = re.compile(r"([A-Z2-9]{10})   [^,\n]+, (admin|approver|officer)")


@pytest.fixture
def loket(tmp_path):
    return CommandLine(tmp_path)


@pytest.fixture
def port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


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


def test_the_demo_starts_with_page_pairs_and_staff_code_below_150_mb(loket, port):
    with demo(loket, "--port", str(port)) as (process, printed):
        assert len(PAIR.findall(printed)) == 3
        assert CODE.search(printed)
        assert [role for _, role in CODES.findall(printed)] == ["admin", "approver", "officer"]
        with urllib.request.urlopen(CHAT.search(printed)[0], timeout=10) as page:
            assert page.status == 200
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/staf", timeout=10) as page:
            assert page.status == 200
        with open(f"/proc/{process.pid}/maps") as maps:  # noqa: PTH123 (no path of ours)
            # aiogram itself is plain Python; its HTTP library has compiled parts that would be mapped.
            assert "aiohttp" not in maps.read()
        assert resident_megabytes(process) <= 150


def test_a_second_start_keeps_the_data_and_fresh_resets_it(loket, port):
    with demo(loket, "--port", str(port)) as (_, first):
        pass
    key = (loket.folder / "var" / "development.key").read_text()
    with demo(loket, "--port", str(port)) as (_, second):
        pass
    with demo(loket, "--port", str(port), "--fresh") as (_, third):
        pass
    assert PAIR.findall(first) == PAIR.findall(second) == PAIR.findall(third)
    assert len({CODE.search(printed)[1] for printed in (first, second, third)}) == 3
    assert (loket.folder / "var" / "development.key").read_text() == key


def test_other_commands_work_on_the_demos_data_without_a_key(loket, port):
    with demo(loket, "--port", str(port)):
        listed = loket("staff", "list", LOKET_SECRET_KEY=None)
        assert "Petugas Demo    admin" in listed.out
        again = loket("import", "var/demo-register.csv", "--json", LOKET_SECRET_KEY=None)
        assert '"changed": 0' in again.out
        assert "made-up register" in loket("check", LOKET_SECRET_KEY=None).out


def test_the_demos_key_opens_no_other_database(loket, port):
    with demo(loket, "--port", str(port)):
        pass
    other = f"sqlite+aiosqlite:///{loket.folder}/var/real.db"
    ended = loket("staff", "list", LOKET_SECRET_KEY=None, LOKET_DATABASE_URL=other)
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
