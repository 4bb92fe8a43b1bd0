"""`loket demo --whatsapp-emulator`: the emulated platform next to the office, with a phone in the browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import tzinfo

from pydantic import SecretStr

from bot.setup.clock import wall_clock
from bot.setup.settings import Settings
from bot.whatsapp.approval import registered
from demo.whatsapp_emulator import APP_SECRET, NUMBER_ID, TOKEN, VERIFY_TOKEN, Graph
from demo.whatsapp_emulator.graph import ACCOUNT_ID
from demo.whatsapp_emulator.phone_page import PhonePage

RETRY_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """Address of the phone, and settings that connect the office to the emulator."""

    address: str
    settings: Settings


@asynccontextmanager
async def emulated(settings: Settings, *, office: str, zone: tzinfo, port: int) -> AsyncIterator[Phone]:
    """Run the platform on the port; `office` is the address of the office's web server, `zone` its time zone."""
    async with Graph(
        clock=wall_clock(settings.clock_shift),
        webhook=f"http://{office}/whatsapp/webhook",
        port=port,
        retry_seconds=RETRY_SECONDS,
    ) as graph:
        graph.aside = PhonePage(graph, zone)
        for template, language in registered():
            graph.approve(
                {
                    "name": template.name,
                    "language": language,
                    "category": template.category,
                    "components": template.components(language),
                }
            )
        yield Phone(address=f"{graph.api_base}/", settings=pointed_at(settings, graph.api_base))


def pointed_at(settings: Settings, api_base: str) -> Settings:
    """Settings of an office that uses the emulated platform."""
    return settings.model_copy(
        update={
            "whatsapp_token": SecretStr(TOKEN),
            "whatsapp_phone_number_id": NUMBER_ID,
            "whatsapp_business_account_id": ACCOUNT_ID,
            "whatsapp_app_secret": SecretStr(APP_SECRET),
            "whatsapp_app_secret_old": None,
            "whatsapp_verify_token": SecretStr(VERIFY_TOKEN),
            "whatsapp_api_base": api_base,
            "whatsapp_auth_header": "Authorization: Bearer",
        }
    )
