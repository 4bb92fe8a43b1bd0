"""The recipes of CONTRIBUTING.md and the first change of docs/first-hour.md, applied to a copy of the repository and run."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
PARTS = ("demo", "bot", "handlers", "storage", "domain", "locales", "tests", "docs", "pyproject.toml")
FENCE = re.compile(
    r"^```\w+ (new|after|before|replace) (?:`(.+?)` in )?(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass
class Copy:
    folder: Path

    def apply(self, recipe: str) -> None:
        """Do what the recipe of this heading says."""
        pages = (ROOT / "CONTRIBUTING.md").read_text()
        (section,) = re.findall(rf"^### {recipe}\n(.*?)(?=^### |\Z)", pages, re.MULTILINE | re.DOTALL)
        assert self.apply_blocks(section) == section.count("\n```") / 2, "a block says not where it goes"

    def apply_blocks(self, text: str) -> int:
        """Put every block that says where it goes to its place; give how many there are."""
        steps = FENCE.findall(text)
        for how, line, path, block in steps:
            self._step(how, line, self.folder / path, block)
        return len(steps)

    def _step(self, how: str, line: str, file: Path, block: str) -> None:
        if how == "new":
            assert not file.exists(), file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block)
            return
        lines = file.read_text().splitlines(keepends=True)
        place = lines.index(f"{line}\n")
        assert lines.count(f"{line}\n") == 1, f"{line!r} should stand once in {file.name}"
        lines[place : place + 1] = {
            "after": [f"{line}\n", block],
            "before": [block, f"{line}\n"],
            "replace": [block],
        }[how]
        file.write_text("".join(lines))

    def run(self, *words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        for inherited in [name for name in environment if name.startswith(("PYTEST_", "COV_", "LOKET_"))]:
            del environment[inherited]
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]

    def test(self, *files: str) -> None:
        self.run("pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *files)


@pytest.fixture
def copy(tmp_path):
    for part in PARTS:
        source, target = ROOT / part, tmp_path / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("images"))
        else:
            shutil.copy(source, target)
    return Copy(tmp_path)


CONTRACTS = "tests/house/test_layers.py::test_the_contract_names_every_channel"


def test_the_first_change(copy):
    assert copy.apply_blocks((ROOT / "docs" / "first-hour.md").read_text()) == 4
    copy.test("tests/conversations/test_first_change.py", "tests/locales/test_files.py")


def test_a_conversation(copy):
    copy.apply("A conversation")
    copy.test("tests/conversations/test_parking.py", "tests/locales/test_files.py", CONTRACTS)


def test_a_channel(copy):
    copy.apply("A channel")
    copy.test("tests/channels/test_lines.py", CONTRACTS)


def test_a_language(copy):
    copy.apply("A language")
    copy.test("tests/conversations/test_sundanese.py", "tests/locales")


def test_a_service(copy):
    copy.apply("A service")
    copy.test("tests/conversations/test_births.py")


def test_a_setting(copy):
    copy.apply("A setting")
    copy.run("docs.write", "--only", "settings")
    copy.test("tests/house/test_settings.py")
