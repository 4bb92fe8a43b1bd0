"""`loket move --to URL`, as an operator types it."""

import json
import os
import signal
import sqlite3
import subprocess

import pytest

from tests.cli.test_keeping import register
from tests.support.people import BUDI, SRI


def test_an_office_moves_to_postgresql_and_its_file_takes_no_more_writes(loket, postgres_only):
    register(loket, SRI, BUDI)
    done = loket("move", "--to", postgres_only, "--json")
    assert done.code == 0, done.told
    told = json.loads(done.out)
    assert told["tables"]["applications"]["rows"] == 2
    assert len(told["tables"]["applications"]["checksum"]) == 32
    assert "2 applications" in loket("check", LOKET_DATABASE_URL=postgres_only).out
    for words in (
        ["import", "register.csv"],
        ["staff", "list"],
        ["run"],
        ["rotate-keys"],
        ["move", "--to", postgres_only],
    ):
        refused = loket(*words)
        assert refused.code in {1, 3}, words
        assert refused.is_one_sentence(), refused.told
        assert "moved" in refused.told, words


@pytest.mark.postgres
def test_a_move_that_is_killed_goes_on_and_the_office_meanwhile(loket, postgres_server, request):
    name = postgres_server.create()
    request.addfinalizer(lambda: postgres_server.drop(name))
    url = postgres_server.url(name)
    register(loket, SRI)
    with sqlite3.connect(loket.folder / "var" / "loket.db") as file:
        many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
        file.execute(
            f"{many} INSERT INTO heard SELECT CAST(printf('%08d', i) AS BLOB), '2026-11-23 02:00:00.000000' FROM n"
        )
    file.close()
    moving = subprocess.Popen(
        loket.command("move", "--to", url), cwd=loket.folder, env=loket.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for line in moving.stderr:
        if line.startswith("heard: "):
            break
    os.kill(moving.pid, signal.SIGKILL)
    moving.communicate()
    assert moving.returncode == -signal.SIGKILL
    early = loket("staff", "list", LOKET_DATABASE_URL=url)
    assert "not finished" in early.told
    assert early.is_one_sentence()
    register(loket, SRI, BUDI)
    done = loket("move", "--to", url)
    assert done.code == 0, done.told
    assert "counts and checksums are equal" in done.out
    assert "2 applications" in loket("check", LOKET_DATABASE_URL=url).out


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("mysql://db/loket", "--to should start with"),
        ("sqlite+aiosqlite:///var/loket.db", "the configured database itself"),
        ("postgresql+asyncpg://loket:rahasia-sekali@127.0.0.1:9/loket", "not available"),
        ("postgresql+asyncpg://loket:rahasia-sekali@127.0.0.1:x/loket", "its address cannot be read"),
        ("postgresql+asyncpg://loket:rahasia-sekali@db/loket?sll=1", "the unknown parameter sll"),
        ("sqlite+aiosqlite:////proc/no/loket.db", "not available"),
    ],
)
def test_a_target_that_cannot_be_used_is_one_sentence(loket, to, said):
    register(loket, SRI)
    done = loket("move", "--to", to)
    assert done.code in {1, 2}
    assert done.is_one_sentence(), done.told
    assert said in done.told
    assert "rahasia" not in done.told
    assert loket("staff", "list").code == 0


def test_without_a_database_nothing_is_moved(new_folder):
    done = new_folder("move", "--to", "sqlite+aiosqlite:///new.db")
    assert done.code == 1
    assert done.is_one_sentence(), done.told
    assert not (new_folder.folder / "new.db").exists()


@pytest.mark.postgres
def test_a_target_that_the_server_refuses_is_one_sentence(loket, postgres_server):
    register(loket, SRI)
    nobody = postgres_server.url("postgres").replace("loket@", "nobody@")
    for to, said in (
        (postgres_server.url("nowhere"), "no database of this name"),
        (nobody, "refuses the account"),
    ):
        done = loket("move", "--to", to)
        assert (done.code, done.is_one_sentence()) == (1, True), done.told
        assert said in done.told
        assert "--to" in done.told
