"""A database that a newer Loket migrated: every command says so in one sentence, and changes nothing."""

import sqlite3

import pytest
import typer

from bot.cli.commands import app
from tests.cli.test_keeping import register
from tests.support.people import SRI

DAYS = ("--from", "2026-11-23", "--to", "2026-11-24")
COMMANDS = {
    "run": (),
    "migrate": (),
    "import": ("register.csv",),
    "purge": (),
    "check": (),
    "estimate": (),
    "restore": ("copy.bak",),
    "move": ("--to", "sqlite+aiosqlite:///var/new.db"),
    "rotate-keys": (),
    "audit": DAYS,
    "announce": ("news.toml", "--as", "Wulan"),
    "announcements": (),
    "staff invite": ("Wulan", "--role", "admin"),
    "staff list": (),
    "staff revoke": ("Wulan",),
    "seats list": DAYS,
    "seats open": DAYS,
    "seats close": ("--point", "sooko", "--date", "2026-12-01"),
    "seats unanswered": (),
    "seats odd": (),
    "token create": ("kios", "--scope", "overview:read"),
    "token list": (),
    "token revoke": ("kios",),
    "webhooks add": ("https://example.go.id/loket",),
    "webhooks list": (),
    "webhooks rotate": ("1",),
    "webhooks resend": ("1",),
    "webhooks enable": ("1",),
    "webhooks remove": ("1",),
    "report skm": (),
    "report changed": ("Loket buka lebih awal.",),
    "office status": (),
}
WITHOUT_THE_DATABASE = {
    "backup",  # copies whatever is there
    "demo",
    "fleet check",  # these run the commands above
    "fleet migrate",
    "fleet status",
    "office new",
    "voice check",
    "voice record-list",
    "whatsapp templates",
}


def every_command(group, before=""):
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from every_command(one, f"{name} ")
        else:
            yield before + name


def test_every_command_is_tried_here():
    assert set(every_command(typer.main.get_command(app))) == {*COMMANDS, *WITHOUT_THE_DATABASE}


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    from tests.cli.conftest import CommandLine

    loket = CommandLine(tmp_path_factory.mktemp("newer"))
    register(loket, SRI)
    (loket.folder / "news.toml").write_text('name = "x"\ntext = "x"\nstatus = "READY_FOR_PICKUP"\n')
    database = loket.folder / "var" / "loket.db"
    with sqlite3.connect(database) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999', oldest_code = '9998'")
    file.close()
    assert loket("backup", "copy.bak").code == 0
    return loket


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_database_is_one_sentence(newer, command):
    ended = newer(*command.split(), *COMMANDS[command])
    assert ended.code != 0
    assert "newer than this Loket" in ended.told + ended.out, ended.told
    if command not in {"check", "office status"}:
        assert ended.is_one_sentence(), ended.told
    with sqlite3.connect(newer.folder / "var" / "loket.db") as file:
        assert file.execute(
            "SELECT version_num, (SELECT count(*) FROM staff) FROM alembic_version"
        ).fetchone() == ("9999", 0)
    file.close()
