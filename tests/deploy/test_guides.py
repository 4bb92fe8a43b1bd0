"""The guides for operators: every command in them is run, and what they name exists."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.fleet import environment_of
from bot.setup.settings import load_settings
from tests.deploy.machine import ROOT, Machine, blocks
from tests.house.test_deploy import unknown_commands

GUIDES = (
    "install.md",
    "install-postgresql.md",
    "install-container.md",
    "high-availability.md",
    "many-offices.md",
    "troubleshooting.md",
)


@pytest.fixture
def machine(tmp_path, loket):
    return Machine(tmp_path, loket)


def test_one_machine_is_installed_and_looked_at_as_the_guides_say(machine):
    machine.follows("install.md")
    assert "systemctl enable --now loket.service" in machine.called
    assert "Wulan Hartini" in machine.runs("cd /var/lib/loket && sudo -u loket loket staff list")
    assert (machine.folder / "etc/loket/env").stat().st_mode & 0o777 == 0o640
    machine.follows("troubleshooting.md")


@pytest.mark.postgres
def test_postgresql_and_a_second_process_are_set_up_as_the_guide_says(machine, postgres_server):
    for line in blocks("install.md")[1].splitlines():
        machine.runs(line)
    machine.runs("loket office new /etc/loket/office.toml")
    machine.runs("cp /opt/loket/deploy/systemd/* /etc/systemd/system/")
    machine.runs(
        "sed -e 's/8101/8080/g' /opt/loket/deploy/proxy/office.conf > /etc/nginx/conf.d/loket-office.conf"
    )
    machine.runs("cp /opt/loket/deploy/proxy/00-loket.conf /etc/nginx/conf.d/")
    machine.runs("certbot certonly -d konawe.example.go.id")
    machine.places["/var/run/postgresql"] = postgres_server.url("").partition("host=")[2]

    def createdb(words, _where):
        assert words == ["--owner", "loket", "--encoding", "UTF8", "--template", "template0", "loket"]
        postgres_server.sql("CREATE DATABASE loket OWNER loket ENCODING 'UTF8' TEMPLATE template0")
        return ""

    machine.programs["createdb"] = createdb
    try:
        machine.follows("install-postgresql.md")
        second = environment_of(machine.folder / "etc/loket/second")
        assert second["LOKET_LISTEN"] == "127.0.0.1:8081"
        assert second["LOKET_DATABASE_URL"].startswith("postgresql+asyncpg://")
        web = (machine.folder / "etc/nginx/conf.d/loket-office.conf").read_text()
        assert re.findall(r"^    server (\S+) max_fails", web, re.MULTILINE) == [
            "127.0.0.1:8080",
            "127.0.0.1:8081",
        ]
    finally:
        postgres_server.drop("loket")


@pytest.mark.postgres
def test_machines_of_a_cluster_are_set_up_as_the_guide_says(machine, postgres_server):
    (machine.home / "deploy").symlink_to(ROOT / "deploy")
    for package in ("default", "patroni", "haproxy"):
        (machine.folder / "etc" / package).mkdir()
    statements = []
    machine.programs["pg_dropcluster"] = lambda _words, _where: ""
    machine.programs["haproxy"] = lambda words, _where: str(
        Path(words[-1]).stat()
    )  # tests/house/test_deploy.py
    machine.programs["psql"] = lambda words, _where: statements.extend(words[3::2]) or ""
    machine.follows("high-availability.md")
    assert "systemctl enable etcd patroni patroni-watch" in machine.called
    watch = (machine.folder / "etc/systemd/system/patroni-watch.service").read_text()
    program, config = re.search(r"^ExecStart=/usr/bin/python3 /(\S+) /(\S+)$", watch, re.MULTILINE).groups()
    assert (machine.folder / program).exists()
    assert (machine.folder / config).stat().st_mode & 0o777 == 0o600
    try:
        for statement in statements:
            postgres_server.sql(
                statement.replace("ROLE loket", "ROLE somebody").replace("OWNER loket", "OWNER somebody")
            )
    finally:
        postgres_server.drop("loket")
        postgres_server.sql("DROP ROLE somebody")


def test_an_office_is_set_up_and_upgraded_as_the_guide_says(machine):
    machine.runs("cp /opt/loket/deploy/systemd/* /etc/systemd/system/")
    machine.follows("many-offices.md")
    called = machine.called
    assert called.count("systemctl restart loket@bombana.service") == 1
    port = environment_of(machine.folder / "etc/loket/bombana")["LOKET_LISTEN"]
    drop_in = machine.folder / "etc/systemd/system/loket@bombana.socket.d/port.conf"
    assert drop_in.read_text() == f"[Socket]\nListenStream={port}\n"
    assert f"server {port} " in (machine.folder / "etc/nginx/conf.d/loket-bombana.conf").read_text()
    assert port in (machine.folder / "etc/prometheus/loket/bombana.yml").read_text()
    assert "loket/*.yml" in (machine.folder / "etc/prometheus/loket.yml").read_text()


def test_the_container_guide_uses_files_services_and_commands_that_exist(machine, monkeypatch):
    yaml = pytest.importorskip("yaml")
    folder = machine.folder / "repository"
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    (folder / "deploy/container/office.toml").touch()  # made by the first container
    machine._shell(
        "".join(blocks("install-container.md")).replace("cd deploy", f"cd {folder}/deploy"), folder
    )
    compose = yaml.safe_load((folder / "deploy/container/compose.yaml").read_text())
    for line in machine.called:
        if re.match(r"docker (compose )?(run|exec)(?!.* rm /)", line):
            assert unknown_commands(re.sub(".* loket ", "/bin/loket ", line)) == [], line
        if found := re.match(r"docker compose (?:run|exec)(?: --rm)? (\S+)", line):
            assert found[1] in compose["services"]
    monkeypatch.chdir(folder / "deploy/container")
    (folder / "deploy/container/env").rename(".env")
    settings = load_settings()
    assert settings.secret_key is not None
    secret = (folder / "deploy/container/postgres.env").read_text().strip().partition("=")[2]
    assert settings.database_url == f"postgresql+asyncpg://loket:{secret}@postgres/loket"


def test_events_of_the_log_that_the_guide_explains_exist():
    page = (ROOT / "docs" / "troubleshooting.md").read_text()
    named = set(re.findall(r"`((?:app|manager|telegram|whatsapp|turn|loop|web)\.[a-z_]+)`", page))
    code = "".join(file.read_text() for file in (ROOT / "bot").rglob("*.py"))
    assert len(named) > 5
    assert {name for name in named if f'"{name}"' not in code} == set()


def test_sentences_that_the_guide_explains_are_said():
    page = (ROOT / "docs" / "troubleshooting.md").read_text()
    said = re.findall(r"… \*([A-Z].*?|[a-z].*?)( …)?\*", page)
    code = re.sub(r'"\s+f?"', "", "".join(file.read_text() for file in (ROOT / "bot").rglob("*.py")))
    assert len(said) > 3
    assert [words for words, _ in said if words not in code] == []


def test_no_block_of_commands_is_left_out_by_its_mark():
    for page in GUIDES:
        text = (ROOT / "docs" / page).read_text()
        others = [
            fence for fence in re.findall(r"^```(\w*)\n", text, re.MULTILINE) if fence not in {"sh", ""}
        ]
        assert others == [], page


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_takes_the_job_of_all_offices(tmp_path):
    (tmp_path / "prometheus.yml").write_text(f"scrape_config_files: [{ROOT}/deploy/observe/loket.yml]\n")
    done = subprocess.run(
        ["promtool", "check", "config", str(tmp_path / "prometheus.yml")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
