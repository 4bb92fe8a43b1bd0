"""Delivery to the bot's own URL: secret header, retries, and the method call in the bot's HTTP answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from tests.emulators.telegram.bodies import Fields, read_fields
from tests.emulators.telegram.refusals import Refused
from tests.emulators.telegram.updates import UpdateQueue, Waiting
from tests.support.plain_http import NO_AUTHORITIES

Execute = Callable[[str, Fields], Awaitable[None]]

NOT_IN_AN_ANSWER = {"deletewebhook", "setwebhook", "close", "logout"}
LONGEST_DELAY = 60.0


@dataclass(slots=True, kw_only=True)
class Webhook:
    """What setWebhook set."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    certificate: bool = False
    last_error_date: int = 0
    last_error: str = ""

    def about(self, queue: UpdateQueue) -> dict[str, Any]:
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": self.certificate,
            "pending_update_count": len(queue.waiting),
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if self.last_error:
            info |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error}
        if queue.allowed:
            info["allowed_updates"] = queue.allowed
        return info


class Deliveries:
    """Take updates from the queue to the webhook while one is set.

    A failed delivery is tried again at once, then after `retry_seconds`, doubled up to a minute, in its chat's order.
    """

    def __init__(
        self,
        *,
        queue: UpdateQueue,
        execute: Execute,
        now: Callable[[], int],
        retry_seconds: float,
        patience_seconds: float,
    ) -> None:
        self.queue = queue
        self.execute = execute
        self.now = now
        self.retry_seconds = retry_seconds
        self.webhook = Webhook()
        self.inline_answers = 0
        self._client = httpx.AsyncClient(
            timeout=patience_seconds,
            trust_env=False,
            limits=httpx.Limits(max_connections=None),
            verify=NO_AUTHORITIES,
        )
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with self._client, asyncio.TaskGroup() as tasks:
            while True:
                await self._wake.wait()
                self._wake.clear()
                if self.webhook.url:
                    for one in self.queue.ready(self._clock(), at_most=self.webhook.max_connections):
                        one.in_flight = True
                        tasks.create_task(self._deliver(one))

    def _clock(self) -> float:
        return asyncio.get_running_loop().time()

    async def _deliver(self, one: Waiting) -> None:
        webhook = self.webhook
        try:
            response = await self.post(one.update)
        except httpx.TimeoutException:
            self._failed(one, webhook, "Read timeout expired")
        except httpx.HTTPError as error:
            self._failed(one, webhook, f"Connection failed: {type(error).__name__}")
        else:
            one.statuses.append(response.status_code)
            if response.is_success:
                self._succeeded(one)
                await self._execute_answer(response)
            else:
                phrase = HTTPStatus(response.status_code).phrase
                self._failed(
                    one, webhook, f"Wrong response from the webhook: {response.status_code} {phrase}"
                )
        self.wake()

    async def post(self, update: dict[str, Any], *, secret: str | None = None) -> httpx.Response:
        """Send one update to the webhook as it is; `secret` forges the header ("" sends none)."""
        secret = self.webhook.secret if secret is None else secret
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        return await self._client.post(self.webhook.url, json=update, headers=headers)

    def _succeeded(self, one: Waiting) -> None:
        one.handed += 1
        if not one.confirmed:
            self.queue.confirm([one])

    def _failed(self, one: Waiting, webhook: Webhook, why: str) -> None:
        webhook.last_error, webhook.last_error_date = why, self.now()
        delay = min(LONGEST_DELAY, self.retry_seconds * 2 ** (one.attempts - 1)) if one.attempts else 0.0
        one.attempts += 1
        one.in_flight = False
        one.not_before = self._clock() + delay
        asyncio.get_running_loop().call_later(delay, self.wake)
        self.queue.bell.ring()

    async def _execute_answer(self, response: httpx.Response) -> None:
        """Do what the answer's body asks for; its outcome is told to nobody, as in reality."""
        try:
            fields = read_fields(content_type=response.headers.get("content-type", ""), body=response.content)
        except Refused:
            return
        method = str(fields.values.pop("method", "")).lower()
        if method and method not in NOT_IN_AN_ANSWER and not method.startswith("get"):
            self.inline_answers += 1
            await self.execute(method, fields)
