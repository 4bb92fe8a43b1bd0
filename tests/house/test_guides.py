"""Every command of the guides about upgrades and backups is run."""

import os
import re
import shutil
import subprocess
import tarfile

import pytest

from tests.cli.conftest import CommandLine
from tests.cli.test_keeping import register
from tests.house.test_deploy import unknown_commands
from tests.support.guide import DOCS, Machine, lines_of
from tests.support.people import SRI

ROOT = DOCS.parent
MAKE = 'grep -q "^$3:" "$2/Makefile"'  # `make -C FOLDER TARGET` installs the libraries


@pytest.fixture
def machine(tmp_path):
    """A machine with an office that has one application."""

    def loket(*words, folder):
        at = CommandLine(folder)
        at.environment.pop("LOKET_SECRET_KEY")
        return at(*words)

    if shutil.which("minisign") is None:
        assert "CI" not in os.environ, "CI needs minisign; .ci/run installs it"
        pytest.skip("minisign is not installed")
    machine = Machine(tmp_path, loket, make=MAKE)
    home = tmp_path / "var/lib/loket"
    office = CommandLine(home)
    register(office, SRI)
    (tmp_path / "etc/loket/env").write_text(
        f"LOKET_SECRET_KEY={office.environment['LOKET_SECRET_KEY']}\n"
        f"LOKET_DATABASE_URL=sqlite+aiosqlite:///{home}/var/loket.db\n"
    )
    (home / ".env").symlink_to(tmp_path / "etc/loket/env")
    return machine


def test_a_backup_is_made_checked_and_restored_as_the_guide_says(machine):
    lines = lines_of("backup.md")
    for line in lines[: lines.index("apt-get install --yes pgbackrest")]:
        out = machine.runs(line)
    assert "1 applications" in out
    assert machine.called[0] == "systemctl stop loket.socket loket.service"
    crontab = (machine.folder / "etc/cron.d/loket-backup").read_text()
    command = crontab.partition(" loket ")[2].replace("\\%", "%").strip()
    # cron looks for programs in /usr/bin and /bin only.
    assert command.startswith(f"cd {machine.folder}/var/lib/loket && /usr/local/bin/loket backup ")
    assert "/opt/loket/.venv/bin/loket /usr/local/bin/loket" in (DOCS / "install.md").read_text()
    assert "$(date +%F).bak" in command
    machine.runs(
        f"cd {machine.folder}/var/lib/loket && {command.partition(' && /usr/local/bin/')[2].partition(' && ')[0].replace('$(date +%F)', 'x')}"
    )


def released(machine):
    """A signed release of a small program, and a running version before it."""
    folder, etc = machine.folder / "root/loket-release", machine.folder / "etc/loket"
    folder.mkdir()
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, machine.folder / "opt/loket" / name)
    with tarfile.open(folder / "loket-0.2.0.tar.gz", "w:gz") as archive:
        archive.add(machine.folder / "opt/loket", "loket-0.2.0")
    (folder / "RELEASE_NOTES.md").write_text("## 0.2.0\n")
    subprocess.run("sha256sum * > SHA256SUMS", shell=True, cwd=folder, check=True)
    subprocess.run(
        ["minisign", "-G", "-W", "-s", etc / "key", "-p", etc / "loket.pub"], check=True, capture_output=True
    )
    subprocess.run(
        ["minisign", "-S", "-s", etc / "key", "-m", folder / "SHA256SUMS"], check=True, capture_output=True
    )


@pytest.mark.postgres
def test_an_office_is_upgraded_taken_back_and_moved_as_the_guide_says(machine, postgres_server, request):
    released(machine)
    lines = lines_of("upgrade.md")
    name = postgres_server.create()
    request.addfinalizer(lambda: postgres_server.drop(name))
    url = postgres_server.url(name)
    (machine.folder / "var/lib/loket-backup").mkdir()
    out = ""
    new_version = lines[(begin := lines.index("install -d -m 0755 /opt/loket-0.2.0")) : begin + 6]
    for line in [*new_version, *lines]:  # the second upgrade finds what the first one left
        if line.startswith("systemctl") and "loket migrate --to" in out:
            continue
        out = machine.runs(re.sub(r"postgresql\+asyncpg://[^'|]*", url, line))
        if "--to 0020" in line:
            assert "The schema is at step 0020 now" in out
            assert list((machine.folder / "var/lib/loket/var").glob("loket.db.00*.bak")) != []
    assert "1 applications" in out
    assert f"LOKET_DATABASE_URL={url}" in (machine.folder / "etc/loket/env").read_text()
    assert machine.called.count("systemctl restart loket.service") == 3
    assert (machine.folder / "opt/loket/Makefile").exists()
    assert not (machine.folder / "opt/loket-before").exists()


@pytest.mark.parametrize("page", ["backup.md", "upgrade.md"])
def test_commands_and_files_that_the_guides_name_exist(page):
    text = (DOCS / page).read_text()
    assert unknown_commands(text) == []
    for file in re.findall(r"(?:/opt/loket/)?(deploy/[\w./-]+)", text):
        assert (ROOT / file).exists(), file
    assert re.search(r"\b(?:Machine|helper)\b", text) is None
