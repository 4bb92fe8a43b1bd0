"""Settings of Loket, from the environment or a file `.env` in the working folder.

The descriptions are the table in docs/operating.md (`make docs` writes it); a test compares.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.people.networks import read_networks

PREFIX = "LOKET_"
ENV_FILE = Path(".env")
_DRIVERS = ("sqlite+aiosqlite://", "postgresql+asyncpg://")
_CENTURY_SECONDS = 3.2e9
_LONGEST_NUMBER_ID = 32
_BOT_TOKEN = re.compile(r"\d+:[\w-]+")
_SERVER = re.compile(r"https?://([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(/[!$-.0-;=@-~/]*)?", re.ASCII)
_NAME = re.compile(r"^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=", re.MULTILINE)
_HEADER = re.compile(r"[A-Za-z0-9-]+(:\s*[\x21-\x7e]*)?")


class BadSetting(Exception):
    """A setting is unusable; the message is one sentence that names the variable, never its value."""


def _driver(url: str) -> str:
    if not url.startswith(_DRIVERS) or url in {"sqlite+aiosqlite://", "sqlite+aiosqlite:///"}:
        raise ValueError(f"should start with {_DRIVERS[0]} or {_DRIVERS[1]}")
    return url


def _address(listen: str) -> str:
    host, colon, port = listen.rpartition(":")
    if not (host and colon and port.isascii() and port.isdigit() and int(port) < 2**16):
        raise ValueError("should be an address and a port, like 127.0.0.1:8080")
    return listen


def _base(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("should start with https:// (or http://)")
    return url.rstrip("/")


def _server(url: str) -> str:
    if _SERVER.fullmatch(_base(url)) is None:
        raise ValueError("should name a server, without a user, spaces, ? or #")
    return _base(url)


def _number_id(number: str) -> str:
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER_ID):
        raise ValueError(
            "should consist of digits: it stands beside the number in the provider's console and is not the number itself"
        )
    return number


def _networks(text: str) -> str:
    read_networks(text)
    return text


def _header(name: str) -> str:
    if _HEADER.fullmatch(name) is None:
        raise ValueError("should look like Authorization: Bearer, or like D360-API-KEY")
    return name


def _issuer(url: str) -> str:
    parts = urlsplit(url)
    if url and parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("should be an https address")
    return url


def _ascii_secret(secret: SecretStr) -> SecretStr:
    # HTTP headers and paths carry these; other characters would fail far from the cause.
    text = secret.get_secret_value().strip()
    if not (text.isascii() and text.isprintable()):
        raise ValueError("should consist of plain ASCII characters")
    return SecretStr(text)


def _bot_token(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if _BOT_TOKEN.fullmatch(text) is None:
        raise ValueError("should be a bot token: it looks like 123456:ABC… (ask @BotFather)")
    return secret


def _without_comment(value: object) -> object:
    # A file .env read by us loses it; systemd's EnvironmentFile= and a container's env_file pass it on.
    if isinstance(value, str) and " #" in value:
        raise ValueError("should hold no comment: put it in a line of its own")
    return value


def _lower(word: str) -> str:
    return word.strip().lower()


Server = Annotated[str, AfterValidator(_server)]
Secret = Annotated[SecretStr, AfterValidator(_ascii_secret)]
Level = Literal["debug", "info", "warning", "error"]
Rate = Annotated[float, Field(gt=0)]


class Settings(BaseSettings):
    """Settings from the environment. An empty variable counts as absent."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    database_url: Annotated[str, AfterValidator(_driver)] = Field(
        default="sqlite+aiosqlite:///var/loket.db",
        description="Where everything is kept: one SQLite file, or `postgresql+asyncpg://user:password@host/name` "
        "when several processes share the work. Several hosts: "
        "`postgresql+asyncpg://user:password@/name?host=a:5432&host=b:5432&target_session_attrs=primary`.",
    )
    database_pool: int = Field(
        default=20,
        ge=2,
        le=1000,
        description="Connections to PostgreSQL that a process opens at most; one of them listens for work of other processes.",
    )
    secret_key: Secret | None = Field(
        default=None,
        description="32 random bytes in base64 that personal data is encrypted with; `loket check` makes one. "
        "Without it the data cannot be read: keep a copy apart from the backups.",
    )
    secret_key_old: Secret | None = Field(
        default=None, description="The key before, while every row is being written with the new one."
    )
    listen: Annotated[str, AfterValidator(_address)] = Field(
        default="127.0.0.1:8080", description="Address and port of the web pages and webhooks."
    )
    public_url: Annotated[str, AfterValidator(lambda url: url and _server(url))] = Field(
        default="",
        description="How the outside reaches this server, like `https://loket.example.go.id`; needed for webhooks "
        "and for links in messages.",
    )
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        default="127.0.0.0/8,::1/128",
        description="Networks of the reverse proxies in front of Loket, separated by commas. Only they are believed when they "
        "name a client in `X-Forwarded-For`, and only the last entry, which they added themselves. Behind a proxy on another "
        "machine this must name it: else all residents are counted as one address.",
    )
    telegram_token: Annotated[Secret, AfterValidator(_bot_token)] | None = Field(
        default=None, description="The bot's token from @BotFather; turns Telegram on."
    )
    telegram_api_base: Server = Field(default="https://api.telegram.org", description="The Bot API server.")
    telegram_mode: Literal["polling", "webhook"] = Field(
        default="polling",
        description="`polling` asks Telegram for messages and needs no public address; `webhook` is told of them.",
    )
    telegram_webhook_secret: Secret | None = Field(
        default=None, description="What Telegram must say in each webhook call; needed in webhook mode."
    )
    telegram_rate: Rate = Field(default=28, description="Messages a second in total (Telegram permits 30).")
    whatsapp_token: Secret | None = Field(default=None, description="Access token of the WhatsApp Cloud API.")
    whatsapp_phone_number_id: Annotated[str, AfterValidator(_number_id)] | None = Field(
        default=None, description="The number's id at the WhatsApp Cloud API."
    )
    whatsapp_app_secret: Secret | None = Field(
        default=None, description="Key of the signature under each webhook call."
    )
    whatsapp_app_secret_old: Secret | None = Field(
        default=None, description="The app secret before, while it is changed."
    )
    whatsapp_verify_token: Secret | None = Field(
        default=None, description="What the webhook's handshake must say."
    )
    whatsapp_api_base: Server = Field(
        default="https://graph.facebook.com", description="The Cloud API, or a provider's."
    )
    whatsapp_api_version: str = Field(default="v25.0", description="Version of the Cloud API.")
    whatsapp_auth_header: Annotated[str, AfterValidator(_header)] = Field(
        default="Authorization: Bearer",
        description="Header that carries the token; providers name their own.",
    )
    whatsapp_business_account_id: str | None = Field(
        default=None,
        description="The WhatsApp Business Account's id; only `loket whatsapp templates` needs it.",
    )
    whatsapp_daily_recipients: int = Field(
        default=250,
        ge=0,
        description="How many people may be written to first in 24 hours (what Meta permits a new account; 0: no limit). "
        "Replies and messages within 24 hours of a resident's word do not count; what goes beyond waits.",
    )
    whatsapp_rate: Rate = Field(default=80, description="Messages a second per number (Meta permits 80).")
    webhook_networks: Annotated[str, AfterValidator(_networks)] = Field(
        default="",
        description="Networks of the office's own machines that webhooks may be sent to, separated by commas; there "
        "without https, too. Otherwise webhooks go to public https addresses only.",
    )
    metrics_token: Secret | None = Field(
        default=None, description="Lets `GET /metrics` be read from elsewhere (`Authorization: Bearer …`)."
    )
    oidc_issuer: Annotated[str, AfterValidator(_issuer)] = Field(
        default="",
        description="Issuer of the office's single sign-on (OpenID Connect), exactly as it names itself; turns it on for "
        "invited members. Needs `pip install loket[oidc]`, `LOKET_PUBLIC_URL` and a client id.",
    )
    oidc_client_id: str = Field(default="", description="Client id that the single sign-on gave this office.")
    oidc_client_secret: Secret | None = Field(
        default=None,
        description="Its client secret; without one the client is public and PKCE alone protects it.",
    )
    oidc_name: str = Field(
        default="akun pemerintah", description="What the button calls it: “Masuk dengan …”."
    )
    office: Path | None = Field(
        default=None,
        description="The office file (TOML): points, hours, services, pickup policy, number format, retention, "
        "quiet hours. What it leaves out keeps the value of the shipped sample.",
    )
    voice_folder: Path | None = Field(
        default=None,
        description="Recordings of the answers (`loket voice record-list`); without it the word *dengar* offers an "
        "officer.",
    )
    log_level: Annotated[Level, BeforeValidator(_lower)] = Field(
        default="info",
        description="The least important lines of the log: `debug`, `info`, `warning` or `error`.",
    )
    traces_url: Server | None = Field(
        default=None,
        description="Where OpenTelemetry traces are sent (OTLP over HTTP, like `http://127.0.0.1:4318/v1/traces`); needs "
        "the extra `traces`. Empty: there are none.",
    )
    clock_shift: float = Field(
        default=0.0,
        ge=-_CENTURY_SECONDS,
        le=_CENTURY_SECONDS,
        description="Seconds added to the clock, for rehearsals and tests; may be negative. Leave it at 0.",
    )

    _no_comments = field_validator("*", mode="before")(_without_comment)

    @property
    def sqlite_file(self) -> Path | None:
        """The file of a SQLite database, None for another kind."""
        driver, _, path = self.database_url.partition(":///")
        return Path(path.partition("?")[0]) if driver == "sqlite+aiosqlite" and path else None


def variable(field: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + field.upper()


def load_settings(make: Callable[[], Settings] = Settings) -> Settings:
    """Read the settings; from now on no log line and no sentence of a command holds one of their secrets.

    Args:
        make: where they come from; tests name another place.

    Raises:
        BadSetting: one cannot be used.
    """
    try:
        settings = make()
        _hide_secrets(settings)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = variable(str(wrong["loc"][0])) if wrong["loc"] else "a setting"
        raise BadSetting(f"{name} {_said(str(wrong['msg']))}.") from None
    except UnicodeDecodeError:
        raise BadSetting(
            "The file .env in this folder is no text in UTF-8: save it so, one NAME=value a line."
        ) from None
    except OSError as error:
        raise BadSetting(
            f"The file .env in this folder cannot be read: {error.strerror}. Run the command with Loket's account "
            "(sudo -u loket), or let the present one read the file."
        ) from None
    return settings


def _hide_secrets(settings: Settings) -> None:
    from bot.setup.logs import hide

    hide(*(value.get_secret_value() for _, value in settings if isinstance(value, SecretStr)))
    with suppress(ValueError):  # no address at all: whoever opens it says so
        hide(urlsplit(settings.database_url).password or "")


def unknown_variables(names: Iterable[str]) -> dict[str, str | None]:
    """Variables that look like settings and are none, each with the setting that was probably meant."""
    known = [variable(field) for field in Settings.model_fields]
    unknown = sorted(
        {name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known}
    )
    meant = {name: get_close_matches(name.upper(), known, n=1, cutoff=0.8) for name in unknown}
    return {name: found[0] if found else None for name, found in meant.items()}


def names_in_file(file: Path) -> list[str]:
    """Names of the variables that a file `.env` sets; none if it cannot be read."""
    try:
        return _NAME.findall(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []


def _said(message: str) -> str:
    """Turn pydantic's wording into the end of a sentence that starts with the variable's name."""
    words = message.removeprefix("Value error, ").removeprefix("Input ").partition(", unable to parse")[0]
    words = words.replace("a valid integer", "a whole number").replace("a valid number", "a number")
    return words[:1].lower() + words[1:]
