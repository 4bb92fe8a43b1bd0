"""The Telegram channel: polling or webhook, calls, and their common pacer."""

import asyncio
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import structlog
from starlette.routing import Route

from bot.channel import Channel, Contact, Hear, Outage, Parcel, Rejected, Sent, Sleep, Undelivered
from bot.sending.http import Client
from bot.sending.pacer import REPLY, Pacer
from bot.setup.loops import Loops
from bot.telegram.calls import Calls, Late
from bot.telegram.caps import TELEGRAM
from bot.telegram.delivery import TelegramDelivery
from bot.telegram.parser import UpdateParser
from bot.telegram.patience import Patience
from bot.telegram.polling import Polling
from bot.telegram.updates import KINDS
from bot.telegram.webhook import TelegramWebhook, Unheard

if TYPE_CHECKING:
    from bot.telegram.pushes import PushFiles
    from bot.telegram.replies import ReplyFiles

Mode = Literal["polling", "webhook", "push"]

PATH = "/telegram/webhook"
LARGEST_MEDIA = 10_000_000
_TOKEN = re.compile(r"(\d+):[\w-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

log = structlog.get_logger(__name__)


class TelegramChannel(Channel):
    """One bot.

    In `mode` "push" it only sends, and aiogram is never loaded. `rate` is messages per second in total;
    `clock` is monotonic, in seconds.

    Raises:
        ValueError: a setting is invalid; the message names the variable, not its value.
    """

    caps = TELEGRAM
    pacer: Pacer
    contact: Contact

    def __init__(
        self,
        *,
        token: str,
        api_base: str = "https://api.telegram.org",
        mode: Mode = "polling",
        public_url: str = "",
        secret: str = "",
        rate: float = 28,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        loops: Loops | None = None,
    ) -> None:
        found = _TOKEN.fullmatch(token)
        if found is None:
            raise ValueError(
                "LOKET_TELEGRAM_TOKEN is no bot token: it looks like 123456:ABC… (ask @BotFather)."
            )
        if mode == "webhook":
            _check_webhook(public_url, secret)
        self.account = found[1]
        self._mode = mode
        self.contact = Contact("webhook" if mode == "webhook" else "polling")
        self._loops = loops or Loops()
        self._address = public_url.rstrip("/") + PATH
        self._secret = secret
        self._patience = Patience(sleep)
        self.pacer = Pacer(rate=rate, clock=clock)
        self._delivery = TelegramDelivery(TELEGRAM)
        self._client = Client(api_base)
        self._files = Late(lambda: _reply_files(token, api_base))
        pushed = Late(lambda: _push_files(token, api_base))
        self._pushes = Calls(token=token, client=self._client, pacer=self.pacer, files=pushed, push=True)
        self._parser = UpdateParser(account=self.account)
        self._replies: Calls | None = None
        self._webhook: TelegramWebhook | None = None
        if mode != "push":
            self._replies = Calls(token=token, client=self._client, pacer=self.pacer, files=self._files)
        if mode == "webhook":
            self._webhook = TelegramWebhook(
                secret=secret.encode(),
                contact=self.contact,
                parser=self._parser,
                delivery=self._delivery,
                pacer=self.pacer,
                answer_tap=self._answer_tap,
                tidy=self._tidy,
            )

    def __repr__(self) -> str:
        return f"TelegramChannel(account={self.account}, mode={self._mode})"

    @property
    def trouble(self) -> str | None:
        """A code for trouble that needs a person."""
        return self._patience.trouble

    @property
    def parked(self) -> int:
        """Number of updates that could not be read since the start."""
        return self._parser.parked

    def routes(self) -> list[Route]:
        """Routes of this channel."""
        if self._mode == "push":
            return []
        unheard = Unheard(self._secret.encode(), self.contact)
        return [Route(PATH, self._webhook or unheard, methods=["POST"])]

    async def listen(self, hear: Hear) -> None:
        """Poll until cancelled, or register the webhook; wait during trouble of Telegram."""
        if self._replies is None:
            return
        if self._webhook is None:
            await self._poll(self._replies, hear)
        else:
            self._webhook.hear = hear
            await self._register(self._replies)

    async def send(self, parcel: Parcel) -> Sent:
        """Send the parcel's screen.

        Raises:
            Undelivered: see bot/channel.py.
        """
        is_reply = self._replies is not None and parcel.priority == REPLY
        sender = self._replies if self._replies is not None and is_reply else self._pushes
        sent = await self._delivery.send(parcel, sender)
        await self._tidy(parcel)
        return sent

    async def fetch(self, media: str) -> bytes:
        """Download a resident's photo or file of at most 10 MB.

        Raises:
            Rejected: `too_large`.
            Undelivered: it is unavailable.
        """
        if self._replies is None:
            raise Outage
        about = await self._replies.call("getFile", {"file_id": media})
        path = about.get("file_path") if isinstance(about, dict) else None
        if not isinstance(path, str):
            raise Rejected("no_file")
        return await (await self._files.get()).download(path, most=LARGEST_MEDIA)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
        await self._pushes.close()
        if self._replies is not None:
            await self._replies.close()

    async def _tidy(self, parcel: Parcel) -> None:
        """Delete the resident's message with an identity number (Telegram permits it for 48 hours)."""
        if parcel.screen.deletes is not None and self._replies is not None:
            place = {"chat_id": int(parcel.address), "message_id": int(parcel.screen.deletes)}
            await self._replies.at_best("deleteMessage", place)

    async def _answer_tap(self, callback: str) -> None:
        if self._replies is not None:
            await self._replies.at_best("answerCallbackQuery", {"callback_query_id": callback})

    async def _register(self, replies: Calls) -> None:
        asked = {"url": self._address, "secret_token": self._secret, "allowed_updates": KINDS}
        registered = False
        while not registered:
            try:
                await replies.call("setWebhook", asked)
                registered = True
            except Undelivered as problem:
                await self._patience.wait(problem)

    async def _poll(self, replies: Calls, hear: Hear) -> None:
        polling = Polling(
            fetch=lambda offset: replies.updates(offset, kinds=KINDS),
            release=lambda: replies.call("deleteWebhook", {}),
            answer_tap=self._answer_tap,
            parser=self._parser,
            contact=self.contact,
            patience=self._patience,
            loops=self._loops,
        )
        await polling.run(hear)


def _reply_files(token: str, api_base: str) -> "ReplyFiles":
    """Load aiogram, which takes seconds and 120 MB."""
    from bot.telegram.replies import ReplyFiles

    return ReplyFiles(token=token, api_base=api_base)


def _push_files(token: str, api_base: str) -> "PushFiles":
    """Load python-telegram-bot, which takes half a second and 10 MB."""
    from bot.telegram.pushes import PushFiles

    return PushFiles(token=token, api_base=api_base)


def _check_webhook(public_url: str, secret: str) -> None:
    if not public_url:
        raise ValueError("LOKET_TELEGRAM_MODE=webhook needs LOKET_PUBLIC_URL: where should Telegram call?")
    if _SECRET.fullmatch(secret) is None:
        raise ValueError(
            "LOKET_TELEGRAM_MODE=webhook needs LOKET_TELEGRAM_WEBHOOK_SECRET: 1 to 256 letters, digits, _ and -, "
            "else anybody could speak in a resident's name."
        )
