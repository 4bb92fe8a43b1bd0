"""What `loket check` asks Telegram itself: whether somebody else has taken the bot's messages."""

from typing import Any

from bot.cli.findings import Finding
from bot.settings import Settings

_SECONDS = 3.0


async def telegram(settings: Settings) -> list[Finding]:
    """Tell of a webhook that keeps a polling bot deaf, and of a token that is refused; nothing when it cannot be asked."""
    if settings.telegram_token is None or settings.telegram_mode != "polling":
        return []
    answer = await _asked(settings, settings.telegram_token.get_secret_value())
    if answer is None:
        return [Finding("note", "Telegram could not be asked whether the bot's token works.")]
    if not answer.get("ok"):
        return [Finding("missing", "Telegram refuses LOKET_TELEGRAM_TOKEN; @BotFather shows the right one.")]
    url = str((answer.get("result") or {}).get("url") or "")
    if not url:
        return []
    told = (
        "The bot's token has a webhook: another program may be using it. `loket run` removes the webhook when it "
        "starts; if it comes back, stop the other program or get a new token from @BotFather."
    )
    return [Finding("note", told)]


async def _asked(settings: Settings, token: str) -> dict[str, Any] | None:
    from aiohttp import ClientError, ClientSession, ClientTimeout

    url = f"{settings.telegram_api_base}/bot{token}/getWebhookInfo"
    try:
        async with ClientSession(timeout=ClientTimeout(total=_SECONDS)) as http, http.post(url) as response:
            answer = await response.json(content_type=None)
    except (ClientError, TimeoutError, OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) and "ok" in answer else None
