"""`make test` tries the same examples in the same order each time; `make torture` and a named seed draw new ones."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
PROBE = """
import random
from hypothesis import given, strategies as st

def test_a(): print("ran a")
def test_b(): print("ran b")
def test_c(): print("ran c")
def test_d(): print("ran d")

@given(st.integers())
def test_numbers(number): print("drew", number)
"""


UNSEEDED = re.compile(r"(?<![.\w])random\.(?!Random\b)\w+\(")


def drawn(folder: Path, *options: str) -> list[str]:
    """What a test run under the house's conftest tries, in order."""
    (folder / "test_probe.py").write_text(PROBE)
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", *options]
    confcut = [
        "-p",
        "tests.conftest",
        "--rootdir",
        str(folder),
        "-c",
        "/dev/null",
        str(folder / "test_probe.py"),
    ]
    done = subprocess.run([*command, *confcut], cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if "ran " in line or "drew " in line]


@pytest.fixture(scope="module")
def daily(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("daily"))


def test_the_daily_run_tries_the_same_examples_in_the_same_order(tmp_path, daily):
    assert drawn(tmp_path) == daily


@pytest.mark.parametrize("option", ["--hypothesis-seed=1", "--hypothesis-profile=torture"])
def test_a_seed_or_torture_draws_other_examples(tmp_path, daily, option):
    assert drawn(tmp_path, option) != daily


def test_tests_draw_from_a_random_with_a_seed():
    texts = {path: path.read_text() for path in (ROOT / "tests").rglob("*.py")}
    assert not [path for path, text in texts.items() if "import random\n" in text and UNSEEDED.search(text)]
