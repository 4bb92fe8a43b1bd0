"""The provider's side of the webhook: signs bodies and posts them to a real dispatcher's door."""

import asyncio
import hashlib
import hmac
import json
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from bot.whatsapp.webhook import PATH, WhatsAppWebhook
from tests.channels.whatsapp.shapes import ACCOUNT

SECRET, OLD_SECRET = b"app-secret-of-a-test", b"the-one-before"
VERIFY = "verify-token-of-a-test"


def signed(body: bytes, secret: bytes = SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()}


class Provider:
    """Posts to one webhook."""

    def __init__(self, hear: Any = None, *, secrets: tuple[bytes, ...] = (SECRET,)) -> None:
        self.webhook = WhatsAppWebhook(
            account=ACCOUNT,
            secrets=secrets,
            verify_token=VERIFY.encode(),
            reason_of=lambda code: {131047: "window_closed", 131026: "undeliverable"}.get(
                code or 0, "refused"
            ),
            hear=hear,
        )
        app = Starlette(routes=[Route(PATH, self.webhook, methods=["GET", "POST"])])
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://loket")

    async def posts(self, what: Any, *, secret: bytes = SECRET) -> int:
        raw = what if isinstance(what, bytes) else json.dumps(what).encode()
        return (await self._client.post(PATH, content=raw, headers=signed(raw, secret))).status_code

    async def posts_at_once(self, *what: Any) -> list[int]:
        return await asyncio.gather(*(self.posts(one) for one in what))

    async def forges(self, raw: bytes, headers: dict[str, str]) -> int:
        return (await self._client.post(PATH, content=raw, headers=headers)).status_code

    async def asks(self, **query: str) -> httpx.Response:
        return await self._client.get(PATH, params={f"hub.{name}": value for name, value in query.items()})
