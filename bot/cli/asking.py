"""Questions of `loket check` to the providers: are the tokens valid, and does another program receive our messages."""

from typing import Any

from bot.cli.findings import Finding
from bot.setup.settings import Settings

_SECONDS = 3.0
_REFUSED_TOKEN = frozenset({0, 190})  # developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes


async def telegram(settings: Settings) -> list[Finding]:
    """Findings about a webhook that blocks polling, and about a refused token; empty if Telegram is unreachable."""
    if settings.telegram_token is None or settings.telegram_mode != "polling":
        return []
    answer = await _asked(settings, settings.telegram_token.get_secret_value())
    if answer is None:
        return [Finding("note", "Telegram is not reachable, so the bot's token was not checked.")]
    if not answer.get("ok"):
        return [
            Finding("missing", "Telegram refuses LOKET_TELEGRAM_TOKEN; get the right one from @BotFather.")
        ]
    if not answer["result"].get("url"):
        return []
    told = (
        "The bot's token has a webhook: another program may be using it. `loket run` removes the webhook when it "
        "starts; if it comes back, stop the other program or get a new token from @BotFather."
    )
    return [Finding("note", told)]


async def _asked(settings: Settings, token: str) -> dict[str, Any] | None:
    answer = await _told(f"{settings.telegram_api_base}/bot{token}/getWebhookInfo", {})
    if answer is None or "ok" not in answer:
        return None
    # A gateway may answer yes to everything without knowing the request.
    return answer if not answer["ok"] or isinstance(answer.get("result"), dict) else None


async def whatsapp(settings: Settings) -> list[Finding]:
    """Findings about a refused token or a wrong number; empty if all is well."""
    if settings.whatsapp_token is None or settings.whatsapp_phone_number_id is None:
        return []
    name, _, scheme = settings.whatsapp_auth_header.partition(":")
    token = settings.whatsapp_token.get_secret_value()
    about = f"{settings.whatsapp_api_version.strip('/')}/{settings.whatsapp_phone_number_id}"
    answer = await _told(
        f"{settings.whatsapp_api_base}/{about}", {name.strip(): f"{scheme.strip()} {token}".strip()}
    )
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
    except (ClientError, TimeoutError, OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None
