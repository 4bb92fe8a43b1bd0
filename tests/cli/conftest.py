"""Runs `loket` in its own folder, without this machine's settings."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.vault import Vault
from tests.support import forked

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    told: str  # stderr

    @property
    def last_line(self) -> str:
        return self.out.strip().splitlines()[-1]

    def is_one_sentence(self) -> bool:
        return (
            self.told.count("\n") == 1
            and self.told.startswith("loket: ")
            and self.told.rstrip().endswith((".", "…"))
            and "Traceback" not in self.told
        )


class CommandLine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("LOKET_")
        } | {
            "PYTHONPATH": str(ROOT), "LOKET_SECRET_KEY": Vault.new_key(), "COLUMNS": "200", "NO_COLOR": "1",
            # Nobody is there: a command of a test asks no provider outside.
            "LOKET_TELEGRAM_API_BASE": "http://127.0.0.1:9", "LOKET_WHATSAPP_API_BASE": "http://127.0.0.1:9",
        }  # fmt: skip

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "bot", *words]

    def anew(self, *words: str, **settings: str) -> Ended:
        """Run `loket` as a new process to its end."""
        done = subprocess.run(
            self.command(*words), cwd=self.folder, env={**self.environment, **settings},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)

    def __call__(self, *words: str, **settings: str | None) -> Ended:
        """Run it to its end as a fork, which saves the start; a setting of None is removed."""
        environment = {**self.environment, **{name: value for name, value in settings.items() if value}}
        for name, value in settings.items():
            if value is None:
                environment.pop(name, None)
        return Ended(*forked.run(*words, folder=self.folder, environment=environment, seconds=60))


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with an empty database of the newest schema, made once by `loket migrate`."""
    made = CommandLine(tmp_path_factory.mktemp("office"))
    assert made("migrate").code == 0
    return made.folder / "var"


@pytest.fixture
def new_folder(tmp_path: Path) -> CommandLine:
    """In an empty folder: the first command makes the database."""
    return CommandLine(tmp_path)


@pytest.fixture
def loket(new_folder: CommandLine, _migrated: Path) -> CommandLine:
    """In a folder with an empty database."""
    shutil.copytree(_migrated, new_folder.folder / "var")
    return new_folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, loket: CommandLine) -> CommandLine:
    """An office with a migrated database, once on either."""
    if request.param == "postgresql":
        loket.environment["LOKET_DATABASE_URL"] = request.getfixturevalue("_postgres_url")
    return loket
