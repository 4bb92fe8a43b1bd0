"""Findings about the settings, without opening anything, for `loket check` and `run`."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from bot.setup.clock import wall_clock
from bot.setup.holidays import calendar_of
from bot.setup.keys import vault_of
from bot.setup.office_file import is_of_a_real_office, load_office, missing_in, unknown_office_keys
from bot.setup.settings import ENV_FILE, BadSetting, Settings, names_in_file, unknown_variables
from domain.office.office import Office
from domain.office.tables import BadOffice
from storage.vault import Vault

Level = Literal["good", "off", "note", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `missing` prevents Loket from working."""

    level: Level
    text: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Check the settings, subject by subject."""
    for look in (_key, _office, _holidays, _web, _telegram, _whatsapp, _sign_on, _voice, _traces, _clock):
        yield from look(settings)
    yield from _slips()
    yield from _file()


def notes_at_start(settings: Settings) -> Iterator[str]:
    """What `run` logs when it starts: slips with which it would serve residents as another office."""
    yield from (one.text for one in [*_office(settings), *_slips()] if one.level in {"note", "missing"})


def _key(settings: Settings) -> Iterator[Finding]:
    if settings.secret_key is None:
        elsewhere = (
            ""
            if ENV_FILE.exists()
            else "If Loket is set up already, run this in the folder of its file .env. "
        )
        yield Finding(
            "missing",
            f"LOKET_SECRET_KEY is not set: personal data cannot be encrypted. {elsewhere}Here is a new key; keep a copy in "
            f"a safe place, because without it the data is lost:\n    LOKET_SECRET_KEY={Vault.new_key()}",
        )
        return
    try:
        vault = vault_of(settings)
    except BadSetting as error:
        yield Finding("missing", str(error))
        return
    yield Finding("good", "Key: set.")
    if settings.secret_key_old and len(vault.key_ids) == 1:
        yield Finding("note", "LOKET_SECRET_KEY_OLD is the same key as LOKET_SECRET_KEY: take it out.")
    elif settings.secret_key_old:
        yield Finding("note", "LOKET_SECRET_KEY_OLD is set: a key rotation is in progress.")


def _office(settings: Settings) -> Iterator[Finding]:
    try:
        office = load_office(settings.office)
    except BadOffice as error:
        yield Finding("missing", f"LOKET_OFFICE cannot be used: {error}.")
        return
    yield Finding("good", f"Office: {office.name}, {len(office.points)} service points.")
    if office.sample:
        which = "a sample (`sample = true` in its file)" if settings.office else "the shipped sample"
        mend = "write the office's own" if settings.office else "set LOKET_OFFICE"
        yield Finding("note", f"The office is {which} with invented hours, telephone and limits; {mend}.")
    yield from _left_to_the_sample(settings.office, office)
    if settings.office and (unknown := unknown_office_keys(settings.office)):
        yield Finding("note", f"The office file has unknown keys: {', '.join(unknown)}.")


def _left_to_the_sample(path: Path | None, office: Office) -> Iterator[Finding]:
    """Findings about values of the sample that a real office would show to residents."""
    if path is None or not is_of_a_real_office(path, office):
        return
    if missing := missing_in(path):
        yield Finding(
            "missing",
            f"The office file lacks {', '.join(missing)}: residents would see the sample's, which are made up or those of "
            "another place. Add them, or set `sample = true` for a rehearsal.",
        )


def _holidays(settings: Settings) -> Iterator[Finding]:
    try:
        office = load_office(settings.office)
    except BadOffice:
        return  # reported already
    now = wall_clock(settings.clock_shift)()
    calendar = calendar_of(office, (), office.today(now))
    if calendar.outruns_holidays(now):
        yield Finding(
            "note",
            f"Days up to {calendar.last_day(now)} can be booked, but the holidays are known until "
            f"{calendar.last_known_year} only: update the library `holidays`, or close those days.",
        )


def _web(settings: Settings) -> Iterator[Finding]:
    yield Finding("good", f"Web chat: http://{settings.listen}/")
    if not settings.public_url:
        yield Finding(
            "note", "LOKET_PUBLIC_URL is not set: messages carry no links, and webhooks cannot be used."
        )
    elif settings.public_url.startswith("http://"):
        yield Finding(
            "note", "LOKET_PUBLIC_URL is not https: anybody on the network path can read what residents type."
        )


def _telegram(settings: Settings) -> Iterator[Finding]:
    if settings.telegram_token is None:
        yield Finding("off", "Telegram: off; set LOKET_TELEGRAM_TOKEN (from @BotFather) to turn it on.")
        return
    if settings.telegram_mode == "webhook" and not settings.public_url.startswith("https://"):
        yield Finding("missing", "Telegram's webhook needs an https address in LOKET_PUBLIC_URL.")
    if settings.telegram_mode == "webhook" and settings.telegram_webhook_secret is None:
        yield Finding(
            "missing", "LOKET_TELEGRAM_WEBHOOK_SECRET is not set: anybody could pretend to be Telegram."
        )
    yield Finding(
        "good",
        f"Telegram: on, by {settings.telegram_mode}, at most {settings.telegram_rate:g} messages a second.",
    )


def _whatsapp(settings: Settings) -> Iterator[Finding]:
    if settings.whatsapp_token is None:
        yield Finding("off", "WhatsApp: off; set LOKET_WHATSAPP_TOKEN (docs/whatsapp.md) to turn it on.")
        return
    needed = {
        "LOKET_WHATSAPP_PHONE_NUMBER_ID": (settings.whatsapp_phone_number_id, "nothing can be sent"),
        "LOKET_WHATSAPP_APP_SECRET": (
            settings.whatsapp_app_secret,
            "anybody could speak in a resident's name, so WhatsApp does not start",
        ),
        "LOKET_WHATSAPP_VERIFY_TOKEN": (
            settings.whatsapp_verify_token,
            "the webhook's handshake is refused, so that Meta sends no messages",
        ),
    }
    missing = {name: meaning for name, (value, meaning) in needed.items() if value is None}
    for name, meaning in missing.items():
        yield Finding("missing", f"{name} is not set: {meaning}.")
    if not settings.public_url.startswith("https://"):
        yield Finding(
            "note",
            "WhatsApp's webhook needs an https address; LOKET_PUBLIC_URL is none, so give Meta another one.",
        )
    if settings.whatsapp_business_account_id is None:
        yield Finding(
            "note",
            "LOKET_WHATSAPP_BUSINESS_ACCOUNT_ID is not set: `loket whatsapp templates` cannot check approval.",
        )
    if missing:
        return
    most = settings.whatsapp_daily_recipients
    limit = (
        f"at most {most} people a day are written to first" if most else "no limit of people written to first"
    )
    yield Finding("good", f"WhatsApp: on, {settings.whatsapp_rate:g} messages a second, {limit}.")


def _sign_on(settings: Settings) -> Iterator[Finding]:
    if not settings.oidc_issuer:
        return
    needed = {"LOKET_OIDC_CLIENT_ID": settings.oidc_client_id, "LOKET_PUBLIC_URL": settings.public_url}
    if missing := [name for name, value in needed.items() if not value]:
        yield Finding("missing", f"Single sign-on: needs {' and '.join(missing)}; until then it is off.")
    elif find_spec("authlib") is None:
        yield Finding("missing", "Single sign-on: authlib is not installed (pip install 'loket[oidc]').")
    else:
        yield Finding("good", f"Single sign-on for staff: {settings.oidc_issuer}.")


def _voice(settings: Settings) -> Iterator[Finding]:
    if settings.voice_folder is None:
        yield Finding(
            "off", "Answers to listen to: off; set LOKET_VOICE_FOLDER (docs/voice.md) to turn them on."
        )
    elif settings.voice_folder.is_dir():
        yield Finding(
            "good", "Answers to listen to: on; `loket voice check` compares the recordings with the texts."
        )
    else:
        yield Finding("note", "LOKET_VOICE_FOLDER names no folder: answers cannot be listened to.")


def _traces(settings: Settings) -> Iterator[Finding]:
    if settings.traces_url and find_spec("opentelemetry") is None:
        yield Finding("missing", "LOKET_TRACES_URL needs the extra `traces`: pip install 'loket[traces]'.")
    elif settings.traces_url:
        yield Finding("good", f"Traces: sent to {settings.traces_url}, without personal data.")


def _clock(settings: Settings) -> Iterator[Finding]:
    if settings.clock_shift:
        yield Finding(
            "note",
            f"LOKET_CLOCK_SHIFT is {settings.clock_shift:g}: every date and reminder is off by that many seconds.",
        )


def _slips() -> Iterator[Finding]:
    for name, meant in unknown_variables([*os.environ, *names_in_file(ENV_FILE)]).items():
        hint = f" Do you mean {meant}?" if meant else ""
        yield Finding("note", f"{name} is set, but there is no such setting.{hint}")


def _file() -> Iterator[Finding]:
    """A finding about secrets that other accounts of this machine can read."""
    if not ENV_FILE.is_file():
        return
    found = ENV_FILE.stat()
    mode = stat.S_IMODE(found.st_mode)
    # docs/install.md: root owns the file, and the group of Loket's account reads it.
    is_for_a_group = (found.st_uid, found.st_gid) != (os.geteuid(), os.getegid())
    if mode & (0o037 if is_for_a_group else 0o077):
        yield Finding(
            "note",
            f"Others on this machine may read or change the secrets in .env (mode {mode:04o}): "
            f"chmod {'640' if is_for_a_group else '600'} .env",
        )
