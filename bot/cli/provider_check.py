"""Questions of `loket check` to the providers: are the tokens valid, and does another program receive our messages."""

import asyncio
import logging
from typing import Any, Literal

from bot.cli.settings_check import Finding
from bot.setup.settings import Settings

_SECONDS = 3.0
_REFUSED: Literal[False] = False
_CERTIFICATE = (
    "The certificate of {0} is not accepted: the clock of this machine is wrong, a firewall replaces certificates, {1} "
    "names another server, or the package ca-certificates is missing."
)
_REFUSED_TOKEN = frozenset({0, 190})  # developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes


class _BadCertificate(Exception):
    """The provider's certificate is not accepted."""


def _ensure_certificate(error: BaseException) -> None:
    """Find a refused certificate below a library's error; each library wraps it in another way.

    Raises:
        _BadCertificate: there is one.
    """
    below: BaseException | None = error
    while below is not None:
        if "CERTIFICATE_VERIFY_FAILED" in str(below):
            raise _BadCertificate from None
        below = below.__cause__ or below.__context__


async def telegram(settings: Settings) -> list[Finding]:
    """Findings about a webhook that blocks polling, and about a refused token; empty if Telegram is unreachable."""
    if settings.telegram_token is None or settings.telegram_mode != "polling":
        return []
    try:
        url = await _webhook(settings, settings.telegram_token.get_secret_value())
    except _BadCertificate:
        return [Finding("missing", _CERTIFICATE.format("Telegram", "LOKET_TELEGRAM_API_BASE"))]
    if url is None:
        return [Finding("note", "Telegram is not reachable, so the bot's token was not checked.")]
    if url is _REFUSED:
        return [
            Finding("missing", "Telegram refuses LOKET_TELEGRAM_TOKEN; get the right one from @BotFather.")
        ]
    if url == "":
        return []
    told = (
        "The bot's token has a webhook: another program may be using it. `loket run` removes the webhook when it "
        "starts; if it comes back, stop the other program or get a new token from @BotFather."
    )
    return [Finding("note", told)]


async def _webhook(settings: Settings, token: str) -> str | Literal[False] | None:
    """Address of the bot's webhook; `_REFUSED` for a bad token, None without a valid answer."""
    from telegram.error import Forbidden, InvalidToken
    from telegram.ext import ExtBot
    from telegram.request import HTTPXRequest

    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, which hold the token
    request = HTTPXRequest(httpx_kwargs={"trust_env": False})
    bot = ExtBot[None](token, base_url=f"{settings.telegram_api_base}/bot", request=request)
    try:
        async with asyncio.timeout(_SECONDS):
            return (await bot.get_webhook_info()).url
    except (Forbidden, InvalidToken):
        return _REFUSED
    except Exception as error:  # noqa: BLE001 (a gateway may answer anything, and the library reads it as it comes)
        _ensure_certificate(error)
        return None
    finally:
        await request.shutdown()


async def whatsapp(settings: Settings) -> list[Finding]:
    """Findings about a refused token or a wrong number; empty if all is well."""
    if settings.whatsapp_token is None or settings.whatsapp_phone_number_id is None:
        return []
    name, _, scheme = settings.whatsapp_auth_header.partition(":")
    token = settings.whatsapp_token.get_secret_value()
    about = f"{settings.whatsapp_api_version.strip('/')}/{settings.whatsapp_phone_number_id}"
    headers = {name.strip(): f"{scheme.strip()} {token}".strip()}
    try:
        answer = await _told(f"{settings.whatsapp_api_base}/{about}", headers)
    except _BadCertificate:
        return [Finding("missing", _CERTIFICATE.format("WhatsApp", "LOKET_WHATSAPP_API_BASE"))]
    if answer is None:
        return [Finding("note", "WhatsApp is not reachable, so the token was not checked.")]
    if "error" not in answer:
        return []
    error = answer["error"]
    if isinstance(error, dict) and error.get("code") in _REFUSED_TOKEN:
        told = "WhatsApp refuses LOKET_WHATSAPP_TOKEN: it is wrong or expired; create a permanent one."
        return [Finding("missing", told)]
    told = (
        "WhatsApp does not know LOKET_WHATSAPP_PHONE_NUMBER_ID: the id is wrong, or the token may not use it."
    )
    return [Finding("note", told)]


async def _told(url: str, headers: dict[str, str]) -> dict[str, Any] | None:
    from aiohttp import ClientError, ClientSession, ClientTimeout

    patience = ClientTimeout(total=_SECONDS)
    try:
        async with ClientSession(timeout=patience, headers=headers) as http, http.get(url) as response:
            answer = await response.json(content_type=None)
    except (ClientError, TimeoutError, OSError, ValueError) as error:
        _ensure_certificate(error)
        return None
    return answer if isinstance(answer, dict) else None
