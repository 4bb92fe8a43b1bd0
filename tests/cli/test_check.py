"""What `loket check` says about a database that cannot be used, and about a file that others can read."""

import pytest
from sqlalchemy.engine import make_url

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
