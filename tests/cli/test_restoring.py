"""A backup is brought back where the database is missing, damaged, in use or out of reach."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from storage.backups import BackupRefused, postgres
from tests.cli.conftest import CommandLine, Ended
from tests.cli.test_keeping import register
from tests.support.people import BUDI, SRI


@pytest.fixture
def backed_up(loket: CommandLine) -> CommandLine:
    """An office on SQLite that made a backup with one application, and has another one since."""
    register(loket, SRI)
    assert loket("backup", "copy.bak").code == 0
    register(loket, BUDI)
    return loket


def database_of(loket: CommandLine) -> Path:
    return loket.folder / "var" / "loket.db"


def restores(loket: CommandLine, **settings: str) -> Ended:
    return loket("restore", "copy.bak", "--yes", **settings)


def test_a_backup_is_brought_back_where_no_database_is(backed_up: CommandLine):
    database_of(backed_up).unlink()
    assert restores(backed_up).code == 0
    assert "1 applications" in backed_up("check").out


def test_a_backup_replaces_a_damaged_database(backed_up: CommandLine):
    database_of(backed_up).write_bytes(b"what a failing disk leaves " * 1000)
    done = restores(backed_up)
    assert done.code == 0, done.told
    assert "1 applications" in backed_up("check").out


def test_a_restore_that_cannot_write_says_so_and_changes_nothing(backed_up: CommandLine):
    database_of(backed_up).with_name("loket.db.part").mkdir()
    done = restores(backed_up)
    assert (done.code, "nothing was restored" in done.told) == (1, True)
    assert done.is_one_sentence()
    assert "2 applications" in backed_up("check").out


def test_a_backup_with_a_damaged_page_is_not_brought_back(backed_up: CommandLine):
    backup = backed_up.folder / "copy.bak"
    with closing(sqlite3.connect(backup)) as copy:
        ((size,),) = copy.execute("PRAGMA page_size")
        ((page,),) = copy.execute("SELECT rootpage FROM sqlite_master WHERE name = 'staff'")
    with backup.open("r+b") as file:
        file.seek((page - 1) * size + 7)  # the page's count of bytes between its rows
        file.write(b"\x01")
    done = restores(backed_up)
    assert (done.code, "damaged" in done.told) == (1, True), done.told
    assert done.is_one_sentence()
    assert "2 applications" in backed_up("check").out


def forged(loket: CommandLine, *steps: str) -> Path:
    """The backup with a row that breaks a CHECK, written by somebody who switched them off."""
    backup = loket.folder / "copy.bak"
    with closing(sqlite3.connect(backup)) as copy:
        for step in ("PRAGMA ignore_check_constraints=ON", "UPDATE writing_key SET one = 2", *steps):
            copy.execute(step)
            copy.commit()
    return backup


@pytest.mark.parametrize("words", [["--yes"], ["--dry-run"]])
def test_a_backup_with_an_impossible_row_is_not_brought_back(backed_up: CommandLine, words: list[str]):
    before = forged(backed_up).read_bytes()
    done = backed_up("restore", "copy.bak", *words)
    assert (done.code, "CHECK constraint failed" in done.told) == (1, True), done.told
    assert "another backup" in done.told
    assert done.is_one_sentence()
    assert "2 applications" in backed_up("check").out
    assert (backed_up.folder / "copy.bak").read_bytes() == before


@pytest.mark.parametrize("log", ["a write-ahead log", "a journal"])
def test_a_backup_that_may_not_be_written_is_checked_in_its_copy(backed_up: CommandLine, log: str):
    backup = forged(backed_up, *(["PRAGMA journal_mode=WAL"] if "ahead" in log else []))
    if "ahead" not in log:
        backup.with_name("copy.bak-journal").write_bytes(b"")
    done = restores(backed_up)
    assert (done.code, "CHECK constraint failed" in done.told) == (1, True), done.told
    assert "2 applications" in backed_up("check").out
    assert sorted(one.name for one in database_of(backed_up).parent.glob("*.part*")) == []


@pytest.mark.postgres
def test_a_server_in_use_is_not_restored(loket: CommandLine, postgres_only: str):
    loket.environment["LOKET_DATABASE_URL"] = postgres_only
    register(loket, SRI)
    assert loket("backup", "copy.bak").code == 0

    async def meanwhile() -> Ended:
        running = await asyncpg.connect(postgres_only.replace("+asyncpg", ""))
        try:
            return await asyncio.to_thread(restores, loket)
        finally:
            await running.close()

    done = asyncio.run(meanwhile())
    assert (done.code, "stop every `loket run`" in done.told) == (1, True), done.told
    assert done.is_one_sentence()
    assert "1 applications" in loket("check").out


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_named_in_one_sentence(loket: CommandLine):
    nobody = "postgresql+asyncpg://a@127.0.0.1:1/x"
    done = loket("backup", "copy.bak", LOKET_DATABASE_URL=nobody)
    assert (done.code, "pg_dump said" in done.told) == (1, True), done.told
    assert done.is_one_sentence()
    assert not (loket.folder / "copy.bak").exists()


def test_without_postgresqls_programs_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "_DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused, match="postgresql-client"):
        postgres.back_up("postgresql+asyncpg://a@127.0.0.1:1/x", tmp_path / "copy.bak")
    with pytest.raises(BackupRefused, match="postgresql-client"):
        postgres.bring_back(tmp_path / "copy.bak", "postgresql+asyncpg://a@127.0.0.1:1/x")
