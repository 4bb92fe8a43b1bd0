"""What `loket check` says about a database that cannot be used, and about a file that others can read."""

import json
import os
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import make_url

from bot.cli.check import _ensure_writable, _server
from bot.setup.clock import wall_clock
from bot.setup.office_file import OTHER_SAMPLES, SAMPLE
from storage.session import StoreDown
from storage.store import Store
from tests.cli.test_commands import GOOD, HEADER
from tests.storage.test_next_schema import no_room

RULE = "local all guarded scram-sha-256\n"


@pytest.fixture(scope="module")
def guarded(postgres_server):
    """A role with a password, on a server that otherwise trusts everybody."""
    rules = postgres_server.data / "pg_hba.conf"
    before = rules.read_text()
    postgres_server.sql(
        "SET password_encryption = 'scram-sha-256'; CREATE ROLE guarded LOGIN SUPERUSER PASSWORD 'right'"
    )
    rules.write_text(RULE + before)
    postgres_server.sql("SELECT pg_reload_conf()")
    yield
    rules.write_text(before)
    postgres_server.sql("SELECT pg_reload_conf()", "DROP ROLE guarded")


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Database: postgresql, reachable."),
        ({"password": "wrong"}, "the server refuses the password"),
        ({"username": "nobody"}, "the server refuses the account"),
        ({"database": "nowhere"}, "the server has no database of this name"),
        ({"more": "&sslmode=require"}, "has the unknown parameter sslmode; asyncpg takes ssl=require"),
        ({"more": "&ssl=perhaps"}, "its address cannot be used: `sslmode` parameter must be one of"),
        ({"more": "&port=a"}, "its address cannot be read"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, dict) else "",
)
def test_what_is_wrong_with_the_address_of_a_database_is_one_sentence(
    loket, guarded, postgres_only, changed, said
):
    changed = dict(changed)
    more = changed.pop("more", "")
    parts = {"username": "guarded", "password": "right", **changed}
    url = make_url(postgres_only).set(**parts).render_as_string(hide_password=False) + more
    ended = loket("check", LOKET_DATABASE_URL=url)
    assert said in ended.out, ended.out + ended.told
    assert (ended.code, ended.told) == (1 if changed or more else 0, "")
    if ended.code:
        command = loket("staff", "list", LOKET_DATABASE_URL=url)
        assert said in command.told
        assert command.is_one_sentence()


@pytest.mark.postgres
def test_a_database_that_takes_no_writes_is_not_called_reachable(loket, postgres_server, postgres_only):
    name = make_url(postgres_only).database
    postgres_server.sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    ended = loket("check", LOKET_DATABASE_URL=postgres_only)
    postgres_server.sql(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    assert "the server is read-only: a standby, or a setting (SQLSTATE 25006)" in ended.out
    assert "reachable" not in ended.out
    assert (ended.code, ended.told) == (1, "")


def test_slips_and_readable_secrets_in_the_file_env_are_told(loket):
    file = loket.folder / ".env"
    file.write_text("export LOKET_OFICE=kantor.toml\n# LOKET_NOTHING=1\n")
    file.chmod(0o640)
    found = loket("check").out
    assert "LOKET_OFICE is set, but there is no such setting. Do you mean LOKET_OFFICE?" in found
    assert "LOKET_NOTHING" not in found
    assert "may read or change the secrets in .env (mode 0640): chmod 600 .env" in found
    file.chmod(0o600)
    assert "chmod" not in loket("check").out


def test_a_file_env_as_the_guide_makes_it_is_told_as_good(loket):
    file = loket.folder / ".env"
    file.write_text("")
    if os.geteuid() != 0:
        pytest.skip("only root gives a file to another group")
    os.chown(file, 0, 54321)
    for mode, said in ((0o640, ""), (0o644, "(mode 0644): chmod 640 .env"), (0o660, "chmod 640 .env")):
        file.chmod(mode)
        found = loket("check").out
        assert said in found
        assert ("chmod" in found) == bool(said)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql+asyncpg://a@127.0.0.1:1/x", "nothing listens at its address"),
        ("postgresql+asyncpg://a@loket.invalid/x", "its host is not known (gaierror)"),
        ("postgresql+asyncpg://a@/x?host=/nowhere", "the folder of its address has no socket"),
        ("sqlite+aiosqlite:///text.db", "the file is no SQLite database (SQLITE_NOTADB)"),
        ("sqlite+aiosqlite:////proc", "/proc cannot be opened: look at its folder, its owner"),
    ],
)
def test_a_database_that_is_not_there_is_told_in_words(loket, url, said):
    (loket.folder / "text.db").write_text("nothing of a database " * 50)
    ended = loket("check", LOKET_DATABASE_URL=url)
    assert said in ended.out
    assert ended.code == 1


async def test_a_disk_without_room_is_not_called_reachable(tmp_path, vault, clock):
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/loket.db", vault=vault, clock=clock)
    await store.migrate()
    raw = store._engine._raw
    raw.execute("PRAGMA wal_autocheckpoint=0")
    for _ in range(20):  # its log is longer than files may be now
        raw.execute("PRAGMA user_version=1")
        raw.execute("PRAGMA user_version=0")
    assert (tmp_path / "loket.db-wal").stat().st_size > 65_536
    try:
        with no_room(), pytest.raises(StoreDown, match=r"disk .*room"):
            await _ensure_writable(store)
        await _ensure_writable(store)
    finally:
        await store.close()


@pytest.mark.postgres
def test_a_database_of_another_encoding_is_refused(loket, postgres_server, request):
    postgres_server.sql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    request.addfinalizer(lambda: postgres_server.drop("latin"))
    ended = loket("check", LOKET_DATABASE_URL=postgres_server.url("latin"))
    assert "encoding LATIN1, which cannot hold every name: make it anew" in ended.out
    assert ended.code == 1


def test_the_last_import_is_told_in_the_offices_zone(loket):
    (loket.folder / "register.csv").write_text(HEADER + GOOD)
    assert loket("import", "register.csv").code == 0

    def told(office: str, zone: str) -> datetime:
        (found,) = re.findall(rf"last import (\S+ \S+) {zone}\.", loket("check", LOKET_OFFICE=office).out)
        return datetime.fromisoformat(found)

    kendari = str(OTHER_SAMPLES / "kendari.toml")
    hours = told(kendari, "WITA") - told(str(SAMPLE), "WIB"), told(kendari, "WITA") - told("none.toml", "UTC")
    assert hours == (timedelta(hours=1), timedelta(hours=8))
    at = json.loads(loket("office", "status", "--json", LOKET_OFFICE=kendari).out)["imported_at"]
    assert at.endswith("+08:00")


def test_clocks_that_differ_are_told():
    def told(seconds: int) -> list[str]:
        return [one.text for one in _server(("UTF8", wall_clock()() + timedelta(seconds=seconds)))]

    assert told(3) == []
    assert "12 s behind the database server's" in told(12)[0]
    assert "300 s ahead of the database server's" in told(-300)[0]
