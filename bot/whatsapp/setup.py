"""The channel and the API of the template account, from the settings."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import SecretStr

from bot.setup.settings import BadSetting, Settings
from bot.whatsapp.channel import WhatsAppChannel
from bot.whatsapp.sending import GraphApi
from locales.texts import DEFAULT, Texts
from storage import audit
from storage.post.sending import written_first
from storage.store import Store

NO_TOKEN = (
    "LOKET_WHATSAPP_TOKEN is not set, so WhatsApp cannot run; docs/whatsapp.md tells where it comes from."  # noqa: S105 (a sentence)
)
NO_ACCOUNT = (
    "LOKET_WHATSAPP_BUSINESS_ACCOUNT_ID is not set: whose templates? It stands in Meta's WhatsApp Manager."
)


def channel_of(settings: Settings, store: Store, texts: Texts) -> WhatsAppChannel:
    """The configured channel.

    Raises:
        BadSetting: a setting is missing or invalid.
    """

    async def recent(since: datetime) -> Mapping[int, datetime]:
        return await store.read(written_first, channel="whatsapp", since=since)

    async def tell(reason: str) -> None:
        await store.write(
            audit.record, actor=audit.SYSTEM, action="alarm-channel", subject="whatsapp", details=reason
        )

    try:
        return WhatsAppChannel(
            token=_token(settings),
            phone_number_id=settings.whatsapp_phone_number_id or "",
            app_secret=_said(settings.whatsapp_app_secret),
            app_secret_old=_said(settings.whatsapp_app_secret_old),
            verify_token=_said(settings.whatsapp_verify_token),
            api_base=settings.whatsapp_api_base,
            api_version=settings.whatsapp_api_version,
            auth_header=settings.whatsapp_auth_header,
            rate=settings.whatsapp_rate,
            daily_recipients=settings.whatsapp_daily_recipients,
            clock=store.clock,
            recent=recent,
            tell=tell,
            opener=lambda language: texts.say(language or DEFAULT, "whatsapp-open-list"),
        )
    except ValueError as error:
        raise BadSetting(str(error)) from None


def graph_of(settings: Settings) -> tuple[GraphApi, str]:
    """API of the account, and the account's id.

    Raises:
        BadSetting: one of them is missing.
    """
    token = _token(settings)
    if settings.whatsapp_business_account_id is None:
        raise BadSetting(NO_ACCOUNT)
    graph = GraphApi(
        token=token,
        api_base=settings.whatsapp_api_base,
        version=settings.whatsapp_api_version,
        auth_header=settings.whatsapp_auth_header,
    )
    return graph, settings.whatsapp_business_account_id


def _token(settings: Settings) -> str:
    if settings.whatsapp_token is None:
        raise BadSetting(NO_TOKEN)
    return settings.whatsapp_token.get_secret_value()


def _said(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
