"""docs/monitoring.md names everything that there is to see, and its commands work."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed

from tests.cli.test_run import running
from tests.monitoring.test_rules import ALERTS
from tests.support.ports import free_port

LOGGED = [
    {"event": "whatsapp.forged", "level": "warning"},
    {"turn": "gdcfbnabkndbdri", "event": "turn.fault", "level": "error"},
    {"turn": "gdcfbnabkndbdri", "event": "telegram.retry", "level": "warning"},
]
ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "monitoring.md").read_text()
BLOCKS = re.findall(r"^```sh( root)?\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
EVENT = re.compile(r'\blog\.(?:debug|info|warning|error|exception)\(\s*"([\w.-]+)"')


def named_in(heading: str) -> set[str]:
    """What stands in backticks in the first column of the tables of a section, each once."""
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    cells = re.findall(r"^\| (.*?) \|", section, re.MULTILINE)
    found = [name for cell in cells for name in re.findall("`(.*?)`", cell)]
    assert len(found) == len({*found})
    return {*found}


async def test_every_metric_is_in_the_guide(scrape):
    known = {f"{one.name}{'_total' if one.type == 'counter' else ''}" for one in parsed(await scrape())}
    assert named_in("Metrics") - {"process_…"} == {name for name in known if name.startswith("loket_")}


def test_every_alert_has_something_to_do_in_the_guide():
    assert named_in("Prometheus, alerts and Grafana") == {*ALERTS}


def test_every_event_of_the_log_is_in_the_guide():
    files = [file for folder in ("bot", "handlers", "storage") for file in (ROOT / folder).rglob("*.py")]
    logged = {event for file in files for event in EVENT.findall(file.read_text())}
    assert len(logged) > 40
    assert {name for name in named_in("Logs") if "." in name} == logged


@pytest.fixture
def machine(loket, tmp_path):
    """Runs commands as on a machine with Loket; its services are programs that only say that they were asked."""
    programs, system = tmp_path / "bin", tmp_path / "etc" / "prometheus"
    programs.mkdir()
    system.mkdir(parents=True)
    log = tmp_path / "logged"
    log.write_text("".join(f"{json.dumps(line)}\n" for line in LOGGED))
    for name, does in {"apt-get": "", "systemctl": "", "promtool": "", "journalctl": f"cat {log}"}.items():
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*" >>{tmp_path}/asked\n{does}\n')
        (programs / name).chmod(0o755)
    port = free_port()

    def run(commands: str) -> str:
        commands = commands.replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace(
            "/etc/", f"{tmp_path}/etc/"
        )
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands], cwd=ROOT, env={"PATH": path}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
        return done.stdout

    with running(loket, port):
        yield run


def test_the_commands_of_the_guide_work(machine, tmp_path):
    assert len(BLOCKS) == 3
    told = [machine(commands) for _, commands in BLOCKS]
    assert '{"alive":true}' in told[0]
    assert "loket_build_info{" in told[0]
    installed = tmp_path / "etc" / "prometheus" / "loket.rules.yml"
    assert installed.read_text() == (ROOT / "deploy" / "observe" / "rules.yml").read_text()
    assert f"check rules {installed}" in (tmp_path / "asked").read_text()
    assert [json.loads(line) for line in told[2].splitlines()] == [LOGGED[1], *LOGGED[1:]]
