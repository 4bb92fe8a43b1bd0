"""The part of docs/backup.md about pgBackRest, run with the real one: a moment of the past comes back."""

import configparser
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support.guide import Machine, lines_of
from tests.support.postgres import binaries

pytestmark = [pytest.mark.torture, pytest.mark.postgres]
DATA = "/var/lib/postgresql/15/main"
# What systemd does with PostgreSQL, as its own user; Loket does not run.
SYSTEMCTL = """case "$*" in *postgresql*) ;; *) exit 0 ;; esac
case $1 in stop) {control} -m fast stop ;; start) {control} start ;; restart) {control} -m fast restart ;; esac"""


@pytest.fixture
def machine():
    """A machine with PostgreSQL, whose paths are short enough for a socket."""
    if shutil.which("pgbackrest") is None or binaries() is None:
        pytest.skip("pgBackRest is not installed (on Debian: apt install pgbackrest)")
    user = "postgres" if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="loket-bak-"))
    as_user = "setpriv --reuid=postgres --regid=postgres --clear-groups " if user else ""
    data = f"{home}{DATA}"
    control = f"{as_user}{binaries()}/pg_ctl -D {data} -l {home}/log -w -s"
    programs = {
        # The server itself calls it, too, as its own user.
        "pgbackrest": f'[ "$(id -u)" = 0 ] && exec {as_user}{shutil.which("pgbackrest")} "$@"; exec {shutil.which("pgbackrest")} "$@"',
        "systemctl": SYSTEMCTL.format(control=control),
    }
    machine = Machine(home, None, **programs)
    own = Path(__file__).parents[2] / "deploy"
    (home / "opt/loket/deploy").symlink_to(own)
    (home / "etc/postgresql/15/main/conf.d").mkdir(parents=True)
    Path(data).parent.mkdir(parents=True)
    subprocess.run(["chown", "-R", user or str(os.geteuid()), home], check=True)
    subprocess.run(
        f"{as_user}{binaries()}/initdb -D {data} -A trust -U loket --no-sync",
        shell=True, cwd="/", check=True, capture_output=True,
    )  # fmt: skip
    with Path(data, "postgresql.conf").open("a") as settings:
        settings.write(
            f"listen_addresses = ''\nunix_socket_directories = '{home}'\ninclude_dir = '{home}/etc/postgresql/15/main/conf.d'\n"
        )
    subprocess.run(f"{control} start", shell=True, cwd="/", check=True, capture_output=True)
    yield machine
    subprocess.run(f"{control} -m immediate stop", shell=True, cwd="/", check=False, capture_output=True)
    shutil.rmtree(home)


def sql(machine, statement):
    told = ["psql", "-h", machine.folder, "-U", "loket", "-Atc", statement, "postgres"]
    return subprocess.run(told, check=True, capture_output=True, text=True).stdout.strip()


def test_a_moment_of_the_past_comes_back_as_the_guide_says(machine, monkeypatch):
    settings = configparser.ConfigParser()
    settings.read(machine.folder / "opt/loket/deploy/postgresql/pgbackrest.conf")
    repository = settings["global"]["repo1-path"]
    assert settings["loket"]["pg1-path"] == DATA
    for name, value in {
        "CONFIG": "/etc/pgbackrest.conf", "PG1_PATH": DATA, "REPO1_PATH": repository, "LOCK_PATH": "/root",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"PGBACKREST_{name}", f"{machine.folder}{value}")
    monkeypatch.setenv("PGBACKREST_PG1_SOCKET_PATH", str(machine.folder))
    monkeypatch.setenv("PGBACKREST_PG1_USER", "loket")
    lines = lines_of("backup.md")
    lines = lines[lines.index("apt-get install --yes pgbackrest") :]
    moment = ""
    for line in lines:
        if line.startswith("systemctl stop loket"):
            sql(machine, "CREATE TABLE arrived (n INTEGER)")
            sql(machine, "INSERT INTO arrived VALUES (1)")
            moment = sql(machine, "SELECT clock_timestamp()")
            sql(machine, "INSERT INTO arrived VALUES (2)")
            sql(machine, "SELECT pg_switch_wal()")
        machine.runs(line.replace("2026-11-28 10:30:00+07", moment))
        if "restart postgresql" in line:
            for one in (repository, "/root"):
                shutil.chown(f"{machine.folder}{one}", Path(f"{machine.folder}{DATA}").owner())
    while sql(machine, "SELECT pg_is_in_recovery()") == "t":
        pass
    assert sql(machine, "SELECT n FROM arrived") == "1"
