"""What deploy/ and its guide name exists, and the units are as closed as they say."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from bot.cli.commands import app
from bot.console.site import LARGER_BODIES
from bot.setup.settings import Settings, variable
from bot.web.limits.quotas import BACKLOG
from bot.whatsapp.webhook import LARGEST

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SYSTEMD, PROXY = DEPLOY / "systemd", DEPLOY / "proxy"
NAMING = sorted(
    [
        *(file for file in DEPLOY.rglob("*") if file.is_file() and file.suffix != ".pyc"),
        *(ROOT / "docs" / f"{page}.md" for page in ("many-offices", "high-availability")),
    ]
)
PROGRAM = "/opt/loket/.venv/bin/loket"
COMMAND = re.compile(r"(?:`|/bin/|sudo -u loket )loket ([a-z][a-z|\\ -]*)")
SOCKETS = ("loket.socket", "loket@konawe.socket")
SERVICES = ("loket.service", "loket@konawe.service", "loket-backup@konawe.service", "patroni-watch.service")
MOST_EXPOSED = 20  # tenths, as --threshold counts


def unknown_commands(text):
    """Commands after `loket` that the command line does not have, with the first word that is unknown."""
    unknown = []
    for words in COMMAND.findall(text):
        known = typer.main.get_command(app)
        for word in words.split():
            subcommands = getattr(known, "commands", None)
            if subcommands is None or word.startswith("-"):
                break
            if word not in subcommands:
                unknown.append(words)
                break
            known = subcommands[word]
    return unknown


def test_every_command_named_in_deploy_exists():
    assert COMMAND.findall((SYSTEMD / "loket.service").read_text()) != []
    assert {file.name: found for file in NAMING if (found := unknown_commands(file.read_text()))} == {}
    assert unknown_commands("`loket frobnicate` and /bin/loket fleet run") == ["frobnicate", "fleet run"]


def test_every_variable_named_in_deploy_exists():
    named = {name for file in NAMING for name in re.findall(r"LOKET_[A-Z_]*[A-Z]", file.read_text())}
    assert "LOKET_DATABASE_URL" in named
    assert named - {variable(field) for field in Settings.model_fields} == set()


def test_the_proxies_pass_bodies_as_large_as_loket_takes():
    nginx, caddy = (PROXY / "office.conf").read_text(), (PROXY / "Caddyfile").read_text()
    (pattern,) = re.findall(r"location ~ (\S+) \{", nginx)
    for path in LARGER_BODIES:
        assert re.search(pattern, path)
        assert caddy.count(f" {path}") == 2
    (usual, large), (caddys_large, caddys_usual) = (
        re.findall(pattern, text)
        for pattern, text in ((r"max_body_size (\d+)m;", nginx), (r"max_size (\d+)MiB", caddy))
    )
    assert int(large) * 2**20 >= max(LARGER_BODIES.values())
    assert int(usual) * 2**20 >= LARGEST
    assert int(caddys_large) * 2**20 >= max(LARGER_BODIES.values())
    assert int(caddys_usual) * 2**20 >= LARGEST


def test_the_proxies_log_no_query():
    logged = re.compile(r"\$(request|args|query_string|request_uri)\b(?!;)")
    assert not logged.search((PROXY / "00-loket.conf").read_text() + (PROXY / "office.conf").read_text())
    assert (PROXY / "office.conf").read_text().count("access_log /var/log/nginx/loket.log loket;") == 2
    assert "access_log" not in (PROXY / "Caddyfile").read_text()


def settings_of(unit):
    lines = re.findall(r"^(\w+)=(.*)$", (SYSTEMD / unit).read_text(), re.MULTILINE)
    return dict(lines)


@pytest.mark.parametrize("service", ["loket.service", "loket@.service"])
def test_a_service_waits_for_readiness_is_watched_and_has_its_socket(service):
    unit = settings_of(service)
    assert (unit["Type"], unit["Restart"], unit["WatchdogSec"]) == ("notify", "always", "60")
    assert unit["LimitCORE"] == "0"  # the watchdog ends a process with SIGABRT
    socket = service.replace("@.", "@%i.").replace(".service", ".socket")
    assert unit["Requires"] == unit["Also"] == socket
    assert int(settings_of(service.replace(".service", ".socket"))["Backlog"]) == BACKLOG


def test_the_socket_of_a_lone_office_is_where_loket_listens_by_itself():
    assert settings_of("loket.socket")["ListenStream"] == Settings.model_fields["listen"].default


def test_the_guide_fills_in_everything_that_a_machine_needs(tmp_path):
    page = (ROOT / "docs" / "high-availability.md").read_text()
    commands = re.findall(r"^(sed .* deploy/ha/(\S+)) > \S+$", page, re.MULTILINE)
    assert {file for _, file in commands} == {"etcd.env", "patroni.yml"}
    for command, file in commands:
        written = subprocess.run(
            ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert "SELF_" not in written.replace("Replace SELF_", "")
        assert written.count("pg1") > (DEPLOY / "ha" / file).read_text().count("pg1")
    assert set(re.findall(r"10\.0\.0\.1\d", page)) == {f"10.0.0.1{place}" for place in (1, 2, 3)}


def test_haproxy_finds_no_fault_in_its_configuration():
    program = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("haproxy is not installed")
    done = subprocess.run(
        [program, "-c", "-f", str(DEPLOY / "ha" / "haproxy.cfg")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def units(tmp_path):
    """The units with a program that exists on this machine."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in (*SYSTEMD.iterdir(), DEPLOY / "ha" / "patroni-watch.service"):
        (tmp_path / unit.name).write_text(unit.read_text().replace(PROGRAM, shutil.which("true")))
    (tmp_path / "loket@konawe.socket.d").mkdir()
    (tmp_path / "loket@konawe.socket.d" / "port.conf").write_text("[Socket]\nListenStream=127.0.0.1:8101\n")
    return tmp_path


def analyzed(folder, *words):
    done = subprocess.run(
        ["systemd-analyze", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


def test_systemd_finds_no_fault_in_the_units(units):
    everything = [f"./{name}" for name in (*SERVICES, *SOCKETS, "loket-backup@konawe.timer")]
    code, _, told = analyzed(units, "verify", *everything)
    assert (code, told) == (0, "")


@pytest.mark.parametrize("unit", SERVICES)
def test_the_units_are_little_exposed(units, unit):
    code, told, _ = analyzed(units, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", f"./{unit}")
    assert code == 0, told
