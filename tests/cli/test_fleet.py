"""`loket fleet`: every office of a folder, each with its own environment; one broken office stops no other."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bot.cli.fleet import BadFolder, _shared, environment_of
from storage.vault import Vault
from tests.cli.test_new_office import given

OFFICES = ("bombana", "konawe", "wakatobi")


def settings_of(folder: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (folder / "env").read_text().splitlines())


@pytest.fixture
def fleet(loket, tmp_path):
    """Three offices with a database and a key each; `loket` itself has another office's settings."""
    folder = tmp_path / "fleet"
    for name in OFFICES:
        (folder / name).mkdir(parents=True)
        assert (
            loket(
                "office", "new", str(folder / name / "office.toml"), *given(name=f"Disdukcapil {name}")
            ).code
            == 0
        )
        (folder / name / "env").write_text(
            f"LOKET_DATABASE_URL=sqlite+aiosqlite:///{folder / name / 'loket.db'}\nLOKET_SECRET_KEY={Vault.new_key()}\n"
        )
    loket.environment["LOKET_DATABASE_URL"] = "postgresql+asyncpg://a:b@127.0.0.1:1/other"
    return folder


def rows(ended):
    return {one["office"]: one for one in json.loads(ended.out)}


def test_one_broken_office_stops_no_other_office(loket, fleet):
    (fleet / "lost+found").mkdir()  # no office
    (fleet / "konawe" / "loket.db").write_bytes(b"no database" * 1000)
    migrated = loket("fleet", "migrate", str(fleet), "--json")
    assert migrated.code == 1
    assert {name: one["well"] for name, one in rows(migrated).items()} == {
        "bombana": True,
        "konawe": False,
        "wakatobi": True,
    }
    (fleet / "konawe" / "loket.db").unlink()

    for name in ("bombana", "wakatobi"):
        ready = loket(
            "office",
            "status",
            "--json",
            **settings_of(fleet / name),
            LOKET_OFFICE=str(fleet / name / "office.toml"),
        )
        assert (ready.code, json.loads(ready.out)["current"]) == (0, True)
    shown = loket("fleet", "status", str(fleet))
    assert shown.code == 1
    assert "2 of 3 offices are well." in shown.out
    (line,) = [line for line in shown.out.splitlines() if line.startswith("konawe")]
    assert "There is no database yet; run `loket migrate`." in line
    assert not (fleet / "konawe" / "loket.db").exists()  # looking creates nothing


def test_a_fleet_whose_offices_are_all_well_exits_with_0(loket, fleet):
    for name in OFFICES[1:]:
        shutil.rmtree(fleet / name)
    assert loket("fleet", "migrate", str(fleet)).code == 0
    assert loket("fleet", "status", str(fleet)).code == 0
    with (fleet / OFFICES[0] / "env").open("a") as env:
        env.write("LOKET_OICD_NAME=a slip\n")
    checked = loket("fleet", "check", str(fleet))
    assert (checked.code, checked.told) == (0, "")
    assert re.search(r"Notes: \d; run `loket check` in its folder\.", checked.out)
    idle = loket("fleet", "status", str(fleet), "--running", "--json")
    assert idle.code == 1
    assert rows(idle)["bombana"]["told"] == "No process runs for it."


@pytest.fixture
def offices(tmp_path):
    """Folders of offices with the `env` that a test gives them; names that begin alike have the same office file."""

    def make(**environments: str) -> list[Path]:
        for name, text in environments.items():
            (tmp_path / name).mkdir()
            (tmp_path / name / "office.toml").write_text(f'name = "{name[:4]}"\n')
            (tmp_path / name / "env").write_text(text)
        return [tmp_path / name for name in environments]

    return make


@pytest.mark.parametrize(
    ("second", "third", "told"),
    [
        ("LOKET_DATABASE_URL=a", "LOKET_DATABASE_URL=a", "Its LOKET_DATABASE_URL is that of bomb"),
        ("LOKET_DATABASE_URL=b\nLOKET_SECRET_KEY=k", "", "Its LOKET_SECRET_KEY is that of bomb"),
        ("LOKET_DATABASE_URL=b\nLOKET_LISTEN=1:1", "", "Its LOKET_LISTEN is that of bomb"),
        ("LOKET_DATABASE_URL=b\nLOKET_TELEGRAM_TOKEN=t", "", "Its LOKET_TELEGRAM_TOKEN is that of bomb"),
    ],
)
def test_an_office_with_what_is_its_neighbours_is_not_well(offices, second, third, told):
    own = "LOKET_DATABASE_URL=a\nLOKET_SECRET_KEY=k\nLOKET_LISTEN=1:1\nLOKET_TELEGRAM_TOKEN=t\n"
    folders = offices(bomb=own, kona=second, **({"waka": third} if third else {}))
    found = _shared({one: environment_of(one) for one in folders})
    assert {one.name: str(fault) for one, fault in found.items()} == {
        one.name: f"{told}: each office needs its own." for one in folders[1:]
    }


def test_a_second_process_of_an_office_shares_everything_but_the_port(offices):
    own = "LOKET_DATABASE_URL=a\nLOKET_SECRET_KEY=k\nLOKET_TELEGRAM_TOKEN=t\n"
    folders = offices(bomb=f"{own}LOKET_LISTEN=1:1\n", bomb2=f"{own}LOKET_LISTEN=1:2\n")
    assert _shared({one: environment_of(one) for one in folders}) == {}


def test_no_secret_of_an_env_file_is_in_the_output(loket, fleet):
    secrets = ["hunter22-long", "s3cr3t-meta-token", Vault.new_key(), "WRONG-" + Vault.new_key()]
    (fleet / "bombana" / "env").write_text(
        f"LOKET_DATABASE_URL=postgresql+asyncpg://loket:{secrets[0]}@127.0.0.1:1/x\n"
    )
    (fleet / "konawe" / "env").write_text(
        f"LOKET_DATABASE_URL=sqlite+aiosqlite:///loket.db\nLOKET_WHATSAPP_TOKN={secrets[1]}\nLOKET_SECRET_KEY={secrets[3]}\n"
    )
    (fleet / "wakatobi" / "env").write_text(
        f"LOKET_DATABASE_URL=mysql://loket:{secrets[0]}@db/x\nLOKET_SECRET_KEY={secrets[2]}\n"
    )
    shown = loket("fleet", "check", str(fleet), "--json")
    assert shown.code == 1
    found = rows(shown)
    assert not any(one["well"] for one in found.values())
    assert "LOKET_SECRET_KEY is not set" in found["bombana"]["told"]
    assert "LOKET_SECRET_KEY cannot be used" in found["konawe"]["told"]
    assert "LOKET_DATABASE_URL should start with" in found["wakatobi"]["told"]
    for secret in secrets:
        assert secret not in shown.out + shown.told
    assert "LOKET_SECRET_KEY=" not in shown.out  # nor the new key that `check` offers


def test_an_office_that_takes_too_long_is_ended_and_named(loket, fleet):
    shown = loket("fleet", "status", str(fleet), "--timeout", "0.01")
    assert shown.code == 1
    assert shown.out.count("It took longer than 0.01 s and was ended.") == len(OFFICES)


def test_a_folder_without_offices_is_one_sentence(loket, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder, code in (("empty", 2), ("nowhere", 1)):
        ended = loket("fleet", "status", folder)
        assert ended.code == code
        assert ended.is_one_sentence()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("LOKET_DATABASE_URL\n", "Line 1 of the file env is no NAME=value."),
        ("# ok\n1X=hunter22\n", "Line 2 of the file env is no NAME=value."),
        ("A='hunter22\n", "Line 1 of the file env has an open or misplaced quote."),
        ("A=hunter22\\\nB=1\n", "Line 1 of the file env is no NAME=value."),
        ("A=1\n", "The file env sets no LOKET_DATABASE_URL: each office needs a database of its own."),
        ("A=\0\n", "The file env is no list of variables."),
        ("A=1\n" * 20_000, "The file env is no list of variables."),
    ],
)
def test_an_unusable_env_file_is_told_without_its_values(tmp_path, text, told):
    (tmp_path / "office.toml").touch()
    (tmp_path / "env").write_text(text)
    with pytest.raises(BadFolder) as fault:
        environment_of(tmp_path)
    assert str(fault.value) == told


def test_an_env_file_is_read_as_systemd_reads_it(tmp_path, monkeypatch):
    monkeypatch.setenv("LOKET_TELEGRAM_TOKEN", "1:of-another-office")
    (tmp_path / "office.toml").touch()
    (tmp_path / "env").write_text(
        '# c\n; c\n\n LOKET_DATABASE_URL = sqlite+aiosqlite:///a#b \nA=\'x y\'\nB="p\\"q"\nA=last\n'
    )
    found = environment_of(tmp_path)
    assert found["LOKET_DATABASE_URL"] == "sqlite+aiosqlite:///a#b"
    assert (found["A"], found["B"]) == ("last", 'p"q')
    assert found["LOKET_OFFICE"] == str(tmp_path / "office.toml")
    assert "LOKET_TELEGRAM_TOKEN" not in found
