"""Setting up with make: hashes required, and nothing is done twice. pip is a stand-in that notes how it is called."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Clone:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "calls"
        for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, folder / name)
        pip = folder / ".venv" / "bin" / "pip"
        pip.parent.mkdir(parents=True)
        pip.write_text(f'#!/bin/sh\necho "$@" >> {self.calls}\n')
        pip.chmod(0o755)

    def make(self, target: str, *more: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        return subprocess.run(
            ["make", target, *more],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> list[str]:
        """What pip was called with since the last look."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return lines


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


def test_the_lock_is_installed_with_hashes_and_loket_without_a_download(clone):
    assert clone.make("run-setup").returncode == 0
    libraries, loket, whole = clone.installed()
    assert "--require-hashes --requirement requirements.lock" in libraries
    assert "--no-deps --no-index --no-build-isolation --editable ." in loket
    assert whole.startswith("check")


@pytest.mark.parametrize("target", ["run-setup", "dev-setup"])
def test_a_library_that_is_released_tomorrow_changes_nothing(clone, target):
    """pip 23.2 would look for the newest of what is wanted with an extra, and miss its hash in the lock."""
    clone.make(target)
    assert "--no-deps" in clone.installed()[0]


@pytest.mark.parametrize("target", ["run-setup", "dev-setup"])
def test_nothing_is_installed_again_while_the_lock_is_the_same(clone, target):
    clone.make(target)
    clone.installed()
    (clone.folder / "requirements.lock").touch()
    (clone.folder / "requirements-dev.lock").touch()
    assert clone.make(target).returncode == 0
    assert clone.installed() == []


def test_a_changed_lock_is_installed(clone):
    clone.make("run-setup")
    clone.installed()
    with (clone.folder / "requirements.lock").open("a") as lock:
        lock.write("# another library\n")
    clone.make("run-setup")
    assert len(clone.installed()) == 3


def test_the_demo_needs_nothing_more_where_the_tests_ran(clone):
    clone.make("dev-setup")
    clone.installed()
    clone.make("run-setup")
    assert clone.installed() == []


def test_a_failed_installation_is_tried_again(clone):
    pip = clone.folder / ".venv" / "bin" / "pip"
    works = pip.read_text()
    pip.write_text("#!/bin/sh\nexit 1\n")
    assert clone.make("run-setup").returncode != 0
    pip.write_text(works)
    assert clone.make("run-setup").returncode == 0
    assert len(clone.installed()) == 3


def test_an_old_python_is_told_in_one_sentence(clone):
    shutil.rmtree(clone.folder / ".venv")
    ended = clone.make("run-setup", "PYTHON=false")
    assert ended.returncode != 0
    assert "Loket needs Python 3.11 or newer" in ended.stderr


def test_ci_installs_each_program_without_which_a_test_is_skipped():
    """Long sets and benches have reasons of their own."""
    tests = [one for one in (ROOT / "tests").rglob("*.py") if not {"torture", "benchmarks"} & set(one.parts)]
    looked_for = re.compile(r"which\(\s*\"([\w-]+)\"")
    named = {name for one in tests for name in looked_for.findall(one.read_text())} - {"true"}
    assert {"nginx", "pgbouncer"} < named
    ci = (ROOT / ".ci" / "run").read_text()
    assert {name for name in named if not re.search(rf"(command -v |/){name}\b", ci)} == set()
