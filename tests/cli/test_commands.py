"""The command line as an operator meets it."""

import asyncio
import json
import os
import stat
from importlib.metadata import version

import pytest

from bot.setup.office_file import OTHER_SAMPLES
from storage.staff.staff import CODE_ALPHABET, CODE_LENGTH
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.emulators.telegram.webhook import Webhook

WHATSAPP = {
    "LOKET_WHATSAPP_TOKEN": "a",
    "LOKET_WHATSAPP_PHONE_NUMBER_ID": "1065403522",
    "LOKET_WHATSAPP_APP_SECRET": "b",
    "LOKET_WHATSAPP_VERIFY_TOKEN": "c",
}
HEADER = "no_registrasi,nik,nama,layanan,status,tanggal\n"
GOOD = "MJK-261102-0007-Z,3516015708900001,SITI RAHAYU,ktp_baru,CARD_SHIPPED,2026-11-20\n"
BAD = "MJK-261102-0007-Z,351601570890001,SITI RAHAYU,ktp_baru,CARD_SHIPPED,2026-11-20\n"  # 15 digits


def test_a_group_without_its_command_is_told_so(loket):
    ended = loket("whatsapp")
    assert ended.code == 2
    assert ended.told.strip() == "loket: A command is missing. See `loket --help`."


def test_help_names_every_command(loket):
    shown = loket("--help").out
    for command in ("run", "demo", "migrate", "import", "staff", "report", "seats", "purge", "check"):
        assert f" {command} " in shown


def test_the_version_is_the_distributions(loket):
    ended = loket("--version")
    assert (ended.code, ended.out.strip()) == (0, f"loket {version('loket')}")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["frobnicate"], 2),
        (["staff", "invite", "Ibu Wulan", "--role", "boss"], 2),
        (["staff", "invite", "Ibu Wulan"], 2),
        (["staff", "invite", " ", "--role", "officer"], 2),
        (["staff", "invite", "Ibu Wulan", "--role", "officer", "--point", "surabaya"], 2),
        (["staff", "revoke", "Nobody"], 1),
        (["import", "no-such-file.csv"], 2),
        (["run", "--only", "fax"], 2),
        (["run", "--only", "telegram"], 1),
        (["run", "--only", "whatsapp"], 1),
        (["whatsapp", "templates", "--check"], 1),
        (["run", "--listen", "nowhere"], 1),
        (["run", "--listen", "203.0.113.7:80"], 1),
        (["demo", "--port", "0"], 2),
    ],
)
def test_what_is_in_the_way_is_one_sentence_and_an_exit_code(loket, words, code):
    ended = loket(*words)
    assert ended.code == code
    assert ended.is_one_sentence(), ended.told
    assert ended.out == ""


@pytest.mark.parametrize(
    "settings",
    [
        {"LOKET_SECRET_KEY": None},
        {"LOKET_SECRET_KEY": "too short"},
        {"LOKET_DATABASE_URL": "mysql://x"},
        {"LOKET_DATABASE_URL": "sqlite+aiosqlite:////proc/nowhere/loket.db"},
        {"LOKET_DATABASE_URL": "postgresql+asyncpg://a:b@127.0.0.1:1/x"},
        {"LOKET_OFFICE": "no-such-office.toml"},
    ],
)
@pytest.mark.parametrize(
    "words",
    [["staff", "invite", "Ibu Wulan", "--role", "admin"], ["purge"], ["run"]],
    ids=lambda words: words[0],
)
def test_a_setting_that_cannot_be_used_is_one_sentence(loket, words, settings):
    ended = loket(*words, **settings)
    assert ended.code == 1
    assert ended.is_one_sentence(), ended.told


def test_an_unexpected_fault_is_one_sentence_without_details_of_people(loket, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Breaks:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'bot.cli.maintenance': raise RuntimeError('3516015708900001')\n"
        "sys.meta_path.insert(0, Breaks())\n"
    )
    ended = loket.anew("purge", PYTHONPATH=f"{tmp_path}{os.pathsep}{loket.environment['PYTHONPATH']}")
    assert ended.code == 1
    assert ended.is_one_sentence()
    assert "RuntimeError" in ended.told
    assert "3516015708900001" not in ended.told


def test_inviting_prints_the_bare_code_as_the_last_line(loket):
    ended = loket("staff", "invite", "  Ibu   Wulan ", "--role", "officer", "--point", "sooko")
    assert ended.code == 0
    assert len(ended.last_line) == CODE_LENGTH
    assert set(ended.last_line) <= set(CODE_ALPHABET)
    listed = loket("staff", "list").out
    assert "Ibu Wulan  officer  sooko" in listed
    assert ended.last_line not in listed


def test_the_revoked_are_no_longer_listed(loket):
    loket("staff", "invite", "Ibu Wulan", "--role", "admin")
    assert loket("staff", "revoke", "Ibu Wulan").code == 0
    assert "Nobody is invited yet" in loket("staff", "list").out


def test_what_is_written_belongs_to_nobody_else(new_folder, tmp_path):
    new_folder("staff", "list")
    assert stat.S_IMODE((tmp_path / "var" / "loket.db").stat().st_mode) == 0o600


def test_migrating_needs_no_key_and_may_be_repeated(new_folder):
    assert "is up to date now" in new_folder("migrate", LOKET_SECRET_KEY=None).out
    assert "was up to date" in new_folder("migrate", LOKET_SECRET_KEY=None).out


def test_migrating_says_which_folder_and_file_it_made(loket, tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/salah/ketik/loket.db"
    made = loket("migrate", LOKET_DATABASE_URL=url).out
    assert f"Created the folder {tmp_path}/salah/ketik." in made
    assert f"Created the database file {tmp_path}/salah/ketik/loket.db." in made
    assert "Made" not in loket("migrate", LOKET_DATABASE_URL=url).out


def test_a_purge_says_when_there_is_nothing_to_do(loket):
    assert loket("purge").out == "Nothing was old enough to be deleted.\n"


def test_a_good_file_is_imported_and_a_repeated_one_changes_nothing(loket, tmp_path):
    (tmp_path / "register.csv").write_text(HEADER + GOOD)
    first, again = loket("import", "register.csv", "--json"), loket("import", "register.csv", "--json")
    assert first.code == again.code == 0
    assert json.loads(first.out)["new"] == 1
    assert json.loads(again.out)["unchanged"] == 1


def test_refused_rows_are_listed_and_the_exit_code_says_so(loket, tmp_path):
    (tmp_path / "register.csv").write_text(HEADER + BAD)
    dry, real = loket("import", "register.csv", "--dry-run", "--json"), loket("import", "register.csv")
    assert dry.code == real.code == 1
    (row,) = json.loads(dry.out)["refused"]
    assert (row["row"], row["column"]) == (2, "nik")
    assert "Traceback" not in real.told
    assert "351601570890001" not in dry.out + real.out + real.told


def test_a_wrong_key_is_no_refused_row_and_no_bad_file(loket, tmp_path):
    (tmp_path / "register.csv").write_text(HEADER + GOOD)
    assert loket("import", "register.csv").code == 0
    key = loket("check", LOKET_SECRET_KEY=None).out.partition("LOKET_SECRET_KEY=")[2].split()[0]
    other, none = loket("import", "register.csv", LOKET_SECRET_KEY=key), loket("import", "nowhere.csv")
    assert (other.code, none.code) == (3, 2)
    assert other.told.startswith("loket: LOKET_SECRET_KEY is not the key that this database was written with")
    assert other.is_one_sentence()
    assert loket("import", "register.csv", LOKET_SECRET_KEY="short").code == 3


def test_check_makes_a_key_that_can_be_used(new_folder):
    ended = new_folder("check", LOKET_SECRET_KEY=None)
    assert ended.code == 1
    assert "run this in the folder of its file .env" in ended.out
    assert "in this folder, which has no file .env" in new_folder("staff", "list", LOKET_SECRET_KEY=None).told
    (new_folder.folder / ".env").touch()
    assert "in the folder of its file .env" not in new_folder("check", LOKET_SECRET_KEY=None).out
    key = ended.out.partition("LOKET_SECRET_KEY=")[2].split()[0]
    assert new_folder("check", LOKET_SECRET_KEY=key).code == 0


@pytest.mark.parametrize(
    ("settings", "said", "code"),
    [
        ({}, "the shipped sample with invented hours, telephone and limits; set LOKET_OFFICE", 0),
        ({"LOKET_OFFICE": str(OTHER_SAMPLES / "kendari.toml")}, "a sample (`sample = true` in its file)", 0),
        ({"LOKET_CLOCK_SHIFT": "3600"}, "LOKET_CLOCK_SHIFT is 3600", 0),
        ({"LOKET_CLOCK_SHIFT": "631152000"}, "the holidays are known until", 0),  # twenty years ahead
        (
            {"LOKET_TELEGRAM_TOKN": "x"},
            "LOKET_TELEGRAM_TOKN is set, but there is no such setting. Do you mean LOKET_TELEGRAM_TOKEN?",
            0,
        ),
        ({"LOKET_TELEGRAM_TOKEN": "1:a"}, "Telegram: on, by polling", 0),
        ({"LOKET_WHATSAPP_TOKEN": "a"}, "LOKET_WHATSAPP_APP_SECRET is not set", 1),
        ({**WHATSAPP, "LOKET_WHATSAPP_DAILY_RECIPIENTS": "2000"}, "2000 people a day", 0),
        ({**WHATSAPP, "LOKET_WHATSAPP_DAILY_RECIPIENTS": "0"}, "no limit", 0),
        (WHATSAPP, "LOKET_WHATSAPP_BUSINESS_ACCOUNT_ID is not set", 0),
        ({**WHATSAPP, "LOKET_WHATSAPP_VERIFY_TOKEN": ""}, "LOKET_WHATSAPP_VERIFY_TOKEN is not set", 1),
        ({**WHATSAPP, "LOKET_WHATSAPP_PHONE_NUMBER_ID": ""}, "LOKET_WHATSAPP_PHONE_NUMBER_ID is not set", 1),
        ({"LOKET_PUBLIC_URL": "http://loket.example"}, "is not https", 0),
        ({"LOKET_TRACES_URL": "http://127.0.0.1:4318/v1/traces"}, "Traces: sent to http://127.0.0.1:4318", 0),
        ({"LOKET_SECRET_KEY_OLD": Vault.new_key()}, "LOKET_SECRET_KEY_OLD is set", 0),
        ({"LOKET_SECRET_KEY": "short"}, "LOKET_SECRET_KEY cannot be used", 1),
        ({"LOKET_SECRET_KEY_OLD": "short"}, "LOKET_SECRET_KEY_OLD cannot be used", 1),
        ({"LOKET_DATABASE_URL": "sqlite+aiosqlite:////dev/null/l.db"}, "cannot be created in /dev/null", 1),
        ({"LOKET_OFFICE": "nowhere.toml"}, "LOKET_OFFICE cannot be used", 1),
        ({"LOKET_TELEGRAM_TOKEN": "1:a", "LOKET_TELEGRAM_MODE": "webhook"}, "WEBHOOK_SECRET is not set", 1),
        ({"LOKET_DATABASE_URL": "postgresql+asyncpg://a:b@127.0.0.1:1/x"}, "is not available", 1),
    ],
)
def test_check_says_what_each_thing_means(loket, settings, said, code):
    ended = loket("check", **settings)
    assert said in ended.out
    assert ended.code == code
    assert "WhatsApp: on" not in ended.out or code == 0  # what does not start is not on


def test_check_looks_into_the_database(loket, tmp_path):
    (tmp_path / "register.csv").write_text(HEADER + GOOD.replace("CARD_SHIPPED", "SOMETHING NEW"))
    loket("import", "register.csv")
    shown = loket("check").out
    assert "Register: 1 applications" in shown
    assert "1 applications have a status code that Loket does not know" in shown
    assert "Nobody of the staff is invited yet" in shown
    loket("staff", "invite", "Ibu Wulan", "--role", "admin")
    assert "only one admin for the whole office" in loket("check").out
    loket("staff", "invite", "Pak Bagus", "--role", "admin")
    assert "admin for the whole office" not in loket("check").out
    stranger = loket("check", LOKET_SECRET_KEY=Vault.new_key())
    assert "not the key that this database was written with" in stranger.out
    assert stranger.code == 1
    without = loket("check", LOKET_SECRET_KEY=None)
    assert "set LOKET_SECRET_KEY to that one, not to a new one" in without.out
    assert without.code == 1


def test_check_names_the_keys_of_an_office_file_that_nobody_reads(loket, tmp_path):
    (tmp_path / "office.toml").write_text("[push]\nhold_secnds = 1\n")
    assert "push.hold_secnds" in loket("check", LOKET_OFFICE="office.toml").out


def test_an_old_schema_is_noted_on_sqlite(new_folder, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "loket.db").touch()
    ended = new_folder("check")
    assert "loket migrate" in ended.out
    assert ended.code == 0


@pytest.mark.parametrize(
    "words", [["run"], ["staff", "list"], ["import", "register.csv"]], ids=lambda words: words[0]
)
def test_another_key_stops_before_anything_is_written(loket, tmp_path, words):
    (tmp_path / "register.csv").write_text(HEADER + GOOD)
    loket("import", "register.csv")
    ended = loket(*words, LOKET_SECRET_KEY=Vault.new_key())
    assert ended.code == (3 if words[0] == "import" else 1)
    assert ended.told.startswith("loket: LOKET_SECRET_KEY is not the key that this database was written with")
    assert ended.is_one_sentence()


def test_an_old_key_that_is_the_same_is_no_rotation(loket):
    assert loket("staff", "invite", "Ibu Wulan", "--role", "viewer").code == 0
    key = loket.environment["LOKET_SECRET_KEY"]
    checked = loket("check", LOKET_SECRET_KEY_OLD=key)
    assert "LOKET_SECRET_KEY_OLD is the same key as LOKET_SECRET_KEY: take it out." in checked.out
    rotated = loket("rotate-keys", LOKET_SECRET_KEY_OLD=key)
    assert rotated.code == 1
    assert "set LOKET_SECRET_KEY to a new key" in rotated.told


def test_inviting_an_existing_member_changes_nothing_unless_confirmed(loket):
    loket("staff", "invite", "Ibu Wulan", "--role", "viewer")
    refused = loket("staff", "invite", "Ibu Wulan", "--role", "admin")
    assert refused.code == 1
    assert "on the staff already, as viewer" in refused.told
    assert refused.is_one_sentence()
    assert "viewer" in loket("staff", "list").out
    same = loket("staff", "invite", "Ibu Wulan", "--role", "viewer")
    assert same.code == 0
    assert "no longer works" in same.out
    assert loket("staff", "invite", "Ibu Wulan", "--role", "admin", "--again").code == 0
    assert "admin" in loket("staff", "list").out


async def test_check_tells_of_a_webhook_that_would_keep_the_bot_deaf(loket):
    async with Telegram() as telegram:
        settings = {"LOKET_TELEGRAM_TOKEN": telegram.token, "LOKET_TELEGRAM_API_BASE": telegram.api_base}
        before = await asyncio.to_thread(lambda: loket("check", **settings))
        telegram.deliveries.webhook = Webhook(url="https://elsewhere.example/hook")
        after = await asyncio.to_thread(lambda: loket("check", **settings))
        wrong = {**settings, "LOKET_TELEGRAM_TOKEN": "123456789:" + "A" * 35}
        refused = await asyncio.to_thread(lambda: loket("check", **wrong))
    assert "has a webhook" not in before.out
    assert "could not be asked" not in before.out
    assert "The bot's token has a webhook" in after.out
    assert after.code == 0
    assert "Telegram refuses LOKET_TELEGRAM_TOKEN" in refused.out
    assert refused.code == 1


def test_check_refuses_a_real_office_that_leaves_its_place_to_the_sample(loket):
    file = loket.folder / "office.toml"
    file.write_text('name = "Disdukcapil Kabupaten Konawe"\n')  # another place, and no word of a sample
    assert loket("check", LOKET_OFFICE=str(file)).code == 1
    file.write_text("[push]\nhold_seconds = 60\n")  # the sample, tuned
    assert "lacks" not in loket("check", LOKET_OFFICE=str(file)).out
    file.write_text('name = "Disdukcapil Kabupaten Konawe"\nsample = false\n')
    ended = loket("check", LOKET_OFFICE=str(file))
    assert "lacks points, contact.address, contact.phone, hours, districts, neighbour.name" in ended.out
    assert ended.code == 1
    own = (
        'name = "Disdukcapil Kabupaten Konawe"\nsample = false\ncontact = { address = "Unaaha", phone = "(0408) 1" }\n'
        'districts = [{ code = "74.02.01", name = "Unaaha" }]\nneighbour = { name = "", office = "", prefixes = [] }\n'
        'number = { prefix = "KNW" }\n[[points]]\nid = "unaaha"\nname = "Kantor Disdukcapil"\naddress = "Unaaha"\n'
    )
    file.write_text(own)
    assert "lacks hours: residents would see the sample's" in loket("check", LOKET_OFFICE=str(file)).out
    for hours in ('[points.hours]\nmon = ["08:00-12:00"]\n', '[hours]\nmon = ["08:00-12:00"]\n'):
        file.write_text(own + hours)
        assert loket("check", LOKET_OFFICE=str(file)).code == 0
    file.write_text(own.replace("sample = false", "sample = true"))
    assert loket("check", LOKET_OFFICE=str(file)).code == 0


def test_check_names_the_languages_that_there_are(loket):
    file = loket.folder / "office.toml"
    file.write_text('languages = ["id", "su"]\n')
    ended = loket("check", LOKET_OFFICE=str(file))
    assert "languages: there are no texts in 'su', only in id, jv, en" in ended.out
    assert ended.code == 1


def test_commands_speak_of_the_offices_own_zone_and_languages(loket):
    kendari = str(OTHER_SAMPLES / "kendari.toml")
    invited = loket("staff", "invite", "Ayu", "--role", "officer", LOKET_OFFICE=kendari)
    assert " WITA:" in invited.out
    refused = loket("report", "skm", "--language", "jv", LOKET_OFFICE=kendari)
    assert refused.code != 0
    assert "id, en" in refused.told
    assert loket("report", "skm", "--language", "en", LOKET_OFFICE=kendari).code == 0
