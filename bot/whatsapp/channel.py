"""The WhatsApp channel: webhook, delivery, and templates outside the 24-hour window."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from starlette.routing import Route

from bot.channel import Channel, Clock, Contact, Hear, Held, Parcel, Sent, Undelivered, Unknown
from bot.sending.pacer import Pacer
from bot.whatsapp.budget import Recent, Recipients
from bot.whatsapp.caps import WHATSAPP
from bot.whatsapp.delivery import Tell, WhatsAppDelivery, WindowClosed
from bot.whatsapp.errors import reason_of
from bot.whatsapp.media import fetch
from bot.whatsapp.render import OPENER, Payload, render
from bot.whatsapp.sending import CALL_SECONDS, GraphApi
from bot.whatsapp.templates import payload
from bot.whatsapp.webhook import LARGEST, PATH, WhatsAppWebhook
from storage.post.outbox import REPLY, TEMPLATE
from storage.post.receipts import WINDOW, WINDOW_CLOSED

# One message per 6 seconds to a person, 45 at once (131056).
SPACING_SECONDS, BURST = 6.0, 45
LOOK_AGAIN_SECONDS = 6 * 3600.0  # a held push is sent then if its template was approved in the meantime


async def _nobody(_since: datetime) -> Mapping[int, datetime]:
    return {}


async def _tell_nobody(_reason: str) -> None:
    return


class WhatsAppChannel(Channel):
    """One number of the Cloud API.

    Args:
        rate: messages per second in total.
        daily_recipients: number of people who may be written to first in 24 hours; 0: no limit.
        clock: the office's; `monotonic` is in seconds.
        recent: returns the chats written to first since a time.
        tell: tells staff that the provider refuses us as a whole.
        opener: label of the button that opens a list, in a language.

    Raises:
        ValueError: a setting is missing; the message names the variable.
    """

    caps = WHATSAPP
    pacer: Pacer
    contact: Contact
    larger_bodies: Mapping[str, int] = {PATH: LARGEST}

    def __init__(
        self,
        *,
        token: str,
        phone_number_id: str,
        app_secret: str,
        clock: Clock,
        app_secret_old: str = "",
        verify_token: str = "",
        api_base: str = "https://graph.facebook.com",
        api_version: str = "v25.0",
        auth_header: str = "Authorization: Bearer",
        rate: float = 80,
        daily_recipients: int = 250,
        recent: Recent = _nobody,
        tell: Tell = _tell_nobody,
        opener: Callable[[str | None], str] = lambda _language: OPENER,
        monotonic: Callable[[], float] = time.monotonic,
        timeout_seconds: float = CALL_SECONDS,
    ) -> None:
        if not phone_number_id:
            raise ValueError(
                "LOKET_WHATSAPP_PHONE_NUMBER_ID is not set: it stands beside the number in the provider's console."
            )
        self.account = phone_number_id
        self.contact = Contact("webhook")
        self._webhook = WhatsAppWebhook(
            account=phone_number_id,
            contact=self.contact,
            secrets=[app_secret.encode(), app_secret_old.encode()],
            verify_token=verify_token.encode(),
            reason_of=reason_of,
        )
        self._clock = clock
        self._opener = opener
        self._recipients = Recipients(limit=daily_recipients, clock=clock, recent=recent)
        self._graph = GraphApi(
            token=token,
            api_base=api_base,
            version=api_version,
            auth_header=auth_header,
            timeout_seconds=timeout_seconds,
        )
        self.pacer = Pacer(rate=rate, clock=monotonic, spacing=SPACING_SECONDS, burst=BURST)
        self._delivery = WhatsAppDelivery(
            graph=self._graph, number=phone_number_id, pacer=self.pacer, tell=tell, clock=monotonic
        )

    def __repr__(self) -> str:
        return f"WhatsAppChannel(account={self.account})"

    @property
    def parked(self) -> int:
        """Number of unreadable items of webhooks."""
        return self._webhook.parked

    @property
    def trouble(self) -> str | None:
        """A code for the reason why the provider refuses us as a whole."""
        return self._delivery.trouble

    def routes(self) -> list[Route]:
        """Routes of this channel."""
        return [Route(PATH, self._webhook, methods=["GET", "POST"])]

    async def listen(self, hear: Hear) -> None:
        """Pass webhooks to `hear` until cancelled."""
        self._webhook.hear = hear
        await asyncio.Event().wait()

    async def send(self, parcel: Parcel) -> Sent:
        """Send the screen, or its template outside the 24 hours after the resident's last message.

        Raises:
            Held: nothing may be sent now (`window_closed`, `daily_limit`, `template_…`).
            Undelivered: see bot/channel.py.
        """
        screen = parcel.screen
        said = payload(screen.template, screen.choices) if parcel.priority != REPLY else None
        if parcel.heard_at + WINDOW > self._clock():
            drawn = render(screen, WHATSAPP, opener=self._opener(screen.language))
            try:
                return await self._delivery.send(parcel, drawn)
            except WindowClosed:
                # The provider's clock counts. Only a template may follow, and at once: this person's turn at
                # the pacer was used without a message.
                parcel = replace(parcel, priority=REPLY)
        if said is None:
            raise _held()
        return await self._send_template(parcel, said)

    async def fetch(self, media: str) -> bytes:
        """Download a resident's photo or file of at most 10 MB.

        Raises:
            Rejected: `too_large`, or it is gone.
            Undelivered: it is unavailable.
        """
        return await fetch(self._graph, media)

    async def close(self) -> None:
        """Close the connections."""
        await self._graph.close()

    async def _send_template(self, parcel: Parcel, said: Payload) -> Sent:
        one_more = await self._recipients.take(parcel.chat)
        try:
            sent = await self._delivery.send(parcel, [said])
        except Unknown:  # it may have arrived
            raise
        except (Undelivered, WindowClosed) as why:
            if one_more:
                self._recipients.give_back(parcel.chat)
            raise (_held() if isinstance(why, WindowClosed) else why) from None
        return Sent(id=sent.id, how=TEMPLATE)


def _held() -> Held:
    return Held(WINDOW_CLOSED, again_after_seconds=LOOK_AGAIN_SECONDS)
