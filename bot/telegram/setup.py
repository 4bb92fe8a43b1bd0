"""The channel, from the settings."""

from bot.setup.loops import Loops
from bot.setup.settings import BadSetting, Settings
from bot.telegram.channel import TelegramChannel


def channel_of(settings: Settings, loops: Loops) -> TelegramChannel:
    """The configured channel.

    Raises:
        BadSetting: a setting is missing or invalid.
    """
    if settings.telegram_token is None:
        raise BadSetting("LOKET_TELEGRAM_TOKEN is not set, so Telegram cannot run; @BotFather gives a token.")
    secret = settings.telegram_webhook_secret
    try:
        return TelegramChannel(
            token=settings.telegram_token.get_secret_value(),
            api_base=settings.telegram_api_base,
            mode=settings.telegram_mode,
            public_url=settings.public_url,
            secret=secret.get_secret_value() if secret else "",
            rate=settings.telegram_rate,
            loops=loops,
        )
    except ValueError as error:
        raise BadSetting(str(error)) from None
