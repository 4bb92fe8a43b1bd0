"""Loket without the folder `demo/`, as an office installs it."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, CommandLine
from tests.cli.test_run import started
from tests.support.ports import free_port

PRODUCT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DEMO = tomllib.loads((ROOT / "demo" / "pyproject.toml").read_text())
# An editable installation puts this repository on the path, the demo included.
MAIN = (
    "import pathlib, sys; sys.path = [one for one in sys.path if not pathlib.Path(one, 'demo', 'start.py').exists()]; "
    "from bot.__main__ import main; main()"
)


class Installed(CommandLine):
    """The command line of a copy of the product's packages."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for package in PRODUCT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
        self.environment["PYTHONPATH"] = str(folder)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", MAIN, *words]


@pytest.fixture(scope="module")
def loket(tmp_path_factory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"))


def test_an_office_runs_without_the_demo(loket):
    with started(loket, free_port()):
        assert "Office: Dispendukcapil" in loket.anew("check").out
    assert "import" in loket.anew("--help").out


def test_the_demo_says_what_to_install(loket):
    ended = loket.anew("demo")
    assert ended.code == 1
    assert ended.is_one_sentence(), ended.told
    assert "loket_demo" in ended.told


def test_the_demo_is_a_wheel_of_its_own(tmp_path):
    for folder in (ROOT, ROOT / "demo"):
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
        subprocess.run(build, cwd=folder, check=True, capture_output=True)
    demo, loket = sorted(tmp_path.glob("*.whl"), key=lambda file: file.name.startswith("loket-"))
    assert not [name for name in names_of(loket) if name.startswith("demo/")]
    shipped = {name for name in names_of(demo) if ".dist-info/" not in name}
    files = {str(one.relative_to(ROOT)) for one in (ROOT / "demo").rglob("*") if one.is_file()}
    assert shipped == {one for one in files if "__pycache__" not in one} - {"demo/pyproject.toml"}


def names_of(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def test_both_distributions_have_one_version():
    version = PRODUCT["project"]["version"]
    assert DEMO["project"]["version"] == version
    assert DEMO["project"]["dependencies"] == [f"loket=={version}"]
    assert PRODUCT["project"]["optional-dependencies"]["demo"] == [f"loket-demo=={version}"]
