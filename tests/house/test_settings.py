"""Settings: every one documented, every mistake one sentence that names the variable and never its value."""

import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.setup.clock import wall_clock
from bot.setup.logs import mask
from bot.setup.office_file import load_office
from bot.setup.settings import BadSetting, Settings, load_settings, unknown_variables, variable
from domain.office.rules import Retention

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_a_fresh_clone_needs_no_setting_at_all():
    settings = load_settings()
    assert settings.database_url == "sqlite+aiosqlite:///var/loket.db"
    assert settings.sqlite_file == Path("var/loket.db")
    assert settings.telegram_token is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOKET_DATABASE_URL", "postgres://secret@db/loket", "should start with sqlite+aiosqlite://"),
        (
            "LOKET_DATABASE_URL",
            "sqlite+aiosqlite://",
            "should start with",
        ),  # would live in memory and be gone
        ("LOKET_DATABASE_POOL", "1", "greater than or equal to 2"),
        ("LOKET_LISTEN", "8080", "like 127.0.0.1:8080"),
        ("LOKET_TRUSTED_PROXIES", "10.0.0.7/8", "no bit set behind the prefix"),
        ("LOKET_TRUSTED_PROXIES", "proxy.example", "separated by commas"),
        ("LOKET_TRUSTED_PROXIES", "0.0.0.0/0", "no wider than 10.0.0.0/8"),
        ("LOKET_LISTEN", "127.0.0.1:99999", "like 127.0.0.1:8080"),
        ("LOKET_PUBLIC_URL", "loket.example.go.id", "should start with https://"),
        ("LOKET_PUBLIC_URL", "https://loket example.go.id", "should name a server"),
        ("LOKET_DATABASE_POOL", "twenty", "should be a whole number."),
        # systemd and `loket fleet` pass such a comment on, and a SQLite file would be named after it.
        ("LOKET_DATABASE_URL", "sqlite+aiosqlite:////var/lib/loket.db # ours", "a line of its own"),
        ("LOKET_METRICS_TOKEN", "secret # for Prometheus", "a line of its own"),
        ("LOKET_TRACES_URL", "https://user:rahasia@collector.example", "should name a server"),
        ("LOKET_TELEGRAM_API_BASE", "https://", "should name a server"),
        ("LOKET_TELEGRAM_API_BASE", "https://user:rahasia@proxy.example", "should name a server"),
        ("LOKET_WHATSAPP_API_BASE", "https://graph.facebook.com/ v25", "should name a server"),
        ("LOKET_WHATSAPP_API_BASE", "https://graph.facebook.com:https", "should name a server"),
        ("LOKET_TELEGRAM_MODE", "carrier pigeon", "'polling' or 'webhook'"),
        ("LOKET_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("LOKET_TELEGRAM_RATE", "fast", "should be a number."),
        ("LOKET_TELEGRAM_RATE", "0", "greater than 0"),
        ("LOKET_TELEGRAM_TOKEN", "12345:ключ", "plain ASCII"),
        ("LOKET_TELEGRAM_TOKEN", "@loket_bot", "looks like 123456:ABC"),
        ("LOKET_CLOCK_SHIFT", "nan", "should be"),
        ("LOKET_WHATSAPP_PHONE_NUMBER_ID", "+62 812", "should consist of digits"),
        ("LOKET_WHATSAPP_AUTH_HEADER", "Authorization Bearer", "should look like"),
        ("LOKET_CLOCK_SHIFT", "1e300", "less than"),
    ],
)
def test_a_mistake_is_one_sentence_with_the_variable_and_without_its_value(monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as told:
        load_settings()
    sentence = str(told.value)
    assert sentence.startswith(f"{name} ")
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "secret" not in sentence


def test_an_empty_variable_counts_as_absent_and_a_file_env_is_read(monkeypatch):
    Path(".env").write_text("LOKET_TELEGRAM_TOKEN=12345:abc\nLOKET_LISTEN=127.0.0.1:9000\n")
    monkeypatch.setenv("LOKET_LISTEN", "")
    monkeypatch.setenv("LOKET_PUBLIC_URL", "https://loket.example.go.id/")
    settings = load_settings()
    assert settings.telegram_token.get_secret_value() == "12345:abc"
    assert settings.public_url == "https://loket.example.go.id"


def test_a_file_env_that_is_no_text_is_told():
    Path(".env").write_bytes(b"LOKET_LISTEN=\xff\xfe\n")
    with pytest.raises(BadSetting, match=r"\.env"):
        load_settings()


def test_an_unreadable_file_env_is_told_with_the_way_out():
    Path(".env").symlink_to("/proc/self/mem")  # cannot be read, by root either
    with pytest.raises(BadSetting, match=r"\.env .* cannot be read: Input/output error\. .*Loket's account"):
        load_settings()


def test_secrets_hide_themselves_and_lose_the_line_end_they_were_pasted_with(monkeypatch):
    monkeypatch.setenv("LOKET_TELEGRAM_TOKEN", " 12345:abc\n")
    settings = load_settings()
    assert settings.telegram_token.get_secret_value() == "12345:abc"
    assert "12345" not in repr(settings)


def test_a_slip_of_the_pen_is_noticed():
    found = unknown_variables(["LOKET_TELEGRAM_TOKN", "LOKET_LISTEN", "PATH", "LOKET_MOON", "loket_listen"])
    assert found == {"LOKET_MOON": None, "LOKET_TELEGRAM_TOKN": "LOKET_TELEGRAM_TOKEN"}


def test_the_clock_is_the_wall_clock_moved_by_the_shift():
    real = datetime.now(UTC)  # noqa: TID251 (compared with the product's one reader)
    assert abs((wall_clock()() - real).total_seconds()) < 5
    assert abs((wall_clock(-86_400.5)() - real).total_seconds() + 86_400.5) < 5


def test_the_operating_page_documents_every_setting_and_no_other():
    page = (ROOT / "docs" / "operating.md").read_text()
    rows = dict(re.findall(r"^\| `(LOKET_[A-Z_]+)` \| (.*?) \|", page, re.MULTILINE))
    fields = {variable(field): info for field, info in Settings.model_fields.items()}
    assert set(rows) == set(fields)
    for name, info in fields.items():
        default = "" if info.default in (None, "") else f"`{info.default}`"
        assert rows[name] == default, name
        assert f"{info.description} |" in page, name


def test_the_operating_page_documents_every_retention_period_with_its_sample():
    page = (ROOT / "docs" / "operating.md").read_text().partition("## How long things are kept")[2]
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| `(\d+)` \|", page, re.MULTILINE))
    sample = load_office(None).retention
    assert rows == {field.name: str(getattr(sample, field.name)) for field in fields(Retention)}


def test_every_secret_that_is_configured_is_masked_wherever_it_turns_up(monkeypatch):
    monkeypatch.setattr("bot.setup.logs._hidden", [])
    secrets = {
        variable(field): f"{place}:rahasia-{place}-XYZ"
        for place, (field, info) in enumerate(Settings.model_fields.items())
        if "SecretStr" in str(info.annotation)
    }
    assert len(secrets) > 6
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LOKET_DATABASE_URL", "postgresql+asyncpg://loket:kata-sandi@db/loket")
    load_settings()
    told = mask(f"no {' and '.join(secrets.values())}, nor kata-sandi")
    assert "rahasia" not in told
    assert "kata-sandi" not in told
