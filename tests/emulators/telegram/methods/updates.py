"""How updates reach the bot: getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

import asyncio
import re
from typing import TYPE_CHECKING, Any

from tests.emulators.telegram import refusals
from tests.emulators.telegram.bodies import Fields
from tests.emulators.telegram.methods.registry import method
from tests.emulators.telegram.refusals import Refused, bad_request, conflict
from tests.emulators.telegram.webhook import Webhook

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram

LONGEST_POLL_SECONDS = 50
SECRET = re.compile(r"[A-Za-z0-9_-]*")


@method("getUpdates")
async def get_updates(telegram: "Telegram", fields: Fields) -> Any:
    if telegram.deliveries.webhook.url:
        raise conflict(refusals.WEBHOOK_IS_SET)
    offset = fields.whole("offset")
    limit = min(100, max(1, fields.whole("limit", 100)))
    timeout = min(LONGEST_POLL_SECONDS, max(0, fields.whole("timeout")))
    _allow(telegram, fields)
    batch = telegram.queue.take(offset, limit)
    if batch or not timeout:
        return batch
    return await telegram.poll.wait(lambda: telegram.queue.take(offset, limit), timeout)


class LongPoll:
    """The one getUpdates that waits; a newer one ends it with 409."""

    def __init__(self) -> None:
        self._waiting: asyncio.Future[None] | None = None

    async def wait(self, take: Any, timeout_seconds: int) -> Any:
        self.end(conflict(refusals.TERMINATED_BY_POLL))
        mine = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout_seconds):
                await mine
        except TimeoutError:
            return []
        finally:
            if self._waiting is mine:
                self._waiting = None
        return take()

    def wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def end(self, why: Refused) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(why)


@method("setWebhook", note="Webhook was set")
async def set_webhook(telegram: "Telegram", fields: Fields) -> Any:
    url = fields.text("url")
    secret = fields.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _allow(telegram, fields)
    if fields.flag("drop_pending_updates"):
        telegram.queue.forget_all()
    if url:
        telegram.poll.end(conflict(refusals.TERMINATED_BY_WEBHOOK))
    telegram.deliveries.webhook = Webhook(
        url=url,
        secret=secret,
        max_connections=min(100, max(1, fields.whole("max_connections", 40))),
        certificate="certificate" in fields.uploads,
    )
    telegram.deliveries.wake()
    telegram.world.bell.ring()
    return True


@method("deleteWebhook", note="Webhook was deleted")
async def delete_webhook(telegram: "Telegram", fields: Fields) -> Any:
    if fields.flag("drop_pending_updates"):
        telegram.queue.forget_all()
    telegram.deliveries.webhook = Webhook()
    return True


@method("getWebhookInfo")
async def get_webhook_info(telegram: "Telegram", fields: Fields) -> Any:
    return telegram.deliveries.webhook.about(telegram.queue)


def _allow(telegram: "Telegram", fields: Fields) -> None:
    kinds = fields.tree("allowed_updates")
    if kinds is not None:
        telegram.queue.allow(kinds)
