"""WhatsApp's side: the Graph API called by a bot, and signed webhook requests.

As plain as benchmarks/botapi.py. With `statuses`, each message of the bot is reported as sent, delivered and
read, in separate requests, as on the platform.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import httptools

from benchmarks.botapi import Heard, Webhook

NUMBER_ID = "400000000000001"
STATES = ("sent", "delivered", "read")
_wamids = itertools.count(1)


class SignedWebhook(Webhook):
    """Posts to WhatsApp's path, with a signature."""

    def __init__(self, port: int, secret: str, heard: Heard, calls: dict[str, int]) -> None:
        super().__init__(port, secret, heard, calls)
        self.secret = secret.encode()
        self.start = (
            f"POST /whatsapp/webhook HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            "X-Hub-Signature-256: sha256="
        ).encode()

    def request(self, body: bytes) -> bytes:
        signature = hmac.digest(self.secret, body, hashlib.sha256).hex().encode()
        return b"%s%s\r\nContent-Length: %d\r\n\r\n%s" % (self.start, signature, len(body), body)

    async def rests(self) -> None:
        """Return once nothing is pending."""
        async with asyncio.timeout(60):
            while self.queue or len(self.free) < self.lines:  # noqa: ASYNC110 (the lines tell nobody)
                await asyncio.sleep(0.05)

    async def until_heard(self) -> None:
        """Return once the bot accepts webhooks; before that it answers 503."""
        async with asyncio.timeout(60):
            while True:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(self.request(b"{}"))
                line = await reader.readline()
                writer.close()
                if b" 200 " in line:
                    return
                await asyncio.sleep(0.1)


class CloudApi(asyncio.Protocol):
    """One connection of a bot. `calls` counts the calls by kind; `post` sends statuses, if requested."""

    def __init__(
        self, heard: Heard, calls: dict[str, int], post: Callable[[bytes], None] | None = None
    ) -> None:
        self.heard = heard
        self.calls = calls
        self.post = post

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_begin(self) -> None:
        self.body = b""

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        message = json.loads(self.body)
        kind = message["type"]
        self.calls[kind] = self.calls.get(kind, 0) + 1
        number = f"wamid.{next(_wamids)}"
        digits = message["to"].removeprefix("+")
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": message["to"], "wa_id": digits}],
            "messages": [{"id": number}],
        }
        payload = json.dumps(answer).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self.transport.write(head % len(payload) + payload)
        content = message[kind]
        rows = content.get("action", {}).get("sections", [])
        labels = [row["title"] for section in rows for row in section["rows"]]
        text = content["body"] if kind == "text" else content["body"]["text"]
        self.heard(int(digits.removeprefix("62")), "\n".join([text, *labels]))
        for state in STATES if self.post else ():
            self.post(status(digits, number, state, message["biz_opaque_callback_data"]))


def value(**what: Any) -> bytes:
    metadata = {"display_phone_number": "62895000000001", "phone_number_id": NUMBER_ID}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **what}}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "5", "changes": [change]}]}
    ).encode()


def incoming(chat: int, text: str) -> bytes:
    """A text message as WhatsApp posts it."""
    return crowd([chat], text)


def crowd(chats: Sequence[int], text: str) -> bytes:
    """One body with a message of each chat, as after an interruption."""
    contacts = [
        {"profile": {"name": "Warga"}, "wa_id": f"62{chat}", "user_id": f"ID.{chat}"} for chat in chats
    ]
    return value(contacts=contacts, messages=[_message(chat, text) for chat in chats])


def _message(chat: int, text: str) -> dict[str, Any]:
    return {
        "from": f"62{chat}",
        "from_user_id": f"ID.{chat}",
        "id": f"wamid.{next(_wamids)}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }


def status(digits: str, number: str, state: str, data: str) -> bytes:
    pricing = {"billable": True, "pricing_model": "PMP", "category": "service", "type": "regular"}
    told = {
        "id": number,
        "status": state,
        "timestamp": str(int(time.time())),
        "recipient_id": digits,
        "biz_opaque_callback_data": data,
        **({"pricing": pricing} if state != "read" else {}),
    }
    return value(statuses=[told])
