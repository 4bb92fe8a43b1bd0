"""What is configured, what is missing and what that means, without opening anything: `loket check` and `run` ask."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.keys import vault_of
from bot.office_file import load_office, unknown_office_keys
from bot.settings import BadSetting, Settings, unknown_variables
from domain.office_reading import BadOffice
from storage.vault import Vault

Level = Literal["good", "off", "note", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `missing` keeps Loket from working."""

    level: Level
    text: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at the settings, one subject after the other."""
    looks: list[Callable[[Settings], Iterator[Finding]]] = [
        _key,
        _office,
        _web,
        _telegram,
        _whatsapp,
        _clock,
        _slips,
    ]
    for look in looks:
        yield from look(settings)


def _key(settings: Settings) -> Iterator[Finding]:
    if settings.secret_key is None:
        yield Finding(
            "missing",
            "LOKET_SECRET_KEY is not set: personal data cannot be encrypted. Here is a fresh key; keep a copy in a safe "
            f"place, without it the data is lost:\n    LOKET_SECRET_KEY={Vault.new_key()}",
        )
        return
    try:
        vault_of(settings)
    except BadSetting as error:
        yield Finding("missing", str(error))
        return
    yield Finding("good", "Key: set.")
    if settings.secret_key_old:
        yield Finding(
            "note", "LOKET_SECRET_KEY_OLD is set: new rows keep using the old key until the keys are rotated."
        )


def _office(settings: Settings) -> Iterator[Finding]:
    try:
        office = load_office(settings.office)
    except BadOffice as error:
        yield Finding("missing", f"LOKET_OFFICE cannot be used: {error}.")
        return
    yield Finding("good", f"Office: {office.name}, {len(office.points)} service points.")
    if office.sample:
        yield Finding(
            "note",
            "The office is the shipped sample: hours, telephone and limits are made up (LOKET_OFFICE).",
        )
    if settings.office and (unknown := unknown_office_keys(settings.office)):
        yield Finding("note", f"The office file has keys that nobody reads: {', '.join(unknown)}.")


def _web(settings: Settings) -> Iterator[Finding]:
    yield Finding("good", f"Web chat: http://{settings.listen}/")
    if not settings.public_url:
        yield Finding(
            "note", "LOKET_PUBLIC_URL is not set: messages carry no links, and webhooks cannot be used."
        )
    elif settings.public_url.startswith("http://"):
        yield Finding(
            "note", "LOKET_PUBLIC_URL is not https: anybody on the way can read what residents type."
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
        yield Finding("off", "WhatsApp: off.")
    else:
        yield Finding(
            "note", "WhatsApp: LOKET_WHATSAPP_TOKEN is set, but this version has no WhatsApp channel yet."
        )


def _clock(settings: Settings) -> Iterator[Finding]:
    if settings.clock_shift:
        yield Finding(
            "note",
            f"LOKET_CLOCK_SHIFT is {settings.clock_shift:g}: every date and reminder is off by that many seconds.",
        )


def _slips(_: Settings) -> Iterator[Finding]:
    for name in unknown_variables(os.environ):
        yield Finding("note", f"{name} is set, but there is no such setting.")
