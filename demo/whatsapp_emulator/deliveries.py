"""Webhook deliveries: signed, repeated until 200; held, duplicated, batched or shuffled on demand."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from aiohttp import ClientError, ClientSession, ClientTimeout

from demo.whatsapp_emulator import events
from demo.whatsapp_emulator.world import Json, World

_OK = 200


@dataclass(slots=True, kw_only=True, eq=False)
class Waiting:
    """A body to deliver. `answers` are the statuses received, 0 for none; it is done after a 200."""

    body: bytes = field(repr=False)
    signature: str = field(repr=False)
    aside: bool = False
    answers: list[int] = field(default_factory=list)
    done: bool = False


class WebhookDeliveries:
    """Posts bodies to the bot one after another, each until answered 200 (as Meta does for seven days)."""

    def __init__(
        self, world: World, *, secret: str, url: str, retry_seconds: float, patience_seconds: float
    ) -> None:
        self.url = url
        self.secret = secret
        self.all: list[Waiting] = []
        self._world = world
        self._retry_seconds = retry_seconds
        self._patience = ClientTimeout(total=patience_seconds)
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._held: list[Json] | None = None
        self._out = 0

    @property
    def open(self) -> list[Waiting]:
        """Deliveries not answered 200 yet."""
        return [one for one in self.all if not one.done]

    def tell(self, value: Json, *, times: int = 1, at_once: bool = False) -> list[Waiting]:
        """Deliver one value `times` times, `at_once` in parallel; held during `hold`."""
        if not self.url:
            return []
        if self._held is not None:
            self._held.extend([value] * times)
            return []
        body = events.envelope([value], account=self._world.account_id)
        return [self._send(body, at_once=at_once) for _ in range(times)]

    def hold(self) -> None:
        """Hold all deliveries until `release`."""
        self._held = []

    def release(
        self,
        *,
        batch: bool = False,
        values_per_change: int = 1,
        per_entry: int = 1,
        order: str = "kept",
        times: int = 1,
    ) -> list[Waiting]:
        """Deliver what was held.

        Args:
            batch: all in one body.
            values_per_change: number of values merged into one change.
            per_entry: number of changes per entry.
            order: kept, reversed or shuffled (reproducibly).
            times: number of deliveries of each body.
        """
        values, self._held = self._held or [], None
        if order == "reversed":
            values = values[::-1]
        if order == "shuffled":
            Random(7).shuffle(values)  # noqa: S311  (a test's shuffle)
        groups = [values[at : at + values_per_change] for at in range(0, len(values), values_per_change)]
        changes = [change for group in groups for change in events.merged(group)]
        account = self._world.account_id
        if batch:
            bodies = [events.envelope(changes, account=account, per_entry=per_entry)] if changes else []
        else:
            bodies = [events.envelope([change], account=account) for change in changes]
        return [self._send(body) for body in bodies for _ in range(times)]

    async def post(self, body: bytes, *, signature: str | None = None) -> int:
        """Post these bytes once, signed or with another signature; return the status."""
        async with ClientSession(timeout=self._patience) as session:
            return await self._try(session, body, sign(body, self.secret) if signature is None else signature)

    async def handshake(self, verify_token: str, *, challenge: str = "1158201444") -> tuple[int, str]:
        """Verify the webhook as the platform does; return status and body of the answer."""
        asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": challenge}
        async with (
            ClientSession(timeout=self._patience) as session,
            session.get(self.url, params=asked, allow_redirects=False) as response,
        ):
            return response.status, await response.text()

    async def settled(self, *, within: float = 60.0) -> None:
        """Wait until everything was answered 200."""
        await self._world.bell.until(
            lambda: not self.open and not self._out,
            within=within,
            missing=lambda: (
                f"{len(self.open)} deliveries open, answered {[one.answers for one in self.open]}"
            ),
        )

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with ClientSession(timeout=self._patience) as session, asyncio.TaskGroup() as tasks:
            while True:
                one = await self._queue.get()
                if one.aside:
                    tasks.create_task(self._deliver(session, one, tasks))
                else:
                    await self._deliver(session, one, tasks)

    def _send(self, body: Json, *, at_once: bool = False) -> Waiting:
        raw = json.dumps(body).encode()  # \\u escapes, as on the platform: the bytes are signed, not the text
        one = Waiting(body=raw, signature=sign(raw, self.secret), aside=at_once)
        self.all.append(one)
        self._queue.put_nowait(one)
        return one

    async def _deliver(self, session: ClientSession, one: Waiting, tasks: asyncio.TaskGroup) -> None:
        """Try once; a failure is retried after a pause, while others continue."""
        self._out += 1
        try:
            answer = await self._try(session, one.body, one.signature)
        finally:
            self._out -= 1
        one.answers.append(answer)
        one.done = answer == _OK
        self._world.bell.ring()
        if not one.done:
            tasks.create_task(self._again(one))

    async def _again(self, one: Waiting) -> None:
        await asyncio.sleep(self._retry_seconds * 2 ** min(len(one.answers) - 1, 6))
        self._queue.put_nowait(one)

    async def _try(self, session: ClientSession, body: bytes, signature: str) -> int:
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
        try:
            async with session.post(
                self.url, data=body, headers={key: value for key, value in headers.items() if value}
            ) as response:
                await response.read()
                return response.status
        except (ClientError, TimeoutError, OSError):
            return 0


def sign(body: bytes, secret: str) -> str:
    """Value of X-Hub-Signature-256 for these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def values_of(waiting: Sequence[Waiting]) -> list[Json]:
    """Values in bodies, for tests."""
    return [
        change["value"]
        for one in waiting
        for entry in json.loads(one.body)["entry"]
        for change in entry["changes"]
    ]
